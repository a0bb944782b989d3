"""The models where customers may leave after a purchase, fitted: one mathematics, three names."""

from collections.abc import Mapping
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.lifetime.beta_geometric import leaving, waiting
from custseg.lifetime.curvature import highest
from custseg.lifetime.history import History, Sample
from custseg.lifetime.maximum import Fitting
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.quadrature import blocks
from custseg.lifetime.quiet import crossing, gap_quantile, leaver_silence
from custseg.lifetime.restart import Counting, Restart

NAMES = ("r", "alpha", "a", "b")
_BLOCK = 32_768
_MOST = 650.0  # the logarithm of a number so large that it does not matter


@attrs.frozen(kw_only=True)
class LeavingModel(PurchaseModel):
    """A customer buys at a rate from Gamma(r, alpha) and leaves with a chance from Beta(a, b).

    Attributes:
        r: Shape of the rate of buying.
        alpha: Its scale, in the unit of time of the summary.
        a: First parameter of the chance to leave after a purchase.
        b: Second parameter.
    """

    first: ClassVar[int] = 0
    """1 where customers may leave after their first purchase too."""

    r: float
    alpha: float
    a: float
    b: float

    @property
    def stages(self) -> int:
        """Stages of the gap between purchases; 1 is Poisson buying."""
        return 1

    def alive(self, history: History) -> Floats:
        """The chance that each customer is still one."""
        found = np.empty_like(history.age)
        spare = np.empty(min(len(found), _BLOCK))
        for rows in blocks(len(found), _BLOCK):
            self._alive(history.take(rows), found[rows], spare[: len(found[rows])])
        return found

    def _alive(self, history: History, found: Floats, spare: Floats) -> None:
        """Fill it in, with no memory that is new: to get that costs as much as to compute."""
        (alpha, a, b), x = self._own(history), history.frequency
        np.subtract(history.age, history.recency, out=found)
        found /= np.add(history.recency, alpha, out=spare)
        np.log1p(found, out=found)
        found *= np.add(x if self.stages == 1 else self.stages * x, self.r, out=spare)
        np.exp(np.minimum(found, _MOST, out=found), out=found)
        risk = np.add(x, b + (self.first - 1.0), out=spare)
        if not self.first:
            np.copyto(risk, np.inf, where=x == 0)  # nobody can have left
        found *= a
        found /= risk
        if self.stages > 1:
            found /= sum(self._passed(history))
        found += 1.0
        np.reciprocal(found, out=found)

    def buys(self, history: History, time: float) -> Floats:
        """Purchases to expect within a time of those who are still customers."""
        return self._future(history).expected(time)

    def counts(self, history: History, count: int, time: float) -> Floats:
        """The chance of just so many purchases within a time."""
        alive = self.alive(history)
        found = alive * self._future(history).exactly(count, time)
        return found if count else found + (1.0 - alive)

    def reaches(self, history: History, time: float | Floats) -> Floats:
        """The chance to buy at all within a time."""
        found = self.alive(history)
        if self.stages > 1:
            return found * self._future(history).at_least(1, time)
        whole = np.broadcast_to(time, found.shape)
        for rows in blocks(len(found), _BLOCK):
            rho, now = self._pace(history.take(rows))
            found[rows] *= -np.expm1(-rho * np.log1p(whole[rows] / now))
        return found

    def waits(self, history: History, probability: float) -> Floats:
        """The quantile of the next purchase: a power where gaps have one stage."""
        if self.stages > 1:
            return super().waits(history, probability)
        found, far = np.empty_like(history.age), -np.log1p(-probability)
        with np.errstate(over="ignore"):
            for rows in blocks(len(found), _BLOCK):
                rho, now = self._pace(history.take(rows))
                np.multiply(now, np.expm1(far / rho), out=found[rows])
        return found

    def gaps(self, history: History, share: float) -> Floats:
        """The gap that only a share of the next ones outlasts."""
        rho, alpha = self.r + self.stages * history.frequency, self._own(history)[0]
        return gap_quantile(rho, alpha + history.recency, share, self.stages)

    def quiets(self, history: History, probability: float, horizon: float) -> Floats:
        """The silence at which the chance of no purchase is reached."""
        (alpha, a, b), x, last = self._own(history), history.frequency, history.recency
        if self.stages == 1:
            odds = leaving(a, b, x, self.first)
            return leaver_silence(self.r + x, alpha + last, odds, probability, horizon)

        def reach(silence: Floats) -> Floats:
            return self.reaches(attrs.evolve(history, age=last + silence), horizon)

        return crossing(reach, alpha + last, probability)

    def discounted(self, history: History, rate: float) -> Floats:
        """Purchases to expect in all future, each worth exp(-rate t).

        Raises:
            ConfigError: Gaps have several stages, for which there is no formula.
        """
        if self.stages > 1:
            msg = "there is no infinite horizon for gaps of several stages; give months"
            raise ConfigError(msg, "months")
        alike = self._future(history).restart
        return self.alive(history) * alike.discounted(rate)

    def _own(self, history: History) -> tuple[Floats | float, Floats | float, Floats | float]:
        """alpha, a and b, which may be each customer's own."""
        own = history.own
        return own.get("alpha", self.alpha), own.get("a", self.a), own.get("b", self.b)

    def _pace(self, history: History) -> tuple[Floats, Floats]:
        """Shape and scale of the rate of those who are still customers."""
        return self.r + history.frequency, self._own(history)[0] + history.age

    def _passed(self, history: History) -> list[Floats]:
        rho = self.r + self.stages * history.frequency
        quiet, now = history.age - history.recency, self._own(history)[0] + history.age
        return waiting(rho, quiet, now, self.stages)

    def _future(self, history: History) -> Counting:
        """Buying from now on of those who are still customers."""
        passed = self._passed(history)
        whole = sum(passed)
        (alpha, a, b), x = self._own(history), history.frequency
        shape, later = self.r + self.stages * x, b + self.first
        beyond = a + later - self.r if self.stages == 1 else None
        now = Restart(shape, alpha + history.age, a, later + x, beyond)
        return Counting(now, self.stages, [one / whole for one in passed])


def learn(
    sample: Sample, *, stages: int = 1, first: int = 0
) -> tuple[Mapping[str, float], Fitting]:
    """The parameters at which the histories are most likely.

    Args:
        sample: The customers.
        stages: Stages of the gap between purchases.
        first: 1 where customers may leave after their first purchase too.
    """
    history = sample.history
    seen = Patterns.of(history.frequency, history.recency, history.age, sample.weight)
    unit = 1.0 / float(seen.age.max())
    peak = highest(seen.scaled(unit), stages, first)
    shift = dot(seen.weight, seen.frequency) * stages * float(np.log(unit))
    params: dict[str, float] = dict(zip(NAMES, np.exp(peak.at).tolist(), strict=True))
    params["alpha"] /= unit
    fitting = peak.fitting(NAMES, seen.customers, shift=shift)
    return params, attrs.evolve(fitting, data=sample.mark)
