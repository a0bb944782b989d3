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
    columns = {name: _values(table, name) for name in _COLUMNS}
    found: dict[str, list[dict[str, Any]]] = {}
    for line in zip(*columns.values(), strict=True):
        row = dict(zip(columns, line, strict=True))
        found.setdefault(str(row["merge_id"]), []).append(row)
    return tuple(_entry(one, found[one]) for one in sorted(found))


def _values(table: Any, name: str) -> list[Any]:  # noqa: ANN401 - a table of any kind
    keys = table.keys(name)
    held = [*keys.ids(), None]
    return [held[at] for at in keys.at.tolist()]


def _entry(merge: str, rows: list[dict[str, Any]]) -> MergeEntry:
    first, out = rows[0], dict[tuple[str, str], list[object]]()
    for row in rows:
        if row["undone"]:
            event = (row["undone_at"] or "", row["undone_by"] or "")
            out.setdefault(event, []).append(row["record_id"])
    undone = tuple(Undone(in_order(out[event]), *event) for event in sorted(out))
    records = in_order(row["record_id"] for row in rows)
    return MergeEntry(
        merge, records, first["into"], first["at"] or "", first["actor"] or "", undone
    )
