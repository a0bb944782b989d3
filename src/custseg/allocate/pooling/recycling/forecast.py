"""What returns to the pool on each of the next days if nothing happens."""

from collections.abc import Mapping
from math import fsum
from typing import Generic, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.allocate.pooling.recycling.recycled import Recycled
from custseg.allocate.pooling.terms.daycount import as_date
from custseg.allocate.pooling.terms.naming import DUE, REASON
from custseg.allocate.pooling.terms.protection import check_days
from custseg.allocate.wishing.columns import codes, numbers
from custseg.frames import Tabled
from custseg.labels import filled, label, title
from custseg.layout import html_table

T = TypeVar("T")


@attrs.frozen(eq=False, repr=False)
class PoolForecast(Tabled, Generic[T]):
    """The returns of the next days, if nobody does anything.

    Attributes:
        recycled: The customers on the first day.
        days: How many days are looked at.
        value: A column of the customers to add up, such as ``revenue``.
        other: The same customers under another rule.

    >>> from custseg.allocate import NoFollowUp, Pool
    >>> rows = [
    ...     {"customer_id": n, "owner": "A", "received_at": f"2026-06-{n:02d}", "won": 0}
    ...     for n in (1, 5, 20)
    ... ]
    >>> rows = [{**row, "last_follow_up": None} for row in rows]
    >>> sea, slow = Pool(clocks=[NoFollowUp(30)]), Pool(clocks=[NoFollowUp(33)])
    >>> soon = sea.simulate(rows, "2026-07-02", days=7, changed=slow)
    >>> print(soon.text())
    7 days from 2026-07-02: 2 customers return, 1 of them is due already
      - 2026-07-02: 1
      - 2026-07-06: 1
    under the other rule: 0 more, 0 fewer, 0 sooner, 2 later
    """

    recycled: Recycled[T]
    days: int
    value: str | None = None
    other: "PoolForecast[T] | None" = None

    def __attrs_post_init__(self) -> None:
        """Refuse a time that is none."""
        check_days("days", self.days)

    def __repr__(self) -> str:
        """The first line."""
        return f"<PoolForecast: {self.text().splitlines()[0]}>"

    @property
    def first(self) -> float:
        """The first day."""
        return self.recycled.reach.as_of

    @property
    def on(self) -> Floats:
        """The day each customer returns, NaN for those that do not within the time."""
        returns = np.maximum(self.recycled.sea.returns, self.first)
        return np.where(returns <= self.first + self.days, returns, np.nan)

    @property
    def rows(self) -> Index:
        """The rows that return, in the order of the table."""
        return np.flatnonzero(~np.isnan(self.on))

    @property
    def table(self) -> T:
        """The customers that return, with all columns."""
        from custseg.frames import table  # noqa: PLC0415 - the package of tables, loaded once

        return cast("T", table(self.recycled.table).take(self.rows))

    @property
    def overdue(self) -> int:
        """How many of them are due already."""
        return self.recycled.sea.within(DUE).size

    @property
    def by_day(self) -> Mapping[str, int]:
        """Day -> customers, for each day from the first on; who is due already is on the first."""
        places = (self.on[self.rows] - self.first).astype(np.int64)
        many = np.bincount(places, minlength=self.days + 1)
        return {as_date(self.first + k).isoformat(): n for k, n in enumerate(many.tolist())}

    def by(self, column: str) -> Mapping[str, Mapping[str, float]]:
        """Customers and value by the words of a column: owner, tier, ``pool``, ``pool_reason``.

        Args:
            column: A column of the customers; ``pool_reason`` is what returns each.
        """
        words = self._words(column)
        worth, rows = self._worth(), self.rows
        out: dict[str, dict[str, float]] = {}
        at = words.at[rows]
        for place in sorted(set(at.tolist()), key=lambda one: _word(words, one)):
            here = rows[at == place]
            told: dict[str, float] = {"customers": here.size}
            if worth is not None:
                known = worth[here][np.isfinite(worth[here])]
                told["value"] = fsum(known.tolist())
                told["value_unknown"] = here.size - known.size
            out[_word(words, place)] = told
        return out

    def daily(self, column: str) -> Mapping[str, tuple[int, ...]]:
        """Customers of each day, in the order of ``by_day``, by the words of a column.

        Args:
            column: As ``by`` takes it.
        """
        words, rows = self._words(column), self.rows
        day = (self.on[rows] - self.first).astype(np.int64)
        wide, at = self.days + 1, words.at[rows]
        out: dict[str, tuple[int, ...]] = {}
        for place in sorted(set(at.tolist()), key=lambda one: _word(words, one)):
            counts = np.bincount(day[at == place], minlength=wide)
            out[_word(words, place)] = tuple(counts.tolist())
        return out

    @property
    def change(self) -> Mapping[str, int]:
        """How the other rule differs: customers more, fewer, sooner and later; empty without."""
        if self.other is None:
            return {}
        mine, theirs = self.on, self.other.on
        here, there = ~np.isnan(mine), ~np.isnan(theirs)
        mine_all, other_all = self._day(self), self._day(self.other)
        both = ~np.isnan(mine_all) & ~np.isnan(other_all) & (here | there)
        return {
            "more": int((there & np.isnan(mine_all)).sum()),
            "fewer": int((here & np.isnan(other_all)).sum()),
            "sooner": int((both & (other_all < mine_all)).sum()),
            "later": int((both & (other_all > mine_all)).sum()),
        }

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        names = self.recycled.reach.names
        known = self.recycled.given.columns
        return {
            "as_of": as_date(self.first).isoformat(),
            "days": self.days,
            "by_day": dict(self.by_day),
            "by_reason": {k: dict(v) for k, v in self.by(REASON).items()},
            "by_rep": {k: dict(v) for k, v in self.by(names.owner).items()},
            "by_level": {k: dict(v) for k, v in self.by(names.level).items()}
            if names.level in known
            else {},
            "change": dict(self.change),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: how many return, on which days, what the other rule would change.

        Args:
            locale: ``en`` or ``zh``.
        """
        told = {
            "days": self.days,
            "as_of": as_date(self.first).isoformat(),
            "returns": self.rows.size,
            "overdue": self.overdue,
        }
        lines = [filled(label("forecast.summary", locale), **told)]
        lines += [f"  - {day}: {many}" for day, many in self.by_day.items() if many]
        if self.other is not None:
            lines.append(label("forecast.diff", locale).format(**self.change))
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(day, many) for day, many in self.by_day.items() if many]
        return html_table((title("day", locale), title("customers", locale)), rows)

    def _day(self, other: "PoolForecast[T]") -> Floats:
        """The day of return, whenever; today for who is due already."""
        return np.maximum(other.recycled.sea.returns, other.first)

    def _words(self, column: str) -> Codes:
        if column == "pool":
            names = tuple(pool.name for pool in self.recycled.reach.pools)
            return Codes(self.recycled.sea.pool, names)
        if column == REASON:
            return Codes(self.recycled.sea.clock, self.recycled.sea.words)
        return codes(self.recycled.given.read({column: "text"}), column)

    def _worth(self) -> Floats | None:
        if self.value is None:
            return None
        return numbers(self.recycled.given.read({self.value: "number"}), self.value)


def _word(words: Codes, place: int) -> str:
    return words.words[place] if place >= 0 else ""
