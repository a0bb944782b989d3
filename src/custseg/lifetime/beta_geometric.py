"""How likely is a history where customers may leave after a purchase: (M)BG/CNBD-k."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.ages import BLOCK, Ages
from custseg.lifetime.maximum import Objective
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.quadrature import blocks


@attrs.frozen(eq=False)
class Likelihood:
    """What the likelihood needs of each distinct history, computed once.

    Attributes:
        seen: The histories, in order of frequency.
        stages: Shape k of the Erlang gaps between purchases; 1 is Poisson buying.
        first: 1 where customers may leave after the first purchase too, 0 where not.
        x: The distinct frequencies.
        at_x: The place of each history among them.
        weight: Customers of each distinct frequency.
        ages: How each history reads its times.
    """

    seen: Patterns
    stages: int
    first: int
    x: Floats
    at_x: Index
    weight: Floats
    ages: Ages

    @classmethod
    def of(cls, seen: Patterns, stages: int = 1, first: int = 0) -> "Likelihood":
        """Prepare the histories."""
        begin = np.flatnonzero(np.diff(seen.frequency, prepend=-1.0))
        x, count = seen.frequency[begin], np.diff(begin, append=len(seen.frequency))
        weight = np.add.reduceat(seen.weight, begin)
        at_x = np.repeat(np.arange(len(x), dtype=np.intp), count)
        return cls(seen, stages, first, x, at_x, weight, Ages.of(seen))

    @property
    def objective(self) -> Objective:
        """Minus the mean log-likelihood and its gradient."""

        def value(theta: Floats) -> tuple[float, Floats]:
            params = np.exp(theta)
            total, gradient = self._by_frequency(params)
            self._add_times(params, (total, gradient))
            many = self.seen.customers
            return -float(total[0]) / many, -gradient * params / many

        return value

    def _add_times(self, params: Floats, sums: tuple[Floats, Floats]) -> None:
        """Add to the log-likelihood and its gradient what depends on times.

        With rho = r + k x, c = a / (b + x - 1) (b + x where customers may leave after the first
        purchase), E = ((alpha + t_x) / (alpha + T))^rho and M the chance of fewer than k stages
        since t_x, a history counts (alpha + t_x)^-rho (c + E M): no large powers, no differences.
        """
        (total, gradient), (r, alpha, a, b) = sums, params.tolist()
        seen, k = self.seen, self.stages
        odds = leaving(a, b, self.x, self.first)
        at_risk = b + self.first + self.x - 1.0
        by_b = np.divide(odds, at_risk, out=np.zeros_like(odds), where=odds > 0)
        for rows, times in zip(blocks(len(self.at_x), BLOCK), self.ages.read(alpha), strict=True):
            far, slope = times.far, times.end - times.begin
            w, rho, place = seen.weight[rows], r + k * seen.frequency[rows], self.at_x[rows]
            power, c = np.exp(-rho * far), odds[place]
            waits = self._waiting(rho, alpha, rows) if k > 1 else None
            alive = power if waits is None else power * waits[0]
            whole = c + alive
            total += dot(w, np.log(whole))
            share = w / whole
            alive *= share
            gradient[0] -= dot(alive, far)
            gradient[1] -= dot(alive * rho, slope)
            gradient[2] += dot(share, c) / a
            gradient[3] -= dot(share, by_b[place])
            if waits is not None:
                share *= power
                gradient[0] += dot(share, waits[1])
                gradient[1] += dot(share, waits[2])
        self.ages.add_last(params, k, sums)

    def _by_frequency(self, params: Floats) -> tuple[Floats, Floats]:
        """The parts that depend on the frequency alone."""
        from scipy.special import digamma, gammaln  # noqa: PLC0415 - loaded where it is used

        lg: Any = gammaln
        psi: Any = digamma
        r, alpha, a, b = params.tolist()
        w, many = self.weight, self.seen.customers
        rho, kept = r + self.stages * self.x, b + self.first + self.x
        low, ends = psi(np.array([r, a + b, b])), psi(a + kept)
        logs = lg(np.array([r, a + b, b]))
        total = dot(w, lg(rho) + lg(kept) - lg(a + kept))
        total += many * (r * np.log(alpha) - logs[0] + logs[1] - logs[2])
        dr = dot(w, psi(rho)) + many * (np.log(alpha) - low[0])
        da = many * low[1] - dot(w, ends)
        db = dot(w, psi(kept) - ends) + many * (low[1] - low[2])
        return np.array([total]), np.array([dr, many * r / alpha, da, db])

    def _waiting(self, rho: Floats, alpha: float, rows: slice) -> tuple[Floats, Floats, Floats]:
        """The chance of fewer than k stages since the last purchase, and its slopes."""
        now = self.seen.age[rows] + alpha
        quiet = self.seen.age[rows] - self.seen.recency[rows]
        total, by_rho, by_alpha = np.ones_like(rho), np.zeros_like(rho), np.zeros_like(rho)
        term, slope = total, by_rho
        for j in range(1, self.stages):
            unit = quiet / (j * now)
            slope = (slope * (rho + j - 1.0) + term) * unit
            term = term * (rho + j - 1.0) * unit
            total, by_rho = total + term, by_rho + slope
            by_alpha = by_alpha - j * term / now
        return total, by_rho, by_alpha


def leaving(a: Floats | float, b: Floats | float, x: Floats, first: int) -> Floats:
    """Odds to have left at the last purchase against going on; 0 where nobody can have left.

    Args:
        a: First parameter of the chance to leave.
        b: Second parameter.
        x: Repeat purchases.
        first: 1 where customers may leave after the first purchase too, else 0.

    >>> leaving(0.8, 2.4, np.array([0.0, 1.0]), 0).round(4)
    array([0.    , 0.3333])
    """
    if first:
        return np.asarray(a / (b + x))
    return np.divide(a, b + x - 1.0, out=np.zeros_like(x), where=x > 0)


def waiting(rho: Floats, quiet: Floats, now: Floats, stages: int) -> list[Floats]:
    """The chance of j stages since the last purchase, relative to none, for j below k.

    Args:
        rho: Stages behind the rate of buying, r + k x.
        quiet: Time since the last purchase.
        now: alpha + T.
        stages: k.

    >>> one = np.ones(1)
    >>> waiting(2 * one, one, 4 * one, 3)
    [array([1.]), array([0.5]), array([0.1875])]
    """
    terms = [np.ones_like(rho)]
    for j in range(1, stages):
        terms.append(terms[-1] * ((rho + j - 1.0) / j * (quiet / now)))
    return terms
