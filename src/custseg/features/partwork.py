"""Work on transactions as it travels: each partition is read as a small log."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg.features.accounts import counted_rows
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.features.summary import Form
from custseg.frames import Table

LogWork = Callable[[TransactionLog], object]
"""What is done with the transactions of some customers, all of theirs: a native table.

It is importable by name: a function of a module, or an attrs object of one. It also gets a log
without rows, and answers with the same columns then.
"""

NAME: Final = "transactions"
"""The table that travels."""


@attrs.frozen
class Part:
    """Work on the transactions of a partition, as it travels.

    Attributes:
        names: What the columns are called.
        conventions: How days and money are counted.
        days: Transactions count after the first and up to the last of these.
        work: What is done with them.
    """

    names: Names
    conventions: Conventions
    days: tuple[int | None, int | None]
    work: LogWork

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """Read the rows and work on them."""
        return self.work(self.read(tables))

    def read(self, tables: Mapping[str, Table[Any]]) -> TransactionLog:
        """The transactions of a partition as a log."""
        return self.log(tables[NAME])

    def log(self, rows: Table[Any]) -> TransactionLog:
        """The rows as a log."""
        return self.within(TransactionLog.of(rows, self.names, conventions=self.conventions))

    def within(self, log: TransactionLog) -> TransactionLog:
        """The transactions of the days that count."""
        since, last = self.days
        if last is not None:
            log = log.until(as_date(last))
        return log if since is None else log.after(as_date(since))


@attrs.frozen
class Summary:
    """The summary of a partition.

    Attributes:
        form: How it is made.
        until: The last day that counts.
    """

    form: Form
    until: int

    def __call__(self, log: TransactionLog) -> object:
        """The summary of these customers."""
        told = log.told(self.form, self.until)
        return log.like.build(log.summary_columns(told, self.until))


def row_counts(log: TransactionLog) -> object:
    """What became of the rows of a partition."""
    return log.like.build(counted_rows(log.report))


def last_days(log: TransactionLog) -> object:
    """The day of the last transaction of a partition, as a number."""
    days = [int(batch.rows.day.max()) for batch in log.batches if len(batch)]
    return log.like.build({"last": np.array([max(days, default=np.nan)], dtype=np.float64)})
