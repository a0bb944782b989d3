"""One row a customer: everything that the rooms read, as of one day."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from custseg import frames
from custseg.errors import ConfigError, DataError
from custseg.features.base import Job
from custseg.features.byparts import made_in_parts
from custseg.features.completion.spec import Completeness
from custseg.features.conventions import Conventions
from custseg.features.log import TransactionLog
from custseg.features.making import Manner, Profiled, made
from custseg.features.names import Names, names_of
from custseg.features.partitioned import PartitionedLog
from custseg.features.sentiment.reader import Reader
from custseg.features.sentiment.strategy import Sentiment
from custseg.frames import Table

_LOG = logging.getLogger(__name__)

__all__ = ["Profiled", "profile", "profile_report"]


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
    manner = Manner(completeness or Completeness(), sentiment or Sentiment())
    if job.lazy:
        _LOG.info("profile as of day %d: left to the engine", job.until)
        return made_in_parts(job, manner)
    done = made(job, manner)
    _LOG.info("profile: %d customers, %d have bought", done.report.customers, done.report.bought)
    return done


def _job(
    given: Mapping[str, object],
    names: Names | Mapping[str, Names] | None,
    conventions: Conventions | None,
    as_of: date | str,
) -> Job:
    log, tables = _log(given["transactions"]), _opened(given)
    columns = {name: table.columns for name, table in tables.items()}
    if log is None:
        how = conventions or Conventions()
        return Job(tables, names_of(names, columns), how, how.day(as_of))
    if conventions is not None and conventions != log.conventions:
        msg = "differ from those that the log was read with; leave them out, or read it again"
        raise ConfigError(msg, "conventions")
    how, until = log.conventions, log.conventions.day(as_of)
    if isinstance(log, PartitionedLog):
        tables["transactions"] = log.table
        known = names_of(names, {**columns, "transactions": log.table.columns})
        return Job(tables, {**known, "transactions": log.names}, how, until)
    known = names_of(names, {**columns, "transactions": _columns_of(log)})
    return Job(tables, {**known, "transactions": log.names}, how, until, log)


def _log(transactions: object) -> TransactionLog | PartitionedLog | None:
    if not isinstance(transactions, TransactionLog | PartitionedLog):
        return None
    if isinstance(transactions, PartitionedLog) and transactions.limited:
        msg = "a log that leaves days out has no profile; give the whole log, and as_of"
        raise DataError(msg)
    return transactions


def _opened(given: Mapping[str, object]) -> dict[str, Table[Any]]:
    return {
        name: frames.table(data)
        for name, data in given.items()
        if data is not None and not isinstance(data, TransactionLog | PartitionedLog)
    }


def _columns_of(log: TransactionLog) -> tuple[str, ...]:
    return tuple(log.columns.values()) or log.names.expected("transactions")
