"""Bundles as tables to keep, and read from them: whole numbers stay what they are."""

from collections.abc import Mapping
from typing import Any, Final, cast

import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Floats, Index, Ints
from custseg.errors import DataError
from custseg.features.lasting.bundle import COST, DATES, MARKS, NO_DAY, WORDS, Bundle
from custseg.features.rows import Counting, Rows
from custseg.frames import Attachable, Table

COLUMNS: Final = ("day", "units", "count")
"""Columns of every row: the day, money in whole 1/10000, transactions that it stands for."""

_ROOM: Final = 1 << 63
_EXACT: Final = 1 << 53  # whole numbers up to here are read as floats without a loss


def columns_of(bundle: Bundle) -> dict[str, Attachable]:
    """All that a bundle holds but whose rows they are."""
    made: dict[str, Attachable] = {
        "day": Days(bundle.rows.day.astype(np.float64)),
        "units": bundle.rows.units,
        "count": bundle.count,
    }
    for role, mark in bundle.marks.items():
        if role in WORDS:
            made[role] = Codes(mark, bundle.words[role], plain=True)
        elif role in DATES:
            made[role] = Days(np.where(mark == NO_DAY, np.nan, mark))
        else:
            made["cost_known" if role == COST else role] = mark
    if COST in bundle.marks:
        made[COST] = bundle.cost
    return made


def bundle_in(
    table: Table[Any], code: Index, counting: Counting, *, size: int, at_hand: Columns | None = None
) -> Bundle:
    """The rows of a table that was kept.

    Args:
        table: The table.
        code: Customer of each row.
        counting: What makes purchases one occasion.
        size: Number of customers.
        at_hand: Columns of whole numbers that need not be read.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A value is missing, or is no whole number.
    """
    held = cast("Mapping[str, Ints]", at_hand or {})
    day, units, count = (held[name] if name in held else _whole(table, name) for name in COLUMNS)
    if (count < 1).any():
        msg = "holds a row that stands for no transaction; a state that was kept has none such"
        raise DataError(msg, "count")
    rows = Rows(
        code.astype(np.int32, copy=False), day.astype(np.int32, copy=False), units, size, counting
    )
    marks, words = _marks(table)
    costed = COST in marks
    cost = _whole(table, COST) if costed else np.broadcast_to(np.int64(0), len(code))
    return Bundle.of(rows, count, cost, marks, words)


def _marks(table: Table[Any]) -> tuple[dict[str, Ints], Mapping[str, tuple[str, ...]]]:
    there = {*table.columns}
    marks = {role: _numbers(table, role) for role in MARKS if role in there}
    words: dict[str, tuple[str, ...]] = {}
    for role in (role for role in WORDS if role in there):
        codes = cast("Codes", table.read({role: "text"})[role])
        words[role] = tuple(sorted(codes.words))
        marks[role] = codes.recode(words[role]).astype(np.int64)
    for role in (role for role in DATES if role in there):
        day = cast("Floats", table.read({role: "day"})[role])
        marks[role] = np.where(np.isnan(day), NO_DAY, np.nan_to_num(day)).astype(np.int64)
    if "cost_known" in there:
        marks[COST] = _whole(table, "cost_known")
    return marks, words


def _whole(table: Table[Any], name: str) -> Ints:
    read = cast("Floats", table.read({name: "day" if name == "day" else "number"})[name])
    if (np.abs(read) >= _EXACT).any():
        return _numbers(table, name)
    wrong: Bools = ~np.isfinite(read) | (read != np.floor(read))
    if wrong.any():
        msg = "is missing or no whole number in some rows; a state that was kept has none such"
        raise DataError(msg, name)
    return read.astype(np.int64)


def _numbers(table: Table[Any], name: str) -> Ints:
    """Whole numbers of 64 bits, which floats would round."""
    keys = table.keys(name)
    if (keys.at < 0).any():
        msg = "is missing in some rows; a state that was kept has none such"
        raise DataError(msg, name)
    held = keys.ids()
    if not all(isinstance(number, int) and -_ROOM <= number < _ROOM for number in held):
        msg = "must hold whole numbers of 64 bits"
        raise DataError(msg, name)
    return np.array(held, dtype=np.int64)[keys.at]
