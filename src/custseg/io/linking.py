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


def linked(customers: Export, transactions: Export) -> tuple[Export, Export]:
    """Customers and transactions that name customers alike.

    Where most buyers are not among the customers, the columns are looked for that say of most.

    Args:
        customers: The customers.
        transactions: Their transactions.

    Raises:
        DataError: No customer is in both.
    """
    pair = _column(customers), _column(transactions)
    share = _share(customers, transactions, pair)
    if share < _HALF:
        better = max(
            _pairs(customers, transactions),
            key=lambda each: _share(customers, transactions, each),
            default=pair,
        )
        if _share(customers, transactions, better) >= _HALF:
            return _called(customers, better[0]), _called(transactions, better[1])
    if share == 0:
        msg = (
            f"none of the customers in {pair[1]!r} of the transactions is in {pair[0]!r} of the "
            "customers; say which columns name them alike, with --column customer=COLUMN"
        )
        raise DataError(msg)
    return customers, transactions


def _column(export: Export) -> str:
    return export.recognised.columns["customer"]


def _pairs(customers: Export, transactions: Export) -> Iterator[tuple[str, str]]:
    words = {word for rank in ranks("transactions")["customer"] for word in rank}
    for theirs in transactions.table.columns:
        if theirs == _column(transactions) or bare(theirs) in words:
            yield from ((ours, theirs) for ours in customers.table.columns if _ids(customers, ours))


def _ids(customers: Export, column: str) -> bool:
    """Whether a column tells customers apart."""
    held = customers.table[column].dropna()
    return len(held) > 0 and held.nunique() >= _EACH * len(held)


def _share(customers: Export, transactions: Export, pair: tuple[str, str]) -> float:
    """The share of buyers who are among the customers."""
    buyers = set(transactions.table[pair[1]].dropna())
    return len(buyers & set(customers.table[pair[0]].dropna())) / max(len(buyers), 1)


def _called(export: Export, column: str) -> Export:
    found = export.recognised
    if found.columns["customer"] == column:
        return export
    new = Guess("customer", column, "contents")
    rest = tuple(g for g in found.guesses if g.role != "customer" and g.column != column)
    unread = tuple(name for name in found.ignored if name != column)
    left = (*unread, found.columns["customer"])
    return attrs.evolve(export, recognised=attrs.evolve(found, guesses=(new, *rest), ignored=left))
