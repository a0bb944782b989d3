"""From which transactions, and from which day on, is the past of a job's customers told?"""

from datetime import date, timedelta
from typing import Final

from custseg.errors import ConfigError
from custseg.features import Conventions, Names, TransactionLog
from custseg.features.daynumbers import as_date
from custseg.pipeline.run import Run

_YEARS_BACK: Final = 2


def log_of(run: Run) -> TransactionLog:
    """The transactions of a job, under the ids that merged customers have.

    Raises:
        ConfigError: It has none.
    """
    table = run.prepared.histories.get("transactions")
    if table is None:
        msg = "what became of customers over time needs transactions; the job has none"
        raise ConfigError(msg, "tables.transactions")
    if isinstance(table, TransactionLog):
        return table
    names: dict[str, Names] = getattr(run.policy, "names", {})
    how: Conventions = getattr(run.policy, "conventions", Conventions())
    return TransactionLog.of(table, names.get("transactions"), conventions=how)


def beginning(log: TransactionLog, since: date | str | None, as_of: date) -> date:
    """The first day of a history: as said, or two years back, or that of the first purchase.

    Raises:
        ConfigError: ``since`` is no date, or after ``as_of``.
    """
    if since is None:
        days = log.occasions(as_of=as_of).day
        back = as_of - timedelta(365 * _YEARS_BACK)
        return max(back, as_date(days.min())) if len(days) else back
    begin = _date(since)
    if begin > as_of:
        msg = f"must not be after the day of the job, {as_of.isoformat()}"
        raise ConfigError(msg, "since")
    return begin


def _date(day: date | str) -> date:
    try:
        return as_date(Conventions().day(day))
    except ConfigError as error:
        msg = "must be a date such as 2026-06-30"
        raise ConfigError(msg, "since") from error
