"""Each customer's state before and now, and what it was worth: two reviews brought together."""

from collections.abc import Iterable
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.errors import DataError
from custseg.frames import Keys, Money, Table
from custseg.tiering.moves.ladder import MoveNames


@attrs.frozen(eq=False)
class Pairs:
    """Customers in no order.

    Attributes:
        before: The tier or other state of each customer; missing where there is none.
        after: The same at the second review.
        worth_before: What each was worth; ``None`` where it is not asked for.
        worth_after: The same at the second review.
    """

    before: Codes
    after: Codes
    worth_before: Money | None = None
    worth_after: Money | None = None


@attrs.frozen(eq=False)
class _Review:
    """One table: who, where and what worth."""

    keys: Keys
    tier: Codes
    worth: Money | None

    @classmethod
    def of(cls, table: Table[Any], names: MoveNames, value: str | None) -> "_Review":
        some = only(table, (names.customer, names.tier, value))
        keys = unique_keys(some, names.customer)
        return cls(keys, tiers_of(some, names.tier), worth_of(some, value))

    def placed(self, at: Index) -> tuple[Codes, Money | None]:
        """The same by customer, given the place of each one's id; -1 for who is not there."""
        tier = Codes(_placed(self.tier.at, self.keys, at, -1), self.tier.words)
        if self.worth is None:
            return tier, None
        parts = (self.worth.units, self.worth.known, self.worth.unreadable)
        units, known, unreadable = (_placed(part, self.keys, at) for part in parts)
        return tier, Money(units, known, unreadable, self.worth.rounded)


def within(table: Table[Any], names: MoveNames, value: str | None) -> Pairs:
    """Both reviews in one table: ``tier_previous`` and ``tier``.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A column does not hold its kind.
    """
    earlier = None if value is None else f"{value}_previous"
    some = only(table, (names.previous, names.tier, earlier, value))
    old, new = tiers_of(some, names.previous), tiers_of(some, names.tier)
    return Pairs(old, new, *(worth_of(some, name) for name in (earlier, value)))


def joined(tables: tuple[Table[Any], Table[Any]], names: MoveNames, value: str | None) -> Pairs:
    """Two tables, one a review, by customer.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer is there twice or has no id, ids are of different types, or a
            column does not hold its kind.
    """
    old, new = (_Review.of(table, names, value) for table in tables)
    found = frames.align(old.keys, new.keys)  # for each customer of now, the one before
    here = np.flatnonzero(found >= 0)
    lost = np.ones(len(old.keys.uniques), dtype=np.bool_)
    lost[found[here]] = False
    # Who is there now, by code; then who is there no more.
    first = np.concatenate((found, np.flatnonzero(lost)))
    second = np.concatenate((np.arange(len(found)), np.full(int(lost.sum()), -1)))
    (before, earlier), (now, later) = (
        side.placed(at) for side, at in ((old, first), (new, second))
    )
    return Pairs(before, now, earlier, later)


def only(table: Table[Any], names: Iterable[str | None]) -> Table[Any]:
    """These columns; an engine fetches no others."""
    wanted = [name for name in names if name is not None]
    table.require(wanted)
    return table.select(wanted)


def _placed(values: Any, keys: Keys, at: Index, absent: int = 0) -> Any:  # noqa: ANN401 - an array
    """A column by row as one by customer, with a value for who is not there."""
    by_code = np.full(len(keys.uniques) + 1, absent, dtype=values.dtype)
    by_code[keys.at] = values
    return by_code[at]


def unique_keys(table: Table[Any], column: str) -> Keys:
    """Ids of which none is missing or there twice.

    Raises:
        MissingColumnError: There is no such column.
        DataError: An id is missing, or there twice.
    """
    keys = table.keys(column)
    if len(keys.at) and int(keys.at.min()) < 0:
        msg = "holds no id, so the customer cannot be found in the other review"
        raise DataError(msg, column, int(np.argmin(keys.at)))
    times = np.bincount(keys.at, minlength=len(keys.uniques))
    if len(times) and int(times.max()) > 1:
        many = times[keys.at] > 1
        msg = (
            f"holds {int((times > 1).sum())} ids more than once; "
            "a review has one row a customer: merge or take the last"
        )
        raise DataError(msg, column, int(np.argmax(many)))
    return keys


def tiers_of(table: Table[Any], column: str) -> Codes:
    """A column of tiers as codes."""
    read = table.read({column: "text"})[column]
    if not isinstance(read, Codes):
        msg = "holds no words"
        raise DataError(msg, column)
    return read


def worth_of(table: Table[Any], column: str | None) -> Money | None:
    """A column of money; what is no amount is refused.

    Raises:
        DataError: Something is no amount.
    """
    if column is None:
        return None
    read = table.money(column)
    if read.unreadable.any():
        msg = "holds something that is no amount of money"
        raise DataError(msg, column, int(np.argmax(read.unreadable)))
    return read
