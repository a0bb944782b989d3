"""Profiles of tables that an engine holds: each partition of customers is profiled for itself."""

from collections.abc import Mapping
from typing import Any

import attrs

from custseg import frames
from custseg.features.accounts import counted, profile_report_of
from custseg.features.base import BROUGHT, Job
from custseg.features.conventions import Conventions
from custseg.features.currencies import with_currency
from custseg.features.daynumbers import as_date
from custseg.features.making import Manner, Profiled, made
from custseg.features.names import Names
from custseg.features.products import MONTHS
from custseg.features.report import ProfileReport
from custseg.frames import Share, Table


@attrs.frozen
class PartProfile:
    """The profile of a partition: what travels to where the rows are.

    Attributes:
        names: What the columns of each table are called.
        conventions: How days and money are counted.
        until: The last day that counts.
        manner: How a profile is made.
    """

    names: Mapping[str, Names]
    conventions: Conventions
    until: int
    manner: Manner

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """The profile of the customers of a partition."""
        return self.made(tables).table

    def made(self, tables: Mapping[str, Table[Any]]) -> Profiled:
        """The profile with its report."""
        return made(Job(tables, self.names, self.conventions, self.until), self.manner)


@attrs.frozen
class PartReport:
    """The counts of a partition's profile.

    Attributes:
        profile: The profile.
    """

    profile: PartProfile

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """A few rows of counts."""
        like = next(iter(tables.values()))
        return like.build(counted(self.profile.made(tables).report))


def made_in_parts(job: Job, manner: Manner) -> Profiled:
    """Profile tables of an engine; its report is worked out when it is asked for.

    Args:
        job: What is to be read, and how.
        manner: How a profile is made of it.

    Raises:
        MissingColumnError: A named or needed column is not there.
        DataError: Amounts are in several currencies and there are no rates, or tables are of
            several engines.
    """
    how = job.conventions
    if (source := job.whole("transactions")) is not None:
        how = with_currency(source)
    work = PartProfile(job.names, how, job.until, manner)
    given = shares(job)
    work.made(_without_rows(job))

    def report() -> ProfileReport:
        order = tuple(name for name in given if name not in {"customers", BROUGHT})
        sums = frames.totals(given, PartReport(work))
        return profile_report_of(sums, as_date(job.until), order)

    table = frames.table(frames.by_customer(given, work, like=job.leading))
    return Profiled(table.labelled({"favourite_month": MONTHS}), report)


def _without_rows(job: Job) -> dict[str, Table[Any]]:
    """The tables with all their columns: the error that lacks one tells those that are there."""
    wholes = {name: job.whole(name) for name in job.tables}
    return {name: source.table.empty() for name, source in wholes.items() if source is not None}


def shares(job: Job) -> dict[str, Share]:
    """What of each table travels: all columns of the customers, of the others those read.

    Args:
        job: What is to be read.

    Raises:
        MissingColumnError: A named or needed column is not there.
    """
    out: dict[str, Share] = {}
    for name in job.tables:
        source = job.whole(name)
        assert source is not None  # noqa: S101 - it is one of the tables
        known = source.table.columns
        read = known if name == "customers" else tuple(source.columns.values())
        out[name] = Share(source.table, source.columns["customer"], read)
        if name == "customers" and source.has("referrer"):
            roles = ("customer", "referrer", "joined")
            named = tuple(source.columns[role] for role in roles if source.has(role))
            out[BROUGHT] = Share(source.table, source.columns["referrer"], named, known_only=True)
    return out
