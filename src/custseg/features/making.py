"""One row a customer, made from tables in memory: all of them, or a partition's."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Column
from custseg.features.base import Base, Job, base_of
from custseg.features.complaints import matters
from custseg.features.completion.spec import Completeness
from custseg.features.contact import contact
from custseg.features.daynumbers import as_date
from custseg.features.deals import deals, read_deals
from custseg.features.events import Events, Source, read_events
from custseg.features.joining import known_days
from custseg.features.layout import COLUMNS, in_order
from custseg.features.names import Names
from custseg.features.referral import referrals
from custseg.features.report import ProfileReport
from custseg.features.sentiment.reader import Reader
from custseg.features.tone import tone
from custseg.features.trade import purchase_columns
from custseg.features.visits import visits
from custseg.features.voice import voice
from custseg.frames import Tabled
from custseg.progress import tell
from custseg.values.columns import is_id

_STEPS: Final = (
    *("transactions", "interactions", "feedback", "visits", "opportunities", "words"),
    "customers",
)


@attrs.frozen(eq=False)
class Profiled(Tabled):
    """A profile with its report.

    The report of a lazy profile is worked out when it is asked for.

    Attributes:
        table: One row a customer, the caller's kind of table.
        report: What became of every row of every table.

    >>> from custseg.features import profile_report
    >>> done = profile_report([{"customer_id": "a"}], as_of="2026-06-30")
    >>> done.table[0]["customer_id"], done.report.customers
    ('a', 1)
    """

    table: Any
    _report: ProfileReport | Callable[[], ProfileReport] = attrs.field(repr=False)

    @cached_property
    def report(self) -> ProfileReport:
        """What became of every row of every table."""
        return self._report() if callable(self._report) else self._report


@attrs.frozen
class Manner:
    """How a profile is made of what was read.

    Attributes:
        completeness: Which columns of the customers make a profile complete.
        sentiment: How the words of feedback and interactions are read.
    """

    completeness: Completeness
    sentiment: Reader


def made(job: Job, manner: Manner) -> Profiled:
    """Make a profile of the tables of a job.

    Args:
        job: What is to be read, and how.
        manner: How a profile is made of it.

    Raises:
        DataError: A customer has two rows, or none of the tables says who the customers are.
    """
    _at("transactions")
    base = base_of(job)
    events = _events(job, base, manner.sentiment)
    own = _own(base, manner.completeness, job)
    found = {**events.columns, **own}
    table = base.table.attach(in_order(found, base.keys.at, job.until))
    days = found.get("frequency")
    bought = int(np.count_nonzero(days)) if isinstance(days, np.ndarray) else 0
    counts = tuple(each.sieve.report for each in events.read)
    return Profiled(table, ProfileReport(as_date(job.until), len(base.keys.at), bought, counts))


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
        _at("interactions")
        read.append(read_events(source, base.people, job.until))
        columns |= contact(read[-1], job.until)
    if (source := job.source("feedback")) is not None:
        _at("feedback")
        read.append(read_events(source, base.people, job.until))
        columns |= {**voice(read[-1]), **matters(read[-1], job.until)}
    if (source := job.source("visits")) is not None:
        _at("visits")
        read.append(read_events(source, base.people, job.until))
        columns |= visits(read[-1], job.until)
    if (source := job.source("opportunities")) is not None:
        _at("opportunities")
        read.append(read_deals(source, base.people, job.until))
        columns |= deals(read[-1], job.until)
    _at("words")
    columns |= tone(read, job.until, sentiment)
    return _Found(columns, tuple(read))


def _at(step: str) -> None:
    """Tell whoever listens which table comes now."""
    tell(step, _STEPS.index(step), len(_STEPS))


def _own(base: Base, completeness: Completeness, job: Job) -> Mapping[str, Column]:
    """What the table of customers itself says."""
    _at("customers")
    rows = base.keys.first
    added = ("source",) if _renames_source(base.names) else ()
    counted = own_columns(base.table.columns, base.names.customer, added)
    local = attrs.evolve(completeness, tz=job.conventions.tz)
    full = local.of(base.table, counted, as_of=as_date(job.until))[rows]
    columns: dict[str, Column] = {"completeness": full}
    if "customers" in job.tables:
        source = Source.whole("customers", base.table, base.names, job.conventions)
        columns.update(referrals(source, base.keys, job.until, job.brought))
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
