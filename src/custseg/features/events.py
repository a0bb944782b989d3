"""Rows of a table as events of customers: who and when, with an account of what is left out."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.features.names import Names, absent
from custseg.features.report import TableReport
from custseg.features.rows import Small
from custseg.frames import Keys, Moments, Money, Table
from custseg.frames.moments import DAY_SECONDS

_CHUNK = 1 << 18


class Sieve:
    """Rows fall through one reason at a time; each is counted under the first."""

    def __init__(self, table: str, rows: int) -> None:
        """All rows are in."""
        self.table = table
        self.rows = rows
        self.kept: Bools | None = None
        self.left_out: dict[str, int] = {}
        self.fallen: dict[str, list[Bools]] = {}
        self.notes: dict[str, int] = {}

    def drop(self, reason: str, rows: Bools) -> None:
        """Leave rows out for a reason, those that are still in."""
        if not rows.any():
            return
        kept = self.kept
        falling = rows if kept is None else rows & kept
        count = int(np.count_nonzero(falling))
        if count:
            self.left_out[reason] = self.left_out.get(reason, 0) + count
            self.fallen.setdefault(reason, []).append(falling)
            self.kept = ~rows if kept is None else kept & ~rows

    def note(self, remark: str, count: int) -> None:
        """Remark on rows that are counted."""
        if count:
            self.notes[remark] = self.notes.get(remark, 0) + count

    @property
    def used(self) -> Index | None:
        """Rows that are still in, ``None`` where none fell."""
        return None if self.kept is None else np.flatnonzero(self.kept)

    @property
    def report(self) -> TableReport:
        """The account."""
        return TableReport(self.table, self.rows, self.left_out, self.notes)


@attrs.frozen(eq=False)
class Clock:
    """Moments as days and seconds of the day.

    Attributes:
        day: Civil day since 1970-01-01.
        second: Second of that day.
    """

    day: Small
    second: Small

    @classmethod
    def of(cls, moments: Moments) -> "Clock":
        """Split civil seconds."""
        rows = len(moments.second)
        day, second = np.empty(rows, dtype=np.int32), np.empty(rows, dtype=np.int32)
        for low in range(0, rows, _CHUNK):
            here = slice(low, low + _CHUNK)
            days = np.floor_divide(moments.second[here], DAY_SECONDS)
            day[here] = days
            days *= DAY_SECONDS
            second[here] = moments.second[here] - days
        return cls(day, second)

    def take(self, rows: Index | None) -> "Clock":
        """At some rows; all of them where ``None``."""
        return self if rows is None else Clock(self.day[rows], self.second[rows])

    @property
    def moment(self) -> Ints:
        """Civil seconds."""
        return self.day.astype(np.int64) * DAY_SECONDS + self.second


@attrs.frozen(eq=False)
class Source:
    """A table that is being read.

    Attributes:
        name: Its name in a profile: transactions, interactions, ...
        table: The table, only the columns that are read.
        columns: Column of each role that it has.
        conventions: How the company counts.
        known: All columns of the table, to name when one is missing.
        silent: Roles that are said not to be there.
    """

    name: str
    table: Table[Any]
    columns: Mapping[str, str]
    conventions: Conventions
    known: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, table: Table[Any], names: Names, conventions: Conventions) -> "Source":
        """Find the columns and fetch them, and only them."""
        return cls.whole(name, table, names, conventions).fetched()

    @classmethod
    def whole(
        cls, name: str, table: Table[Any], names: Names, conventions: Conventions
    ) -> "Source":
        """Find the columns of a table that is fetched as a whole."""
        known = table.columns or names.expected(name)  # a list without records has every column
        columns = names.columns(name, known)
        columns["customer"] = names.need("customer", known)
        return cls(name, table, columns, conventions, known, names.silent(name))

    def fetched(self) -> "Source":
        """The same table with only the columns that are read; a lazy one is fetched."""
        return attrs.evolve(self, table=self.table.select(self.columns.values()))

    def need(self, role: str) -> None:
        """Refuse a table without a column that plays this role.

        Raises:
            MissingColumnError: There is none.
        """
        if role not in self.columns:
            raise absent(role, self.known)

    def has(self, role: str) -> bool:
        """Whether a column plays this role."""
        return role in self.columns

    @property
    def moneyless(self) -> bool:
        """Whether there is said to be no money: every transaction is a purchase then."""
        return "amount" in self.silent and not (self.has("quantity") and self.has("price"))

    def keys(self, role: str = "customer") -> Keys:
        """Ids."""
        return self.table.keys(self.columns[role])

    def money(self, role: str) -> Money:
        """Amounts in whole 1/10000."""
        return self.table.money(self.columns[role])

    def moments(self, role: str) -> Moments:
        """Moments on the company's clock."""
        return self.table.moments(self.columns[role], self.conventions.tz)

    def text(self, role: str, rows: Index | None = None) -> Codes:
        """Words, at the rows that are counted."""
        column = self.table.read({self.columns[role]: "text"})[self.columns[role]]
        assert isinstance(column, Codes)  # noqa: S101 - the door reads texts as codes
        return column if rows is None else Codes(column.at[rows], column.words)


@attrs.frozen(eq=False)
class Events:
    """Events of customers.

    Attributes:
        source: The table that they are rows of.
        code: Customer of each event.
        size: Number of customers.
        clock: When.
        used: Rows of the table that they are, ``None`` for all rows.
        sieve: What became of every row.
    """

    source: Source
    code: Small
    size: int
    clock: Clock
    used: Index | None
    sieve: Sieve

    def has(self, role: str) -> bool:
        """Whether a column plays this role."""
        return self.source.has(role)

    def text(self, role: str) -> Codes:
        """Words of a column, event by event."""
        return self.source.text(role, self.used)

    def money(self, role: str) -> tuple[Ints, Bools]:
        """A column in whole 1/10000 and whether it is known, event by event."""
        money = self.source.money(role)
        if self.used is None:
            return money.units, money.known
        return money.units[self.used], money.known[self.used]

    def day(self, role: str) -> Floats:
        """Another date, event by event, as a day; NaN where there is none or none to be read."""
        moments = self.source.moments(role)
        known, unreadable, day = moments.known, moments.unreadable, moments.day
        if self.used is not None:
            known, unreadable, day = known[self.used], unreadable[self.used], day[self.used]
        self.sieve.note("unreadable_date", int(np.count_nonzero(unreadable)))
        return np.where(known, day, np.nan)

    def count(self, where: Bools | None = None) -> Ints:
        """Events of each customer."""
        code = self.code if where is None else self.code[where]
        return np.bincount(code, minlength=self.size)


@attrs.frozen(eq=False)
class People:
    """The customers whose events are read.

    Attributes:
        keys: Their ids, ``None`` where the events themselves say who there is.
    """

    keys: Keys | None = None

    def placed(self, keys: Keys, sieve: Sieve, column: str) -> tuple[Small, int]:
        """Code of the customer of each row, and the number of customers."""
        sieve.drop("null_id", keys.at < 0)
        if self.keys is None:
            return keys.at.astype(np.int32, copy=False), len(keys.uniques)
        try:
            found = frames.align(self.keys, keys)
        except DataError as error:
            msg = f"{sieve.table}: {error.message}"
            raise DataError(msg, column) from error
        place = np.append(found, -1).astype(np.int32)
        code = place[keys.at]
        sieve.drop("unknown_customer", code < 0)
        return code, len(self.keys.uniques)


def read_events(source: Source, people: People, until: int, time: str = "at") -> Events:
    """Read the events of customers up to a day.

    Args:
        source: The table.
        people: The customers.
        until: The last day that counts.
        time: The role that says when.

    Raises:
        MissingColumnError: No column says when.
    """
    sieve = Sieve(source.name, source.table.size)
    code, size = people.placed(source.keys(), sieve, source.columns["customer"])
    source.need(time)
    moments = source.moments(time)
    clock = in_time(moments, sieve, until)
    sieve.drop("missing_time", ~moments.known)
    used = sieve.used
    return Events(source, code if used is None else code[used], size, clock.take(used), used, sieve)


def in_time(moments: Moments, sieve: Sieve, until: int | None) -> Clock:
    """Days and seconds; unreadable and later rows fall."""
    sieve.drop("unreadable_time", moments.unreadable)
    clock = Clock.of(moments)
    if until is not None:
        sieve.drop("after_as_of", moments.known & (clock.day > until))
    return clock
