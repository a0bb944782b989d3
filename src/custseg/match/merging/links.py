"""From the old id of each record to its customer's, joined by an engine."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg.frames import Attachable, Share, Table
from custseg.frames.gather import first_known, gathered
from custseg.frames.marks import SPARE, refuse_spare
from custseg.frames.parts.joins import joinable
from custseg.labels import label
from custseg.match.ids import ids_of
from custseg.match.merging.crosswalk import Crosswalk
from custseg.rules import F
from custseg.showing import Shown

T = TypeVar("T")
_RECORD: Final = f"{SPARE}record"
_ENTITY: Final = f"{SPARE}entity"


@attrs.frozen
class Links:
    """Work on some records: the ids of records, each once, with those of their customers.

    Attributes:
        id: The column with the ids of the records.
        entity: The column with those of the customers.
        moved: Whether only records are told whose id became another.
    """

    id: str
    entity: str
    moved: bool

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row an id."""
        rows = given["rows"]
        ids, whose = ids_of(rows, self.id), ids_of(rows, self.entity)
        known = np.flatnonzero(ids.at >= 0)
        _, last = np.unique(ids.at[known][::-1], return_index=True)
        kept = known[len(known) - 1 - last]
        if self.moved:
            pairs = ((row, ids.id_of(row), whose.id_of(row)) for row in kept.tolist())
            kept = np.array([r for r, a, b in pairs if b is not None and a != b], dtype=np.intp)
        return rows.build(
            {_RECORD: gathered(rows, self.id, kept), _ENTITY: gathered(rows, self.entity, kept)}
        )


@attrs.frozen
class Rekeying:
    """Work on rows that bear ids of records: the ids of customers instead.

    Attributes:
        column: The column that bears them.
        read: The column that is read: the same, or that with the ids of the records.
        origin: The column for the ids of the records, if they are kept.
    """

    column: str
    read: str
    origin: str | None

    def __call__(self, rows: Table[Any]) -> object:
        """The columns that change."""
        made: dict[str, Attachable] = {self.column: first_known(rows, [_ENTITY, self.read])}
        if self.origin is not None and self.read != self.origin:
            every = np.arange(rows.size, dtype=np.intp)
            made[self.origin] = gathered(rows, self.column, every)
        return rows.build(made)


@attrs.frozen(eq=False, slots=False)
class CrosswalkAfar(Shown):
    """The map from records to customers, where an engine holds both.

    A history in the same engine is joined there. What is asked of single ids is looked for there;
    only records whose id became another are ever fetched.

    Attributes:
        table: The lazy table of the records.
        id: The column with their ids, None if it has none.
        entity: The column with the ids of their customers.
    """

    table: Table[Any]
    id: str | None
    entity: str

    def __len__(self) -> int:
        """How many records have an id."""
        return self._links(moved=False).size if self.id is not None else 0

    def of(self, record: object) -> object:
        """The id of the customer that a record is; None for a record that was not there.

        Args:
            record: The id of the record.
        """
        if self.id is None:
            return None
        found = frames.table(self.table.where(F(self.id) == cast("Any", record)))
        held = found.select((self.id, self.entity))
        return held.values(self.entity).words[0] if held.size else None

    def rekey(self, table: T, column: str = "customer_id", *, origin: str | None = None) -> T:
        """Point the rows of another table at customers instead of records.

        Args:
            table: Orders, tickets: whatever bears the ids of records.
            column: The column that bears them.
            origin: A column for the id of the record itself, as for `Crosswalk.rekey`.

        Raises:
            MissingColumnError: The column is not there.
            DataError: The ids are of another type, or the table is in another engine, or a column
                is called as those of our own.
        """
        there = frames.table(table)
        there.require([column])
        if not there.lazy:
            return self._held.rekey(table, column, origin=origin)
        read = origin if origin is not None and origin in there.columns else column
        if self.id is None:
            return table
        refuse_spare(there)
        links = self._moved
        if not joinable(there, links):
            links = links.select((_RECORD, _ENTITY))
        wide = frames.table(there.joined(links, read, (_ENTITY,), theirs=(_RECORD,)))
        work = Rekeying(column, read, origin)
        needs = tuple(dict.fromkeys((column, read, _ENTITY)))
        return cast("T", frames.by_row(wide, work, needs=needs, replaces=(_ENTITY,)))

    def unknown(self, table: object, column: str = "customer_id") -> int:
        """How many rows of another table bear an id that no record had, or none.

        Args:
            table: Orders, tickets: whatever bears the ids of records.
            column: The column that bears them.
        """
        there = frames.table(table)
        counted = there.counted(column)
        links = self._links(moved=False).select((_RECORD,))
        known = {*links.values(_RECORD).words}
        held = counted.values(column)
        times: Any = counted.read({"n": "number"})["n"]
        gone = [not (at >= 0 and held.words[at] in known) for at in held.at.tolist()]
        return int(times[np.array(gone, dtype=np.bool_)].sum())

    @cached_property
    def moved(self) -> Mapping[object, object]:
        """The records that became another id, with that id; these are fetched."""
        return dict(self._pairs())

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """How many ids there were and how many changed; those that changed when asked."""
        out: dict[str, Any] = {"records": len(self), "moved": len(self.moved)}
        if values:
            out["map"] = [{"record": a, "entity": b} for a, b in self.moved.items()]
        return out

    def text(self, locale: str = "en") -> str:
        """One line to read."""
        return (
            f"{label('match.records', locale)} {len(self):,}, "
            f"{label('match.moved', locale)} {len(self.moved):,}"
        )

    def _links(self, *, moved: bool) -> Table[Any]:
        work = Links(str(self.id), self.entity, moved)
        share = Share(self.table, str(self.id), (str(self.id), self.entity))
        return frames.table(frames.by_customer({"rows": share}, work, like="rows"))

    @cached_property
    def _moved(self) -> Table[Any]:
        return self._links(moved=True).kept()

    @cached_property
    def _held(self) -> Crosswalk:
        """The records that moved, in memory; all others keep their ids."""
        held = self._moved.select((_RECORD, _ENTITY))
        records, entities = ids_of(held, _RECORD), ids_of(held, _ENTITY)
        at = np.full(len(records.held.uniques), -1, dtype=np.intp)
        at[records.at] = entities.at
        keys = frames.Keys(records.at, records.held.uniques)
        return Crosswalk(keys, entities.held, at)

    def _pairs(self) -> Iterator[tuple[object, object]]:
        if self.id is None:
            return
        held = self._held
        yield from zip(held.records.ids(), (held.entities.values[i] for i in held.at), strict=True)
