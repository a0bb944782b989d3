"""A whole CRM, or one batch of it after the other, with the truth beside it."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal, TypedDict, Unpack, overload

import attrs

from custseg.datasets.cell import Cell, cells
from custseg.datasets.contact import (
    feedback_table,
    interactions_table,
    opportunities_table,
    visits_table,
)
from custseg.datasets.customers import Written, customers_table
from custseg.datasets.export import Columns, TableKind, export, records
from custseg.datasets.orders import transactions_table
from custseg.datasets.recipe import Locale, Recipe
from custseg.datasets.schema import SCHEMA
from custseg.datasets.staff import reps_table
from custseg.datasets.truth import Truth, truth_table
from custseg.errors import ConfigError
from custseg.showing import Shown

Records = list[dict[str, object]]


class Setting(TypedDict, total=False):
    """The rarer options of ``crm``; its docstring explains them.

    >>> Setting(start="2025-01-01", reps=5)["reps"]
    5
    """

    start: str | dt.date
    end: str | dt.date
    zh_share: float
    currencies: str | tuple[str, ...]
    reps: int


class BatchOptions(Setting, total=False):
    """The options that ``crm_batches`` hands on.

    >>> BatchOptions(locale="zh", duplicates=0.05)["locale"]
    'zh'
    """

    locale: Locale
    duplicates: float
    errors: float


@attrs.frozen(eq=False)
class _Piece:
    cell: Cell

    @cached_property
    def truth(self) -> Truth:
        return Truth(self.cell)

    @cached_property
    def written(self) -> Written:
        return customers_table(self.cell, self.truth)

    def table(self, name: str) -> Columns:
        if name == "customers":
            return self.written.columns
        if name == "truth":
            return truth_table(self.cell, self.truth, self.written.errors)
        if name == "transactions":
            return transactions_table(self.cell)
        makers = {
            "interactions": interactions_table,
            "feedback": feedback_table,
            "visits": visits_table,
            "opportunities": opportunities_table,
        }
        return makers[name](self.cell, self.truth)


@attrs.frozen(eq=False)
class Crm(Shown):
    """A generated CRM, or a batch of one; tables are made when they are first asked for.

    Every table is a list of records. Texts may be missing as ``None`` or as ``""``, as in life.

    Attributes:
        recipe: The options it was made from.
        start: Number of customer records before this batch.
        stop: Number of customer records up to its end.
        total: Number of customer records the salespeople have to look after.

    >>> crm(3, locale="en").reps[0]["territory"]
    'North America'
    """

    recipe: Recipe
    start: int
    stop: int
    total: int

    @cached_property
    def customers(self) -> Records:
        """One record a customer as typed in, some customers twice, with errors."""
        return records(self._columns("customers"))

    @cached_property
    def transactions(self) -> Records:
        """Orders and refunds (negative), by time within each thousand of customers."""
        return records(self._columns("transactions"))

    @cached_property
    def interactions(self) -> Records:
        """Calls, e-mails, meetings, chats, visits and social contacts, in- and outbound."""
        return records(self._columns("interactions"))

    @cached_property
    def feedback(self) -> Records:
        """Complaints, suggestions, enquiries, praise; scores on the scale csat, nps or stars."""
        return records(self._columns("feedback"))

    @cached_property
    def visits(self) -> Records:
        """Visits to site or app with pages seen and clicks made."""
        return records(self._columns("visits"))

    @cached_property
    def opportunities(self) -> Records:
        """Possible deals with stage, amount and expected close."""
        return records(self._columns("opportunities"))

    @cached_property
    def reps(self) -> Records:
        """The salespeople; the same in every batch."""
        return records(self._columns("reps"))

    @cached_property
    def truth(self) -> Records:
        """What is true, one record a customer record: ``crm`` lists the columns."""
        return records(self._columns("truth"))

    @overload
    def tables(self, kind: Literal["records"] = "records") -> dict[str, Records]: ...
    @overload
    def tables(self, kind: Literal["pandas", "polars", "arrow"]) -> dict[str, Any]: ...
    def tables(self, kind: TableKind = "records") -> dict[str, Any]:
        """Give the seven tables of the CRM as one kind of table.

        Args:
            kind: ``records``, ``pandas``, ``polars`` or ``arrow``.

        Returns:
            Table by name: customers, transactions, interactions, feedback, visits, opportunities,
            reps. The truth is kept apart (``truth_as``).

        Raises:
            ConfigError: If the kind is unknown.
            MissingDependencyError: If its library is not installed.

        >>> sorted(crm(3).tables())[:3]
        ['customers', 'feedback', 'interactions']
        """
        names = [name for name in SCHEMA if name != "truth"]
        if kind == "records":
            return {name: getattr(self, name) for name in names}
        return {name: export(name, self._columns(name), kind) for name in names}

    def truth_as(self, kind: TableKind) -> Any:  # noqa: ANN401  (a native table of that kind)
        """Give the truth as one kind of table.

        Raises:
            ConfigError: If the kind is unknown.
            MissingDependencyError: If its library is not installed.

        >>> crm(3).truth_as("records")[0]["customer_id"]
        'C0000001'
        """
        return export("truth", self._columns("truth"), kind)

    @cached_property
    def _pieces(self) -> list[_Piece]:
        return [_Piece(cell) for cell in cells(self.recipe, self.start, self.stop)]

    def _columns(self, name: str) -> Columns:
        if name == "reps":
            return reps_table(self.recipe, self.total)
        columns: Columns = {column: [] for column in SCHEMA[name]}
        for piece in self._pieces:
            for column, values in piece.table(name).items():
                columns[column].extend(values)
        return columns


def crm(
    customers: int = 2_000,
    *,
    seed: int = 7,
    locale: Locale = "mixed",
    duplicates: float = 0.08,
    errors: float = 0.14,
    **setting: Unpack[Setting],
) -> Crm:
    """Generate a CRM with ground truth; the same seed gives the same bytes on every machine.

    Customers buy at rates of their own (weekly, monthly, quarterly, yearly, once, never) until
    they leave, more on shopping days and less at the Chinese New Year; spending is log-normal with
    a heavy tail. People, companies, numbers and addresses are made up from small word tables
    written for this package, and free to use under its licence.

    The records of a smaller CRM are those of a larger one, as far as full thousands go.

    The truth has, for each customer record:

    - ``entity_id``: equal for records of one customer; ``original``: the customer's first record.
    - ``lifecycle`` at the end: potential (never bought), dormant (silent for more than two of
      the customer's own mean gaps and 30 days) or active.
    - ``tier`` from ``yearly_value``, the money a year while the customer buys: medium from 1,000,
      high from 8,000.
    - ``best_rep``: territory, then language and industry, then seniority that fits the tier; nobody
      who is on leave at the end.
    - ``alive`` (whether the buying process still runs; ``None`` before the first purchase),
      ``habit``, ``gap_days`` (mean), ``purchases``, ``last_purchase``.
    - name, company, phone, e-mail and territory before errors, and ``errors``, such as
      ``name.title;phone.layout``.

    Purchases of a customer with two records are booked on either, so the truth is that of the
    customer, not of one record.

    With ``errors`` above 0 there are, besides wrong fields: orders without customer id, orders
    dated after the end, rows exported twice. Refunds, customers with nothing but a refund, two
    orders on a day and two customers on one phone are always there.

    Args:
        customers: Number of customer records, duplicates included.
        seed: 0 or more.
        locale: Customers of China (``zh``), of other countries (``en``) or both (``mixed``).
        duplicates: Share of records that repeat a customer, at most 0.5.
        errors: About the share of text fields that went wrong in a customer's first record; twice
            that in a repeated one; 0 gives clean tables.
        **setting: ``start`` and ``end`` (2024-01-01 to 2026-06-30, both inside), ``zh_share`` (0.6
            of a mixed CRM), ``currencies`` (one of the locale; with several, each customer pays in
            one of them), ``reps`` (24).

    Returns:
        The CRM; its tables are made when they are first asked for.

    Raises:
        ConfigError: If an option cannot be.

    >>> small = crm(100, seed=1, locale="zh")
    >>> len(small.customers), len(small.truth)
    (100, 100)
    >>> sorted({row["lifecycle"] for row in small.truth})
    ['active', 'dormant', 'potential']
    """
    recipe = Recipe(seed=seed, locale=locale, duplicates=duplicates, errors=errors, **setting)
    _count("customers", customers, 0)
    return Crm(recipe, 0, customers, customers)


def crm_batches(
    customers: int = 1_000_000,
    *,
    batch: int = 50_000,
    seed: int = 7,
    **options: Unpack[BatchOptions],
) -> Iterator[Crm]:
    """Generate a CRM of any size, one batch of customers with all their rows after the other.

    Batch ``b`` of a seed is the same whatever the number of customers, as long as it is full; only
    the capacities of the salespeople grow with the whole. Memory holds one batch. With a batch of
    full thousands the batches together are the CRM that ``crm`` makes.

    Args:
        customers: Number of customer records in all.
        batch: Number of customer records a batch.
        seed: 0 or more.
        **options: As for ``crm``.

    Yields:
        The batches.

    Raises:
        ConfigError: If an option cannot be.

    >>> [len(piece.customers) for piece in crm_batches(5_000, batch=2_000)]
    [2000, 2000, 1000]
    """
    recipe = Recipe(seed=seed, **options)
    _count("customers", customers, 0)
    _count("batch", batch, 1)
    return (
        Crm(recipe, start, min(start + batch, customers), customers)
        for start in range(0, customers, batch)
    )


def _count(name: str, value: int, lowest: int) -> None:
    if value < lowest:
        message = f"at least {lowest}, got {value}"
        raise ConfigError(message, name)
