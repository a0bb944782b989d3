"""Points of events as a value that lasts: rolled to later days, added to, merged over shards."""

from datetime import date
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Days, Floats, Index, Ints
from custseg.errors import ConfigError, DataError
from custseg.features.conventions import spoken
from custseg.features.daynumbers import as_date
from custseg.features.events import People, Source
from custseg.features.fading.reading import TABLE, Manner, customers_of
from custseg.features.fading.summing import Recent, points_of, rollable
from custseg.features.ids import Ids
from custseg.features.report import TableReport
from custseg.frames import Attachable, Table, Tabled

T = TypeVar("T")


@attrs.frozen(eq=False, kw_only=True)
class PointState(Tabled):
    """Points of every customer at the end of a day, as a value to keep.

    Of a kind that does not fade, or fades by half-life alone, one number a customer is enough:
    some days later it is what it was, times ``2 ** (-days / half_life)``. Of windows, lines and
    steps the events that still count are remembered, one number a day. What a state gives on a
    later day is what reading all events again would give; after half-lives that are no whole days
    the two may lie on either side of a hundredth, where they are less than a millionth of a point
    apart.

    Attributes:
        manner: What events are worth, and how they are read.
        name: The column is called ``<name>_points``.
        until: The last day that counts.
        ids: Ids of the customers.
        sums: Grains of each kind and customer, where one number is enough.
        recent: The events that have to be remembered.
        report: What became of every row so far.
        like: A table of the kind that answers have.

    >>> from custseg.features import EventPoints, EventRule
    >>> web = EventPoints(EventRule("visit", 3, half_life=30))
    >>> one = web.state(
    ...     [{"customer_id": "a", "at": "2026-06-01", "kind": "visit"}], as_of="2026-06-30"
    ... )
    >>> two = web.state(
    ...     [{"customer_id": "b", "at": "2026-07-10", "kind": "visit"}], as_of="2026-07-30"
    ... )
    >>> both = one.merged(two)
    >>> both.as_of, len(both), both.report.rows
    (datetime.date(2026, 7, 30), 2, 2)
    """

    manner: Manner
    name: str
    until: int
    ids: Ids
    sums: Ints
    recent: Recent
    report: TableReport
    like: Table[Any]

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.ids)

    @property
    def as_of(self) -> date:
        """The last day that counts."""
        return as_date(self.until)

    @property
    def points(self) -> Floats:
        """Points of each customer, in the order of the ids."""
        rules = self.manner.rules
        return points_of(rules, self.sums + self.recent.grains(rules, len(self), self.until))

    def profile(self, customers: T) -> T:
        """Add the points to a table of customers; who is not in the state has 0.

        Args:
            customers: One row a customer.

        Raises:
            MissingColumnError: The column of ids is missing.
            DataError: The ids are of another type.
        """
        table = frames.table(customers)
        keys = customers_of(table, self.manner.names)
        place = frames.align(self.ids.keys, keys) if len(self) else np.full(len(keys.uniques), -1)
        points = np.append(self.points, 0.0)[place]
        return cast("T", table.attach({f"{self.name}_points": np.append(points, np.nan)[keys.at]}))

    def rolled(self, as_of: date | str) -> "PointState":
        """The same at the end of a later day, without the events.

        Args:
            as_of: The day.

        Raises:
            ConfigError: It is earlier: what has faded does not come back.
        """
        return self._rolled(self.manner.conventions.day(as_of))

    def _rolled(self, until: int) -> "PointState":
        days = until - self.until
        if days < 0:
            msg = f"the points are those of {self.as_of}; they roll to later days, not back"
            raise ConfigError(msg, "as_of")
        rules = self.manner.rules
        rows = [rule.rolled(row, days) for rule, row in zip(rules, self.sums, strict=True)]
        left = self.recent.left(rules, until)
        return attrs.evolve(self, until=until, sums=np.stack(rows), recent=left)

    def merged(self, other: "PointState") -> "PointState":
        """The points of both together, on the later of their days.

        Args:
            other: Points by the same rules, of other events: another shard, or a later time.

        Raises:
            ConfigError: It was made by other rules.
        """
        if other.manner.rules != self.manner.rules:
            msg = "states are merged where they were made by the same rules"
            raise ConfigError(msg, "rules")
        day = max(self.until, other.until)
        mine, theirs = self._rolled(day), other._rolled(day)  # noqa: SLF001 - one of our own
        ids, code = mine.ids.merged(theirs.ids)
        sums = np.zeros((len(mine.sums), len(ids)), dtype=np.int64)
        sums[:, : len(mine)] = mine.sums
        sums[:, code] += theirs.sums
        recent = Recent.of((mine.recent, theirs.recent.recoded(code)))
        report = mine.report.added(theirs.report)
        return attrs.evolve(mine, ids=ids, sums=sums, recent=recent, report=report)

    def append(self, events: object, *, as_of: date | str) -> "PointState":
        """The points with more events, of any date up to the day; only they are read.

        Args:
            events: Events that are not in it yet; late ones count as if they had come in time.
            as_of: The last day that counts; not before the state's own.

        Raises:
            ConfigError: The day is before the state's own.
        """
        until = self.manner.conventions.day(as_of)
        mine = self._rolled(until)
        return mine.merged(state_of(self.manner, self.name, events, until))

    def table(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """All of it as a table to keep: customer, kind, day, and the number that is held.

        ``EventPoints.restored`` reads it back. Of kinds that one number is enough for, the day is
        that of the state and the number is grains; of others it is the day and number of events.
        """
        kind, code = np.nonzero(self.sums)
        recent = self.recent
        place = np.concatenate([kind, recent.kind])
        day = np.concatenate([np.full(len(kind), self.until), recent.day])
        held = np.concatenate([self.sums[kind, code], recent.count])
        words = tuple(rule.event for rule in self.manner.rules)
        columns: dict[str, Attachable] = {
            self.ids.column: self.ids.take(np.concatenate([code, recent.code]).astype(np.intp)),
            "kind": Codes(place, words, plain=True),
            "day": Days(day.astype(np.float64)),
            "held": held,
        }
        return self.like.build(columns)


def state_of(manner: Manner, name: str, events: object, until: int) -> PointState:
    """Read events into a state."""
    reading = manner.read(events, People(), until)
    assert reading.ids is not None  # noqa: S101 - nobody was given, so the events say who
    rules, happened = manner.rules, reading.happened
    return PointState(
        manner=manner,
        name=name,
        until=until,
        ids=reading.ids,
        sums=rollable(rules, happened, until),
        recent=Recent.among(rules, happened, until),
        report=reading.report,
        like=reading.like,
    )


def restored(manner: Manner, name: str, table: Table[Any], until: int) -> PointState:
    """A state from the table that it was kept as.

    Raises:
        DataError: The table holds a kind that has no rule, or is not what a state gave, on its day.
    """
    column = manner.names.need("customer", table.columns or (manner.names.customer,))
    source = Source(TABLE, table, {"customer": column}, manner.conventions)
    keys = source.keys()
    read = table.read({"kind": "text", "day": "day", "held": "number"})
    kind = _places(manner, cast("Codes", read["kind"]))
    kept = np.array([*(rule.rollable for rule in manner.rules), False])[kind]
    day, held = _held(cast("Floats", read["day"]), cast("Floats", read["held"]), kept, until)
    if (keys.at < 0).any():
        msg = "is missing in some rows of the table; a state that was kept has none such"
        raise DataError(msg, column)
    rules, size = manner.rules, len(keys.uniques)
    sums = np.zeros((len(rules), size), dtype=np.int64)
    np.add.at(sums, (kind[kept], keys.at[kept]), held[kept])
    parts = (kind[~kept], keys.at[~kept], day[~kept], held[~kept])
    recent = Recent.of((Recent(*(part.astype(np.int64) for part in parts)),))
    like = table if table.lazy else frames.table(table.take(np.empty(0, dtype=np.intp)))
    report = TableReport(TABLE, 0)
    ids = Ids.of(source, keys)
    return PointState(
        manner=manner,
        name=name,
        until=until,
        ids=ids,
        sums=sums,
        recent=recent,
        report=report,
        like=like,
    )


def _held(day: Floats, held: Floats, kept: Bools, until: int) -> tuple[Ints, Ints]:
    """Days and numbers as they were kept.

    Raises:
        DataError: One is missing, or the state was that of another day.
    """
    for name, values in (("day", day), ("held", held)):
        if not np.isfinite(values).all():
            msg = "is missing in some rows of the table; a state that was kept has none such"
            raise DataError(msg, name)
    if (day[kept] != until).any() or (day > until).any():
        msg = (
            f"says another day than {as_date(until)}; give as_of the day of the state, and roll it"
        )
        raise DataError(msg, "day")
    return day.astype(np.int64), held.astype(np.int64)


def _places(manner: Manner, kinds: Codes) -> Index:
    place = {spoken(rule.event): i for i, rule in enumerate(manner.rules)}
    if unknown := [word for word in kinds.words if spoken(word) not in place]:
        msg = f"holds {len(unknown)} kinds of events that have no rule here; use the rules it had"
        raise DataError(msg, "kind")
    if (kinds.at < 0).any():
        msg = "is missing in some rows of the table; a state that was kept has none such"
        raise DataError(msg, "kind")
    table = np.array([*(place[spoken(word)] for word in kinds.words), -1], dtype=np.intp)
    return table[kinds.at]
