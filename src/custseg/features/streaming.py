"""Transactions read lot by lot from an engine: of each row some twenty bytes stay."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, Protocol, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Ints
from custseg.features.accounts import ordered
from custseg.features.batches import Batch
from custseg.features.events import People, Source
from custseg.features.ids import Ids, Named, Numbers
from custseg.features.ledger import Ledger, read_ledger
from custseg.features.names import ROLES, Names, logged, without
from custseg.features.report import TableReport
from custseg.features.rows import Counting, Rows, Small
from custseg.frames import Keys, Table
from custseg.frames.cells import dense
from custseg.frames.gather import gathered, stacked
from custseg.progress import tell

_MANY: Final = 1 << 20
_SMALL: Final = np.iinfo(np.int32)

Whole = TypeVar("Whole", Small, Ints)


@attrs.frozen(eq=False)
class Streamed:
    """What was read of a table.

    Attributes:
        batch: Customer, day, second and money of each row.
        ids: The customers' ids by code.
        report: What became of every row.
    """

    batch: Batch
    ids: Ids
    report: TableReport


def streamed(source: Source, names: Names) -> Streamed:
    """Read the transactions of a table that an engine holds, some rows at a time.

    Args:
        source: The table; its conventions name the company's currency where there are several.
        names: What its columns are called.

    Raises:
        MissingColumnError: There is no column of customers, times or amounts.
        DataError: There are refunds and the conventions refuse them.
    """
    columns = logged(names, source.known)
    unread = [role for role in ROLES[source.name] if role not in {*columns, "amount"}]
    lean = without(names, unread)
    nothing = source.table.empty(columns.values())
    people = _crowd(nothing, columns["customer"])
    taken, report, counting = _Taken(), TableReport(source.name, 0), Counting()
    for lot in chain([nothing], source.table.batches(tuple(columns.values()))):
        rows = Source.of(source.name, lot, lean, source.conventions)
        keys = people.keys(rows)
        ledger = read_ledger(rows, People(), keys=keys)
        people.add(rows, keys, ledger.rows.code)
        taken.add(ledger)
        tell("rows", report.rows)
        report, counting = report.added(ledger.events.sieve.report), ledger.rows.counting
    ids, code = people.done()
    day, units, second = taken.done()
    return Streamed(Batch(Rows(code, day, units, len(ids), counting), second), ids, ordered(report))


@attrs.frozen(eq=False)
class _Taken:
    """Days and money as the lots come."""

    day: list[Small] = attrs.field(factory=list[Small])
    units: list[Ints] = attrs.field(factory=list[Ints])
    second: list[Small] = attrs.field(factory=list[Small])

    def add(self, ledger: Ledger) -> None:
        self.day.append(ledger.events.clock.day)
        self.units.append(ledger.units)
        self.second.append(ledger.events.clock.second)

    def done(self) -> tuple[Small, Ints, Small]:
        return _one(self.day), _one(self.units), _one(self.second)


def _one(lots: list[Whole]) -> Whole:
    """All lots in one array; the lots are let go."""
    whole = cast("Whole", np.concatenate(lots))
    lots.clear()
    return whole


class _Crowd(Protocol):
    """Customers as the lots come."""

    def keys(self, rows: Source) -> Keys:
        """The ids of a lot."""
        ...

    def add(self, rows: Source, keys: Keys, code: Small) -> None:
        """The customers of the rows of a lot that count."""
        ...

    def done(self) -> tuple[Ids, Small]:
        """All ids, and the customer of each row."""
        ...


def _crowd(nothing: Table[Any], column: str) -> _Crowd:
    uniques: object = nothing.keys(column).uniques
    if isinstance(uniques, np.ndarray):
        numbers = cast("Ints", uniques)
        if numbers.dtype.kind == "i":
            return _Numbered(column, numbers.dtype)
    return _Worded(column)


@attrs.frozen(eq=False)
class _Numbered:
    """Ids that are whole numbers: they are kept as they are, and numbered at the end."""

    column: str
    dtype: Any
    ids: list[Ints] = attrs.field(factory=list[Ints])

    def keys(self, rows: Source) -> Keys:
        """The ids of a lot; where some are null, Arrow would give the others as objects."""
        keys = rows.keys()
        if isinstance(keys.uniques, np.ndarray):
            return keys
        there = np.flatnonzero(keys.at >= 0)
        held = frames.table(rows.table.select((self.column,)).take(there)).keys(self.column)
        at = np.full(len(keys.at), -1, dtype=np.int32)
        at[there] = held.at
        return Keys(at, held.uniques)

    def add(self, rows: Source, keys: Keys, code: Small) -> None:  # noqa: ARG002 - one protocol
        ids = cast("Ints", keys.uniques)
        small = not len(ids) or (ids.min() >= _SMALL.min and ids.max() <= _SMALL.max)
        held: Any = ids.astype(np.int32) if small else ids
        self.ids.append(held.take(code))

    def done(self) -> tuple[Ids, Small]:
        keys = dense(_one(self.ids))
        held = keys.uniques.astype(self.dtype, copy=False)
        return Ids(self.column, (Numbers(held),)), keys.at.astype(np.int32, copy=False)


@attrs.define(eq=False)
class _Worded:
    """Ids of any kind: those of several lots are told apart together, seldom."""

    column: str
    known: Table[Any] | None = None
    new: list[Table[Any]] = attrs.field(factory=list[Table[Any]])
    codes: list[Small] = attrs.field(factory=list[Small])
    places: list[int] = attrs.field(factory=list[int])

    def keys(self, rows: Source) -> Keys:
        return rows.keys()

    def add(self, rows: Source, keys: Keys, code: Small) -> None:
        ids = gathered(rows.table, self.column, keys.first)
        self.places.append(self._size + sum(one.size for one in self.new))
        self.new.append(frames.table(rows.table.build({self.column: ids})))
        self.codes.append(code)
        if sum(one.size for one in self.new) > max(_MANY, self._size):
            self._settle()

    def done(self) -> tuple[Ids, Small]:
        self._settle()
        known = cast("Table[Any]", self.known)
        return Ids(self.column, (Named(known, self.column),)), _one(self.codes)

    @property
    def _size(self) -> int:
        return 0 if self.known is None else self.known.size

    def _settle(self) -> None:
        """Number the new ids after the known ones, in the order in which they came."""
        every = [*self._parts()]
        held = frames.table(every[0].build({self.column: stacked(every, self.column)}))
        keys = held.keys(self.column)
        at = keys.at.astype(np.int32, copy=False)
        fresh = len(self.codes) - len(self.new)
        for i, low in enumerate(self.places):
            self.codes[fresh + i] = at.take(self.codes[fresh + i] + np.int32(low))
        ids = gathered(held, self.column, keys.first)
        self.known = frames.table(held.build({self.column: ids}))
        self.new.clear()
        self.places.clear()

    def _parts(self) -> Iterator[Table[Any]]:
        if self.known is not None:
            yield self.known
        yield from self.new
