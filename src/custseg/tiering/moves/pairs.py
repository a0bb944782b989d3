"""Each customer's state before and now, and what it was worth: two reviews brought together."""

from collections.abc import Iterable
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.errors import DataError
from custseg.frames import Keys, Money, Table
from custseg.tiering.moves.ladder import MoveNames, States


@attrs.frozen(eq=False)
class Pairs:
    """Customers in no order.

    Attributes:
        states: The states.
        before: Place of the state of each customer, counted from 1; 0 where there is none.
        now: The same at the second review.
        worth_before: What each was worth; ``None`` where it is not asked for.
        worth_now: The same at the second review.
    """

    states: States
    before: Index
    now: Index
    worth_before: Money | None = None
    worth_now: Money | None = None


@attrs.frozen(eq=False)
class _Review:
    """One table: who, where and what worth."""

    keys: Keys
    tier: Codes
    worth: Money | None

    @classmethod
    def of(cls, table: Table[Any], names: MoveNames, value: str | None) -> "_Review":
        keys = unique_keys(table, names.customer)
        return cls(keys, tiers_of(table, names.tier), worth_of(table, value))


def within(table: Table[Any], names: MoveNames, value: str | None, tiers: Iterable[str]) -> Pairs:
    """Both reviews in one table: ``tier_previous`` and ``tier``.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A column does not hold its kind.
    """
    old, new = tiers_of(table, names.previous), tiers_of(table, names.tier)
    states = States.of(tiers, (*seen(old), *seen(new)))
    earlier = None if value is None else f"{value}_previous"
    worth = (worth_of(table, name) for name in (earlier, value))
    return Pairs(states, states.places(old), states.places(new), *worth)


def joined(
    tables: tuple[Table[Any], Table[Any]],
    names: MoveNames,
    value: str | None,
    tiers: Iterable[str],
) -> Pairs:
    """Two tables, one a review, by customer.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer is there twice or has no id, ids are of different types, or a
            column does not hold its kind.
    """
    old, new = (_Review.of(table, names, value) for table in tables)
    states = States.of(tiers, (*seen(old.tier), *seen(new.tier)))
    found = frames.align(old.keys, new.keys)  # for each customer of now, the one before
    here = np.flatnonzero(found >= 0)
    lost = np.ones(len(old.keys.uniques), dtype=np.bool_)
    lost[found[here]] = False
    # Who is there now, by code; then who is there no more.
    first = np.concatenate((found, np.flatnonzero(lost)))
    second = np.concatenate((np.arange(len(found)), np.full(int(lost.sum()), -1)))
    before, now = (
        _placed(states.places(side.tier), side.keys, at)
        for side, at in ((old, first), (new, second))
    )
    worths = (
        None if side.worth is None else _worth_placed(side.worth, side.keys, at)
        for side, at in ((old, first), (new, second))
    )
    return Pairs(states, before, now, *worths)


def _placed(values: Any, keys: Keys, at: Index) -> Any:  # noqa: ANN401 - an array of any kind
    """A column by row as one by customer; 0 for customers who are not there."""
    by_code = np.zeros(len(keys.uniques) + 1, dtype=values.dtype)
    by_code[keys.at] = values
    by_code[-1] = 0
    return by_code[at]


def _worth_placed(worth: Money, keys: Keys, at: Index) -> Money:
    parts = (worth.units, worth.known, worth.unreadable)
    units, known, unreadable = (_placed(part, keys, at) for part in parts)
    return Money(units, known, unreadable, worth.rounded)


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


def seen(codes: Codes) -> Iterable[str]:
    """The words that rows hold: a dictionary may know others."""
    there = np.bincount(codes.at + 1, minlength=len(codes.words) + 1)[1:]
    return (word for word, many in zip(codes.words, there.tolist(), strict=True) if many)
