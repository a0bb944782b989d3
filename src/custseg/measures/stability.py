"""How far has a distribution moved away from the one that cuts were made for?"""

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Floats, Ints, floats
from custseg.errors import ConfigError, DataError
from custseg.measures.intervals import ratio
from custseg.measures.numbers import numbers
from custseg.showing import Shown

Shift: TypeAlias = Literal["stable", "moving", "moved", "unknown"]
LIMITS: Final = (0.1, 0.25)
"""From where on a distribution moves, and from where on it has moved, as is customary."""

_NEAR: Final = 1e-9
_ENDLESS: Final = 1e300  # sums of so many stay finite


@attrs.frozen
class Stability(Shown):
    """A population stability index and what it is made of.

    Attributes:
        index: The index; NaN where one side is empty.
        shift: ``stable`` below the first limit, ``moving`` below the second, ``moved`` from there
            on; ``unknown`` where there is no index.
        parts: What each class adds to the index; they sum to it.
        expected: Share of each class before.
        actual: Share of each class now.
        p_value: The chance of so large an index if nothing has moved; NaN where there is no index,
            or shares on both sides.
            With many customers every small move is significant: the limits say how large it is.

    >>> psi([50, 30, 20], [40, 30, 30]).shift
    'stable'
    """

    index: float
    shift: Shift
    parts: tuple[float, ...]
    expected: tuple[float, ...]
    actual: tuple[float, ...]
    p_value: float

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        return {name: _plain(value) for name, value in attrs.asdict(self).items()}


def psi(
    expected: Floats | Ints | Sequence[float],
    actual: Floats | Ints | Sequence[float],
    *,
    empty: float = 0.5,
    limits: tuple[float, float] = LIMITS,
) -> Stability:
    """The population stability index: the sum over classes of (q - p) ln(q / p).

    Args:
        expected: Customers of each class before; or shares (numbers with a fraction that sum
            to 1), which are then taken as certain.
        actual: Customers of each class now; or shares.
        empty: As how many customers a class counts that is empty on one side only, where the
            logarithm would be endless; the other classes are left as they are. A class that is
            empty on both sides adds nothing.
        limits: Where ``moving`` and ``moved`` begin.

    Raises:
        DataError: There are not as many classes on both sides, a count is missing, endless or
            below 0, or a class is empty on one side and both are shares.
        ConfigError: ``empty`` is not above 0, or the limits are not two that ascend from 0.

    Source: Kullback and Leibler 1951, Annals of Mathematical Statistics 22(1), the divergence J;
    limits 0.1 and 0.25: Siddiqi 2006, "Credit Risk Scorecards". Where nothing has moved, the index
    divided by (1/N + 1/M) is about chi-squared, with one degree of freedom less than classes:
    Yurdakul 2018, "Statistical Properties of Population Stability Index" (thesis).

    >>> found = psi([500, 300, 200], [400, 300, 300])
    >>> round(found.index, 6), [round(part, 6) for part in found.parts]
    (0.062861, [0.022314, 0.0, 0.040547])
    >>> psi([0.2, 0.8], [50, 50]).shift, psi([1, 1], [0, 0]).shift
    ('moved', 'unknown')
    """
    _check_settings(empty, limits)
    before, after = _counts(expected, "expected"), _counts(actual, "actual")
    if len(before) != len(after):
        msg = f"there are {len(before)} classes before and {len(after)} now; count the same classes"
        raise DataError(msg)
    p, q = (ratio(part, part.sum(keepdims=True)) for part in (before, after))
    if not before.any() or not after.any():
        nothing = (np.nan,) * len(p)
        return Stability(np.nan, "unknown", nothing, floats(p), floats(q), np.nan)
    many = [np.inf if _certain(part) else float(part.sum()) for part in (before, after)]
    parts = _parts(p, q, _least(p, q, many, empty))
    index = float(parts.sum())
    chance = _chance(index, sum(1.0 / part for part in many), int(np.count_nonzero(p + q)) - 1)
    return Stability(index, _named(index, limits), floats(parts), floats(p), floats(q), chance)


def _least(p: Floats, q: Floats, many: list[float], empty: float) -> tuple[float, float]:
    """The share of a class that is empty on one side.

    Shares that are certain have no customers to count a half of: those of the other side stand in.
    """
    fewest = min(many)
    if np.isinf(fewest) and ((p > 0) != (q > 0)).any():
        msg = "a class is empty on one side, and shares do not say of how many; give counts"
        raise DataError(msg)
    before, after = (empty / (fewest if np.isinf(part) else part) for part in many)
    return before, after


def _parts(p: Floats, q: Floats, least: tuple[float, float]) -> Floats:
    before, after = np.where(p > 0, p, least[0]), np.where(q > 0, q, least[1])
    return np.where(p + q > 0, (after - before) * np.log(after / before), 0.0)


def _named(index: float, limits: tuple[float, float]) -> Shift:
    if index < limits[0]:
        return "stable"
    return "moving" if index < limits[1] else "moved"


def _chance(index: float, variance: float, degrees: int) -> float:
    from scipy.special import chdtrc  # noqa: PLC0415 - loaded where it is used

    if not variance:
        return np.nan
    upper: Any = chdtrc
    return float(upper(degrees, index / variance)) if degrees else 1.0


def _counts(given: Floats | Ints | Sequence[float], side: str) -> Floats:
    counts = numbers(given, side)
    if counts.ndim != 1 or not ((counts >= 0) & (counts < _ENDLESS)).all():
        msg = f"{side} holds something that is no count; give one number of 0 or more a class"
        raise DataError(msg)
    return counts


def _certain(counts: Floats) -> bool:
    """One customer in one class is a count: shares have a fraction."""
    return abs(float(counts.sum()) - 1.0) < _NEAR and bool((counts % 1 != 0).any())


def _check_settings(empty: float, limits: tuple[float, float]) -> None:
    if not 0 < empty < np.inf:
        msg = f"must be above 0, got {empty!r}"
        raise ConfigError(msg, "empty")
    if len(limits) != len(LIMITS) or not 0 < limits[0] <= limits[1]:
        msg = f"must ascend from 0, got {limits!r}"
        raise ConfigError(msg, "limits")


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in cast("tuple[object, ...]", value)]
    return None if isinstance(value, float) and np.isnan(value) else value
