"""Rows of several tables as one table of the kind of the first."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import numpy as np

from custseg._typing import Index
from custseg.frames.gather import prolonged, recoded
from custseg.frames.records import RecordTable
from custseg.frames.table import Attachable, Table

T = TypeVar("T")


def put_below(first: Table[T], others: Sequence[Table[Any]], rows: Index) -> T:
    """Rows of a table and of others, as one table of the kind of the first.

    Args:
        first: The table whose kind and columns count.
        others: Tables of any kind; a column that one of them lacks is missing there.
        rows: Which rows, counted through all tables one after the other.

    Raises:
        MissingColumnError: Another table has a column that the first lacks.

    >>> from custseg.frames.records import record_table
    >>> one, two = record_table([{"id": 1}, {"id": 2}]), record_table([{"id": 3}])
    >>> put_below(one, [two], np.array([2, 0]))
    [{'id': 3}, {'id': 1}]
    """
    others = [other for other in others if other.size]
    if isinstance(first, RecordTable):
        every: list[Mapping[str, Any]] = list(first.rows)
        for other in others:
            every += _records(other)
        return cast("T", [dict(every[row]) for row in rows.tolist()])
    if not others:
        return first.take(rows)
    for other in others:
        first.require(other.columns)
    built = first.build({name: _column(first, others, name) for name in first.columns})
    from custseg.frames.door import table  # noqa: PLC0415 - the door opens every kind, this one too

    return cast("T", table(built).take(rows))


def _records(table: Table[Any]) -> Sequence[Mapping[str, Any]]:
    if isinstance(table, RecordTable):
        return table.rows
    lists = [_values(table, name) for name in table.columns]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _values(table: Table[Any], name: str) -> list[object]:
    held = table.values(name)
    words = [*held.words, None]
    return [words[at] for at in held.at.tolist()]


def _column(first: Table[Any], others: Sequence[Table[Any]], name: str) -> Attachable:
    parts: list[Attachable] = []
    for other in others:
        if name in other.columns:
            held = other.values(name)
            parts.append(recoded(first, name, held.at, held.words))
        else:
            parts.append(recoded(first, name, np.full(other.size, -1, dtype=np.intp), []))
    return prolonged(first, name, parts)
