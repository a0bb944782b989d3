"""The bins of a column of numbers."""

from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.scoring.binning.cases import Cases
from custseg.scoring.binning.edges import fine_bins, roundest
from custseg.scoring.binning.evidence import Base
from custseg.scoring.binning.segments import Joints
from custseg.scoring.binning.settings import Binning
from custseg.scoring.binning.table import Bin, BinningTable

_MORE: Final = 1.1  # a turn must tell a tenth more than no turn,
_SURE: Final = 6.91  # and be no accident: half the 0.999 quantile of chi-square, 2 degrees


@attrs.frozen(eq=False)
class Binned:
    """A column in bins.

    Attributes:
        table: The bins.
        at: The bin of each customer learnt from.
    """

    table: BinningTable
    at: Index


def binned_numbers(column: str, values: Floats, cases: Cases, settings: Binning) -> Binned:
    """Cut a column of numbers.

    Args:
        column: Its name.
        values: One number a customer learnt from, NaN where missing.
        cases: Those customers.
        settings: How.
    """
    base = cases.base(settings.shrink)
    lost = np.isnan(values)
    codes = [values == code for code in settings.special]
    apart: Bools = np.logical_or.reduce([lost, *codes])
    kept = np.flatnonzero(~apart)
    at = np.zeros(len(values), dtype=np.intp)
    if settings.edges is None:
        edges, at[kept] = _learnt(values[kept], _only(cases, kept), settings, base)
    else:
        edges, at[kept] = settings.edges, np.searchsorted(settings.edges, values[kept], "right")
    for i, hit in enumerate((*codes, lost), start=len(edges) + 1):
        at[hit] = i
    size = len(edges) + 2 + len(codes)
    rows, won = cases.counts(at, size)
    made = _bins(edges, settings.special, rows, won)
    there = np.array([each.rows > 0 or each.kind == "band" for each in made])
    place = np.cumsum(there) - 1
    table = BinningTable(column, tuple(b for b, t in zip(made, there, strict=True) if t), base)
    return Binned(table, place[at])


def _only(cases: Cases, rows: Index) -> Cases:
    return Cases(cases.won[rows], None if cases.weight is None else cases.weight[rows])


def _bins(
    edges: tuple[float, ...], special: tuple[float, ...], rows: Floats, won: Floats
) -> list[Bin]:
    ends = (None, *edges, None)
    kinds = [Bin("band", 0, 0, low, high) for low, high in pairwise(ends)]
    kinds += [Bin("special", 0, 0, None, code) for code in special]
    kinds.append(Bin("missing", 0, 0))
    return [
        attrs.evolve(kind, rows=float(many), cases=float(few))
        for kind, many, few in zip(kinds, rows, won, strict=True)
    ]


def _learnt(
    values: Floats, cases: Cases, settings: Binning, base: Base
) -> tuple[tuple[float, ...], Index]:
    """The edges of the best joints of fine bins, and the bin of each value."""
    if not len(values):
        return (), np.zeros(0, dtype=np.intp)
    fine = fine_bins(values, cases.weight, settings.fine_bins)
    place, size = fine.place(values), len(fine.starts) + 1
    rows, won = cases.counts(place, size)
    cuts = _Choice.of(rows, won, settings, base).cuts()
    edges = (roundest(float(fine.before[c - 1]), float(fine.starts[c - 1])) for c in cuts)
    return tuple(edges), np.searchsorted(cuts, np.arange(size), "right")[place]


@attrs.frozen(eq=False)
class _Choice:
    """All joints of fine bins, valued by the criterion, and by how likely they are."""

    joints: Joints
    likely: Floats
    settings: Binning

    @classmethod
    def of(cls, rows: Floats, won: Floats, settings: Binning, base: Base) -> "_Choice":
        many, few = (np.concatenate(([0.0], np.cumsum(part))) for part in (rows, won))
        start, end = np.triu_indices(len(many), k=1)
        held, cases = many[end] - many[start], few[end] - few[start]
        tell = base.information if settings.criterion == "iv" else base.likelihood
        whole = settings.least_share * (base.cases + base.others)
        enough = (held >= whole) | (end - start == len(rows))
        worth, rate, likely = (np.full((len(many),) * 2, np.nan) for _ in range(3))
        worth[:] = likely[:] = -np.inf
        worth[start, end] = np.where(enough, tell(held, cases), -np.inf)
        likely[start, end] = base.likelihood(held, cases)
        shrunk, others = base.shrunk(held, cases)
        rate[start, end] = shrunk / (shrunk + others)
        return cls(Joints(worth, rate, settings.most_bins), likely, settings)

    def cuts(self) -> tuple[int, ...]:
        """The best inner cuts under the trend that is asked for."""
        best = self.joints.best
        if self.settings.trend != "auto":
            return best(self.settings.trend)[1]
        straight = max((best("ascending"), best("descending")), key=_worth)
        turning = max((best("peak"), best("valley")), key=_worth)
        plain, turned = self._gain(straight), self._gain(turning)
        certain = self._likelihood(turning[1]) - self._likelihood(straight[1])
        return turning[1] if turned > _MORE * plain and certain > _SURE else straight[1]

    def _gain(self, way: tuple[float, tuple[int, ...]]) -> float:
        """What the cuts tell more than no cut at all."""
        return way[0] - float(self.joints.worth[0, -1])

    def _likelihood(self, cuts: tuple[int, ...]) -> float:
        ends = (0, *cuts, len(self.likely) - 1)
        return sum(float(self.likely[a, b]) for a, b in pairwise(ends))


def _worth(way: tuple[float, tuple[int, ...]]) -> float:
    return way[0]
