"""One row a customer: everything that the rooms read, as of one day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Column
from custseg.errors import ConfigError
from custseg.features.base import Base, Job, base_of
from custseg.features.complaints import matters
from custseg.features.completion.spec import Completeness
from custseg.features.contact import contact
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.features.deals import deals, read_deals
from custseg.features.events import Events, Source, read_events
from custseg.features.joining import known_days
from custseg.features.layout import COLUMNS, in_order
from custseg.features.log import TransactionLog
from custseg.features.names import Names, names_of
from custseg.features.referral import referrals
from custseg.features.report import ProfileReport
from custseg.features.sentiment.reader import Reader
from custseg.features.sentiment.strategy import Sentiment
from custseg.features.tone import tone
from custseg.features.trade import purchase_columns
from custseg.features.visits import visits
from custseg.features.voice import voice
from custseg.values.columns import is_id


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
    sentiment: Reader | None = None,
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """Put what is known of each customer into one row.

    Every customer has a row, also those who have never bought. Null means unknown, 0 means
    evidence of none: without a table of visits ``visits`` is null, with one it is 0 for whoever
    does not occur in it. Nothing later than ``as_of`` counts.

    Args:
        customers: One row a customer; without it, whoever occurs in ``transactions``.
        transactions: Money received; amounts below 0 are refunds. A ``TransactionLog`` will do: it
            is not read again, and what it does not hold (products, categories, channels, costs,
            ids of orders) is null and noted in the report.
        interactions: Calls, e-mails, meetings, chats, ...
        feedback: Complaints, scores, words.
        visits: Visits to the site or app.
        opportunities: Possible deals.
        names: What the columns are called, for all tables or by table.
        conventions: How the company counts days and money.
        as_of: The last day that counts, to its end, on the company's clock.
        completeness: Which columns of the customers make a profile complete.
        sentiment: How the words of feedback and interactions are read.

    Returns:
        The customers with the profile's columns added (``COLUMNS``), the same kind of table.

    Raises:
        MissingColumnError: A named or needed column is not there.
        DataError: A customer has two rows, or none of the tables says who the customers are.
        ConfigError: A log was read with other conventions.

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
    sentiment: Reader | None = None,
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
    job = _job(given, names, conventions, as_of)
    base = base_of(job)
    events = _events(job, base, sentiment or Sentiment())
    own = _own(base, completeness or Completeness(), job)
    found = {**events.columns, **own}
    table = base.table.attach(in_order(found, base.keys.at, job.until))
    day = as_date(job.until)
    days = found.get("frequency")
    bought = int(np.count_nonzero(days)) if isinstance(days, np.ndarray) else 0
    counts = tuple(each.sieve.report for each in events.read)
    return Profiled(table, ProfileReport(day, len(base.keys.at), bought, counts))


def _job(
    given: Mapping[str, object],
    names: Names | Mapping[str, Names] | None,
    conventions: Conventions | None,
    as_of: date | str,
) -> Job:
    log = given["transactions"] if isinstance(given["transactions"], TransactionLog) else None
    tables = {
        name: frames.table(data)
        for name, data in given.items()
        if data is not None and data is not log
    }
    columns = {name: table.columns for name, table in tables.items()}
    if log is None:
        how = conventions or Conventions()
        return Job(tables, names_of(names, columns), how, how.day(as_of))
    if conventions is not None and conventions != log.conventions:
        msg = "differ from those that the log was read with; leave them out, or read it again"
        raise ConfigError(msg, "conventions")
    known = names_of(names, {**columns, "transactions": _columns_of(log)})
    known["transactions"] = log.names
    return Job(tables, known, log.conventions, log.conventions.day(as_of), log)


def _columns_of(log: TransactionLog) -> tuple[str, ...]:
    return tuple(log.columns.values()) or log.names.expected("transactions")


@attrs.frozen(eq=False)
class _Found:
    """Columns, customer by customer, and the events that they were made of."""

    columns: Mapping[str, Column]
    read: tuple[Events, ...]


def _events(job: Job, base: Base, sentiment: Reader) -> _Found:
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
        columns |= {**voice(read[-1]), **matters(read[-1], job.until)}
    if (source := job.source("visits")) is not None:
        read.append(read_events(source, base.people, job.until))
        columns |= visits(read[-1], job.until)
    if (source := job.source("opportunities")) is not None:
        read.append(read_deals(source, base.people, job.until))
        columns |= deals(read[-1], job.until)
    columns |= tone(read, job.until, sentiment)
    return _Found(columns, tuple(read))


def _own(base: Base, completeness: Completeness, job: Job) -> Mapping[str, Column]:
    """What the table of customers itself says."""
    rows = base.keys.first
    added = ("source",) if _renames_source(base.names) else ()
    counted = own_columns(base.table.columns, base.names.customer, added)
    local = attrs.evolve(completeness, tz=job.conventions.tz)
    full = local.of(base.table, counted, as_of=as_date(job.until))[rows]
    columns: dict[str, Column] = {"completeness": full}
    if "customers" in job.tables:
        source = Source.whole("customers", base.table, base.names, job.conventions)
        columns.update(referrals(source, base.keys, job.until))
        columns["known_days"] = known_days(source, job.until)[rows]
        if added:
            codes = source.text("source", rows)
            columns["source"] = attrs.evolve(codes, plain=True)
    return columns


def _renames_source(names: Names) -> bool:
    """Whether rules that read ``source`` would miss it under the name that it has."""
    return bool(names.source) and names.source != "source"


def own_columns(columns: Iterable[str], customer: str, added: tuple[str, ...] = ()) -> list[str]:
    """The columns that the company filled in: neither ids nor what a profile adds.

    >>> own_columns(["customer_id", "email", "revenue"], "customer_id")
    ['email']
    """
    other = (customer, *COLUMNS, *added)
    return [name for name in columns if name not in other and not is_id(name)]
