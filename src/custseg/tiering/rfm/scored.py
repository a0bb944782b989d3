"""RFM scores and segments, ready to apply: the scale of one period, kept for the next."""

from collections.abc import Mapping
from math import gcd
from typing import ClassVar

import attrs

from custseg._typing import Record
from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, F, Ladder, Line, Rule, Scaled, Sum
from custseg.tiering.cuts import Cuts
from custseg.tiering.groups import GroupCuts
from custseg.tiering.rfm.codes import MOST, check_map, digits, segment_rule
from custseg.tiering.rfm.maps import SegmentMap
from custseg.tiering.rfm.measure import FINE, Measure, check_weights, never_bought
from custseg.tiering.rfm.reasons import reasons
from custseg.tiering.rfm.scale import MeasureScale, Step, worth
from custseg.tiering.rfm.summary import RFMSummary, summarised
from custseg.tiering.rfm.thresholds import Threshold, thresholds


@attrs.frozen(kw_only=True)
class RFMModel(RowModel):
    """Fitted scales: tonight's run scores by the same cut points as last month's.

    Adds ``recency_score``, ``frequency_score``, ``monetary_score`` (one for each measure, 1 is the
    worst), ``rfm_score``, with continuous scores ``recency_percentile`` (or ``recency_scaled``),
    ..., ``rfm_index``, and with a map ``segment``. Whoever has never bought (recency is missing)
    has no scores, and no segment but the one set for it; who lacks a measure lacks its score, and
    a sum or a segment that reads it.

    Attributes:
        scales: The scale of each measure.
        segments: Which scores are which segment; ``None``: no segments.
        weights: What each score counts in ``rfm_score``; empty: it shows them as digits (543).
        continuous: ``percentile`` or ``scaled``; ``None``: there are no continuous scores.
        prospect: Segment of whoever has never bought; ``None``: none.
        notes: What was said about the fit: which rule stood in for which.

    Raises:
        ConfigError: A measure has more than 10 scores, the map is written for other scores, or
            weights count nothing.

    >>> from custseg.tiering import RFM, Thresholds
    >>> cutters = {
    ...     "recency": Thresholds((30, 90, 180, 365)),
    ...     "frequency": Thresholds((2, 3, 5, 8)),
    ...     "monetary": Thresholds((100, 300, 500, 1000)),
    ... }
    >>> model = RFM(cutters=cutters).fit([])
    >>> row = model.one({"recency_days": 12, "frequency": 6, "revenue": 420.0})
    >>> row["rfm_score"], row["segment"]
    (543.0, 'champions')
    """

    schema_version: ClassVar[int] = 1

    scales: tuple[MeasureScale, ...]
    segments: SegmentMap | None = None
    weights: Mapping[str, float] = attrs.field(factory=dict[str, float], hash=False)
    continuous: str | None = None
    prospect: str | None = None
    notes: tuple[Reason, ...] = attrs.field(default=(), hash=False)

    def __attrs_post_init__(self) -> None:
        """Check the number of scores, and that the map fits them."""
        check_weights(self.weights)
        if odd := {name: n for name, n in self.bins.items() if n > MOST}:
            msg = f"a measure has {MOST} scores or fewer, got {odd}"
            raise ConfigError(msg, "scales")
        if self.segments is not None:
            check_map(self.segments, self.bins)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is scored."""
        return tuple(scale.measure for scale in self.scales)

    @property
    def bins(self) -> dict[str, int]:
        """Number of scores of each measure."""
        return {scale.measure.name: scale.bins for scale in self.scales}

    @property
    def cuts(self) -> dict[str, Cuts | GroupCuts]:
        """The cut points of each measure."""
        return {scale.measure.name: scale.cuts for scale in self.scales}

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """From where to where each score goes, to be printed or checked.

        >>> from custseg.tiering import RFM, Thresholds, RECENCY
        >>> model = RFM(2, {"recency": Thresholds((30,))}, (RECENCY,)).fit([])
        >>> [(row.score, row.low, row.high) for row in model.thresholds]
        [(2, None, 30.0), (1, 30.0, None)]
        """
        return thresholds(self.scales)

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        out: dict[str, Rule] = {}
        for i, scale in enumerate(self.scales):
            score, gate = self._score(i), self._gate(scale)
            out[scale.measure.score] = score if gate is None else Sum((score, gate))
        out["rfm_score"] = self._combined()
        if self.continuous is not None:
            out |= self._continuous(self.continuous)
        if self.segments is not None:
            out["segment"] = self._segment(self.segments)
        return out

    def explain(self, record: Record) -> Explanation:
        """The score of each measure, between which cut points it is, and the segment that follows.

        Args:
            record: One customer, with the columns of the measures.

        >>> from custseg.tiering import RFM, RECENCY, Thresholds
        >>> model = RFM(2, {"recency": Thresholds((30,))}, (RECENCY,)).fit([])
        >>> print(model.explain({"recency_days": 12}).text())
        RFM score: 2
          - recency score 2 of 2
          - days since last purchase is in the lowest band, which ends at 30
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        subject = "rfm_score" if self.segments is None else "segment"
        return Explanation(subject, given, (*reasons(self.scales, decided), *self.notes))

    def summary(
        self, data: object, *, orders: str | None = None, revenue: str | None = None
    ) -> RFMSummary:
        """What each segment and each pair of scores brings in: customers, orders, money.

        Args:
            data: One row a customer, with the columns of the measures; scored or not.
            orders: The column of orders; by default ``orders``, or that of frequency.
            revenue: The column of money; by default ``revenue``, or that of the measure.

        Raises:
            MissingColumnError: A column is missing.

        >>> from custseg.tiering import RFM
        >>> people = [{"recency_days": d, "frequency": 9 - d, "revenue": 5} for d in range(9)]
        >>> print(RFM().fit(people).summary(people).text().splitlines()[0])
        9 customers in 4 segments, 0 without scores
        """
        return summarised(self, data, orders, revenue)

    def chain(self, place: int) -> tuple[MeasureScale, ...]:
        """The scales that the score of a measure depends on.

        They are its own and, with nested binning, those before it.

        Args:
            place: Which measure.
        """
        scales = self.scales
        return scales[: place + 1] if scales[place].within else (scales[place],)

    def _gate(self, scale: MeasureScale) -> Rule | None:
        """Nothing for buyers, missing for others; ``None`` where the score says so itself."""
        bought = never_bought(self.measures)
        if bought is None or scale.measure is bought or scale.within:
            return None
        return _there(F(bought.column).is_present())

    def _combined(self) -> Rule:
        if not self.weights:
            return Scaled(self._digits(self.bins))
        parts: list[Rule] = [
            worth(self.chain(i), weight) for i, weight in enumerate(self._weights()) if weight
        ]
        return Scaled(Sum((*parts, *self._bought())), FINE)

    def _bought(self) -> tuple[Rule, ...]:
        """Nothing for buyers, missing for others."""
        bought = never_bought(self.measures)
        return () if bought is None else (_there(F(bought.column).is_present()),)

    def _segment(self, segments: SegmentMap) -> Rule:
        """The segment by the scores that the map reads: no other needs to be known."""
        read = {*segments.measures, "recency"}
        bins = {name: n for name, n in self.bins.items() if name in read} or self.bins
        return segment_rule(self._cells(bins), segments, bins, self.prospect)

    def _score(self, place: int, factor: float = 1.0) -> Scaled:
        """A score times a power of ten; written so that engines compute the score itself once."""
        return Scaled(worth(self.chain(place), 1.0), 1.0 / factor)

    def _digits(self, bins: Mapping[str, int]) -> Sum:
        return Sum(tuple(self._score(i, factor) for i, factor in self._factors(bins)))

    def _factors(self, bins: Mapping[str, int]) -> list[tuple[int, float]]:
        """The place of each measure that counts, and what its score is multiplied by."""
        places = [i for i, measure in enumerate(self.measures) if measure.name in bins]
        return list(zip(places, digits(len(places)), strict=True))

    def _cells(self, bins: Mapping[str, int]) -> Sum:
        """The code of a cell, 0 for whoever has never bought where that has a segment."""
        if self.prospect is None:
            return self._digits(bins)
        nobody: tuple[Step, ...] = ((self._unbought(), 0),)
        parts = self._factors(bins)
        return Sum(tuple(worth(self.chain(i), factor, nobody) for i, factor in parts))

    def _unbought(self) -> Condition:
        """Nothing was ever bought: no last purchase, and no purchases that are known."""
        columns = {measure.name: F(measure.column) for measure in self.measures}
        found = columns["recency"].is_missing()
        if (orders := columns.get("frequency")) is None:
            return found
        return found & (orders.is_missing() | (orders <= 0))

    def _continuous(self, how: str) -> dict[str, Rule]:
        out: dict[str, Rule] = {}
        weights, parts = self._weights(), list[Rule]()
        common = gcd(*weights)
        for scale, weight in zip(self.scales, weights, strict=True):
            there = _there(self._known(scale))
            name, column = scale.measure.name, scale.measure.column
            out[f"{name}_{how}"] = Scaled(Sum((Line(column, scale.line), there)), 100.0)
            heavy = tuple((x, y * (weight // common)) for x, y in scale.line)
            parts += [Line(column, heavy), there] if weight else []
        whole = 100.0 * (sum(weights) // common)
        return {**out, "rfm_index": Scaled(Sum((*parts, *self._bought())), whole)}

    def _weights(self) -> list[int]:
        """The weights in ten-thousandths: whole numbers, so that their sums are exact."""
        given = [self.weights.get(m.name, 0.0 if self.weights else 1.0) for m in self.measures]
        return [round(weight * FINE) for weight in given]

    def _known(self, scale: MeasureScale) -> Condition:
        there, bought = F(scale.measure.column).is_present(), never_bought(self.measures)
        if bought is None or scale.measure is bought:
            return there
        return there & F(bought.column).is_present()


def _there(known: Condition) -> Rule:
    """Nothing where it holds, missing elsewhere."""
    return Ladder(((known, 0.0),), None)
