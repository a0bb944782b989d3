"""How likely is a history where customers may leave after a purchase: (M)BG/CNBD-k."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.maximum import Objective
from custseg.lifetime.patterns import Patterns, dot


@attrs.frozen(eq=False)
class Terms:
    """What the likelihood needs of each distinct history, computed once.

    Attributes:
        seen: The histories, in order of frequency.
        stages: Shape k of the Erlang gaps between purchases; 1 is Poisson buying.
        first: 1 where customers may leave after the first purchase too, 0 where not.
        x: The distinct frequencies.
        begin: Where each of them begins.
        count: Histories of each.
        weight: Customers of each.
    """

    seen: Patterns
    stages: int
    first: int
    x: Floats
    begin: Index
    count: Index
    weight: Floats

    @classmethod
    def of(cls, seen: Patterns, stages: int = 1, first: int = 0) -> "Terms":
        """Prepare the histories."""
        x, begin = np.unique(seen.frequency, return_index=True)
        count = np.diff(np.append(begin, len(seen.frequency)))
        weight = np.add.reduceat(seen.weight, begin)
        return cls(seen, stages, first, x, begin, count, weight)

    @property
    def objective(self) -> Objective:
        """Minus the mean log-likelihood and its gradient."""

        def value(theta: Floats) -> tuple[float, Floats]:
            params = np.exp(theta)
            total, gradient = self._sums(params)
            return -total / self.seen.customers, -gradient * params / self.seen.customers

        return value

    def _sums(self, params: Floats) -> tuple[float, Floats]:
        """The log-likelihood and its gradient.

        With rho = r + k x, c = a / (b + x - 1) (b + x where customers may leave after the first
        purchase), E = ((alpha + t_x) / (alpha + T))^rho and M the chance of fewer than k stages
        since t_x, a history counts (alpha + t_x)^-rho (c + E M): no large powers, no differences.
        """
        r, alpha, _, _ = params.tolist()
        seen, w = self.seen, self.seen.weight
        gone, by_x = self._by_frequency(params)
        total, (dr, dalpha, da, db) = by_x
        rho = np.repeat(r + self.stages * self.x, self.count)
        last, now = seen.recency + alpha, seen.age + alpha
        log_last = np.log(last)
        far = np.log(now / last)
        power = np.exp(-rho * far)
        kept, kept_r, kept_alpha = self._waiting(rho, now)
        c = np.repeat(gone, self.count)
        whole = c + power * kept
        total += dot(w, np.log(whole)) - dot(w, rho * log_last)
        share = w * power / whole
        alive = share * kept
        dr += dot(share, kept_r) - dot(alive, far) - dot(w, log_last)
        slope = alive * (1.0 / now - 1.0 / last) + w / last
        dalpha += dot(share, kept_alpha) - dot(rho, slope)
        left = np.add.reduceat(w / whole, self.begin) * gone
        da += float(left.sum()) / params[2]
        at_risk = params[3] + self.first + self.x - 1.0
        db -= dot(left, np.divide(1.0, at_risk, out=np.zeros_like(at_risk), where=gone > 0))
        return total, np.array([dr, dalpha, da, db])

    def _by_frequency(self, params: Floats) -> tuple[Floats, tuple[float, list[float]]]:
        """The parts that depend on the frequency alone."""
        from scipy.special import digamma, gammaln  # noqa: PLC0415 - loaded where it is used

        lg: Any = gammaln
        psi: Any = digamma
        r, alpha, a, b = params.tolist()
        w, many = self.weight, self.seen.customers
        rho, kept, all_ = r + self.stages * self.x, b + self.first + self.x, a + b
        total = dot(w, lg(rho) + lg(kept) - lg(a + kept))
        total += many * (r * np.log(alpha) - lg(r) + lg(all_) - lg(b))
        ends = psi(a + kept)
        dr = dot(w, psi(rho)) + many * (np.log(alpha) - psi(r))
        da = many * psi(all_) - dot(w, ends)
        db = dot(w, psi(kept) - ends) + many * (psi(all_) - psi(b))
        return leaving(a, b, self.x, self.first), (total, [dr, many * r / alpha, da, db])

    def _waiting(self, rho: Floats, now: Floats) -> tuple[Floats, Floats, Floats]:
        """The chance of fewer than k stages since the last purchase, and its slopes."""
        nothing = np.zeros_like(rho)
        total, by_rho, by_alpha = np.ones_like(rho), nothing, nothing
        term, slope = total, nothing
        for j in range(1, self.stages):
            unit = (self.seen.age - self.seen.recency) / (j * now)
            slope = (slope * (rho + j - 1.0) + term) * unit
            term = term * (rho + j - 1.0) * unit
            total, by_rho = total + term, by_rho + slope
            by_alpha = by_alpha - j * term / now
        return total, by_rho, by_alpha


def leaving(a: float, b: float, x: Floats, first: int) -> Floats:
    """Odds to have left at the last purchase against going on; 0 where nobody can have left.

    Args:
        a: First parameter of the chance to leave.
        b: Second parameter.
        x: Repeat purchases.
        first: 1 where customers may leave after the first purchase too, else 0.

    >>> leaving(0.8, 2.4, np.array([0.0, 1.0]), 0).round(4)
    array([0.    , 0.3333])
    """
    can = np.full(x.shape, fill_value=True) if first else x > 0
    return np.divide(a, b + first + x - 1.0, out=np.zeros_like(x), where=can)


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
