"""A fingerprint of a table's content: the same for shuffled rows and for every kind of table."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Index
from custseg.frames.cells import Keys
from custseg.frames.held import numbers_of
from custseg.frames.parts import Share, totals
from custseg.frames.scalar import missing
from custseg.frames.table import Table

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_EXACT: Final = float(1 << 53)
"""Up to here every whole number is a float."""
_HALF, _WHOLE = 1 << 32, 1 << 64
_ROWS: Final = "rows"


def row_hashes(table: Table[Any], columns: Iterable[str] = ()) -> NDArray[np.uint64]:
    """One 64-bit hash a row: equal rows have equal hashes, whatever the kind of table.

    Args:
        table: An opened table; a lazy one is fetched.
        columns: The columns that count; none named: all.

    Raises:
        MissingColumnError: A named column is not there.

    >>> from custseg.frames import table
    >>> one, two = row_hashes(table([{"id": "1", "x": 2.0}, {"x": 2, "id": "1"}])).tolist()
    >>> one == two
    True
    """
    rows = np.zeros(table.size, dtype=np.uint64)
    for name in sorted(set(columns) or table.columns):
        keys = table.keys(name)
        salt = np.uint64(_hash(name))
        with np.errstate(over="ignore"):
            rows = (rows ^ (_hashes(keys)[_known_last(keys)] + salt)) * _MIX
            rows ^= rows >> np.uint64(29)
    return rows


def fingerprint(table: Table[Any], *, key: str = "") -> str:
    """Sixteen hex digits of the rows of a table, whatever their order and the kind of table.

    Args:
        table: An opened table; a lazy one is worked on where it is.
        key: The column by which an engine deals out the rows; by default the first.

    >>> from custseg.frames import table
    >>> a = table([{"id": "1", "x": 2.0}, {"id": "2", "x": None}])
    >>> b = table([{"x": None, "id": "2"}, {"x": 2, "id": "1"}])
    >>> fingerprint(a) == fingerprint(b)
    True
    """
    names = table.columns
    total = _summed(table, key or names[0]) if table.lazy and names else _total(table)
    return f"{(total + _hash(','.join(sorted(names)))) % _WHOLE:016x}"


def _summed(table: Table[Any], key: str) -> int:
    found = totals({_ROWS: Share(table, key, table.columns)}, _parts)
    sums = found.read({"high": "number", "low": "number"})
    high, low = (int(np.sum(np.asarray(each, dtype=np.float64))) for each in sums.values())
    return high * _HALF + low


def _parts(given: Mapping[str, Table[Any]]) -> object:
    """The sum of a partition in two whole numbers, which every engine adds up without loss."""
    high, low = divmod(_total(given[_ROWS]), _HALF)
    return given[_ROWS].build({"high": np.array([high]), "low": np.array([low])})


def _total(table: Table[Any]) -> int:
    rows = np.zeros(table.size, dtype=np.uint64)
    for name in sorted(table.columns):
        keys = table.keys(name)
        salt = np.uint64(_hash(name))
        with np.errstate(over="ignore"):
            rows = (rows ^ (_marks(keys)[_known_last(keys)] + salt)) * _MIX
            rows ^= rows >> np.uint64(29)
    return int(np.sum(rows, dtype=np.uint64)) if len(rows) else 0


def _marks(keys: Keys) -> NDArray[np.uint64]:
    """A number for each distinct value and, last, for none; equal numbers have equal ones."""
    held = numbers_of(keys.uniques)
    if held is None or held.dtype.kind not in "biuf":
        return np.array([*map(_mark, keys.ids()), 0], dtype=np.uint64)
    floats = held.astype(np.float64)
    marks = np.append(_mixed(floats + 0.0), np.uint64(0))
    for i in np.flatnonzero(~(np.abs(floats) <= _EXACT)).tolist():
        marks[i] = _mark(held[i].item())
    return marks


def _mark(value: object) -> int:
    if missing(value):
        return 0
    if not isinstance(value, int | float | Decimal):
        return _hash(_text(value))
    found = float(value)
    same = found == value or (isinstance(value, Decimal) and value % 1 != 0)
    return int(_mixed(np.array([found + 0.0]))[0]) if same else _hash(_text(value))


def _mixed(floats: Floats) -> NDArray[np.uint64]:
    """The bits of floats, well mixed.

    Source: the finaliser of SplitMix64, Steele, Lea and Flood (2014), Fast splittable pseudorandom
    number generators, OOPSLA.
    """
    bits = floats.view(np.uint64)
    with np.errstate(over="ignore"):
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _hashes(keys: Keys) -> Any:
    held = [0 if missing(value) else _hash(_text(value)) for value in keys.ids()]
    return np.array([*held, 0], dtype=np.uint64)


def _known_last(keys: Keys) -> Index:
    return np.where(keys.at < 0, len(keys.uniques), keys.at)


def _text(value: object) -> str:
    """The same for every type that a kind of table may hold a value in; 17 is not "17"."""
    if isinstance(value, str):
        return f"'{value}"
    if isinstance(value, Decimal):
        whole = value.is_finite() and value == value.to_integral_value()
        value = int(value) if whole else float(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return value.isoformat() if isinstance(value, date) else str(value)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
