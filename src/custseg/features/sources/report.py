"""What became of customers by where they came from: one line a source, the surest first."""

from collections.abc import Mapping
from math import isnan
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes
from custseg.frames import Table, Tabled
from custseg.labels import filled, label, title
from custseg.layout import aligned, html_table, percent, plain, ranged
from custseg.measures import Estimate
from custseg.showing import Shown

_MARK: Final = " *"


@attrs.frozen
class SourceFigures(Shown):
    """What became of the customers of one source.

    Attributes:
        source: The words of its columns; ``None`` where a customer's is unknown.
        customers: Customers who came from there.
        outcomes: Those of whom it is known how it ended.
        won: Those who were won.
        conversion: The won to those whose end is known, with its interval (Wilson).
        conversion_shrunk: The same, drawn to that of all customers.
        scores: Mean of each score, over those who have it.
        valued: Customers whose value is known.
        value_total: Their value.
        value: Mean of their value, with its interval (Student's t).
        value_shrunk: The same, drawn to that of all customers.
        value_median: The value that half of them do not reach.
        cost: What the source has cost; NaN where it is not known.
        small: Whether there are too few of them to be compared.

    >>> from custseg.features import SourceRules, by_source
    >>> rows = [{"source": "ad", "won": 1}, {"source": "ad", "won": 0}]
    >>> ad = by_source(rows, outcome="won", rules=SourceRules(cost={"ad": 30.0})).sources[0]
    >>> ad.source, ad.conversion.value, ad.cost_per_win, ad.small
    (('ad',), 0.5, 30.0, True)
    """

    source: tuple[str | None, ...]
    customers: int
    outcomes: int
    won: int
    conversion: Estimate
    conversion_shrunk: float
    scores: Mapping[str, float]
    valued: int
    value_total: float
    value: Estimate
    value_shrunk: float
    value_median: float
    cost: float
    small: bool

    @property
    def cost_per_customer(self) -> float:
        """Cost of one customer; NaN where there is none, or no cost."""
        return self.cost / self.customers if self.customers else float("nan")

    @property
    def cost_per_win(self) -> float:
        """Cost of one customer won; NaN where none was won, or no cost is known."""
        return self.cost / self.won if self.won else float("nan")

    @property
    def gain(self) -> float:
        """Value for one of cost, less that one: 0 where it has just come back."""
        return self.value_total / self.cost - 1 if self.cost else float("nan")

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        shares = {
            "conversion": self.conversion.value,
            "conversion_low": self.conversion.low,
            "conversion_high": self.conversion.high,
            "conversion_shrunk": self.conversion_shrunk,
            **{f"mean_{name}": mean for name, mean in self.scores.items()},
            "value_total": self.value_total,
            "value_mean": self.value.value,
            "value_low": self.value.low,
            "value_high": self.value.high,
            "value_shrunk": self.value_shrunk,
            "value_median": self.value_median,
            "cost": self.cost,
            "cost_per_customer": self.cost_per_customer,
            "cost_per_win": self.cost_per_win,
            "gain": self.gain,
        }
        counts = ("customers", "outcomes", "won", "valued", "small")
        return {
            **{name: getattr(self, name) for name in counts},
            **dict(zip(shares, plain(shares.values()), strict=True)),
        }


@attrs.frozen(eq=False)
class SourceReport(Tabled):
    """What became of customers by where they came from.

    Sources stand in the order of what may be counted on: of the lower ends of their intervals, so
    that a few lucky customers lead no list; those that are too small to be compared come last.

    Attributes:
        by: The columns that say where customers came from.
        sources: One a source, ranked.
        total: All customers.
        asked: What was asked for: ``outcome``, ``value``, ``cost``.
        level: Level of the intervals.
        fewest: Customers below which a source is too small to be compared.
        like: A table of the kind that answers have.

    >>> from custseg.features import SourceRules, by_source
    >>> rows = [{"source": s, "won": w} for s, w in zip("aaabbb", (1, 1, 0, 0, 1, 0))]
    >>> report = by_source(rows, outcome="won", rules=SourceRules(fewest=3))
    >>> [(one.source, round(one.conversion.low, 2)) for one in report.sources]
    [(('a',), 0.21), (('b',), 0.06)]
    """

    by: tuple[str, ...]
    sources: tuple[SourceFigures, ...]
    total: SourceFigures
    asked: frozenset[str]
    level: float
    fewest: int
    like: Table[Any] = attrs.field(repr=False)

    def source(self, *names: str | None) -> SourceFigures:
        """The figures of one source.

        Raises:
            KeyError: There is no such source.
        """
        return {one.source: one for one in self.sources}[names]

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a source, ranked, with all figures."""
        rows = [one.as_dict() for one in self.sources]
        held = {name: [row[name] for row in rows] for name in self.total.as_dict()}
        return self.like.build({**self._names(), **held})

    def _names(self) -> dict[str, Codes]:
        return {
            name: _coded([one.source[i] for one in self.sources]) for i, name in enumerate(self.by)
        }

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        rows = [
            {**dict(zip(self.by, one.source, strict=True)), **one.as_dict()} for one in self.sources
        ]
        return {
            "by": list(self.by),
            "level": self.level,
            "fewest": self.fewest,
            "total": self.total.as_dict(),
            "sources": rows,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read, the surest source first; small ones are marked."""
        lines = aligned(*self._figures(locale))
        small = sum(one.small for one in self.sources)
        if not small:
            return lines
        note = filled(label("sourced.small", locale), sources=small, fewest=self.fewest)
        return f"{lines}\n{_MARK.strip()} {note}"

    def _figures(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        rows = [(_named(one, locale), *self._row(one)) for one in self.sources]
        rows.append((label("sourced.all", locale), *self._row(self.total)))
        heads = [label(f"sourced.{name}", locale) for name in self._heads()]
        means = [title(name, locale) for name in self.total.scores]
        at = 1 + ("outcome" in self.asked)
        return ("", *heads[:at], *means, *heads[at:]), rows

    def _heads(self) -> list[str]:
        out = ["customers"]
        out += ["conversion"] if "outcome" in self.asked else []
        out += ["value", "median"] if "value" in self.asked else []
        out += ["cost_per_win"] if {"cost", "outcome"} <= self.asked else []
        return [*out, *(["gain"] if {"cost", "value"} <= self.asked else [])]

    def _row(self, one: SourceFigures) -> list[str]:
        rate, worth = one.conversion, one.value
        shown = {
            "customers": f"{one.customers:,}",
            "conversion": ranged(rate.value, rate.low, rate.high),
            "value": _spread(worth),
            "median": _number(one.value_median),
            "cost_per_win": _number(one.cost_per_win),
            "gain": percent(one.gain),
        }
        cells = [shown[name] for name in self._heads()]
        at = 1 + ("outcome" in self.asked)
        return [*cells[:at], *map(_number, one.scores.values()), *cells[at:]]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._figures(locale))


def _coded(names: list[str | None]) -> Codes:
    words = tuple(dict.fromkeys(name for name in names if name is not None))
    place = {word: i for i, word in enumerate(words)}
    at = np.array([-1 if name is None else place[name] for name in names], dtype=np.intp)
    return Codes(at, words, plain=True)


def _named(one: SourceFigures, locale: str) -> str:
    unknown = label("sourced.unknown", locale)
    name = " / ".join(unknown if word is None else word for word in one.source)
    return f"{name}{_MARK if one.small else ''}"


def _number(value: float) -> str:
    return "-" if isnan(value) else f"{value:,.2f}"


def _spread(worth: Estimate) -> str:
    if isnan(worth.value):
        return "-"
    if isnan(worth.low):
        return _number(worth.value)
    return f"{worth.value:,.2f} ({_number(worth.low)} - {_number(worth.high)})"
