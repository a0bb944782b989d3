"""Where is the likelihood highest if customers may leave after a purchase, and how does it bend?"""

from collections.abc import Iterator
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.ages import BLOCK, Times
from custseg.lifetime.beta_geometric import Likelihood, leaving
from custseg.lifetime.maximum import SAMPLE, Peak, climb
from custseg.lifetime.newton import Curved, ascend, in_logarithms
from custseg.lifetime.patterns import Patterns, dot

_R, _ALPHA, _A, _B = range(4)
_OTHERS: Final = ((0.5, 0.1, 0.1, 0.3), (1.0, 0.1, 100.0, 100.0))
_EXTREME: Final = 4.0
_LOWER: Final = np.tril_indices(4, -1)


def highest(seen: Patterns, stages: int, first: int) -> Peak:
    """Where the likelihood of histories is highest, in r, alpha, a and b.

    Args:
        seen: The histories, in a unit of time in which the oldest age is 1.
        stages: Stages of the gap between purchases.
        first: 1 where customers may leave after their first purchase too, else 0.

    Raises:
        NotEnoughDataError: The likelihood has no maximum that can be told.
    """
    thin = seen.thinned(SAMPLE)
    terms = Likelihood.of(seen, stages, first)
    few = None if thin is None else Likelihood.of(thin, stages, first)
    start = (1.0, 0.1 * stages, 1.0, 1.0 + first)
    if stages > 1:
        return climb(terms.objective, start, None if few is None else few.objective)
    bent = None if few is None else curved(few)
    return ascend(curved(terms), (start, *_OTHERS), bent, doubtful=_doubtful)


def _doubtful(at: Floats) -> bool:
    """Whether all leave alike, or at once or never: there may be a higher peak elsewhere."""
    leave = at[2:]
    return bool(np.abs(leave).max() > _EXTREME or leave.max() < 0)


def curved(terms: Likelihood) -> Curved:
    """Minus the mean log-likelihood, its gradient and its Hessian, for gaps of one stage.

    With rho = r + x, y = ((alpha + t_x) / (alpha + T))^rho and c = a / (b + x - 1) (b + x where
    customers may leave after the first purchase) a history counts (alpha + t_x)^-rho (c + y) and
    gammas of the frequency; q = y / (c + y) is the chance to be alive, and every sum is one of
    derivatives of log y and log c with q or q (1 - q).
    """
    runs = tuple(_runs(terms))

    def value(theta: Floats) -> tuple[float, Floats, Floats]:
        params = np.exp(theta)
        sums = _Sums.of_frequencies(terms, params)
        sums.add_last(terms, params)
        sums.add_silences(terms, params, runs)
        return sums.told(params, terms.seen.customers)

    return value


@attrs.frozen(eq=False)
class _Run:
    """Some histories in a row and the distinct frequencies among them."""

    rows: slice
    among: slice
    starts: Index
    counts: Index


def _runs(terms: Likelihood) -> Iterator[_Run]:
    size = len(terms.at_x)
    begin = np.searchsorted(terms.at_x, np.arange(len(terms.x) + 1))
    for low in range(0, size, BLOCK):
        high = min(low + BLOCK, size)
        among = slice(int(terms.at_x[low]), int(terms.at_x[high - 1]) + 1)
        starts = np.maximum(begin[among], low) - low
        yield _Run(slice(low, high), among, starts, np.diff(starts, append=high - low))


@attrs.frozen(eq=False)
class _Sums:
    """The log-likelihood, its gradient and the upper half of its Hessian in r, alpha, a and b."""

    total: Floats
    slope: Floats
    bend: Floats

    @classmethod
    def of_frequencies(cls, terms: Likelihood, params: Floats) -> "_Sums":
        """What depends on the frequency alone: gammas."""
        from scipy.special import digamma, gammaln, zeta  # noqa: PLC0415 - loaded where it is used

        special: tuple[Any, Any, Any] = gammaln, digamma, zeta
        r, alpha, a, b = params.tolist()
        x, w, many = terms.x, terms.weight, terms.seen.customers
        kept = b + terms.first + x
        at = np.concatenate((r + x, kept, a + kept, (r, a + b, b)))
        weight = np.concatenate((w, w, -w, (-many, many, -many)))
        begin = np.array([0, 1, 2, 3, 3, 3]) * len(x) + np.array([0, 0, 0, 0, 1, 2])
        found = (special[0](at), special[1](at), special[2](2.0, at))
        log, psi, tri = (np.add.reduceat(weight * one, begin).tolist() for one in found)
        slope, bend = np.zeros(4), np.zeros((4, 4))
        slope[:] = psi[0] + psi[3], 0.0, psi[2] + psi[4], psi[1] + psi[2] + psi[4] + psi[5]
        bend[_R, _R], bend[_R, _ALPHA] = tri[0] + tri[3], many / alpha
        bend[_A, _A] = bend[_A, _B] = tri[2] + tri[4]
        bend[_B, _B] = tri[1] + tri[2] + tri[4] + tri[5]
        log_alpha = float(np.log(alpha))
        slope[_R] += many * log_alpha
        slope[_ALPHA] += many * r / alpha
        bend[_ALPHA, _ALPHA] -= many * r / alpha**2
        return cls(np.array([sum(log) + many * r * log_alpha]), slope, bend)

    def add_last(self, terms: Likelihood, params: Floats) -> None:
        """Add the terms of (alpha + t_x) to the power of -rho."""
        r, alpha = params[:2].tolist()
        customers, since = terms.ages.customers, alpha + terms.ages.days
        many = r * customers + terms.ages.purchases
        log, near = np.log(since), 1.0 / since
        self.total[0] -= dot(many, log)
        self.slope[_R] -= dot(customers, log)
        self.bend[_R, _ALPHA] -= dot(customers, near)
        many *= near
        self.slope[_ALPHA] -= float(many.sum())
        self.bend[_ALPHA, _ALPHA] += dot(many, near)

    def add_silences(self, terms: Likelihood, params: Floats, runs: tuple[_Run, ...]) -> None:
        """Add the terms of c + y."""
        r, alpha, a, b = params.tolist()
        odds, by_x = leaving(a, b, terms.x, terms.first), np.zeros((4, len(terms.x)))
        for run, times in zip(runs, terms.ages.read(alpha), strict=True):
            w, rho = terms.seen.weight[run.rows], r + terms.seen.frequency[run.rows]
            alive = np.exp(-rho * times.far)
            whole = np.repeat(odds[run.among], run.counts)
            whole += alive
            self.total[0] += dot(w, np.log(whole))
            alive /= whole
            sure = w * alive
            torn = sure - sure * alive
            far, steep = self._add_times((sure, torn), rho, times)
            for total, part in zip(by_x, (w - sure, torn, far, steep), strict=True):
                total[run.among] += np.add.reduceat(part, run.starts)
        risk = b + terms.first + terms.x - 1.0
        near = np.divide(1.0, risk, out=np.zeros_like(risk), where=odds > 0)
        self._add_leaving(a, near, by_x)

    def _add_times(
        self, weights: tuple[Floats, Floats], rho: Floats, times: Times
    ) -> tuple[Floats, Floats]:
        """Add derivatives of log y; those of the first order come back, with their weights."""
        (sure, torn), slope = weights, times.end - times.begin
        steep = rho * slope
        self.slope[_R] -= dot(sure, times.far)
        self.slope[_ALPHA] -= dot(sure, steep)
        self.bend[_R, _ALPHA] -= dot(sure, slope)
        far, fall = torn * times.far, torn * steep
        self.bend[_R, _R] += dot(far, times.far)
        self.bend[_R, _ALPHA] += dot(far, steep)
        self.bend[_ALPHA, _ALPHA] += dot(fall, steep)
        steep *= times.begin + times.end
        self.bend[_ALPHA, _ALPHA] += dot(sure, steep)
        return far, fall

    def _add_leaving(self, a: float, near: Floats, by_x: Floats) -> None:
        """Add derivatives of log c: 1 / a and -1 / (b + x - 1)."""
        left, torn, far, steep = by_x
        self.slope[_A] += float(left.sum()) / a
        self.slope[_B] -= dot(left, near)
        self.bend[_R, _A] += float(far.sum()) / a
        self.bend[_R, _B] -= dot(far, near)
        self.bend[_ALPHA, _A] += float(steep.sum()) / a
        self.bend[_ALPHA, _B] -= dot(steep, near)
        self.bend[_A, _A] += float(torn.sum() - left.sum()) / a**2
        self.bend[_A, _B] -= dot(torn, near) / a
        self.bend[_B, _B] += dot(torn + left, near**2)

    def told(self, params: Floats, many: float) -> tuple[float, Floats, Floats]:
        """Minus the mean of each, in the logarithms of the parameters."""
        self.bend[_LOWER] = self.bend.T[_LOWER]
        return in_logarithms((float(self.total[0]), self.slope, self.bend), params, many)
