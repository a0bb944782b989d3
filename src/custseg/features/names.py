"""What a company calls the columns that a profile is made of."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from custseg.errors import MissingColumnError, did_you_mean

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": ("customer", "source", "referrer", "joined"),
    "transactions": (
        "customer",
        "at",
        "amount",
        "order",
        "quantity",
        "price",
        "product",
        "category",
        "channel",
        "cost",
        "currency",
        "status",
        "due",
        "settled",
        "payment_method",
    ),
    "interactions": ("customer", "at", "channel", "direction", "text"),
    "feedback": ("customer", "at", "feedback_kind", "score", "scale", "text", "status", "resolved"),
    "visits": ("customer", "at", "pages", "clicks"),
    "opportunities": ("customer", "stage", "opened", "closed"),
}
"""What is read from each table."""

SELDOM: Final[Mapping[str, frozenset[str]]] = {
    "transactions": frozenset({"due", "settled", "payment_method"}),
    "interactions": frozenset({"text"}),
    "feedback": frozenset({"status", "resolved"}),
}
"""Roles that a table is not expected to have."""

CUSTOMARY: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": ("customer_id",),
    "at": ("at", "paid_at", "ordered_at", "order_date", "date"),
    "amount": ("amount",),
    "order": ("order_id",),
    "feedback_kind": ("kind",),
    "price": ("price", "unit_price"),
    "product": ("product", "product_id", "sku"),
    "due": ("due", "due_at", "due_date"),
    "settled": ("settled_at", "paid_at", "payment_date"),
    "resolved": ("resolved_at", "handled_at"),
    "referrer": ("referrer", "referrer_id", "referred_by"),
    "joined": ("joined_at", "created_at", "signed_up_at"),
    "opened": ("opened_at", "created_at"),
    "closed": ("closed_at",),
}
"""Names to look for where none is given; a role that is not here goes by its own name."""


def absent(role: str, columns: Iterable[str]) -> MissingColumnError:
    """The error that a role has no column: of its customary names, the one nearest to a column.

    >>> print(absent("at", ["customer_id", "payd_at"]))
    no column 'paid_at' among ['customer_id', 'payd_at']. Did you mean 'payd_at'?
    """
    known, customary = tuple(columns), CUSTOMARY.get(role, (role,))
    near = (name for name in customary if did_you_mean(name, known))
    return MissingColumnError(next(near, customary[0]), known)


@attrs.frozen
class Names:
    """What the columns are called.

    A column that is named must be there. A role without a name (``None``) is read from a column
    of a customary name where there is one: ``at`` from ``at``, ``paid_at``, ``ordered_at``,
    ``order_date`` or ``date``, ``order`` from ``order_id``, ``product`` from ``product``. An
    empty name (``""``) says that the role is not to be read at all.

    Attributes:
        customer: Id of the customer, in every table.
        at: When it happened.
        amount: Money of a transaction; below 0 it is a refund. With an empty name every transaction
            is a purchase, and money is unknown.
        order: Id of the order that a line belongs to; without it every line is an order.
        quantity: Pieces, and
        price: money for one piece: the amount, where there is no column of amounts.
        product: What was bought.
        category: Its category.
        channel: Where it was bought, or how an interaction took place.
        cost: What it cost the company, for margins.
        currency: Currency of amounts and costs.
        status: Status of a transaction; some void it (``Conventions.void_statuses``). Status of
            a complaint: open, resolved, ...
        due: The last day on which a transaction is paid in time, and
        settled: the day on which it was paid: how a customer pays.
        payment_method: Means of payment of a transaction.
        direction: Direction of an interaction: inbound or outbound.
        feedback_kind: Kind of a feedback: complaint, suggestion, enquiry, praise.
        score: Score of a feedback, and
        scale: its scale: csat, nps, stars, percent.
        resolved: When a complaint was settled.
        text: Words of a feedback or an interaction.
        pages: Pages seen on a visit.
        clicks: Clicks made on a visit.
        stage: Stage of an opportunity.
        opened: When it was opened.
        closed: When it was won or lost.
        source: Where a customer came from; a profile gives it as ``source``.
        referrer: Id of the customer who referred this one.
        joined: When a customer became known.

    >>> names = Names(at="paid_at")
    >>> names.find("at", ["customer_id", "paid_at"]), names.find("order", ["order_id"])
    ('paid_at', 'order_id')
    >>> names.find("product", ["customer_id"]) is None
    True
    """

    customer: str = "customer_id"
    at: str | None = None
    amount: str | None = None
    order: str | None = None
    quantity: str | None = None
    price: str | None = None
    product: str | None = None
    category: str | None = None
    channel: str | None = None
    cost: str | None = None
    currency: str | None = None
    status: str | None = None
    due: str | None = None
    settled: str | None = None
    payment_method: str | None = None
    direction: str | None = None
    feedback_kind: str | None = None
    score: str | None = None
    scale: str | None = None
    resolved: str | None = None
    text: str | None = None
    pages: str | None = None
    clicks: str | None = None
    stage: str | None = None
    opened: str | None = None
    closed: str | None = None
    source: str | None = None
    referrer: str | None = None
    joined: str | None = None

    def named(self, role: str) -> str | None:
        """The name given for a role, ``None`` where the customary ones are looked for."""
        name: str | None = getattr(self, role)
        return name

    def find(self, role: str, columns: Iterable[str]) -> str | None:
        """The column that plays a role, ``None`` where there is none.

        Raises:
            MissingColumnError: The role has a name and no column has it.
        """
        known, name = tuple(columns), self.named(role)
        if name is None:
            return next((c for c in CUSTOMARY.get(role, (role,)) if c in known), None)
        if name and name not in known:
            raise MissingColumnError(name, known)
        return name or None

    def need(self, role: str, columns: Iterable[str]) -> str:
        """The column that plays a role.

        Raises:
            MissingColumnError: There is none.

        >>> Names().need("amount", ["customer_id", "amount"])
        'amount'
        """
        known = tuple(columns)
        found = self.find(role, known)
        if found is None:
            raise absent(role, known)
        return found

    def expected(self, table: str) -> tuple[str, ...]:
        """The columns that a table would have, by their names or the customary ones.

        A table without rows says nothing of the roles that few tables have: they are expected
        where they are named.

        >>> Names(at="seen_at").expected("visits")
        ('customer_id', 'seen_at', 'pages', 'clicks')
        """
        seldom = SELDOM.get(table, frozenset())
        roles = [role for role in ROLES[table] if role not in seldom or self.named(role)]
        return tuple(self.named(r) or CUSTOMARY.get(r, (r,))[0] for r in roles)

    def columns(self, table: str, columns: Iterable[str]) -> dict[str, str]:
        """The column of every role that one of the tables of a profile has.

        Args:
            table: ``customers``, ``transactions``, ``interactions``, ``feedback``, ``visits`` or
                ``opportunities``.
            columns: The columns of that table.

        Raises:
            MissingColumnError: A role has a name and no column has it.

        >>> Names().columns("visits", ["customer_id", "at", "pages"])
        {'customer': 'customer_id', 'at': 'at', 'pages': 'pages'}
        """
        known = tuple(columns)
        found = ((role, self.find(role, known)) for role in ROLES[table])
        return {role: column for role, column in found if column is not None}

    def silent(self, table: str) -> frozenset[str]:
        """The roles of a table that are not to be read: those with an empty name.

        >>> Names(amount="").silent("transactions")
        frozenset({'amount'})
        """
        return frozenset(role for role in ROLES[table] if self.named(role) == "")


LOGGED: Final = ("customer", "at", "amount", "quantity", "price", "currency", "status")
"""The roles that a log of transactions reads; a profile reads more."""


def logged(names: Names, columns: Iterable[str]) -> dict[str, str]:
    """The columns that a log of transactions reads, by role; prices only without amounts.

    Args:
        names: What the columns are called.
        columns: The columns of the table.

    Raises:
        MissingColumnError: A role has a name and no column has it.

    >>> logged(Names(), ["customer_id", "at", "amount", "price", "product"])
    {'customer': 'customer_id', 'at': 'at', 'amount': 'amount'}
    """
    found = names.columns("transactions", columns)
    by_piece = () if "amount" not in found else ("quantity", "price")
    return {role: found[role] for role in LOGGED if role in found and role not in by_piece}


def without(names: Names, roles: Iterable[str]) -> Names:
    """The same names; some roles are not to be read."""
    return attrs.evolve(names, **dict.fromkeys(roles, ""))


NamesOrMap = Names | Mapping[str, Names]


def names_of(names: NamesOrMap | None, tables: Mapping[str, tuple[str, ...]]) -> dict[str, Names]:
    """One set of names for each table.

    Where one ``Names`` serves all tables, a name has to be found in one of those that have the
    role; in the others the customary names are looked for.

    Args:
        names: One for all tables, or one for each table by its name.
        tables: Columns of the tables at hand, by the name of the table.

    Raises:
        MissingColumnError: A name is found in no table.

    >>> tables = {"transactions": ("customer_id", "paid_at"), "visits": ("customer_id", "at")}
    >>> both = names_of(Names(at="paid_at"), tables)
    >>> both["transactions"].at, both["visits"].at
    ('paid_at', None)
    """
    if isinstance(names, Mapping):
        return {table: names.get(table, Names()) for table in tables}
    one = names or Names()
    for role in (f.name for f in attrs.fields(Names) if f.name != "customer"):
        _refuse_unknown(one.named(role), role, tables)
    return {table: _without_others(one, columns) for table, columns in tables.items()}


def _refuse_unknown(name: str | None, role: str, tables: Mapping[str, tuple[str, ...]]) -> None:
    homes = [columns for table, columns in tables.items() if columns and role in ROLES[table]]
    if name and homes and not any(name in columns for columns in homes):
        raise MissingColumnError(name, homes[0])


def _without_others(names: Names, columns: tuple[str, ...]) -> Names:
    if not columns:  # a list without records has every column
        return names
    absent: dict[str, Any] = {
        f.name: None
        for f in attrs.fields(Names)
        if f.name != "customer" and names.named(f.name) and names.named(f.name) not in columns
    }
    return attrs.evolve(names, **absent)
