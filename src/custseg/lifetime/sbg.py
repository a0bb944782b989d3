"""Shifted beta-geometric: how many renew a contract, period after period?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

import attrs
import numpy as np

from custseg._typing import Floats, Needs
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.lifetime.condensing import condensing
from custseg.lifetime.history import checked_weight, numbers, refuse
from custseg.lifetime.maximum import Learned, Objective, climb
from custseg.lifetime.patterns import Patterns, dot, mark
from custseg.showing import Shown

_NAMES = ("alpha", "beta")
_RENEWALS = 2


@attrs.frozen(kw_only=True)
class ShiftedBetaGeometricModel(Shown, Learned):
    """A fitted shifted beta-geometric model; see ``ShiftedBetaGeometric``.

    Attributes:
        fitting: How well it fits.
        alpha: First parameter of the chance to cancel at a renewal.
        beta: Second parameter.

    Source: Fader and Hardie 2007, Journal of Interactive Marketing 21(1), eqs. 5 to 7.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = ShiftedBetaGeometricModel(fitting=Fitting(-1611.2, 1000), alpha=0.668, beta=3.806)
    >>> model.survival([1, 7, 12]).round(3)
    array([0.851, 0.489, 0.378])
    """

    schema_version: ClassVar[int] = 1

    alpha: float
    beta: float

    def survival(self, periods: Sequence[float] | Floats) -> Floats:
        """The share of customers that are left after so many renewals."""
        from scipy.special import betaln  # noqa: PLC0415 - loaded where it is used

        lb: Any = betaln
        t = np.asarray(periods, dtype=np.float64)
        return np.asarray(np.exp(lb(self.alpha, self.beta + t) - lb(self.alpha, self.beta)))

    def retention(self, periods: Sequence[float] | Floats) -> Floats:
        """The share of those left before a renewal (1 is the first) that renew."""
        t = np.asarray(periods, dtype=np.float64)
        return (self.beta + t - 1.0) / (self.alpha + self.beta + t - 1.0)

    def p_alive(self, tenure: Sequence[float] | Floats, *, ahead: float) -> Floats:
        """The chance that customers with so many renewals renew so many times more."""
        t = np.asarray(tenure, dtype=np.float64)
        return self.survival(t + ahead) / self.survival(t)

    def residual_lifetime(self, tenure: Sequence[float] | Floats, *, discount: float) -> Floats:
        """Renewals to expect of customers with so many renewals, each discounted to now.

        The next renewal is due at once and counts in full, as in the source.

        Args:
            tenure: Renewals so far.
            discount: What a period takes off the worth of a payment, above 0.

        Raises:
            ConfigError: The discount is 0 or less: the sum need not exist.

        Source: Fader and Hardie 2010, Marketing Science 29(1), eq. 6 (DERL).
        """
        from scipy.special import hyp2f1  # noqa: PLC0415 - loaded where it is used

        if not discount > 0:
            msg = f"must be above 0, got {discount!r}"
            raise ConfigError(msg, "discount")
        f: Any = hyp2f1
        left = self.beta + np.asarray(tenure, dtype=np.float64)
        whole = self.alpha + left
        return np.asarray(left / whole * f(1.0, left + 1.0, whole + 1.0, 1.0 / (1.0 + discount)))


@attrs.frozen
class ShiftedBetaGeometric:
    """Shifted beta-geometric: a chance to cancel at each renewal, from Beta.

    For contracts that are renewed or cancelled. Retention rises with time because those who cancel
    readily are gone first, not because anyone becomes more loyal.

    Attributes:
        tenure: Column with the number of whole periods until the cancellation (1 = cancelled at
            the first renewal), or of renewals so far.
        churned: Column that says whether the customer has cancelled: 1 or 0.
        weight: Column that says how many customers a row stands for, if there is one.

    Source: Fader and Hardie 2007, "How to Project Customer Retention", Journal of Interactive
    Marketing 21(1), appendix.

    >>> model = ShiftedBetaGeometric(weight="customers").fit(survivors([1000, 869, 743, 653, 593]))
    >>> {name: round(value, 3) for name, value in model.params.items()}
    {'alpha': 1.281, 'beta': 7.79}
    """

    tenure: str = "tenure"
    churned: str = "churned"
    weight: str | None = None

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        return {self.tenure: "number", self.churned: "number"}

    @condensing
    def fit(self, customers: object) -> ShiftedBetaGeometricModel:
        """Learn the two parameters.

        Args:
            customers: A table with tenure, whether they have cancelled, and a weight if named.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A value is missing or impossible.
            NotEnoughDataError: Nobody has cancelled, or all at once: nothing can be told.
        """
        seen = self.seen(customers)
        peak = climb(objective(seen), (1.0, 1.0))
        alpha, beta = np.exp(peak.at).tolist()
        told = f"renewals;{mark(seen.weight, seen.frequency, seen.age)}"
        fitting = attrs.evolve(peak.fitting(_NAMES, seen.customers), data=told)
        return ShiftedBetaGeometricModel(fitting=fitting, alpha=alpha, beta=beta)

    def seen(self, customers: object) -> Patterns:
        """Distinct tenures, by whether they have ended (the frequency), with their customers.

        Raises:
            DataError: A value is missing or impossible.
            NotEnoughDataError: Nobody has cancelled, or all at once.
        """
        asked = [self.tenure, self.churned, *([] if self.weight is None else [self.weight])]
        needs: Needs = dict.fromkeys(asked, "number")
        cols = numbers(customers, needs)
        time, gone = cols[self.tenure], cols[self.churned]
        refuse(self.tenure, (time < gone) | (time != np.floor(time)), "must count whole periods")
        refuse(self.churned, (gone != 0) & (gone != 1), "must be 1 (cancelled) or 0")
        weight = None
        if self.weight is not None:
            weight = checked_weight(self.weight, cols[self.weight])
        seen = Patterns.of(gone, time * 0.0, time, weight)
        _check_told(seen)
        return seen


def survivors(counts: Sequence[float]) -> list[dict[str, float]]:
    """A table for ``ShiftedBetaGeometric`` from the customers left after each period of a cohort.

    Args:
        counts: How many there were at the beginning, after one period, after two, ...

    Raises:
        ConfigError: There are fewer than two numbers, or one is above the one before it.

    >>> survivors([100, 80, 70])[-1]
    {'tenure': 2, 'churned': 0, 'customers': 70}
    """
    lost = [before - after for before, after in pairwise(counts)]
    if not lost or min(lost) < 0:
        msg = f"needs two numbers or more, none above the one before it, got {list(counts)}"
        raise ConfigError(msg, "counts")
    rows = [{"tenure": t, "churned": 1, "customers": n} for t, n in enumerate(lost, 1)]
    return [*rows, {"tenure": len(lost), "churned": 0, "customers": counts[-1]}]


def _check_told(seen: Patterns) -> None:
    gone = seen.frequency == 1
    times = np.unique(seen.age[gone & (seen.weight > 0)])
    if not len(times) or seen.age.max() < _RENEWALS:
        msg = (
            "nobody has cancelled, or only one renewal has been seen: nothing tells how customers "
            "differ; wait for two renewals with cancellations"
        )
        raise NotEnoughDataError(msg)


def objective(seen: Patterns) -> Objective:
    """Minus the mean log-likelihood and its gradient."""
    from scipy.special import betaln, digamma  # noqa: PLC0415 - loaded where it is used

    lb: Any = betaln
    psi: Any = digamma
    gone, kept, w = seen.frequency, seen.age - seen.frequency, seen.weight
    many = seen.customers

    def value(theta: Floats) -> tuple[float, Floats]:
        params = np.exp(theta)
        a, b = params.tolist()
        total = dot(w, lb(a + gone, b + kept)) - many * float(lb(a, b))
        ends, whole = psi(a + gone + b + kept), psi(a + b)
        da = dot(w, psi(a + gone) - ends) - many * (psi(a) - whole)
        db = dot(w, psi(b + kept) - ends) - many * (psi(b) - whole)
        return -total / many, -np.array([da, db]) * params / many

    return value
