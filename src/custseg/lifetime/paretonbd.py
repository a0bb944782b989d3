"""Pareto/NBD: a customer may leave at any time, whether or not there is a purchase."""

from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats, Needs
from custseg.lifetime.condensing import condensing
from custseg.lifetime.history import NEEDS, History, Sample
from custseg.lifetime.maximum import SAMPLE, climb
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.quadrature import integral, shrunk
from custseg.lifetime.quiet import crossing, gap_quantile
from custseg.lifetime.renewal import reached
from custseg.lifetime.silence import Silence, objective

_NAMES = ("r", "alpha", "s", "beta")
_REACH, _STEPS = 60.0, 30


@attrs.frozen(kw_only=True)
class ParetoNBDModel(PurchaseModel):
    """A fitted Pareto/NBD model; see ``ParetoNBD``.

    Attributes:
        fitting: How well it fits.
        r: Shape of the rate of buying.
        alpha: Its scale, in the unit of time of the summary.
        s: Shape of the rate of leaving.
        beta: Its scale, in the unit of time of the summary.

    Source: Fader and Hardie, note 009 (derivations); Schmittlein, Morrison and Colombo 1987. The
    integrals are evaluated as such: sums of positive terms, no cancelling 2F1.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = ParetoNBDModel(
    ...     fitting=Fitting(-9595.0, 2357), r=0.553, alpha=10.578, s=0.606, beta=11.669
    ... )
    >>> row = {"frequency": 26, "recency": 30.86, "T": 31}
    >>> model.p_alive([row]).round(4), model.expected_purchases([row], horizon=52).round(2)
    (array([0.9979]), array([25.46]))
    """

    schema_version: ClassVar[int] = 1

    r: float
    alpha: float
    s: float
    beta: float

    def alive(self, history: History) -> Floats:
        """The chance that each customer is still one."""
        m, last = self.r + history.frequency, self.alpha + history.recency
        lasting, quiet = self.beta + history.recency, history.age - history.recency
        gone = self.s * Silence.of((last, lasting), (m, self.s), quiet).whole
        kept = np.exp(-m * np.log1p(quiet / last) - self.s * np.log1p(quiet / lasting))
        return np.asarray(kept / (kept + gone))

    def buys(self, history: History, time: float) -> Floats:
        """Purchases to expect within a time of those who are still customers."""
        rate = (self.r + history.frequency) / (self.alpha + history.age)
        left = self.beta + history.age
        return rate * left * shrunk(self.s - 1.0, np.log1p(time / left))

    def counts(self, history: History, count: int, time: float) -> Floats:
        """The chance of just so many purchases within a time."""
        alive = self.alive(history)
        if not count:
            return 1.0 - alive * self._at_least(history, 1, time)
        just = self._at_least(history, count, time) - self._at_least(history, count + 1, time)
        return alive * np.maximum(just, 0.0)

    def reaches(self, history: History, time: float | Floats) -> Floats:
        """The chance to buy at all within a time."""
        return self.alive(history) * self._at_least(history, 1, time)

    def waits(self, history: History, probability: float) -> Floats:
        """The quantile of the next purchase: Newton in the logarithm of time, kept in a bracket."""
        aim = probability * self._at_least(history, 1, np.inf)
        m, alpha, beta = self._from(history)
        low, high = np.full_like(alpha, -_REACH), np.full_like(alpha, _REACH)
        with np.errstate(over="ignore"):
            log_time = np.log(alpha) + np.log(np.expm1(-np.log1p(-probability) / m))
        log_time = np.clip(log_time, low, high)
        for _ in range(_STEPS):
            time = np.exp(log_time)
            over = self._at_least(history, 1, time) - aim
            low, high = np.where(over < 0, log_time, low), np.where(over < 0, high, log_time)
            slope = np.exp(
                np.log(m / alpha)
                + log_time
                - (m + 1.0) * np.log1p(time / alpha)
                - self.s * np.log1p(time / beta)
            )
            step = np.divide(over, slope, out=np.full_like(over, np.inf), where=slope > 0)
            to = log_time - step
            log_time = np.where((to > low) & (to < high), to, (low + high) / 2)
        return np.asarray(np.exp(log_time))

    def gaps(self, history: History, share: float) -> Floats:
        """The gap that only a share of the next ones outlasts."""
        return gap_quantile(self.r + history.frequency, self.alpha + history.recency, share)

    def quiets(self, history: History, probability: float, horizon: float) -> Floats:
        """The silence at which the chance of no purchase is reached."""
        last = history.recency

        def reach(silence: Floats) -> Floats:
            return self.reaches(attrs.evolve(history, age=last + silence), horizon)

        return crossing(reach, min(self.alpha, self.beta) + last, probability)

    def discounted(self, history: History, rate: float) -> Floats:
        """Purchases to expect in all future, each worth exp(-rate t).

        Source: Fader, Hardie and Lee 2005, Journal of Marketing Research 42(4), eq. 5 (DERT), as
        the integral that its confluent hypergeometric function stands for.
        """
        m, alpha, beta = self._from(history)
        power, slow = self.s - 1.0, rate * beta

        def there(h: Floats, rows: slice) -> Floats:
            return -power * h - slow[rows, None] * np.expm1(h)

        lasting = beta * integral(power + slow, np.log1p(50.0 / slow), there)
        return self.alive(history) * (m / alpha) * lasting

    def _from(self, history: History) -> tuple[Floats, Floats, Floats]:
        """The numbers that stand for r, alpha and beta from now on; s stays."""
        age = history.age
        return self.r + history.frequency, self.alpha + age, self.beta + age

    def _at_least(self, history: History, count: int, time: float | Floats) -> Floats:
        """The chance of so many purchases within a time of those who are still customers."""
        return reached(self._from(history), self.s, count, time)


@attrs.frozen
class ParetoNBD:
    """Pareto/NBD: a rate of buying from one Gamma, a rate of leaving from another.

    Attributes:
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought again, at least.

    Source: Schmittlein, Morrison and Colombo 1987, "Counting Your Customers", Management Science
    33(1); Fader and Hardie, note 009.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = ParetoNBD().fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> {name: round(value, 2) for name, value in model.params.items()}
    {'r': 0.55, 'alpha': 10.58, 's': 0.61, 'beta': 11.67}
    """

    weight: str | None = None
    repeaters: int = 10

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        return NEEDS

    @condensing
    def fit(self, summary: object) -> ParetoNBDModel:
        """Learn the four parameters.

        Args:
            summary: A table with ``frequency``, ``recency`` and ``T``.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        sample = Sample.of(summary, self.weight)
        sample.require_repeats(self.repeaters)
        known = sample.history
        seen = Patterns.of(known.frequency, known.recency, known.age, sample.weight)
        unit = 1.0 / float(seen.age.max())
        whole = seen.scaled(unit)
        thin = whole.thinned(SAMPLE)
        few = None if thin is None else objective(thin)
        peak = climb(objective(whole), (0.5, 0.2, 0.5, 0.2), few)
        shift = dot(seen.weight, seen.frequency) * float(np.log(unit))
        r, alpha, s, beta = np.exp(peak.at).tolist()
        told = peak.fitting(_NAMES, seen.customers, shift=shift)
        fitting = attrs.evolve(told, data=sample.mark)
        return ParetoNBDModel(fitting=fitting, r=r, alpha=alpha / unit, s=s, beta=beta / unit)
