"""How scales are learned from a table of customers."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, Protocol, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Index
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.frames import Table
from custseg.reasons import Reason
from custseg.rules import F
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.fitting import fitted
from custseg.tiering.rfm.continuous import Continuous, line
from custseg.tiering.rfm.enough import EnoughBuyers
from custseg.tiering.rfm.measure import Measure, never_bought
from custseg.tiering.rfm.scale import MeasureScale

_NOBODY: Final = (
    "nobody has bought, so there is nothing to learn from; fit on customers with "
    "purchases, or give cutters with points of your own (Thresholds)"
)


class Scoring(Protocol):
    """What learning asks of a way to score.

    >>> from custseg.tiering import RFM
    >>> scoring: Scoring = RFM()
    >>> scoring.binning
    'independent'
    """

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is scored."""
        ...

    @property
    def binning(self) -> str:
        """``independent`` or ``nested``."""
        ...

    @property
    def compact(self) -> bool:
        """Whether scores that nobody has are left out."""
        ...

    @property
    def continuous(self) -> Continuous | None:
        """Which continuous scores there are."""
        ...

    @property
    def by(self) -> str | None:
        """Column of the group."""
        ...

    @property
    def enough(self) -> EnoughBuyers | None:
        """What a table must hold."""
        ...

    @property
    def fallback(self) -> Mapping[str, Cutter]:
        """Cutters that stand in."""
        ...

    def cutter(self, measure: Measure) -> Cutter:
        """What cuts a measure."""
        ...


@attrs.frozen(eq=False)
class Buyers:
    """The customers who have bought, and their measures.

    Attributes:
        table: Their table, in the caller's kind; ``None``: nothing is looked at.
        values: Their values by column; none where a lazy table is asked instead.
        rows: How many they are.
        there: Their lazy table, which is asked for aggregates.
    """

    table: object
    values: Mapping[str, Floats]
    rows: int
    there: Table[Any] | None = None

    @classmethod
    def of(cls, data: object, spec: Scoring) -> "Buyers":
        """Read a table, without those who have never bought.

        Raises:
            MissingColumnError: A measure's column is missing.
            NotEnoughDataError: Nobody has bought.
        """
        columns = [measure.column for measure in spec.measures]
        columns += spec.enough.columns if spec.enough else ()
        needs = dict.fromkeys(columns, "number")
        given = frames.table(data)
        alone = spec.enough is None and spec.binning == "independent"
        if given.lazy and alone and not (spec.continuous or spec.compact):
            return cls.away(given, spec, tuple(needs))
        opened = given.select((*needs, *((spec.by,) if spec.by else ())))
        read = cast("dict[str, Floats]", opened.read(cast("Any", needs)))
        bought, native = never_bought(spec.measures), opened.native
        rows = len(read[columns[0]])
        if bought is not None and np.isnan(read[bought.column]).any():
            kept = np.flatnonzero(~np.isnan(read[bought.column]))
            read = {name: values[kept] for name, values in read.items()}
            native, rows = opened.take(kept), len(kept)
        if not rows:
            raise NotEnoughDataError(_NOBODY)
        return cls(native, read, rows)

    @classmethod
    def away(cls, table: Table[Any], spec: Scoring, columns: tuple[str, ...]) -> "Buyers":
        """Leave them in their engine, without those who have never bought.

        Raises:
            MissingColumnError: A measure's column is missing.
            NotEnoughDataError: Nobody has bought.
        """
        table.require((*columns, *((spec.by,) if spec.by else ())))
        bought = never_bought(spec.measures)
        if bought is not None:
            table = frames.table(table.where(F(bought.column).is_present()))
        rows = table.size
        if not rows:
            raise NotEnoughDataError(_NOBODY)
        return cls(table, {}, rows, table)

    def of_measure(self, measure: Measure) -> Floats:
        """The values of one measure."""
        return self.values[measure.column]


def learned(spec: Scoring, data: object) -> tuple[tuple[MeasureScale, ...], tuple[Reason, ...]]:
    """The scales that a table implies, and what is to be said about them.

    Args:
        spec: How to score.
        data: One row a customer; left unread where no cutter learns.

    Raises:
        NotEnoughDataError: There are too few buyers, and no rule stands in for one that learns.
    """
    cutters = {measure.name: spec.cutter(measure) for measure in spec.measures}
    if not spec.continuous and not any(map(_learns, cutters.values())):
        plain = (MeasureScale(m, cutters[m.name].cuts(np.empty(0))) for m in spec.measures)
        return tuple(plain), ()
    buyers = Buyers.of(data, spec)
    lacking = _lacking(spec, buyers)
    if lacking:
        cutters = _instead(cutters, spec, lacking)
        lacking = (Reason("rfm_fallback"), *lacking)
    scales: tuple[MeasureScale, ...] = ()
    for measure in spec.measures:
        made = _scale(measure, cutters[measure.name], buyers, spec)
        if spec.binning == "nested" and scales and _learns(cutters[measure.name]):
            made = attrs.evolve(made, within=_nested(made, cutters[measure.name], buyers, scales))
        scales = (*scales, made)
    return scales, lacking


def _learns(cutter: Cutter) -> bool:
    return bool(getattr(cutter, "learns", True))


def _lacking(spec: Scoring, buyers: Buyers) -> tuple[Reason, ...]:
    if spec.enough is None:
        return ()
    named = {measure.name: buyers.of_measure(measure) for measure in spec.measures}
    return tuple(spec.enough.lacking({**buyers.values, **named}, buyers.rows))


def _instead(
    cutters: Mapping[str, Cutter], spec: Scoring, lacking: tuple[Reason, ...]
) -> dict[str, Cutter]:
    """The rules of the business where there is too little to learn from."""
    alone = [n for n, cutter in cutters.items() if _learns(cutter) and n not in spec.fallback]
    if alone or spec.continuous:
        said = "; ".join(reason.text() for reason in lacking)
        msg = (
            f"too little to learn scores from: {said}. Give points of your own for "
            f"{alone or 'all measures, and no continuous scores'}: fallback={{name: Thresholds}}"
        )
        raise NotEnoughDataError(msg)
    return {name: spec.fallback.get(name, cutter) for name, cutter in cutters.items()}


def _scale(measure: Measure, cutter: Cutter, buyers: Buyers, spec: Scoring) -> MeasureScale:
    if buyers.there is not None:
        cuts = fitted(cutter, buyers.there, value=measure.column, by=spec.by)
        found = buyers.there.passes(measure.column).buckets(np.empty(0))
        ends = (found.low[0], found.high[0]) if found.count[0] else (None, None)
        return MeasureScale(measure, cuts, (), (), *(x if x is None else float(x) for x in ends))
    values = buyers.of_measure(measure)
    lost = np.isnan(values)
    known = values[~lost] if lost.any() else values
    cuts = fitted(cutter, buyers.table, value=measure.column, by=spec.by)
    if spec.compact and isinstance(cuts, Cuts):
        cuts = compacted(cuts, known)
    knots = line(known, measure, spec.continuous) if spec.continuous and len(known) else ()
    if spec.continuous and not knots:
        msg = f"no value of {measure.column!r} is known; continuous scores need some"
        raise NotEnoughDataError(msg)
    ends = (float(known.min()), float(known.max())) if len(known) else (None, None)
    return MeasureScale(measure, cuts, (), knots, *ends)


def compacted(cuts: Cuts, values: Floats) -> Cuts:
    """Cut points without classes that nobody is in, so that scores are 1, 2, 3, ...

    Args:
        cuts: Cut points.
        values: Known values.

    >>> compacted(Cuts((1.0, 1.0, 2.0), "right"), np.array([1.0, 1.0, 3.0])).points
    (2.0,)
    """
    found: list[int] = np.unique(cuts.codes(values)).tolist()
    points = tuple(cuts.points[upper - 1] for _, upper in pairwise(found))
    made = attrs.evolve(cuts, points=points, labels=(), learnt=None)
    return made if cuts.learnt is None else made.counted(values, as_of=cuts.learnt.as_of)


def _nested(
    made: MeasureScale, cutter: Cutter, buyers: Buyers, before: tuple[MeasureScale, ...]
) -> tuple[Cuts, ...]:
    """Cut points inside each cell of the measures before; an empty cell has those of all."""
    whole, values = cast("Cuts", made.cuts), buyers.of_measure(made.measure)
    cell = _cells(buyers, before)
    inside: list[Cuts] = []
    for at in range(int(np.prod([scale.bins for scale in before]))):
        here = values[(cell == at) & ~np.isnan(values)]
        cuts = _cut(cutter, here, made.measure) if len(here) else whole
        if cuts.classes != whole.classes:
            msg = f"nested bins need a cutter with a fixed number of classes, got {cuts.classes}"
            raise ConfigError(msg, f"cutters.{made.measure.name}")
        inside.append(cuts)
    return tuple(inside)


def _cut(cutter: Cutter, values: Floats, measure: Measure) -> Cuts:
    try:
        return cutter.cuts(values)
    except DataError as error:
        raise DataError(error.message, measure.column) from error


def _cells(buyers: Buyers, before: tuple[MeasureScale, ...]) -> Index:
    """The cell of each buyer, -1 where a measure is missing."""
    cell: Index = np.zeros(buyers.rows, dtype=np.intp)
    for scale in before:
        values = buyers.of_measure(scale.measure)
        place: Index = cast("Cuts", scale.cuts).codes(values)
        for at, cuts in enumerate(scale.within):
            here = cell == at
            place[here] = cuts.codes(values[here])
        cell = np.where((cell < 0) | (place < 0), -1, cell * scale.bins + place)
    return cell
