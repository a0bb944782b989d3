"""Rows of several tables as one table of the kind of the first."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import numpy as np

from custseg._typing import Index
from custseg.frames.gather import gathered, prolonged, recoded
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
    at, words = _below(others, name)
    # A column without any value has no type of its own in every library: the other part decides.
    if (at < 0).all():
        return gathered(first, name, np.concatenate([np.arange(first.size), at]))
    if (first.values(name).at < 0).all():
        return recoded(first, name, np.concatenate([np.full(first.size, -1), at]), words)
    return prolonged(first, name, [recoded(first, name, at, words)])


def _below(others: Sequence[Table[Any]], name: str) -> tuple[Index, list[object]]:
    """The values of a column in other tables, and the place of each row's among them."""
    places: list[Index] = []
    words: list[object] = []
    for other in others:
        at: Index = np.full(other.size, -1, dtype=np.intp)
        if name in other.columns:
            held = other.values(name)
            at = np.where(held.at >= 0, held.at + len(words), -1)
            words += held.words
        places.append(at)
    return np.concatenate(places), words
