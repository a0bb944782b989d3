"""Where does growth in money come from: the worth of active customers, period by period."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Index, Ints
from custseg.classify.replay.grid import StateGrid
from custseg.errors import ConfigError, DataError
from custseg.features import TransactionLog
from custseg.features.daynumbers import days_of
from custseg.frames import UNITS, amounts
from custseg.labels import label
from custseg.layout import aligned, plain
from custseg.measures.intervals import ratio
from custseg.showing import Shown, sheet

_PARTS: Final = (
    *("start", "new", "resurrected", "expansion", "contraction", "churned", "end", "outside"),
)
_MOST: Final = 2**53


@attrs.frozen(eq=False)
class MoneyGrowth(Shown):
    """The worth of active customers from date to date.

    ``end = start + new + resurrected + expansion - contraction - churned``, to the last digit.

    Attributes:
        start: Worth of the active customers on the first date of each period.
        new: Worth, on the last, of those who had not bought before.
        resurrected: Worth, on the last, of those who were dormant on the first.
        expansion: What retained customers are worth more than on the first date.
        contraction: What retained customers are worth less.
        churned: Worth, on the first, of those who are no longer active on the last.
        end: Worth of the active customers on the last date.
        outside: Worth, on the last date, of customers who are not active: not in the sums.

    >>> classes = np.array([[2, 2, 3], [2, 3, 2]])
    >>> worth = np.array([[10.0, 20.0, 0.0], [15.0, 20.0, 7.0]])
    >>> money_growth(classes, worth, active=2, dormant=3).as_dict()["expansion"]
    [5.0]
    """

    start: Floats
    new: Floats
    resurrected: Floats
    expansion: Floats
    contraction: Floats
    churned: Floats
    end: Floats
    outside: Floats

    @property
    def quick_ratio(self) -> Floats:
        """Money won for each unit lost; NaN where none is lost."""
        won = self.new + self.resurrected + self.expansion
        return ratio(won, self.churned + self.contraction)

    @property
    def net_retention(self) -> Floats:
        """What the customers of the start are worth at the end, as a share of the start."""
        return ratio(self.start + self.expansion - self.contraction - self.churned, self.start)

    @property
    def columns(self) -> dict[str, Floats]:
        """The parts as columns of a table."""
        named = {f"{name}_money": getattr(self, name) for name in _PARTS}
        return {**named, "net_retention": self.net_retention}

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        parts: dict[str, object] = {name: getattr(self, name).tolist() for name in _PARTS}
        return {
            **parts,
            "quick_ratio": plain(self.quick_ratio),
            "net_retention": plain(self.net_retention),
        }

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return sheet(self, locale)

    def text(self, until: Sequence[str], locale: str = "en") -> str:
        """Lines to read, one a period."""
        head = [label(f"growth.{name}", locale) for name in ("until", *_PARTS)]
        rows = (
            (day, *(f"{getattr(self, name)[i]:,.2f}" for name in _PARTS))
            for i, day in enumerate(until)
        )
        return aligned(head, rows)


def money_growth(classes: Index, value: Floats, *, active: int, dormant: int) -> MoneyGrowth:
    """Divide the growth of a worth.

    Args:
        classes: Dates x customers: the class of each.
        value: Dates x customers: what each is worth; in whole 1/10000, so that sums are exact.
        active: The class of active customers.
        dormant: The class of dormant customers.

    Raises:
        DataError: The worth has another shape, or some of it is missing.
    """
    given = np.asarray(value, dtype=np.float64)
    if given.shape != classes.shape:
        size = f"{classes.shape}, got {given.shape}"
        msg = f"must have one row a date and one column a customer, {size}"
        raise DataError(msg, "value")
    parts = np.zeros((len(_PARTS), len(classes) - 1), dtype=np.int64)
    old = _units(given[0])
    for t, (was, now) in enumerate(pairwise(classes)):
        fresh = _units(given[t + 1])
        parts[:, t] = _divided(was, now, (old, fresh), active, dormant)
        old = fresh
    return MoneyGrowth(*(amounts(part) for part in parts))


def _divided(
    was: Index, now: Index, units: tuple[Ints, Ints], active: int, dormant: int
) -> tuple[int, ...]:
    """The parts of one period, in whole units."""
    old, fresh = units
    here, there = was == active, now == active
    stayed = np.flatnonzero(here & there)
    before, after = int(old[stayed].sum()), int(fresh[stayed].sum())
    more = int(np.maximum(fresh[stayed] - old[stayed], 0).sum())
    start, end = int(old[here].sum()), int(fresh[there].sum())
    back = int(fresh[there & (was == dormant)].sum())
    new, lost = end - after - back, start - before
    return start, new, back, more, before + more - after, lost, end, int(fresh.sum()) - end


def _units(value: Floats) -> Ints:
    scaled = value * UNITS
    if not (np.abs(scaled) < _MOST).all():
        msg = "holds values that are missing or too large; give every customer a number, 0 if none"
        raise DataError(msg, "value")
    return np.rint(scaled).astype(np.int64)


def revenue_asof(log: TransactionLog, grid: StateGrid, *, days: int = 365) -> Floats:
    """The revenue of each customer of a grid in the days up to each of its dates.

    What a customer was worth lately: with ``days=365`` the column ``revenue_365d`` of a profile.

    Args:
        log: The transactions.
        grid: States on several dates, from ``states_asof``.
        days: How many days, the date among them.

    Returns:
        Dates x customers, refunds taken off, for ``growth_accounting``.

    Raises:
        ConfigError: There is no day.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> grid = cs.classify.states_asof(log, ["2026-01-04", "2026-01-31", "2027-01-31"])
    >>> revenue_asof(log, grid).tolist()
    [[0.0], [40.0], [0.0]]
    """
    if days < 1:
        msg = f"must be 1 or more, got {days!r}"
        raise ConfigError(msg, "days")
    dates = days_of(grid.dates)
    rows, many = log.rows, log.rows.size
    # A transaction counts from the first date that is not before it, until it is too old.
    begin, end = (_dated(dates, rows.day, later) for later in (0, days))
    units = np.zeros(many)
    place = frames.align(log.ids.keys, grid.ids.keys)
    known, mine = np.flatnonzero(place >= 0), place[place >= 0]
    out = np.zeros((len(dates), len(place)))
    for date, some in enumerate(zip(begin, end, strict=True)):
        for sign, at in zip((1.0, -1.0), some, strict=True):
            units += sign * np.bincount(rows.code[at], rows.units[at], minlength=many)
        out[date, known] = units[mine] / UNITS
    return out


def _dated(dates: Ints, day: Index, later: int) -> list[Index]:
    """The rows that reach each date so many days after their own, and had not reached the last."""
    at = np.searchsorted(dates, day.astype(np.int64) + later).astype(np.int16)
    order = np.argsort(at, kind="stable")
    edges = np.searchsorted(at[order], np.arange(len(dates) + 1))
    return [order[low:high] for low, high in pairwise(edges.tolist())]
