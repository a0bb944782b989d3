"""Money in whole 1/10000 units: exact, and its sums do not depend on row order."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from unicodedata import category, lookup, normalize

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.frames.scalar import missing

UNITS: Final = 10_000
_LIMIT: Final = 2**62
_NOISE: Final = 1e-6  # a float this near to a whole number of units, or this near
_RELATIVE_NOISE: Final = 1e-12  # for its size, is one
_CHUNK: Final = 1 << 16  # temporaries stay in cache, off the page allocator
_YUAN: Final = lookup("CJK UNIFIED IDEOGRAPH-5143")
_MARKS: Final = frozenset({"Sc", "Zs"})  # currency signs and spaces
_NUMBER: Final = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{2,3})*,\d{3}|(?=\.))(\.\d*)?([eE][-+]?\d+)?")


@attrs.frozen(eq=False)
class Money:
    """A column of amounts.

    Attributes:
        units: Amounts in whole 1/10000 units; 0 where unknown.
        known: Whether there is an amount.
        unreadable: Whether there is something that is no amount.
        rounded: Number of amounts finer than 1/10000, which were rounded.

    >>> money = parsed([Decimal("19.99"), 0.00006, "n/a", None])
    >>> money.units.tolist(), money.unreadable.tolist(), money.rounded
    ([199900, 1, 0, 0], [False, False, True, False], 1)
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
    units = np.empty(len(values), dtype=np.int64)
    known, wild = np.empty((2, len(values)), dtype=np.bool_)
    rounded = 0
    # Ten million amounts at once would cost four times as much, in memory that is asked for anew.
    for low in range(0, len(values), _CHUNK):
        here = slice(low, low + _CHUNK)
        known[here] = ~np.isnan(values[here])
        wild[here] = np.abs(values[here]) >= _LIMIT // UNITS
        units[here], finer = _rounded(values[here])
        rounded += int(np.count_nonzero(finer))
    return Money(units, known & ~wild, wild, rounded)


def _rounded(values: Floats) -> tuple[Ints, Bools]:
    """Units, and which amounts were finer; 0 where there is no amount that fits."""
    fits = np.abs(values) < _LIMIT // UNITS  # false for NaN
    scaled = (values if fits.all() else np.where(fits, values, 0.0)) * UNITS
    whole = np.rint(scaled)
    off = np.abs(scaled - whole)
    finer: Bools = off > _NOISE
    if finer.any():
        finer &= off > np.abs(scaled) * _RELATIVE_NOISE
    return whole.astype(np.int64), finer


def from_ints(values: NDArray[np.integer[Any]]) -> Money:
    """Amounts from whole numbers, signed or not."""
    limit = _LIMIT // UNITS
    wild = values >= limit if values.dtype.kind == "u" else (values >= limit) | (values <= -limit)
    units = np.where(wild, 0, values).astype(np.int64) * UNITS
    return Money(units, ~wild, wild)


def parsed(values: Sequence[object]) -> Money:
    """Amounts from Python values: numbers, decimals, or texts such as ``¥1,234.50``.

    >>> parsed(["¥1,234.50", None, "about ten", Decimal("0.00005")]).units.tolist()
    [12345000, 0, 0, 0]
    """
    return parsed_once(values, np.arange(len(values)))


def parsed_once(values: Sequence[object], at: Index) -> Money:
    """Amounts of distinct values, put at the rows that hold them; at -1 there is none.

    >>> parsed_once([Decimal("0.00001"), "2"], np.array([0, 0, 1, -1])).rounded
    2
    """
    units = np.zeros(len(values) + 1, dtype=np.int64)
    known, unreadable, finer = (np.zeros(len(values) + 1, dtype=np.bool_) for _ in range(3))
    for i, value in enumerate(values):
        if missing(value):
            continue
        amount = _decimal(value)
        if amount is None or abs(amount) >= _LIMIT // UNITS:
            unreadable[i] = True
            continue
        exact = amount.scaleb(4)
        whole = exact.to_integral_value()
        units[i], known[i], finer[i] = int(whole), True, whole != exact
    _floats_again(values, units, finer)
    return Money(units[at], known[at], unreadable[at], int(np.count_nonzero(finer[at])))


def _floats_again(values: Sequence[object], units: Ints, finer: Bools) -> None:
    """Floats are rounded as a column of floats is, so that every kind of table agrees."""
    rows = [i for i, value in enumerate(values) if isinstance(value, float | np.floating)]
    if rows:
        units[rows], finer[rows] = _rounded(np.array([values[i] for i in rows], dtype=np.float64))


def _decimal(value: Any) -> Decimal | None:
    """A finite decimal; a float is taken at the digits that print it."""
    if isinstance(value, str):
        value = _plain_number(value)
    elif not isinstance(value, Decimal | int):
        value = repr(float(value)) if hasattr(value, "__float__") else "?"
    try:
        amount = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    return amount if amount.is_finite() else None


def _plain_number(text: str) -> str:
    """A written amount without its currency signs and with its thousands joined.

    A comma that does not part thousands makes it unreadable: 1,5 is not 15.
    """
    kept = [c for c in normalize("NFKC", text) if category(c) not in _MARKS]
    bare = "".join(kept).removesuffix(_YUAN)
    return bare.replace(",", "") if _NUMBER.fullmatch(bare) else "?"
