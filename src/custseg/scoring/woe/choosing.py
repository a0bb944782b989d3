"""Which columns of a table may a card learn from?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats
from custseg.frames import Table
from custseg.progress import each
from custseg.scoring.binning.reading import Given, given
from custseg.values.serials import is_serial, names_somebody

Why: TypeAlias = Literal[
    "id", "date", "unreadable", "empty", "constant", "distinct", "weak", "against", "strong"
]

_MOSTLY = 0.5
_NAMES = 0.1
_FEW = 20


@attrs.frozen(eq=False)
class Chosen:
    """The columns to learn from, and those left out.

    Attributes:
        columns: What was read of each.
        left: Why others are left out, with their names.
    """

    columns: Mapping[str, Given]
    left: Mapping[Why, tuple[str, ...]]


def chosen(table: Table[Any], known: Bools, wanted: Iterable[str], spared: Iterable[str]) -> Chosen:
    """Read the columns that may tell something.

    Args:
        table: An opened table.
        known: The rows whose outcome is known.
        wanted: Columns that are asked for; none: all.
        spared: Columns that are not to be used.
    """
    asked, out = tuple(wanted), set(spared)
    names = [name for name in asked or table.columns if name not in out]
    columns: dict[str, Given] = {}
    left: dict[Why, tuple[str, ...]] = {}
    for name in each("columns", names):
        read = _read(table, name, known, sure=bool(asked))
        if isinstance(read, Given):
            columns[name] = read
        else:
            left[read] = (*left.get(read, ()), name)
    return Chosen(columns, left)


def _read(table: Table[Any], name: str, known: Bools, *, sure: bool) -> Given | Why:
    """Read one column; or why it is of no use."""
    read = given(table, name, known)
    if isinstance(read, str):
        return read
    if not sure and names_somebody(name) and _mostly_own(read.values):
        return "id"
    why = (
        _words(read.values, name) if isinstance(read.values, Codes) else _numbers(read.values, name)
    )
    return read if why is None or (sure and why in {"id", "distinct"}) else why


def _mostly_own(values: Floats | Codes) -> bool:
    """Whether there are so many distinct values that they say who it is."""
    if isinstance(values, Codes):
        return len(values.words) > _NAMES * int(np.count_nonzero(values.at >= 0))
    there = values[~np.isnan(values)]
    return len(np.unique(there)) > _NAMES * len(there)


def _numbers(values: Floats, name: str) -> Why | None:
    there = values[~np.isnan(values)]
    if not len(there):
        return "empty"
    low, high = there.min(), there.max()
    if low == high:
        return "constant" if len(there) == len(values) else None
    if len(there) < len(values) or len(there) < _FEW or not np.isfinite(high - low):
        return None
    if not (there == np.floor(there)).all() or len(np.unique(there)) < len(there):
        return None
    return "id" if is_serial(name) or _even(np.diff(np.sort(there))) else None


def _even(steps: Floats) -> bool:
    """Whether numbers are apart by the same everywhere, as only numbers that are given out are."""
    return bool((steps == steps[0]).all())


def _words(codes: Codes, name: str) -> Why | None:
    known = int(np.count_nonzero(codes.at >= 0))
    if not known:
        return "empty"
    if len(codes.words) == 1:
        return "constant" if known == len(codes.at) else None
    if all(map(_is_date, codes.words[:_FEW])):
        return "date"
    if len(codes.words) > _MOSTLY * known and known >= _FEW:
        return "id" if is_serial(name) else "distinct"
    return None


def _is_date(word: str) -> bool:
    try:
        date.fromisoformat(word.strip()[:10])
    except ValueError:
        return False
    return True
