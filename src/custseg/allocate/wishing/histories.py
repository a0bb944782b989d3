"""Contacts, orders or deals counted by customer and representative, from a table of them."""

from typing import TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Kind
from custseg.allocate.wishing.calendars.workdays import Day, number
from custseg.allocate.wishing.columns import codes, days, numbers
from custseg.errors import ConfigError, DataError
from custseg.frames import align, table

T = TypeVar("T")
_SEPARATORS = frozenset(";")


@attrs.frozen
class HistoryColumns:
    """What the columns of a table of contacts or deals are called.

    Attributes:
        customer_id: The customer.
        rep_id: The representative.
        amount: What is added up; ``None``: each row counts as one.
        at: The day of each row; rows after the day asked for, or without a day, do not count.

    >>> HistoryColumns(at="closed_at").rep_id
    'rep_id'
    """

    customer_id: str = "customer_id"
    rep_id: str = "rep_id"
    amount: str | None = None
    at: str | None = None


def with_history(
    customers: T,
    history: object,
    into: str = "contacts_by_rep",
    *,
    names: HistoryColumns | None = None,
    as_of: Day | None = None,
) -> T:
    """Customers with what each has had with each representative, for ``Relationship``.

    Args:
        customers: One row a customer.
        history: One row a contact, an order or a deal won, of any kind of table.
        into: The column to write: ``R1:12;R7:2``, the most first.
        names: What the columns of the history are called; the customers' id has the same name.
        as_of: The day up to which rows count; needed where ``names`` names a day.

    Returns:
        The same kind of table; customers without a row have nothing in the column.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: A column of days is named without ``as_of``, or ``as_of`` without a column.
        DataError: The id of a representative holds a semicolon, or an amount is infinite.

    >>> calls = [{"customer_id": 1, "rep_id": "R1"}, {"customer_id": 1, "rep_id": "R1"}]
    >>> with_history([{"customer_id": 1}, {"customer_id": 2}], calls)[0]["contacts_by_rep"]
    'R1:2'
    """
    called = HistoryColumns() if names is None else names
    given, log = table(customers), table(history)
    if called.at is not None and as_of is None:
        msg = "rows have a day: give as_of=..., the day up to which they count"
        raise ConfigError(msg, "with_history.as_of")
    if called.at is None and as_of is not None:
        msg = "a day is given, but no column of days: name it, names=HistoryColumns(at=...)"
        raise ConfigError(msg, "with_history.names")
    columns = log.read(_needs(called))
    reps = codes(columns, called.rep_id)
    if any(_SEPARATORS & set(word) for word in reps.words):
        msg = "holds an id with a semicolon; such ids cannot be listed"
        raise DataError(msg, called.rep_id)
    mine, theirs = given.keys(called.customer_id), log.keys(called.customer_id)
    amounts = np.ones(reps.at.size) if called.amount is None else numbers(columns, called.amount)
    if np.isinf(amounts).any():
        msg = "is infinite: give a finite number, or leave the cell empty"
        raise DataError(msg, called.amount or "", int(np.isinf(amounts).argmax()))
    counts = (reps.at >= 0) & (theirs.at >= 0) & ~np.isnan(amounts)
    if called.at is not None and as_of is not None:
        counts &= _until(days(columns, called.at), number(as_of))
    place = np.append(align(mine, theirs), -1)[theirs.at]
    counts &= place >= 0
    told = _cells(place[counts], Codes(reps.at[counts], reps.words), amounts[counts])
    return cast("T", given.attach({into: _column(mine.at, told)}))


def _needs(called: HistoryColumns) -> dict[str, Kind]:
    wanted: tuple[tuple[str | None, Kind], ...] = (
        (called.rep_id, "text"),
        (called.amount, "number"),
        (called.at, "day"),
    )
    return {name: kind for name, kind in wanted if name is not None}


def _until(told: Floats, last: int) -> Bools:
    with np.errstate(invalid="ignore"):
        return np.asarray(told <= last)


def _cells(place: Index, reps: Codes, amounts: Floats) -> dict[int, str]:
    """The cell of each customer that has any: sums by representative, the most first."""
    key = place.astype(np.int64) * max(len(reps.words), 1) + reps.at
    order = np.lexsort((amounts, key))  # sums do not depend on the order of rows
    found, start = np.unique(key[order], return_index=True)
    sums: Floats = np.add.reduceat(amounts[order], start) if found.size else amounts[:0]
    listed: dict[int, list[tuple[float, str]]] = {}
    pairs: list[int] = found.tolist()
    for pair, total in zip(pairs, sums.tolist(), strict=True):
        customer, rep = divmod(pair, len(reps.words))
        listed.setdefault(customer, []).append((-total, reps.words[rep]))
    return {
        customer: ";".join(f"{name}:{-amount:.12g}" for amount, name in sorted(some))
        for customer, some in listed.items()
    }


def _column(at: Index, told: dict[int, str]) -> Codes:
    """The cells of all rows, each text once."""
    words = tuple(dict.fromkeys(told.values()))
    code = {word: k for k, word in enumerate(words)}
    size = int(at.max(initial=-1)) + 1
    table = np.array([*(code.get(told.get(k, ""), -1) for k in range(size)), -1], dtype=np.intp)
    return Codes(table[at], words, plain=True)
