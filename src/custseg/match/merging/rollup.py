"""Counters and money made anew from what they count: orders of a customer, accounts of a group."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Days, Index
from custseg.errors import ConfigError
from custseg.frames import Attachable, Table, Tabled
from custseg.frames.gather import recoded
from custseg.frames.held import Held, held
from custseg.labels import label
from custseg.match.merging.beside import beside
from custseg.match.merging.field import Field
from custseg.match.merging.groups import Groups
from custseg.match.merging.survivorship import Sum, Survivorship
from custseg.match.merging.winners import winners

T = TypeVar("T")


@attrs.frozen
class Figure:
    """One figure of a customer, from the rows that belong to it.

    Attributes:
        column: The column of these rows; none counts the rows.
        by: What becomes of its values: their sum, the largest, the most recent.

    >>> Figure("amount"), Figure()
    (Figure(column='amount', by=Sum()), Figure(column='', by=Sum()))
    """

    column: str = ""
    by: Survivorship = attrs.field(factory=Sum)


@attrs.frozen(eq=False)
class RollUp(Tabled, Generic[T]):
    """Customers with figures made of the rows that belong to them.

    Attributes:
        table: The customers, of the same kind, with the figures added or replaced.
        strangers: How many rows belong to none of the customers.

    >>> roll_up([{"id": 1}], [{"customer_id": 9}], {"orders": Figure()}, id="id").strangers
    1
    """

    table: T
    strangers: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"strangers": self.strangers}

    def text(self, locale: str = "en") -> str:
        """One line to read."""
        return f"{label('match.strangers', locale)}: {self.strangers:,}"


def roll_up(
    customers: T,
    rows: object,
    figures: Mapping[str, Figure],
    *,
    id: str = "customer_id",  # noqa: A002 - what the column is called everywhere
    key: str = "customer_id",
) -> RollUp[T]:
    """Make counters and money anew from the rows that belong to each customer.

    After a merge this is surer than adding up what each record had counted for itself. With an
    `AccountTree` it adds up groups: the accounts are the rows, ``key="group_id"``.

    Args:
        customers: Golden records.
        rows: Orders, tickets, accounts, pointed at customers.
        figures: For each column to add what it is made of.
        id: The column of the customers that rows point at.
        key: The column of the rows that points at it.

    Returns:
        The customers with their figures. A customer without rows counts 0 of them; its other
        figures are missing, not zero.

    Raises:
        MissingColumnError: A column is not there.
        DataError: The ids are of another type, or a strategy cannot work on what a column holds.
        ConfigError: There is no figure.

    >>> orders = [{"customer_id": 1, "amount": 5}, {"customer_id": 1, "amount": 7}]
    >>> figures = {"orders": Figure(), "revenue": Figure("amount")}
    >>> roll_up([{"customer_id": 1}, {"customer_id": 2}], orders, figures).table
    [{'customer_id': 1, 'orders': 2, 'revenue': 12}, \
{'customer_id': 2, 'orders': 0, 'revenue': None}]
    """
    if not figures:
        msg = "there is nothing to roll up; name a figure, such as {'orders': Figure()}"
        raise ConfigError(msg, "figures")
    there, below = frames.table(customers), frames.table(rows)
    mine, theirs = there.keys(id), below.keys(key)
    owner = np.append(frames.align(mine, theirs), [-1])[theirs.at]
    known = np.flatnonzero(owner >= 0)
    present, place = np.unique(owner[known], return_inverse=True)
    work = _Rows(below, known, Groups.of(place, len(present)))
    at = np.full(len(mine.uniques) + 1, -1, dtype=np.intp)
    at[present] = np.arange(len(present))
    columns = {name: work.figure(figure, at[mine.at]) for name, figure in figures.items()}
    return RollUp(cast("T", there.attach(columns)), len(owner) - len(known))


@attrs.frozen(eq=False)
class _Rows:
    """The rows that belong to customers."""

    table: Table[Any]
    known: Index
    groups: Groups

    def figure(self, figure: Figure, at: Index) -> Attachable:
        """One figure for each customer; ``at`` is the place of each, -1 for one without rows."""
        if not figure.column:
            return np.append(self.groups.sizes, [0])[at]
        values = held(self.table, figure.column)
        mine = Held(values.at[self.known], values.uniques)
        read = beside(self.table, [figure.by]).of(figure.by.needs)
        columns = {name: _at(column, self.known) for name, column in read.items()}
        field = Field(figure.column, mine, self.groups, columns)
        won = winners(field, figure.by, (field.order,))
        place = np.append(np.where(won.row >= 0, mine.at[won.row], -1), [-1])
        place[list(won.made)] = len(values.values) + np.arange(len(won.made))
        made = [*values.values, *won.made.values()]
        return recoded(self.table, figure.column, place[at], made)


def _at(column: Column, rows: Index) -> Column:
    if isinstance(column, Codes):
        return Codes(column.at[rows], column.words)
    return Days(column.at[rows]) if isinstance(column, Days) else column[rows]
