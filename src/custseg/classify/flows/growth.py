"""Where does growth come from: new, resurrected and churned customers, period by period."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg._typing import Days, Floats, Index, Ints
from custseg.classify.flows.money import MoneyGrowth, money_growth
from custseg.classify.flows.moves import moves_of
from custseg.classify.ladder import CLASSES
from custseg.classify.replay.grid import StateGrid
from custseg.classify.replay.inparts import PartitionedGrid
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table, plain, ranged
from custseg.measures.intervals import quantile, ratio, wilson

_UNKNOWN, _POTENTIAL, _ACTIVE, _DORMANT = range(4)
_COUNTS = ("start", "new", "resurrected", "churned", "end", "retained", "passed")


@attrs.frozen(eq=False)
class GrowthAccounting(Tabled):
    """Active customers from date to date: ``end = start + new + resurrected - churned``.

    Attributes:
        dates: The dates; period i goes from date i to date i + 1.
        start: Active on the first date of each period.
        new: Active on the last, who had not bought before.
        resurrected: Active on the last, dormant on the first.
        churned: Active on the first, no longer on the last.
        end: Active on the last date of each period.
        passed: Who bought for the first time and was dormant again by the last date: neither at
            the start nor at the end.
        level: Share of repetitions in which an interval holds the true rate.
        money: The same in money, where it was given.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.period_ends("1997-03-31", "1998-06-30", unit="quarter")
    >>> lifecycle = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90))
    >>> grid = cs.classify.states_asof(log, days, lifecycle)
    >>> found = growth_accounting(grid)
    >>> found.start.tolist(), found.resurrected.tolist(), found.churned.tolist()
    ([2357, 521, 409, 400, 384], [0, 198, 200, 189, 130], [1836, 310, 209, 205, 215])
    """

    dates: tuple[date, ...]
    start: Ints
    new: Ints
    resurrected: Ints
    churned: Ints
    end: Ints
    passed: Ints
    level: float
    money: MoneyGrowth | None
    like: Table[Any]

    @property
    def retained(self) -> Ints:
        """Active on both dates of each period."""
        return self.start - self.churned

    @property
    def quick_ratio(self) -> Floats:
        """Customers won for each one lost, (new + resurrected) / churned; NaN where none is lost.

        Source: J. Hsu 2015, "Diligence at Social Capital Part 1: Accounting for User Growth".
        """
        return ratio(self.new + self.resurrected, self.churned)

    @property
    def retention(self) -> Floats:
        """Share of the start that is still active at the end; NaN where nobody was."""
        return ratio(self.retained, self.start)

    @property
    def churn(self) -> Floats:
        """Share of the start that is no longer active at the end; NaN where nobody was."""
        return ratio(self.churned, self.start)

    @property
    def churn_interval(self) -> tuple[Floats, Floats]:
        """Lower and upper ends of the churn rates (Wilson)."""
        return wilson(self.churned, self.start, self.level)

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a period, with rates and intervals; with money, its columns too."""
        day = days_of(self.dates).astype(np.float64)
        low, high = self.churn_interval
        return self.like.build(
            {
                "from_date": Days(day[:-1]),
                "to_date": Days(day[1:]),
                **{name: getattr(self, name) for name in _COUNTS},
                "quick_ratio": self.quick_ratio,
                "retention": self.retention,
                "churn": self.churn,
                "churn_low": low,
                "churn_high": high,
                **({} if self.money is None else self.money.columns),
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        low, high = self.churn_interval
        return {
            "dates": [day.isoformat() for day in self.dates],
            **{name: getattr(self, name).tolist() for name in _COUNTS},
            "quick_ratio": plain(self.quick_ratio),
            "retention": plain(self.retention),
            "churn": plain(self.churn),
            "churn_low": plain(low),
            "churn_high": plain(high),
            "level": self.level,
            "money": None if self.money is None else self.money.as_dict(),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read, one a period; then the same in money."""
        parts = [aligned(self._head(locale), self._rows())]
        if self.money is not None:
            until = [day.isoformat() for day in self.dates[1:]]
            parts.append(self.money.text(until, locale))
        return "\n\n".join(parts)

    def _head(self, locale: str) -> tuple[str, ...]:
        names = ("until", *_COUNTS, "quick_ratio", "churn")
        return tuple(label(f"growth.{name}", locale) for name in names)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        low, high = self.churn_interval
        for i, day in enumerate(self.dates[1:]):
            counts = [f"{getattr(self, name)[i]:,}" for name in _COUNTS]
            quick = "-" if np.isnan(self.quick_ratio[i]) else f"{self.quick_ratio[i]:.2f}"
            churn = ranged(self.churn[i], low[i], high[i])
            yield day.isoformat(), *counts, quick, churn

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(self._head(locale), self._rows())


def growth_accounting(
    grid: StateGrid | PartitionedGrid, *, value: Floats | None = None, level: float = 0.95
) -> GrowthAccounting:
    """Divide the growth of active customers into new, resurrected and churned.

    Args:
        grid: States on several dates, from ``states_asof``.
        value: What each customer is worth on each date (dates x customers), such as the revenue
            of a year up to it (``revenue_asof``): then growth is divided in money too.
        level: Share of repetitions in which an interval holds the true rate.

    Raises:
        NotEnoughDataError: The grid has fewer than two dates.
        ConfigError: The level is not strictly between 0 and 1, or ``value`` is given of customers
            in an engine.
        DataError: ``value`` has another shape, or some of it is missing.

    Source: J. Hsu 2015, "Diligence at Social Capital Part 1: Accounting for User Growth" (counts)
    and "Part 2: Accounting for Revenue Growth" (money).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.period_ends("1997-03-31", "1998-06-30", unit="quarter")
    >>> lifecycle = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90))
    >>> grid = cs.classify.states_asof(log, days, lifecycle)
    >>> found = growth_accounting(grid, value=cs.classify.revenue_asof(log, grid))
    >>> print(found.money.net_retention.round(2).tolist())
    [0.66, 0.69, 0.85, 0.65, 0.66]
    """
    quantile(level)
    moves, like = moves_of(grid)
    steps = moves.by_class(grid).steps
    arriving = steps[:, _UNKNOWN] + steps[:, _POTENTIAL]
    start, end = steps[:, _ACTIVE].sum(axis=1), steps[:, :, _ACTIVE].sum(axis=1)
    money = None
    if value is not None:
        if not isinstance(grid, StateGrid):
            msg = (
                "is one row a date and customer in memory, but the customers of this grid are in "
                "an engine; leave it out, or replay a TransactionLog"
            )
            raise ConfigError(msg, "value")
        money = money_growth(_classes(grid), value, active=_ACTIVE, dormant=_DORMANT)
    return GrowthAccounting(
        dates=grid.dates,
        start=start,
        new=arriving[:, _ACTIVE],
        resurrected=steps[:, _DORMANT, _ACTIVE],
        churned=start - steps[:, _ACTIVE, _ACTIVE],
        end=end,
        passed=arriving[:, _DORMANT],
        level=level,
        money=money,
        like=like,
    )


def _classes(grid: StateGrid) -> Index:
    """The class of each customer on each date, counted from 1; 0 = not known yet."""
    places = [1 + CLASSES.index(grid.class_of(word)) for word in grid.words]
    return np.array([*places, _UNKNOWN], dtype=np.int8)[grid.states]
