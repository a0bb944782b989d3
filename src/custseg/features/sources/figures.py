"""The figures of each source, and their order."""

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.features.outcome import Outcome
from custseg.features.sources.groups import Groups, Source, key
from custseg.features.sources.report import SourceFigures, SourceReport
from custseg.features.sources.spread import Spread
from custseg.frames import Table
from custseg.measures import Estimate, ratio, wilson
from custseg.measures.intervals import UNKNOWN

Both = tuple[Spread, Spread]
"""Numbers of each source, and of all customers."""


@attrs.frozen
class Manner:
    """How sources are compared.

    Attributes:
        asked: What was asked for: ``outcome``, ``value``, ``cost``.
        level: Level of the intervals.
        fewest: Customers below which a source is too small to be compared.
        shrink: As how many customers the mean of all counts.
    """

    asked: frozenset[str]
    level: float
    fewest: int
    shrink: float

    def ranked(self, lines: Iterable[SourceFigures]) -> tuple[SourceFigures, ...]:
        """Sources in the order of what may be counted on, those that are too small last."""
        return tuple(sorted(lines, key=self._place))

    def _place(self, one: SourceFigures) -> tuple[object, ...]:
        """By conversion, or by value where no outcome was asked for: never by both."""
        sure = (one.conversion if "outcome" in self.asked else one.value).low
        names = tuple("" if word is None else word for word in one.source)
        return (one.small, np.isnan(sure), -np.nan_to_num(sure), -one.customers, names)


@attrs.frozen(eq=False)
class Found:
    """What was found of the customers of each source.

    Attributes:
        groups: Where each customer came from.
        outcome: How it ended with each.
        value: Their values, where they were asked for.
        scores: Their scores.
        prices: What sources have cost.
    """

    groups: Groups
    outcome: Outcome
    value: Both | None
    scores: Mapping[str, Both]
    prices: Mapping[Source, float]

    def report(self, manner: Manner, by: tuple[str, ...], like: Table[Any]) -> SourceReport:
        """Put sources in order: by the lower ends of their intervals, the small ones last."""
        groups, costs = self.groups, {key(source): price for source, price in self.prices.items()}
        total = _Lines.of(self, manner, np.zeros(len(groups.at), dtype=np.intp), 1)
        lines = _Lines.of(self, manner, groups.at, groups.size)
        prices = [costs.get(key(source), np.nan) for source in groups.sources]
        spent = fsum(prices) if prices else np.nan  # unknown where that of any source is
        ranked = manner.ranked(lines.lines(groups.sources, prices, total))
        everybody = total.lines([(None,) * len(by)], [spent], total)[0]
        return SourceReport(by, ranked, everybody, manner.asked, manner.level, manner.fewest, like)


@attrs.frozen(eq=False)
class _Lines:
    """Figures by place."""

    manner: Manner
    customers: Ints
    known: Ints
    won: Ints
    scores: Mapping[str, Spread]
    value: Spread | None

    @classmethod
    def of(cls, found: Found, manner: Manner, at: Index, size: int) -> "_Lines":
        """Count the customers of each source; in one of all of them where there is but one."""
        side = int(at is not found.groups.at)
        ends, value = found.outcome, found.value
        customers, known, won = (
            np.bincount(rows, minlength=size) for rows in (at, at[ends.known], at[ends.won])
        )
        scores = {name: both[side] for name, both in found.scores.items()}
        return cls(manner, customers, known, won, scores, None if value is None else value[side])

    @property
    def conversion(self) -> list[Estimate]:
        """Shares of the won, with their intervals."""
        ends = wilson(self.won, self.known, self.manner.level)
        return _estimates(ratio(self.won, self.known), *ends)

    @property
    def worth(self) -> list[Estimate]:
        """Means of values, with their intervals."""
        if self.value is None:
            return [UNKNOWN] * len(self.customers)
        return _estimates(self.value.mean, *self.value.interval(self.manner.level))

    def drawn(self, part: Ints | Floats, whole: Ints, mean: float) -> list[float]:
        """Means with that of all counted as some customers more."""
        more = self.manner.shrink
        drawn = part.astype(np.float64) + (more * mean if more else 0.0)
        return [float(each) for each in ratio(drawn, whole.astype(np.float64) + more)]

    def lines(
        self, sources: list[Source], costs: list[float], total: "_Lines"
    ) -> list[SourceFigures]:
        """The figures of each source."""
        value = self.value or Spread.of(np.empty(0), np.empty(0, dtype=np.intp), len(sources))
        rate, worth = total.conversion[0].value, total.worth[0].value
        columns = {
            "source": sources,
            "customers": self.customers.tolist(),
            "outcomes": self.known.tolist(),
            "won": self.won.tolist(),
            "conversion": self.conversion,
            "conversion_shrunk": self.drawn(self.won, self.known, rate),
            "scores": [
                {k: float(one.mean[i]) for k, one in self.scores.items()}
                for i in range(len(sources))
            ],
            "valued": value.known.tolist(),
            "value_total": np.where(self.value is None, np.nan, value.total).tolist(),
            "value": self.worth,
            "value_shrunk": self.drawn(value.total, value.known, worth),
            "value_median": value.median.tolist(),
            "cost": costs,
            "small": (self._many(value) < self.manner.fewest).tolist(),
        }
        rows = zip(*columns.values(), strict=True)
        return [SourceFigures(**dict(zip(columns, row, strict=True))) for row in rows]

    def _many(self, value: Spread) -> Ints:
        """How many customers a comparison stands on."""
        if "outcome" in self.manner.asked:
            return self.known
        return value.known if "value" in self.manner.asked else self.customers


def _estimates(*ends: Floats) -> list[Estimate]:
    return [Estimate(*each) for each in zip(*(end.tolist() for end in ends), strict=True)]
