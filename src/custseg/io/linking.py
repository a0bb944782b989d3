"""Two exports of one company: one file after another, and customers with their orders."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs

from custseg.errors import DataError
from custseg.frames import optional
from custseg.io.export import Export
from custseg.io.recognised import Guess
from custseg.io.vocabulary import bare, ranks
from custseg.values.columns import kind_of

LINKED: Final = "customer_linked"
KEY: Final = "customer_key"
_HALF: Final = 0.5
_EACH: Final = 0.95


def joined(exports: Sequence[Export]) -> Export:
    """Exports of one table, such as of several months, as one.

    An order that several files hold counts once, as the last of them has it.

    Args:
        exports: The exports, with equal columns.

    Raises:
        DataError: Their columns differ.
    """
    *before, last = exports
    for export in before:
        if list(export.table.columns) != list(last.table.columns):
            differ = sorted(set(export.table.columns) ^ set(last.table.columns))
            msg = f"files of {last.recognised.table} have different columns: {differ}"
            raise DataError(msg)
        if export.recognised.columns != last.recognised.columns:
            msg = f"columns of {last.recognised.table} are not the same thing in every file"
            raise DataError(msg)
    return last if not before else _appended([*before, last])


def _appended(exports: list[Export]) -> Export:
    pandas = optional("pandas")
    order = exports[-1].recognised.columns.get("order")
    kept: list[Any] = []
    seen: set[object] = set()
    said = Counter[str]()
    for export in reversed(exports):
        table = export.table
        if order is not None:
            again = table[order].isin(seen) & table[order].notna()
            said["repeated_orders"] += int(again.sum())
            seen |= set(table[order])
            table = table[~again]
        kept.insert(0, table)
        said.update(export.said)
    void = dict.fromkeys(word for export in exports for word in export.void_statuses)
    return attrs.evolve(
        exports[-1],
        table=pandas.concat(kept, ignore_index=True),
        aside=pandas.concat([export.aside for export in exports], ignore_index=True),
        said=+said,
        statuses=sum((Counter(export.statuses) for export in exports), Counter[str]()),
        last=max(export.last for export in exports),
        void_statuses=tuple(void),
    )


def linked(customers: Export, events: Export) -> Export:
    """Transactions, or other events, that name customers as the table of customers does.

    Where most who are named are not among the customers, the columns are looked for that say of
    most, and each gets the id that the customer has, in a column ``customer_linked``.

    Args:
        customers: The customers.
        events: What they did.

    Raises:
        DataError: No customer is in both.
    """
    own, theirs = _column(customers), _column(events)
    share = _share(customers, events, (own, theirs))
    if share < _HALF:
        better = max(
            _pairs(customers, events),
            key=lambda each: _share(customers, events, each),
            default=(own, theirs),
        )
        if _share(customers, events, better) >= _HALF:
            return _led(customers, events, better)
    if share == 0 and len(events.table):
        msg = (
            f"none of the customers in {theirs!r} of the {events.recognised.table} is in {own!r} "
            "of the customers; say which columns name them alike, with --column customer=COLUMN"
        )
        raise DataError(msg)
    return events


def keyed(customers: Export) -> Export:
    """Customers known by a contact keep it: the id is a copy, in a column ``customer_key``.

    Args:
        customers: The customers.
    """
    own = _column(customers)
    if kind_of(own) is None:
        return customers
    return _with(customers, KEY, customers.table[own], own)


def staffed(reps: Export) -> Export:
    """Representatives with their columns called as a job calls them: ``rep_id``, ``capacity``.

    Args:
        reps: The representatives.
    """
    called = {"rep": "rep_id", "capacity": "capacity"}
    found = reps.recognised
    guesses = tuple(attrs.evolve(g, column=called.get(g.role, g.column)) for g in found.guesses)
    table = reps.table.rename(
        columns={g.column: called.get(g.role, g.column) for g in found.guesses}
    )
    return attrs.evolve(reps, table=table, recognised=attrs.evolve(found, guesses=guesses))


def _led(customers: Export, events: Export, pair: tuple[str, str]) -> Export:
    """Events with the ids of customers, by the columns that name them alike."""
    ours, theirs = pair
    known = customers.table.dropna(subset=[ours])
    ids = dict(zip(known[ours], known[_column(customers)], strict=True))
    named = [ids.get(who, who) for who in events.table[theirs]]
    return _with(events, LINKED, named, theirs)


def _with(export: Export, column: str, values: object, origin: str) -> Export:
    """The export with its customers in a column of their own."""
    found = export.recognised
    guesses = tuple(
        Guess("customer", column, g.why, origin) if g.role == "customer" else g
        for g in found.guesses
    )
    table = export.table.assign(**{column: values})
    return attrs.evolve(export, table=table, recognised=attrs.evolve(found, guesses=guesses))


def _column(export: Export) -> str:
    return export.recognised.columns["customer"]


def _pairs(customers: Export, events: Export) -> Iterator[tuple[str, str]]:
    words = {word for rank in ranks("transactions")["customer"] for word in rank}
    for theirs in events.table.columns:
        if theirs == _column(events) or bare(theirs) in words:
            yield from ((ours, theirs) for ours in customers.table.columns if _ids(customers, ours))


def _ids(customers: Export, column: str) -> bool:
    """Whether a column tells customers apart."""
    held = customers.table[column].dropna()
    return len(held) > 0 and held.nunique() >= _EACH * len(held)


def _share(customers: Export, events: Export, pair: tuple[str, str]) -> float:
    """The share of named named who are among the customers."""
    named = set(events.table[pair[1]].dropna())
    return len(named & set(customers.table[pair[0]].dropna())) / max(len(named), 1)
