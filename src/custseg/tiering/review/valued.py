"""What was each customer worth at each review?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Days, Floats, Index, Ints
from custseg.errors import ConfigError, DataError
from custseg.features import TransactionLog
from custseg.features.daynumbers import as_date, days_of
from custseg.frames import Table, Tabled, amounts
from custseg.tiering.review.windows import RollingWindow, Window


@attrs.frozen(eq=False)
class ValueHistory(Tabled):
    """The value of each customer at each review.

    Attributes:
        dates: The days of the reviews, ascending.
        values: One row a date, one column a customer; NaN before the first purchase, and where a
            value is not known.
        first: Day of the first purchase, NaN where it is not known.
        ids: The customers' ids, in the order of the columns.
        customer: What the column of the ids is called.
        like: A table of the kind that answers have.
        nameless: Rows that were left out because they have no id.

    >>> history = ValueHistory.of(
    ...     [
    ...         {"customer_id": "a", "as_of": "2026-01-31", "revenue": 10.0},
    ...         {"customer_id": "a", "as_of": "2026-02-28", "revenue": 12.0},
    ...         {"customer_id": "b", "as_of": "2026-02-28", "revenue": 7.0},
    ...     ]
    ... )
    >>> history.values.tolist(), list(history.ids)
    ([[10.0, nan], [12.0, 7.0]], ['a', 'b'])
    """

    dates: tuple[date, ...]
    values: Floats
    first: Floats
    ids: Any
    customer: str
    like: Table[Any]
    nameless: int = 0

    @classmethod
    def of(
        cls,
        table: object,
        *,
        customer: str = "customer_id",
        as_of: str = "as_of",
        value: str = "revenue",
    ) -> "ValueHistory":
        """Read a table of one row a customer and review.

        Args:
            table: Records or a frame.
            customer: The column of the customer's id.
            as_of: The column of the review's day.
            value: The column that says what the customer was worth.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row has no day, or a customer has two rows on one day.
        """
        opened = frames.table(table)
        cols = opened.read({as_of: "day", value: "number"})
        keys = opened.keys(customer)
        day: Any = cols[as_of]
        worth: Any = cols[value]
        known = keys.at >= 0
        if lost := int(np.isnan(day[known]).sum()):
            msg = f"{lost} rows have no day of review"
            raise DataError(msg, as_of)
        days, place = np.unique(day[known], return_inverse=True)
        spot = place * len(keys.uniques) + keys.at[known]
        if len(np.unique(spot)) < len(spot):
            msg = "a customer has several values on one day; give one row a customer and review"
            raise DataError(msg, customer)
        values = np.full((len(days), len(keys.uniques)), np.nan)
        values.ravel()[spot] = worth[known]
        first = _first_known(days, values)
        lost = int(np.count_nonzero(~known))
        return cls(_dates(days), values, first, keys.ids(), customer, _like(opened), lost)

    @property
    def days(self) -> Floats:
        """The dates as days since 1970-01-01."""
        return days_of(self.dates).astype(np.float64)

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a customer and review: its id, ``as_of``, ``revenue`` and ``tenure_days``.

        >>> ValueHistory.of([{"customer_id": "a", "as_of": "2026-01-31", "revenue": 10.0}]).table[
        ...     0
        ... ]["tenure_days"]
        0.0
        """
        when, who = np.nonzero(~np.isnan(self.values))
        return self.like.build(
            {
                self.customer: np.asarray(self.ids, dtype=object)[who].tolist(),
                "as_of": Days(self.days[when]),
                "revenue": self.values[when, who],
                "tenure_days": self.days[when] - self.first[who],
            }
        )


def values_at(
    log: TransactionLog,
    dates: Iterable[date | str],
    window: Window | None = None,
) -> ValueHistory:
    """The money of each customer within a window, at the end of each review's day.

    Refunds are taken off as the log's conventions say. A customer has no value before the first
    purchase, and 0 where nothing was bought within the window. Nothing after a date counts at it.

    Args:
        log: The transactions.
        dates: The days of the reviews.
        window: Over which time it is added up; the last 12 months if not said.

    Raises:
        ConfigError: A date cannot be read, or there is none.

    >>> log = TransactionLog.of(
    ...     [
    ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
    ...         {"customer_id": "a", "at": "2026-02-05", "amount": 60},
    ...         {"customer_id": "b", "at": "2026-02-20", "amount": 9},
    ...     ]
    ... )
    >>> values_at(log, ["2026-01-31", "2026-02-28"], RollingWindow(30)).values.tolist()
    [[40.0, nan], [60.0, 9.0]]
    """
    days = np.unique([log.conventions.day(day) for day in dates]).astype(np.int64)
    if not days.size:
        msg = "there is no date; give the day of at least one review"
        raise ConfigError(msg, "dates")
    rows = log.rows
    first = _first_bought(rows.code, rows.day, rows.units >= 0, rows.size)
    bought: Bools = ~np.isnan(first[rows.code])
    code, day, units = (part[bought].astype(np.int64) for part in (rows.code, rows.day, rows.units))
    came, went = (window or RollingWindow()).counted(day, first[code].astype(np.int64), days)
    worth = np.zeros((len(days) + 1, rows.size), dtype=np.int64)
    flat, size = worth.reshape(-1), rows.size
    np.add.at(flat, np.minimum(came, len(days)) * size + code, units)
    np.subtract.at(flat, np.minimum(went, len(days)) * size + code, units)
    values = amounts(np.cumsum(worth[:-1], axis=0))
    values[days[:, None] < np.where(np.isnan(first), np.inf, first)] = np.nan
    everybody = np.arange(rows.size)
    order = log.ids.in_order(everybody)
    ids: Any = log.ids.take(order)
    return ValueHistory(_dates(days), values[:, order], first[order], ids, log.ids.column, log.like)


def _first_bought(code: Index, day: Index, bought: Bools, size: int) -> Floats:
    first = np.full(size, np.inf)
    np.minimum.at(first, code[bought], day[bought].astype(np.float64))
    first[np.isinf(first)] = np.nan
    return first


def _first_known(days: Floats, values: Floats) -> Floats:
    known: Bools = ~np.isnan(values)
    if not days.size:
        return np.empty(0)
    return np.where(known.any(axis=0), days[known.argmax(axis=0)], np.nan)


def _dates(days: "Floats | Ints") -> tuple[date, ...]:
    return tuple(as_date(day) for day in days)


def _like(opened: Table[Any]) -> Table[Any]:
    return opened if opened.lazy else frames.table(opened.take(np.empty(0, dtype=np.intp)))
