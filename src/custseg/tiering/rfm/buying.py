"""What customers bought lately: the measures of RFM, from a log of transactions."""

from datetime import date
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Days, Floats, Index, Ints
from custseg.features import TransactionLog
from custseg.features.kernel import Block, measure, penniless
from custseg.features.periods import whole
from custseg.frames import amounts

_EVER: Final = -(2**31)


@attrs.frozen(eq=False)
class Lately:
    """The purchases of each customer, those of a window counted.

    Attributes:
        since: Days after this one are in the window.
        net_days: Whether a day that leaves no money is no purchase day.
        days: Purchase days in the window.
        first: First purchase day of all.
        last: Last purchase day of all; 0 together with ``first`` where never bought.
        orders: Purchases in the window.
        net: Money of the window, refunds taken off.
        bought: Whether the customer has ever bought.
    """

    since: int
    net_days: bool
    days: Ints
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    orders: Ints
    net: Ints
    bought: Bools

    @classmethod
    def blank(cls, size: int, since: int, *, net_days: bool) -> "Lately":
        """Nothing of anybody yet."""
        first, last = np.zeros((2, size), dtype=np.int32)
        days, orders, net = np.zeros((3, size), dtype=np.int64)
        return cls(since, net_days, days, first, last, orders, net, np.zeros(size, dtype=np.bool_))

    def add(self, block: Block) -> None:
        """Write the figures of one block."""
        here = slice(block.low, block.high)
        who, start, end = block.who, block.start, block.end
        self.first[here][who] = block.occasion.take(start)
        self.last[here][who] = block.occasion.take(end - 1)
        self.bought[here][who] = True
        self.days[here][who] = self._recent(block)
        self._money(block, self.orders[here], self.net[here])

    def _recent(self, block: Block) -> Index:
        """Purchase days of each buyer in the window."""
        if self.since == _EVER:
            return block.end - block.start
        passed = np.concatenate(([0], np.cumsum(block.occasion > self.since)))
        counted: Index = passed.take(block.end) - passed.take(block.start)
        return counted

    def _money(self, block: Block, orders: Ints, net: Ints) -> None:
        code, units = block.code, block.units
        buys = units >= 0
        if self.net_days:
            span = int(block.day.max()) - int(block.day.min()) + 1
            buys &= ~penniless(code.astype(np.int64) * span + block.day, units)
        if self.since != _EVER:
            late = np.flatnonzero(block.day > self.since)
            code, units, buys = code.take(late), units.take(late), buys.take(late)
        orders += np.bincount(code if buys.all() else code[buys], minlength=len(orders))
        np.add.at(net, code, units)


def rfm_measures(log: TransactionLog, *, as_of: date | str, window_days: int | None = None) -> Any:  # noqa: ANN401 - the caller's kind
    """The measures of recency, frequency and money of each customer who has bought.

    Columns have the names and the meaning of a profile's: ``recency_days`` and ``tenure_days``
    (since the last and the first purchase of all), ``orders`` (purchases), ``frequency``
    (purchase days), ``revenue`` (money, refunds taken off as the log's conventions say) and
    ``average_order``. With a window the last four are of its days only, while the customer keeps
    its last purchase: who bought before the window has 0, not nothing. Nothing after ``as_of``
    counts; who has never bought has no row.

    Args:
        log: The transactions.
        as_of: The last day that counts, to its end, on the company's clock.
        window_days: Days of the window, which ends with ``as_of``; ``None``: all there is.

    Returns:
        The kind of table that the log was made of. ``orders`` and ``average_order`` are null where
        orders have ids, which a log does not hold; ``revenue`` where there are no amounts.

    Raises:
        ConfigError: ``as_of`` is not a date, or the window is no whole number of days.

    >>> log = TransactionLog.of(
    ...     [
    ...         {"customer_id": "a", "at": "2025-01-05", "amount": 10.05},
    ...         {"customer_id": "a", "at": "2026-06-01", "amount": 40},
    ...         {"customer_id": "b", "at": "2025-02-01", "amount": 7},
    ...     ]
    ... )
    >>> rows = rfm_measures(log, as_of="2026-06-30", window_days=365)
    >>> [(row["recency_days"], row["frequency"], row["revenue"]) for row in rows]
    [(29.0, 1, 40.0), (514.0, 0, 0.0)]
    """
    until, rows = log.conventions.day(as_of), log.rows
    since = _EVER if window_days is None else until - whole(window_days, "window_days")
    told = Lately.blank(rows.size, since, net_days=rows.counting.net_days)
    measure(rows, until, told)
    bought = np.flatnonzero(told.bought)
    who = log.ids.in_order(bought)
    every = slice(None) if who is bought and len(who) == rows.size else who
    columns = _columns(told, every, until, log)
    return log.like.build({log.ids.column: log.ids.take(every), **columns})


def _columns(told: Lately, who: Index | slice, until: int, log: TransactionLog) -> dict[str, Any]:
    counted, revenue = told.orders[who], amounts(told.net[who])
    if not log.priced:
        revenue[:] = np.nan
    orders: Ints | Floats = counted
    if "order" in log.columns:  # ids of orders are not in a log, and rows are not orders then
        orders = np.full(len(counted), np.nan)
    average: Floats = revenue / np.maximum(orders, 1)
    average[counted == 0] = 0.0
    return {
        "as_of": Days(np.full(len(counted), float(until))),
        "recency_days": until - told.last[who].astype(np.float64),
        "tenure_days": until - told.first[who].astype(np.float64),
        "orders": orders,
        "frequency": told.days[who],
        "revenue": revenue,
        "average_order": average,
    }
