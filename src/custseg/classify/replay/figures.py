"""What is known of a customer after each purchase, from purchase days alone."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.features import Occasions

_TWO: Final = 2  # gaps that make a rhythm, as in a profile


@attrs.frozen(eq=False)
class Prior:
    """Purchases before those whose days are at hand: one figure a customer.

    Attributes:
        frequency: Purchase days, 0 for none.
        first_purchase: The first of them, NaN for none.
        last_purchase: The last of them.
        gap_last_days: The gap before the last.
        gap_squares: Sum of the squares of the gaps.
        gap_max_days: The longest gap.
        last_contact: The last day of contact.

    >>> Prior.none(2).frequency.tolist()
    [0.0, 0.0]
    """

    frequency: Floats
    first_purchase: Floats
    last_purchase: Floats
    gap_last_days: Floats
    gap_squares: Floats
    gap_max_days: Floats
    last_contact: Floats

    @classmethod
    def none(cls, size: int) -> "Prior":
        """Nobody has bought before."""
        zero, unknown = np.zeros(size), np.full(size, np.nan)
        return cls(zero, unknown, unknown, unknown, zero, unknown, unknown)

    @classmethod
    def after(
        cls, bought: Occasions, contact: Occasions | None, before: "Prior | None" = None
    ) -> "Prior":
        """All that is known once these purchases and contacts have been made, too."""
        start = before or cls.none(bought.size)
        who = np.flatnonzero(bought.count)
        last = bought.offset[1:][who] - 1
        each = Bought(bought, bought.code, before)
        made: dict[str, Floats] = {}
        for name in KNOWN:
            if name in _CARRIED:
                made[name] = getattr(start, name).copy()
                made[name][who] = figure(name, each)[last]
        met = start.last_contact.copy()
        if contact is not None:
            talked = contact.count > 0
            met[talked] = contact.day[contact.offset[1:][talked] - 1]
        return cls(**made, last_contact=met)

    def figure(self, name: str) -> Floats:
        """A figure of ``KNOWN`` after the last of these purchases."""
        if name not in {"gap_mean_days", "gap_cv"}:
            found: Floats = getattr(self, name)
            return found
        gaps, span = self.frequency - 1, self.last_purchase - self.first_purchase
        mean = _mean(gaps, span)
        return mean if name == "gap_mean_days" else _cv(gaps, span, self.gap_squares)


@attrs.frozen(eq=False)
class Bought:
    """Purchase days, one row each.

    Attributes:
        days: The days.
        code: Customer of each.
        prior: What was before them.
    """

    days: Occasions
    code: Index
    prior: Prior | None = None

    @property
    def begins(self) -> Index:
        """Where the days of each customer begin who has any."""
        return self.days.offset[:-1][self.days.count > 0]

    def first_purchase(self) -> Floats:
        """The first purchase day."""
        count = self.days.count
        first = np.repeat(self.days.day.take(self.begins).astype(np.float64), count[count > 0])
        return first if self.prior is None else np.fmin(first, self.prior.first_purchase[self.code])

    def last_purchase(self) -> Floats:
        """The day itself."""
        return self.days.day.astype(np.float64)

    def frequency(self) -> Floats:
        """Purchase days by then."""
        place = np.arange(1.0, len(self.code) + 1) - np.repeat(
            self.days.offset[:-1], self.days.count
        )
        return place if self.prior is None else place + self.prior.frequency[self.code]

    def gap_last_days(self) -> Floats:
        """Days since the purchase before it."""
        gap = np.diff(self.days.day, prepend=0).astype(np.float64)
        begins = self.begins
        before = np.full(len(begins), np.nan)
        if self.prior is not None:
            before = self.days.day[begins] - self.prior.last_purchase[self.code[begins]]
        gap[begins] = before
        return gap

    def gap_squares(self) -> Floats:
        """Sum of the squares of the gaps by then."""
        gap = np.nan_to_num(self.gap_last_days())
        sums = np.cumsum(gap * gap)
        begins = self.begins
        earlier = np.repeat((sums - gap * gap)[begins], self.days.count[self.days.count > 0])
        squares = sums - earlier
        return squares if self.prior is None else squares + self.prior.gap_squares[self.code]

    def gap_mean_days(self) -> Floats:
        """Mean of the gaps by then."""
        return _mean(self.frequency() - 1, self.last_purchase() - self.first_purchase())

    def gap_cv(self) -> Floats:
        """Standard deviation of the gaps by then, divided by their mean."""
        span = self.last_purchase() - self.first_purchase()
        return _cv(self.frequency() - 1, span, self.gap_squares())

    def gap_max_days(self) -> Floats:
        """The longest gap by then."""
        gap = self.gap_last_days()
        wide = float(np.nan_to_num(gap).max(initial=0.0)) + 1.0
        key: Floats = self.code * np.float64(wide)
        longest = np.asarray(np.maximum.accumulate(key + np.nan_to_num(gap)) - key)
        if self.prior is None:
            longest[self.begins] = np.nan
            return longest
        return np.where(np.isnan(gap), np.nan, np.fmax(longest, self.prior.gap_max_days[self.code]))


def _mean(gaps: Floats, span: Floats) -> Floats:
    return np.where(gaps >= _TWO, span / np.maximum(gaps, 1), np.nan)


def _cv(gaps: Floats, span: Floats, squares: Floats) -> Floats:
    many = gaps >= _TWO
    pairs = np.where(many, gaps * (gaps - 1), 1)
    variance = np.where(many, (gaps * squares - span * span) / pairs, np.nan)
    return np.asarray(np.sqrt(variance) * gaps / np.where(span > 0, span, 1))


_FIGURES: Final[Mapping[str, Callable[[Bought], Floats]]] = MappingProxyType(
    {
        "frequency": Bought.frequency,
        "first_purchase": Bought.first_purchase,
        "last_purchase": Bought.last_purchase,
        "gap_last_days": Bought.gap_last_days,
        "gap_mean_days": Bought.gap_mean_days,
        "gap_cv": Bought.gap_cv,
        "gap_max_days": Bought.gap_max_days,
        "gap_squares": Bought.gap_squares,
    }
)
_CARRIED: Final = frozenset(field.name for field in attrs.fields(Prior))
KNOWN: Final = tuple(_FIGURES)
"""Columns of a customer that purchase days alone tell for any day."""


def figure(name: str, bought: Bought) -> Floats:
    """One of the columns of ``KNOWN`` after each purchase."""
    return _FIGURES[name](bought)
