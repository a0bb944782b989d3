"""One row a customer: everything that the rooms read, as of one day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Days, Index
from custseg.features.base import Base, Job, base_of
from custseg.features.completeness import Completeness
from custseg.features.contact import CHANNELS, DIRECTIONS, contact
from custseg.features.conventions import EPOCH, Conventions
from custseg.features.deals import deals, read_deals
from custseg.features.events import Events, Source, read_events
from custseg.features.ledger import Ledger
from custseg.features.money import money
from custseg.features.names import Names, names_of
from custseg.features.products import MONTHS, products
from custseg.features.referral import referrals
from custseg.features.report import ProfileReport
from custseg.features.rhythm import rhythm
from custseg.features.visits import visits
from custseg.features.voice import Sentiment, voice

COLUMNS: Final = (
    "as_of",
    "orders",
    "frequency",
    "recency_days",
    "tenure_days",
    "first_purchase",
    "last_purchase",
    "revenue",
    "revenue_365d",
    "revenue_trend",
    "average_order",
    "margin",
    "gross",
    "refunds",
    "gap_mean_days",
    "gap_median_days",
    "gap_cv",
    "gap_last_days",
    "gap_max_days",
    "products",
    "categories",
    "favourite_category",
    "favourite_channel",
    "favourite_month",
    "interactions",
    *(f"interactions_{direction}" for direction in DIRECTIONS),
    *(f"interactions_{channel}" for channel in CHANNELS),
    "contact_days",
    "complaints",
    "satisfaction",
    "satisfaction_trend",
    "sentiment",
    "visits",
    "click_rate",
    "open_opportunities",
    "referrals",
    "completeness",
)
"""The columns that a profile adds, in order."""

_WORDS: Final[Mapping[str, tuple[tuple[str, ...], bool]]] = {
    "favourite_category": ((), True),
    "favourite_channel": ((), True),
    "favourite_month": (MONTHS, False),
}
_DAYS: Final = frozenset({"first_purchase", "last_purchase"})


@attrs.frozen(eq=False)
class Profiled:
    """A profile with its report.

    Attributes:
        table: One row a customer, the caller's kind of table.
        report: What became of every row of every table.

    >>> done = profile_report([{"customer_id": "a"}], as_of="2026-06-30")
    >>> done.table[0]["customer_id"], done.report.customers
    ('a', 1)
    """

    table: Any
    report: ProfileReport


def profile(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    customers: object = None,
    *,
    transactions: object = None,
    interactions: object = None,
    feedback: object = None,
    visits: object = None,
    opportunities: object = None,
    names: Names | Mapping[str, Names] | None = None,
    conventions: Conventions | None = None,
    as_of: date | str,
    completeness: Completeness | None = None,
    sentiment: Sentiment | None = None,
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """Put what is known of each customer into one row.

    Every customer has a row, also those who have never bought. Null means unknown, 0 means
    evidence of none: without a table of visits ``visits`` is null, with one it is 0 for whoever
    does not occur in it. Nothing later than ``as_of`` counts.

    Args:
        customers: One row a customer; without it, whoever occurs in ``transactions``.
        transactions: Money received; amounts below 0 are refunds.
        interactions: Calls, e-mails, meetings, chats, ...
        feedback: Complaints, scores, words.
        visits: Visits to the site or app.
        opportunities: Possible deals.
        names: What the columns are called, for all tables or by table.
        conventions: How the company counts days and money.
        as_of: The last day that counts, to its end, on the company's clock.
        completeness: Which columns of the customers make a profile complete.
        sentiment: How the words of feedback are read.

    Returns:
        The customers with the profile's columns added (:data:`COLUMNS`), the same kind of table.

    Raises:
        MissingColumnError: A named or needed column is not there.
        DataError: A customer has two rows, or none of the tables says who the customers are.

    >>> orders = [
    ...     {"customer_id": "a", "paid_at": "2026-01-05", "amount": 40},
    ...     {"customer_id": "a", "paid_at": "2026-03-05", "amount": 60},
    ... ]
    >>> rows = profile(
    ...     [{"customer_id": "a"}, {"customer_id": "b"}], transactions=orders, as_of="2026-06-30"
    ... )
    >>> [(row["frequency"], row["recency_days"], row["revenue"]) for row in rows]
    [(2, 117.0, 100.0), (0, None, 0.0)]
    """
    return profile_report(
        customers,
        transactions=transactions,
        interactions=interactions,
        feedback=feedback,
        visits=visits,
        opportunities=opportunities,
        names=names,
        conventions=conventions,
        as_of=as_of,
        completeness=completeness,
        sentiment=sentiment,
    ).table


def profile_report(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    customers: object = None,
    *,
    transactions: object = None,
    interactions: object = None,
    feedback: object = None,
    visits: object = None,
    opportunities: object = None,
    names: Names | Mapping[str, Names] | None = None,
    conventions: Conventions | None = None,
    as_of: date | str,
    completeness: Completeness | None = None,
    sentiment: Sentiment | None = None,
) -> Profiled:
    """Profile customers, and account for every row; the arguments are those of ``profile``.

    >>> orders = [{"customer_id": None, "paid_at": "2026-01-05", "amount": 40}]
    >>> done = profile_report([{"customer_id": "a"}], transactions=orders, as_of="2026-06-30")
    >>> done.report.table("transactions").left_out
    {'null_id': 1}
    """
    given = {
        "customers": customers,
        "transactions": transactions,
        "interactions": interactions,
        "feedback": feedback,
        "visits": visits,
        "opportunities": opportunities,
    }
    tables = {name: frames.table(data) for name, data in given.items() if data is not None}
    how = conventions or Conventions()
    known = names_of(names, {name: table.columns for name, table in tables.items()})
    job = Job(tables, known, how, how.day(as_of))
    base = base_of(job)
    events = _events(job, base, sentiment or Sentiment())
    own = _own(base, completeness or Completeness(), job)
    found = {**events.columns, **own}
    table = base.table.attach(_in_order(found, base.keys.at, job.until))
    day = date.fromordinal(job.until + EPOCH)
    days = found.get("frequency")
    bought = int(np.count_nonzero(days)) if isinstance(days, np.ndarray) else 0
    counts = tuple(each.sieve.report for each in events.read)
    return Profiled(table, ProfileReport(day, len(base.keys.at), bought, counts))


@attrs.frozen(eq=False)
class _Found:
    """Columns, customer by customer, and the events that they were made of."""

    columns: Mapping[str, Column]
    read: tuple[Events, ...]


def _events(job: Job, base: Base, sentiment: Sentiment) -> _Found:
    columns: dict[str, Column] = {}
    read: list[Events] = []
    if base.ledger is not None:
        columns |= purchase_columns(base.ledger, job.until)
        read.append(base.ledger.events)
    if (source := job.source("interactions")) is not None:
        read.append(read_events(source, base.people, job.until))
        columns |= contact(read[-1], job.until)
    if (source := job.source("feedback")) is not None:
        read.append(read_events(source, base.people, job.until))
        columns |= voice(read[-1], job.until, sentiment)
    if (source := job.source("visits")) is not None:
        read.append(read_events(source, base.people, job.until))
        columns |= visits(read[-1])
    if (source := job.source("opportunities")) is not None:
        read.append(read_deals(source, base.people, job.until))
        columns |= deals(read[-1], job.until)
    return _Found(columns, tuple(read))


def purchase_columns(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """What transactions say of each customer."""
    return {**rhythm(ledger, as_of), **money(ledger, as_of), **products(ledger)}


def _own(base: Base, completeness: Completeness, job: Job) -> Mapping[str, Column]:
    """What the table of customers itself says."""
    rows = base.keys.first
    added = ("source",) if _renames_source(base.names) else ()
    counted = own_columns(base.table.columns, base.names.customer, added)
    full = completeness.of(base.table, counted)[rows]
    columns: dict[str, Column] = {"completeness": full}
    if "customers" in job.tables:
        source = Source.whole("customers", base.table, base.names, job.conventions)
        columns.update(referrals(source, base.keys, job.until))
        if added:
            codes = source.text("source", rows)
            columns["source"] = attrs.evolve(codes, plain=True)
    return columns


def _renames_source(names: Names) -> bool:
    """Whether rules that read ``source`` would miss it under the name that it has."""
    return bool(names.source) and names.source != "source"


def own_columns(columns: Iterable[str], customer: str, added: tuple[str, ...] = ()) -> list[str]:
    """The columns that the company filled in: neither the id nor what a profile adds.

    >>> own_columns(["customer_id", "email", "revenue"], "customer_id")
    ['email']
    """
    return [name for name in columns if name not in (customer, *COLUMNS, *added)]


def _in_order(found: Mapping[str, Column], at: Index, until: int) -> dict[str, Column]:
    """All columns of a profile, row by row; those of tables that were not given are null."""
    out: dict[str, Column] = {"as_of": Days(np.full(len(at), float(until)))}
    for name in COLUMNS[1:]:
        out[name] = _rows(found[name], at) if name in found else _unknown(name, len(at))
    return out | {name: _rows(column, at) for name, column in found.items() if name not in out}


def _rows(column: Column, at: Index) -> Column:
    if isinstance(column, Codes):
        return attrs.evolve(column, at=column.at[at])
    return Days(column.at[at]) if isinstance(column, Days) else column[at]


def _unknown(name: str, rows: int) -> Column:
    if name in _WORDS:
        words, plain = _WORDS[name]
        return Codes(np.full(rows, -1, dtype=np.intp), words, plain=plain)
    blank = np.full(rows, np.nan)
    return Days(blank) if name in _DAYS else blank
