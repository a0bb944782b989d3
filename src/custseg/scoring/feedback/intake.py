"""A table of feedback as it is sorted: who, when, what each says, and what was settled since."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Protocol, Self, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Column, Floats, Index, Kind, Needs
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.frames import Keys, Table, unknown
from custseg.frames.moments import DAY_SECONDS
from custseg.scoring.feedback.answers import Sorting, answers
from custseg.scoring.feedback.decision import Around, Decision
from custseg.scoring.feedback.facts import is_over
from custseg.values.columns import ContactFlag, contact_flag
from custseg.values.feedback.reading import Said

_OF_CUSTOMERS: Final = "customers: {}"


class Sorter(Protocol):
    """What sorts feedback."""

    @property
    def text(self) -> str:
        """Column of the words."""
        ...

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        ...

    @property
    def flags(self) -> Mapping[str, ContactFlag]:
        """Columns that say who may be contacted."""
        ...

    @property
    def gravest(self) -> frozenset[str]:
        """Signals that alone make a feedback most important and most urgent."""
        ...

    def fit(self, data: object, /) -> Self:
        """Find more such columns."""
        ...

    def column(self, role: str) -> str:
        """What the column of a role is called."""
        ...

    def said(self, text: str) -> Said:
        """What a text says."""
        ...

    def around(self, row: Mapping[str, Any]) -> Around:
        """What is known of a row besides its words."""
        ...

    def decide(self, said: Said | None, around: Around) -> Decision | None:
        """What is decided of a feedback."""
        ...


@attrs.frozen(eq=False)
class Intake:
    """Feedback that has been read.

    Attributes:
        table: The table as it was given.
        triage: How it is sorted, up to the day that counts.
        cols: What is read of it, by column.
        who: The customer of each row among ``people``, -1 where there is none.
        people: Ids of the customers who occur.
        day: Day of each row, NaN where not known.
        until: The last day that counts.
        said: What each distinct text says.
    """

    table: Table[Any]
    triage: Sorter
    cols: Mapping[str, Column]
    who: Index
    people: Keys
    day: Floats
    until: int
    said: Mapping[str, Said]

    @property
    def late(self) -> Bools:
        """Rows after the day that counts."""
        return self.day > self.until

    @property
    def settled(self) -> Bools:
        """Rows that had been dealt with by then; what was settled later was open."""
        status = cast("Codes", self.cols[self.triage.column("status")])
        over = np.array([*(is_over(word) for word in status.words), False])[status.at]
        resolved = cast("Floats", self.cols[self.triage.column("resolved")])
        return np.where(np.isnan(resolved), over, resolved <= self.until)

    @property
    def ids(self) -> list[Any]:
        """The ids of the customers who occur, as they were given."""
        return list(self.people.ids())

    def decided(self, more: Mapping[str, Column] | None = None) -> dict[str, Column]:
        """The columns of the triage.

        Args:
            more: Columns to take instead of those that were read.
        """
        cols = {**self.cols, **(more or {})}
        triage = self.triage
        how = Sorting(triage.text, self.said.__getitem__, triage.around, triage.decide)
        return dict(answers(cols, how))


def taken_in(
    triage: Sorter,
    feedback: object,
    customers: object | None,
    as_of: date | str,
    conventions: Conventions | None,
) -> Intake:
    """Read a table of feedback.

    Args:
        triage: How it is sorted.
        feedback: One row a feedback.
        customers: One row a customer, with ``tier`` and who may be contacted; ``None``: what the
            feedback itself says.
        as_of: The last day that counts.
        conventions: On whose clock days are counted.

    Raises:
        MissingColumnError: There is no column of words.
        DataError: Ids of customers are of another type than those of feedback.
    """
    how = conventions or Conventions()
    until = how.day(as_of)
    opened = frames.table(feedback)
    opened.require((triage.text,))
    wanted = [name for name in opened.columns if name in triage.needs or contact_flag(name)]
    key = triage.column("customer")
    held = opened.select([*wanted, *((key,) if key in opened.columns else ())])
    keys = _keys(held, key)
    theirs = {} if customers is None else _theirs(triage, frames.table(customers), keys)
    flags = {**triage.fit(held).flags, **_flags(theirs)}
    as_of = as_date(until)
    sorter = cast("Sorter", attrs.evolve(cast("Any", triage), as_of=as_of, flags=flags))
    cols = {**_read(sorter, held), **theirs}
    at = triage.column("at")
    day = _days(held, at, how) if at in held.columns else np.full(held.size, np.nan)
    cols[at] = day
    words = cast("Codes", cols[triage.text])
    used: set[int] = set(words.at[words.at >= 0].tolist())
    said = {words.words[i]: sorter.said(words.words[i]) for i in sorted(used)}
    return Intake(opened, sorter, cols, keys.at, keys, day, until, said)


def one_each(customers: Table[Any], column: str) -> Keys:
    """Ids of customers, of whom each has one row: which of two counted would be chance.

    Args:
        customers: One row a customer; rows without an id are nobody's.
        column: The column of ids.

    Raises:
        DataError: An id is there more than once.
    """
    own = customers.keys(column)
    times = np.bincount(own.at[own.at >= 0], minlength=len(own.uniques))
    many = int(np.count_nonzero(times > 1))
    if many:
        msg = f"holds {many} ids more than once; give one row a customer: merge them first"
        raise DataError(msg, column, int(np.argmax(np.append(times, 0)[own.at] > 1)))
    return own


def _keys(held: Table[Any], column: str) -> Keys:
    if column in held.columns:
        return held.keys(column)
    return Keys(np.full(held.size, -1, dtype=np.intp), [])


def _read(triage: Sorter, held: Table[Any]) -> dict[str, Column]:
    """What the table says of each column that the triage reads, or nothing."""
    skipped = {triage.column("at"), "as_of"}
    needs: dict[str, Kind] = {n: kind for n, kind in triage.needs.items() if n not in skipped}
    return {
        name: held.read({name: kind})[name] if name in held.columns else unknown(kind, held.size)
        for name, kind in needs.items()
    }


def _days(held: Table[Any], column: str, how: Conventions) -> Floats:
    moments = held.moments(column, how.tz)
    return np.where(moments.known, np.floor_divide(moments.second, DAY_SECONDS), np.nan)


def _theirs(triage: Sorter, customers: Table[Any], keys: Keys) -> dict[str, Column]:
    """Tier and contact flags of the customer of each row."""
    column = triage.column("customer")
    customers.require((column,))
    own = one_each(customers, column)
    place = np.append(frames.align(own, keys), -1)[keys.at] if len(keys.ids()) else keys.at
    rows = np.append(own.first, -1)[place]
    out: dict[str, Column] = {}
    for name in customers.columns:
        if name == triage.column("tier") or contact_flag(name):
            codes = cast("Codes", customers.read({name: "text"})[name])
            at = np.append(codes.at, -1)[rows]
            called = name if name == triage.column("tier") else _OF_CUSTOMERS.format(name)
            out[called] = Codes(at, codes.words)
    return out


def _flags(theirs: Mapping[str, Column]) -> dict[str, ContactFlag]:
    prefix = _OF_CUSTOMERS.format("")
    found: dict[str, ContactFlag] = {}
    for name in theirs:
        holds = contact_flag(name.removeprefix(prefix))
        if holds is not None and name.startswith(prefix):
            found[name] = holds
    return found
