"""What a summary says of each customer, and in which unit of time."""

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints, words
from custseg.features.gaps import Gaps, LogGaps
from custseg.features.kernel import Block, Measure, measure
from custseg.features.periods import Ruler, Span, Unit, known, whole
from custseg.features.purchases import Purchases
from custseg.features.rows import Rows
from custseg.features.trend import LAST, Trend
from custseg.frames import Attachable, amounts

_GAPS: Final = {
    "gap_mean": "mean",
    "gap_median": "median",
    "gap_cv": "cv",
    "gap_last": "last",
    "gap_max": "longest",
}
_MONEY: Final = ("revenue", "gross", "refunds")
MORE: Final = (*_GAPS, "log_gaps", *_MONEY, "revenue_trend")
"""Columns that a summary has where they are asked for."""


@attrs.frozen
class Form:
    """How a summary is made.

    Attributes:
        unit: Unit of ``recency``, ``T`` and the gaps.
        merge: Purchases in the same period are one.
        also: Columns besides the usual ones, out of ``MORE``.
        trend_days: Purchase days on each side of ``revenue_trend``.

    Raises:
        ConfigError: There is no such unit, period or column, or no day on a side of the trend.

    >>> Form(also="gap_max").also
    ('gap_max',)
    """

    unit: Span = "day"
    merge: Unit = "day"
    also: tuple[str, ...] = attrs.field(default=(), converter=words)
    trend_days: int = LAST

    def __attrs_post_init__(self) -> None:
        """Check the names."""
        Ruler(self.unit, self.merge)
        for name in self.also:
            known(name, MORE, "also", "column")
        whole(self.trend_days, "trend_days")

    @property
    def ruler(self) -> Ruler:
        """How time is measured."""
        return Ruler(self.unit, self.merge)

    @property
    def plain(self) -> bool:
        """Whether purchase days alone are asked for."""
        return self.merge == "day" and not self.also

    def told(self, rows: Rows, until: int) -> "Told":
        """Measure all that is asked for from the rows up to a day."""
        told = Told.blank(self, rows.size)
        merged = attrs.evolve(rows.counting, merge=self.merge)
        measure(attrs.evolve(rows, counting=merged), until, *told.measures)
        return told


@attrs.frozen(eq=False)
class Told:
    """What is known of each customer for a summary.

    Attributes:
        form: What is asked for.
        bought: The purchases of each customer.
        gaps: The gaps between them, where they are asked for.
        logs: Sums of their logarithms.
        trend: The trend of revenue.
        refunds: Money given back.
    """

    form: Form
    bought: Purchases
    gaps: Gaps | None = None
    logs: LogGaps | None = None
    trend: Trend | None = None
    refunds: "Refunds | None" = None

    @classmethod
    def blank(cls, form: Form, size: int) -> "Told":
        """Nothing of anybody yet."""
        asked = set(form.also)
        return cls(
            form,
            Purchases.blank(size),
            Gaps.blank(size, None if form.ruler.days else form.ruler) if asked & {*_GAPS} else None,
            LogGaps.blank(size, form.ruler) if "log_gaps" in asked else None,
            Trend.blank(size, form.trend_days) if "revenue_trend" in asked else None,
            Refunds.blank(size) if asked & {*_MONEY} else None,
        )

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All that is measured."""
        every = (self.bought, self.gaps, self.logs, self.trend, self.refunds)
        return tuple(each for each in every if each is not None)

    def columns(
        self, who: Index | slice, until: int, *, priced: bool = True
    ) -> Mapping[str, Attachable]:
        """The columns of a summary for some customers.

        Args:
            who: The customers, all of whom have bought.
            until: The last day that counts.
            priced: Whether money is known.
        """
        ruler, bought = self.form.ruler, self.bought.take(who)
        repeats = bought.days.astype(np.int64) - 1
        money = amounts(bought.net - bought.opening)
        money /= np.maximum(repeats, 1)
        money[repeats == 0] = 0.0
        more = self._money(who, bought)
        if not priced:
            money[:] = np.nan
            more = {name: np.full_like(money, np.nan) for name in more}
        more |= self._rhythm(who)
        return {
            "frequency": repeats,
            "recency": ruler.between(bought.first, bought.last),
            "T": ruler.between(bought.first, np.int64(until)),
            "monetary_value": money,
            **{name: more[name] for name in self.form.also},
        }

    def _rhythm(self, who: Index | slice) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        if self.gaps is not None:
            days = self.form.ruler.days or 1
            for name, figure in _GAPS.items():
                held: Floats = getattr(self.gaps, figure)[who]
                found[name] = held if name == "gap_cv" else held / days
        if self.logs is not None:
            found["log_gaps"] = self.logs.total[who]
        return found

    def _money(self, who: Index | slice, bought: Purchases) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        if self.trend is not None:
            found["revenue_trend"] = self.trend.ratio[who]
        if self.refunds is not None:
            back = self.refunds.total[who]
            figures = (bought.net, bought.net - back, -back)
            found |= {name: amounts(units) for name, units in zip(_MONEY, figures, strict=True)}
        return found


@attrs.frozen(eq=False)
class Refunds:
    """Money given back.

    Attributes:
        total: Sum of each customer, 0 or below.
    """

    total: Ints

    @classmethod
    def blank(cls, size: int) -> "Refunds":
        """No refunds of anybody yet."""
        return cls(np.zeros(size, dtype=np.int64))

    def add(self, block: Block) -> None:
        """Write the sums of one block."""
        back = np.flatnonzero(block.units < 0)
        here = self.total[block.low : block.high]
        np.add.at(here, block.code.take(back), block.units.take(back))
