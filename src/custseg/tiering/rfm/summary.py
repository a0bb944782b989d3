"""What each segment, and each pair of scores, brings in."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol, TypeAlias, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Column, Columns, Floats, Index, Ints, Needs
from custseg.errors import ConfigError
from custseg.frames import Money, Table, Tabled, amounts
from custseg.frames.table import plain
from custseg.labels import filled, table
from custseg.layout import html_table
from custseg.showing import page
from custseg.tiering.rfm.maps import SegmentMap
from custseg.tiering.rfm.measure import Measure

Figure: TypeAlias = Literal["customers", "orders", "revenue", "mean_revenue"]
_COLUMNS = ("segment", "customers", "orders", "revenue", "average_order")


@attrs.frozen
class SegmentFigures:
    """What one segment brings in.

    Attributes:
        segment: Its code; ``None``: customers without a segment.
        customers: Customers in it.
        orders: Their orders, as far as they are known; ``None``: of nobody.
        revenue: Their money, as far as it is known; ``None``: of nobody.
        average_order: Money an order, of customers of whom both are known; ``None``: no order.

    >>> SegmentFigures("loyal", 3, 4, 100.0, 25.0).average_order
    25.0
    """

    segment: str | None
    customers: int
    orders: float | None
    revenue: float | None
    average_order: float | None


@attrs.frozen(eq=False)
class RFMSummary(Tabled):
    """What segments and scores bring in.

    Attributes:
        segments: Figures of each segment that has customers, those with the most money first.
        across: The two measures of the grid: rows and columns.
        customers: Customers by the scores of both; the lowest scores come first.
        orders: Their orders, as far as they are known.
        revenue: Their money, as far as it is known.
        unknown: Customers whose ``orders`` or ``revenue`` is not known.
        unscored: Customers without these scores.
        table: The figures of the segments, in the caller's kind of table.
        labels: Words for segments by language.

    >>> from custseg.tiering import RFM
    >>> people = [{"recency_days": d, "frequency": 9 - d, "revenue": 10.05} for d in range(9)]
    >>> told = RFM().fit(people).summary(people)
    >>> told.segments[0].segment, told.segments[0].revenue
    ('hibernating', 40.2)
    >>> told.grid("customers").diagonal().tolist()
    [2, 2, 1, 2, 2]
    """

    segments: tuple[SegmentFigures, ...]
    across: tuple[str, str]
    customers: Ints
    orders: Floats
    revenue: Floats
    unknown: Mapping[str, int]
    unscored: int
    table: Any
    labels: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict[str, Mapping[str, str]])

    def grid(self, figure: Figure = "revenue") -> Floats | Ints:
        """One figure by both scores: rows and columns, the lowest score first.

        Args:
            figure: ``customers``, ``orders``, ``revenue``, or ``mean_revenue`` (a customer; NaN
                where there is nobody).

        Raises:
            ConfigError: There is no such figure.
        """
        if figure == "mean_revenue":
            mean: Floats = np.full(self.revenue.shape, np.nan)
            np.divide(self.revenue, self.customers, out=mean, where=self.customers > 0)
            return mean
        known: dict[str, Floats | Ints] = {"customers": self.customers}
        known |= {"orders": self.orders, "revenue": self.revenue}
        if figure not in known:
            msg = f"no figure {figure!r}; there are {[*known, 'mean_revenue']}"
            raise ConfigError(msg, "figure")
        return known[figure]

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        grids = {name: self.grid(name).tolist() for name in ("customers", "orders", "revenue")}
        return {
            "segments": [attrs.asdict(each) for each in self.segments],
            "across": list(self.across),
            **grids,
            "unknown": dict(self.unknown),
            "unscored": self.unscored,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        words = table(locale)
        lines = [filled(words["rfm.head"], **self._whole())]
        if any(self.unknown.values()):
            lines.append("  " + words["rfm.unknown"].format(**self.unknown))
        for each in self.segments:
            line = filled(words["rfm.line"], **_shown(each))
            said = words["rfm.said"].format(name=self._label(each.segment, locale), said=line)
            lines.append(f"  {said}")
        return "\n".join(lines)

    def _whole(self) -> dict[str, object]:
        customers = sum(each.customers for each in self.segments)
        return {"customers": customers, "segments": len(self.segments), "unscored": self.unscored}

    def _label(self, segment: str | None, locale: str) -> str:
        words = table(locale)
        if segment is None:
            return words["rfm.none"]
        return self.labels.get(locale, {}).get(segment) or words.get(segment, segment)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = [table(locale).get(f"column.{name}", name) for name in _COLUMNS]
        rows = [
            (self._label(s.segment, locale), s.customers, s.orders, s.revenue, s.average_order)
            for s in self.segments
        ]
        return page(filled(table(locale)["rfm.head"], **self._whole())) + html_table(heads, rows)


class Scored(Protocol):
    """What a summary asks of a model of scores.

    >>> from custseg.tiering import RFM, RECENCY, Thresholds
    >>> model: Scored = RFM(2, {"recency": Thresholds((30,))}, (RECENCY,)).fit([])
    >>> model.bins
    {'recency': 2}
    """

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is scored."""
        ...

    @property
    def bins(self) -> dict[str, int]:
        """Number of scores of each measure."""
        ...

    @property
    def segments(self) -> SegmentMap | None:
        """Which scores are which segment."""
        ...

    @property
    def needs(self) -> Needs:
        """The columns it reads."""
        ...

    def kernel(self, cols: Columns, /) -> Columns:
        """Scores and segments of read columns."""
        ...


def summarised(
    model: Scored, data: object, orders: str | None = None, revenue: str | None = None
) -> RFMSummary:
    """Add up what customers bring in, by segment and by two scores.

    Args:
        model: The scales.
        data: One row a customer.
        orders: The column of orders.
        revenue: The column of money.

    Raises:
        MissingColumnError: A column is missing.
    """
    opened = frames.table(data)
    columns = {measure.name: measure.column for measure in model.measures}
    counted = orders or _usual(opened, "orders", columns.get("frequency"))
    money = revenue or _usual(opened, "revenue", columns.get("monetary"))
    chosen = opened.select(dict.fromkeys((*model.needs, counted, money)))
    read = chosen.read({**model.needs, counted: "number"})
    held = _Held.of(model.kernel(read), cast("Floats", read[counted]), chosen.money(money))
    usual = [name for name in ("recency", "frequency") if name in columns]
    first, second = usual if len(usual) == 2 else [*columns, *columns][:2]  # noqa: PLR2004
    return _told(model, held, opened, (first, second))


@attrs.frozen(eq=False)
class _Held:
    """The scores, orders and money of customers."""

    scored: Mapping[str, Column]
    orders: Floats
    units: Ints
    counted: Bools
    priced: Bools

    @classmethod
    def of(cls, scored: Mapping[str, Column], orders: Floats, money: Money) -> "_Held":
        return cls(scored, orders, money.units, ~np.isnan(orders), money.known)

    def rows(self, at: Index, size: int) -> Ints:
        """Customers by place; places below 0 are left out."""
        return np.bincount(at[at >= 0], minlength=size).astype(np.int64)

    def ordered(self, at: Index, size: int, among: Bools | None = None) -> Floats:
        """Known orders by place."""
        some = np.flatnonzero((at >= 0) & (self.counted if among is None else among))
        return np.bincount(at[some], self.orders[some], minlength=size).astype(np.float64)

    def paid(self, at: Index, size: int, among: Bools | None = None) -> Floats:
        """Known money by place, to the last digit."""
        some = np.flatnonzero((at >= 0) & (self.priced if among is None else among))
        units = np.zeros(size, dtype=np.int64)
        np.add.at(units, at[some], self.units[some])
        return amounts(units)


def _usual(opened: Table[Any], name: str, otherwise: str | None) -> str:
    """The column of a name, unless nothing in it is known and another may stand in."""
    if otherwise is None:
        return name
    if name not in opened.columns:
        return otherwise
    known = cast("Bools", opened.select((name,)).read({name: "any"})[name])
    return name if known.any() or not len(known) else otherwise


def _told(model: Scored, held: _Held, opened: Table[Any], across: tuple[str, str]) -> RFMSummary:
    bins = [model.bins[name] for name in across]
    first, second = (cast("Floats", held.scored[f"{name}_score"]) for name in across)
    known, size = ~(np.isnan(first) | np.isnan(second)), bins[0] * bins[1]
    cell: Index = np.full(len(first), -1, dtype=np.intp)
    cell[known] = (first[known].astype(np.intp) - 1) * bins[1] + second[known].astype(np.intp) - 1
    figures = _by_segment(held)
    return RFMSummary(
        figures,
        across,
        held.rows(cell, size).reshape(bins),
        held.ordered(cell, size).reshape(bins),
        held.paid(cell, size).reshape(bins),
        {"orders": int((~held.counted).sum()), "revenue": int((~held.priced).sum())},
        int(np.count_nonzero(~known)),
        opened.build({name: [getattr(each, name) for each in figures] for name in _COLUMNS}),
        {} if model.segments is None else model.segments.labels,
    )


def _by_segment(held: _Held) -> tuple[SegmentFigures, ...]:
    given = held.scored.get("segment")
    codes = given if isinstance(given, Codes) else Codes(np.full(len(held.units), -1), ())
    names: tuple[str | None, ...] = (*codes.words, None)
    at, size = np.where(codes.at < 0, len(codes.words), codes.at), len(names)
    rows, both = held.rows(at, size), held.counted & held.priced
    orders, revenue = held.ordered(at, size), held.paid(at, size)
    orders[held.rows(at[held.counted], size) == 0] = np.nan
    revenue[held.rows(at[held.priced], size) == 0] = np.nan
    counted = held.ordered(at, size, both)
    average = np.full(size, np.nan)
    np.divide(held.paid(at, size, both), counted, out=average, where=counted > 0)
    sums = zip(names, rows.tolist(), *map(plain, (orders, revenue, average)), strict=True)
    there = [SegmentFigures(*row) for row in sums if row[1]]
    return tuple(sorted(there, key=lambda each: (-(each.revenue or 0.0), each.segment or "~")))


def _shown(each: SegmentFigures) -> dict[str, object]:
    return {
        "customers": f"{each.customers:,}",
        "orders": "-" if each.orders is None else f"{each.orders:,.0f}",
        "revenue": _money(each.revenue),
        "average": _money(each.average_order),
    }


def _money(amount: float | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}"
