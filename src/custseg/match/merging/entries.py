"""Merges read back from the table that a database kept of them."""

from typing import Any

from custseg import frames
from custseg.match.merging.entry import MergeEntry, Undone, in_order

_COLUMNS = ("merge_id", "record_id", "into", "at", "actor", "undone", "undone_at", "undone_by")


def entries_of(rows: object) -> tuple[MergeEntry, ...]:
    """The merges of a table with one row for each record of each merge.

    Args:
        rows: The table, of any kind, its rows in any order.

    Raises:
        MissingColumnError: A column is not there.

    >>> merge = MergeEntry.of((1, 2), 1)
    >>> entries_of(merge.rows()) == (merge,)
    True
    """
    table = frames.table(rows)
    table.require(_COLUMNS)
    if not table.columns:
        return ()
    merges, *columns = (_values(table, name) for name in _COLUMNS)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for merge, *line in zip(merges, *columns, strict=True):
        found.setdefault(str(merge), []).append(tuple(line))
    return tuple(_entry(one, found[one]) for one in sorted(found))


def _values(table: Any, name: str) -> list[Any]:  # noqa: ANN401 - a table of any kind
    keys = table.keys(name)
    held = [*keys.ids(), None]
    return [held[at] for at in keys.at.tolist()]


def _entry(merge: str, rows: list[tuple[Any, ...]]) -> MergeEntry:
    out: dict[tuple[str, str], list[object]] = {}
    for record, _, _, _, undone, at, actor in rows:
        if undone:
            out.setdefault((at or "", actor or ""), []).append(record)
    gone = tuple(Undone(in_order(out[event]), *event) for event in sorted(out))
    _, into, at, actor, *_ = rows[0]
    return MergeEntry(merge, in_order(row[0] for row in rows), into, at or "", actor or "", gone)
