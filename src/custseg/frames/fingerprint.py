"""A fingerprint of a table's content: the same for shuffled rows and for every kind of table."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.frames.cells import Keys
from custseg.frames.scalar import missing
from custseg.frames.table import Table

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


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


def fingerprint(table: Table[Any]) -> str:
    """Sixteen hex digits of the rows of a table, whatever their order.

    Args:
        table: An opened table; a lazy one is fetched.

    >>> from custseg.frames import table
    >>> a = table([{"id": "1", "x": 2.0}, {"id": "2", "x": None}])
    >>> b = table([{"x": None, "id": "2"}, {"x": 2, "id": "1"}])
    >>> fingerprint(a) == fingerprint(b)
    True
    """
    rows = row_hashes(table)
    total = int(np.sum(rows, dtype=np.uint64)) if len(rows) else 0
    return f"{(total + _hash(','.join(sorted(table.columns)))) % 2**64:016x}"


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
