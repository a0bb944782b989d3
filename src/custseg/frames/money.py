"""Money in whole 1/10000 units: exact, and its sums do not depend on row order."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.frames.scalar import missing

UNITS: Final = 10_000
_LIMIT: Final = 2**62
_SIGNS: Final = str.maketrans("", "", "¥￥$€£, ，元 ")


@attrs.frozen(eq=False)
class Money:
    """A column of amounts.

    Attributes:
        units: Amounts in whole 1/10000 units; 0 where unknown.
        known: Whether there is an amount.
        unreadable: Whether there is something that is no amount.
        rounded: Number of amounts finer than 1/10000, which were rounded.
    """

    units: Ints
    known: Bools
    unreadable: Bools
    rounded: int = 0


def amounts(units: Ints) -> Floats:
    """Units back to amounts.

    >>> import numpy as np
    >>> amounts(np.array([25_500])).tolist()
    [2.55]
    """
    return units / UNITS


def from_floats(values: Floats) -> Money:
    """Amounts from floats; NaN is unknown, infinity is unreadable."""
    known = ~np.isnan(values)
    scaled = np.where(known, values, 0.0) * UNITS
    wild = np.abs(scaled) >= _LIMIT
    units = np.rint(np.where(wild, 0.0, scaled))
    tolerance = np.maximum(1e-6, np.abs(scaled) * 1e-12)
    rounded = int(np.count_nonzero(~wild & (np.abs(scaled - units) > tolerance)))
    return Money(units.astype(np.int64), known & ~wild, wild, rounded)


def from_ints(values: Ints) -> Money:
    """Amounts from whole numbers."""
    wild = np.abs(values) >= _LIMIT // UNITS
    units = np.where(wild, 0, values) * UNITS
    return Money(units, ~wild, wild)


def parsed(values: Sequence[object]) -> Money:
    """Amounts from Python values: numbers, decimals, or texts such as ``¥1,234.50``.

    >>> parsed(["¥1,234.50", None, "about ten", Decimal("0.00005")]).units.tolist()
    [12345000, 0, 0, 0]
    """
    units = np.zeros(len(values), dtype=np.int64)
    known = np.zeros(len(values), dtype=np.bool_)
    unreadable = np.zeros(len(values), dtype=np.bool_)
    rounded = 0
    for i, value in enumerate(values):
        if missing(value):
            continue
        amount = _decimal(value)
        if amount is None or abs(amount) * UNITS >= _LIMIT:
            unreadable[i] = True
            continue
        exact = amount.scaleb(4)
        whole = exact.to_integral_value()
        rounded += whole != exact
        units[i], known[i] = int(whole), True
    return Money(units, known, unreadable, rounded)


def _decimal(value: Any) -> Decimal | None:
    """A finite decimal; a float is taken at the digits that print it."""
    if isinstance(value, str):
        value = value.translate(_SIGNS)
    elif not isinstance(value, Decimal | int):
        value = repr(float(value)) if hasattr(value, "__float__") else "?"
    try:
        amount = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    return amount if amount.is_finite() else None
