"""How likely is a history where customers differ by covariates too: BG/NBD and MBG/NBD."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.beta_geometric import leaving
from custseg.lifetime.history import History
from custseg.lifetime.maximum import Objective
from custseg.lifetime.patterns import dot, every
from custseg.lifetime.quadrature import blocks

_FAR: Final = 100.0  # in logarithms: steps of a search may go astray
_BASE: Final = 4
_BLOCK: Final = 8192


@attrs.frozen(eq=False)
class Design:
    """Distinct histories with their covariates, in an order that does not depend on that of rows.

    Attributes:
        history: Frequency, recency and age.
        weight: Customers of each.
        buying: Covariates of the rate of buying, one array each.
        at: Which pair of frequency and covariates of leaving each history has.
        pairs: The frequencies of those pairs.
        leaving: Their covariates, one array each.
        first: 1 where customers may leave after the first purchase too, else 0.
    """

    history: History
    weight: Floats
    buying: tuple[Floats, ...]
    at: Index
    pairs: Floats
    leaving: tuple[Floats, ...]
    first: int

    @classmethod
    def of(
        cls,
        history: History,
        weight: Floats,
        covariates: tuple[Sequence[Floats], Sequence[Floats]],
        *,
        first: int,
    ) -> "Design":
        """Gather customers who are alike.

        Args:
            history: Their purchases.
            weight: Customers of each row.
            covariates: Those of buying and those of leaving.
            first: 1 where customers may leave after the first purchase too, else 0.
        """
        buying, ending = covariates
        x, last, age = history.frequency, history.recency, history.age
        by = _groups((x, *ending))
        order = np.lexsort((age, last, _groups(buying) if buying else x, by))
        columns = [one[order] for one in (by, last, age, *buying)]
        new = np.ones(len(x), dtype=np.bool_)
        new[1:] = np.logical_or.reduce([np.diff(one) != 0 for one in columns])
        begin = np.flatnonzero(new)
        row = order[begin]
        at, head = by[row], np.unique(by[row], return_index=True)[1]
        return cls(
            History(x[row], last[row], age[row], history.known[row]),
            np.add.reduceat(weight[order], begin),
            tuple(one[row] for one in buying),
            at,
            x[row][head],
            tuple(one[row][head] for one in ending),
            first,
        )

    def thinned(self, size: int) -> "Design | None":
        """Every so many customers in order, as a start for many; ``None`` where there are few."""
        if len(self.weight) <= 4 * size:
            return None
        row, count = every(self.weight, size)
        known = self.history
        history = History(
            known.frequency[row], known.recency[row], known.age[row], known.known[row]
        )
        buying = tuple(one[row] for one in self.buying)
        return attrs.evolve(self, history=history, weight=count, buying=buying, at=self.at[row])

    @property
    def objective(self) -> Objective:
        """Minus the mean log-likelihood and its gradient.

        In log r, log alpha, log a, log b and the coefficients of buying, of a and of b.
        """
        many = float(self.weight.sum())
        by_pair = _summed(self.at, self.weight, len(self.pairs))

        def value(theta: Floats) -> tuple[float, Floats]:
            own = _Own.of(self, theta)
            total, slope = np.zeros(1), np.zeros(_BASE)
            left = self._add_times(own, (total, slope))
            more = self._add_frequencies(own, (total, slope), by_pair, left)
            return -float(total[0]) / many, -np.concatenate((slope, *more)) / many

        return value

    def _add_times(self, own: "_Own", sums: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Add what depends on times; back come slopes by log alpha, and c / (c + E) by pair."""
        (total, slope), by_alpha = sums, np.empty_like(self.weight)
        odds = leaving(own.a, own.b, self.pairs, self.first)
        share = np.empty_like(self.weight)
        for rows in blocks(len(self.weight), _BLOCK):
            known, w = self.history.take(rows), self.weight[rows]
            alpha, rho = own.alpha[rows], own.r + known.frequency
            last, now = alpha + known.recency, alpha + known.age
            far = np.log1p((known.age - known.recency) / last)
            alive, c = np.exp(-rho * far), odds[self.at[rows]]
            whole = c + alive
            log_last, log_alpha = np.log(last), np.log(alpha)
            total += dot(w, np.log(whole) - rho * log_last + own.r * log_alpha)
            share[rows] = w * c / whole
            sure = w * alive / whole
            slope[0] += own.r * (dot(w, log_alpha - log_last) - dot(sure, far))
            near = w * (own.r - rho * alpha / last)
            near += sure * rho * alpha * (1.0 / last - 1.0 / now)
            by_alpha[rows] = near
        return by_alpha, _summed(self.at, share, len(self.pairs))

    def _add_frequencies(
        self,
        own: "_Own",
        sums: tuple[Floats, Floats],
        by_pair: Floats,
        left: tuple[Floats, Floats],
    ) -> tuple[list[float], list[float], list[float]]:
        """Add gammas; back come the slopes of the coefficients of buying, of a and of b."""
        from scipy.special import digamma, gammaln  # noqa: PLC0415 - loaded where it is used

        lg: Any = gammaln
        psi: Any = digamma
        (total, slope), (by_alpha, share), w, x = sums, left, by_pair, self.pairs
        a, b, kept = own.a, own.b, own.b + self.first + x
        total += dot(w, lg(own.r + x) + lg(kept) - lg(a + kept) + lg(a + b) - lg(b))
        total -= float(w.sum()) * float(lg(own.r))
        slope[0] += own.r * (dot(w, psi(own.r + x)) - float(w.sum()) * float(psi(own.r)))
        ends, begins = psi(a + kept), psi(a + b)
        by_a = w * a * (begins - ends) + share
        by_b = w * b * (psi(kept) - ends + begins - psi(b))
        risk = kept - 1.0
        by_b -= np.divide(share * b, risk, out=np.zeros_like(risk), where=share > 0)
        slope[1:] = float(by_alpha.sum()), float(by_a.sum()), float(by_b.sum())
        return (
            [-dot(by_alpha, one) for one in self.buying],
            [dot(by_a, one) for one in self.leaving],
            [dot(by_b, one) for one in self.leaving],
        )


@attrs.frozen(eq=False)
class _Own:
    """The parameters: r of all, alpha of each history, a and b of each pair."""

    r: float
    alpha: Floats
    a: Floats
    b: Floats

    @classmethod
    def of(cls, design: Design, theta: Floats) -> "_Own":
        ends = np.cumsum([_BASE, len(design.buying), len(design.leaving)])
        buying, by_a, by_b = np.split(theta, ends)[1:]
        log_alpha = np.full_like(design.weight, theta[1])
        for gamma, one in zip(buying, design.buying, strict=True):
            log_alpha -= gamma * one
        log_a, log_b = (np.full_like(design.pairs, start) for start in theta[2:_BASE])
        for to_a, to_b, one in zip(by_a, by_b, design.leaving, strict=True):
            log_a += to_a * one
            log_b += to_b * one
        alpha, a, b = (np.exp(np.clip(logs, -_FAR, _FAR)) for logs in (log_alpha, log_a, log_b))
        return cls(float(np.exp(theta[0])), alpha, a, b)


def _summed(at: Index, weight: Floats, size: int) -> Floats:
    return np.bincount(at, weight, size).astype(np.float64, copy=False)


def _groups(columns: Sequence[Floats]) -> Index:
    """Which rows are equal in all columns: numbers from 0, in the order of their values."""
    found: Index = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        words, at = np.unique(column, return_inverse=True)
        _, found = np.unique(found * len(words) + at, return_inverse=True)
    return found
