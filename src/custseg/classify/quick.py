"""The limits of one customer in plain Python; where they are in doubt, the arrays decide."""

from collections.abc import Callable, Mapping
from math import ceil, exp, expm1, floor, isfinite, log, log1p
from typing import Any, Final, TypeAlias

import numpy as np

from custseg.lifetime.beta_geometric import leaving
from custseg.lifetime.leaving import LeavingModel
from custseg.lifetime.purchases import PurchaseModel

Limit: TypeAlias = Callable[[float, float], float | None]
"""Repeat orders and age at the last of them -> whole days, or ``None`` where it is in doubt."""

_STEPS: Final = 60
_CLOSE: Final = 1e-13
_DOUBT: Final = 1e-6
_FAR: Final = 1e6
_PLAIN: Final = 3  # columns of a summary, without covariates


def chance_limit(model: PurchaseModel, share: float, horizon: float) -> Limit | None:
    """A limit as ``ChanceLimits`` tells it, by numbers; ``None`` for models that need arrays.

    A number so near to a whole day that its last digits decide is left to the arrays, so that one
    record is judged as a table is.

    Args:
        model: The model of buying.
        share: The chance of no purchase.
        horizon: Days within which a purchase counts.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=43.3, a=0.891, b=1.614)
    >>> chance_limit(model, 0.8, 90.0)(5.0, 200.0)
    165.0
    """
    if not isinstance(model, LeavingModel) or not _simple(model):
        return None

    def days(x: float, age: float) -> float:
        odds = float(leaving(model.a, model.b, np.array([x]), model.first)[0])
        return _silence((model.r + x, model.alpha + age, odds), share, horizon)

    return _whole(days)


def gap_limit(model: PurchaseModel, share: float) -> Limit | None:
    """A limit as ``GapLimits`` tells it, by numbers; ``None`` for models that need arrays.

    Args:
        model: The model of buying.
        share: The share of gaps that are shorter.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=43.3, a=0.891, b=1.614)
    >>> gap_limit(model, 0.9)(5.0, 200.0)
    126.0
    """
    if not isinstance(model, LeavingModel) or not _simple(model):
        return None
    longer = log(1.0 - share)

    def days(x: float, age: float) -> float:
        return (model.alpha + age) * expm1(-longer / (model.r + x))

    return _whole(days)


def _simple(model: LeavingModel) -> bool:
    """Whether gaps have one stage, and customers no parameters of their own."""
    return model.stages == 1 and len(model.needs) <= _PLAIN


def _whole(silence: Callable[[float, float], float]) -> Limit:
    """Whole days; nothing where the last digits would decide, or where numbers end."""

    def limit(x: float, age: float) -> float | None:
        try:
            days = silence(x, age)
        except (ArithmeticError, ValueError):
            return None
        if not isfinite(days) or days > _FAR or abs(days - round(days)) < _DOUBT:
            return None
        return max(float(ceil(days)), 1.0)

    return limit


def possible(row: Mapping[str, Any], x: float, age: float) -> bool:
    """Whether numbers can say anything of a customer; ``History`` says the same of arrays.

    >>> possible({"tenure_days": 9.0}, 1.0, 5.0), possible({"tenure_days": 9.0}, 1.0, 0.0)
    (True, False)
    """
    known = x >= 0 and age >= 0 and isfinite(row["tenure_days"]) and isfinite(x) and x == floor(x)
    return known and (x > 0) == (age > 0)


def _silence(terms: tuple[float, float, float], share: float, horizon: float) -> float:
    """The root that ``lifetime.quiet.leaver_silence`` finds, by the same steps."""
    (shape, scale, odds), aim = terms, log1p(-share)
    log_odds = log(odds) if odds > 0 else -float("inf")
    log_horizon = log(horizon) - log(scale)
    waits = -log(share) / shape
    y = min((log(share) - aim - log_odds) / shape, log_horizon - waits - log(-expm1(-waits)))
    y, moved, steps = max(y, 0.0), 1.0, 0
    while y > 0 and moved > _CLOSE * (1.0 + y) and steps < _STEPS:
        gone, ahead = exp(log_odds + shape * y), exp(log_horizon - y)
        power = -shape * log1p(ahead)
        buys = -expm1(power)
        slope = -shape * (gone / (1.0 + gone) + ahead / (1.0 + ahead) * exp(power) / buys)
        to = max(y - (log(buys) - log1p(gone) - aim) / slope, 0.0)
        y, moved, steps = to, abs(to - y), steps + 1
    return scale * expm1(y)
