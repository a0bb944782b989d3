"""A column whose values are read by where each record is at home: phones, and dates."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Index
from custseg.clean.cell import FINE, CellReader, Sort
from custseg.clean.columns import ReadColumn
from custseg.frames import Keys
from custseg.values import regions
from custseg.values.columns import Kind

REGIONAL: Final[frozenset[Kind]] = frozenset(["phone", "date"])
"""The kinds that are read by region."""


def home(value: object, default: str | None) -> str | None:
    """The region of a record, told by one of its values; the default where that tells nothing.

    >>> home("Germany", "CN"), home("?", "CN"), home(None, None)
    ('DE', 'CN', None)
    """
    return (regions.hint(value) if isinstance(value, str) else None) or default


def homes(keys: Keys, default: str | None) -> tuple[Index, tuple[str | None, ...]]:
    """The region of each row as a place among the regions, and the regions.

    >>> at, names = homes(Keys(np.array([0, 1, -1]), ["US", "?"]), "CN")
    >>> at.tolist(), names
    ([1, 0, 0], ('CN', 'US'))
    """
    found: dict[str | None, int] = {default: 0}
    place = [found.setdefault(home(value, default), len(found)) for value in keys.ids()]
    table: Index = np.array([*place, 0], dtype=np.intp)
    return table[keys.at], tuple(found)


def read_by_home(name: str, keys: Keys, at: Index, readers: Mapping[int, CellReader]) -> ReadColumn:
    """A column whose values are read by the region of their rows.

    Args:
        name: The column.
        keys: Its values.
        at: For each row the place of its region.
        readers: The reader of each region.
    """
    values = keys.ids()
    place = np.full(len(keys.at), -1, dtype=np.intp)
    parts: list[ReadColumn] = []
    size = 0
    for region, reader in readers.items():
        rows = np.flatnonzero((at == region) & (keys.at >= 0))
        used, inside = np.unique(keys.at[rows], return_inverse=True)
        place[rows] = inside + size
        held = Keys(np.arange(len(used), dtype=np.intp), [values[i] for i in used.tolist()])
        parts.append(ReadColumn.of(name, held, reader))
        size += len(used)
    return _joined(parts, place)


def _joined(parts: list[ReadColumn], place: Index) -> ReadColumn:
    """Parts of a column one after the other, their sorts put together."""
    sorts: dict[Sort, int] = {FINE: 0}
    marks = [np.array([sorts.setdefault(s, len(sorts)) for s in p.sorts])[p.sort] for p in parts]
    return ReadColumn(
        parts[0].name,
        parts[0].kind,
        place,
        [value for part in parts for value in part.old],
        [value for part in parts for value in part.new],
        [key for part in parts for key in part.keys],
        np.concatenate(marks).astype(np.int16),
        tuple(sorts),
    )
