"""Natural breaks of a column that stays in an engine: sums by bucket instead of rows.

Buckets of values are bounded as intervals of positions are (`bounds`): a cut may lie before a
bucket or inside it. Buckets that hold no cut of the best become solid: one point at their mean,
since the cost within is the same for all choices left. The others are split in the next pass, until
what they hold is little enough to fetch. Sums of an engine are floats added in any order; they only
rule out, with a margin for that. What is left is decided on fetched values and on sums counted
exactly, so the cuts are those of the rows in memory, to the last digit.
"""

import sys
from fractions import Fraction
from math import sqrt

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.frames import Buckets, Passes, Unit
from custseg.tiering.breaks.bounds import Spots, look
from custseg.tiering.breaks.doubled import DoubledSums, prefix
from custseg.tiering.breaks.errorfree import two_product, two_sum
from custseg.tiering.breaks.points import Mean, Points
from custseg.tiering.breaks.sums import margins
from custseg.tiering.ordered import Ordered
from custseg.tiering.settings import check_known

_FEW = 250_000  # rows whose distinct values may leave the engine
_PARTS = 768  # buckets of a pass
_GAPS = 24
_OCTAVES = (-30, 60)
_STEPS = 5
_ABOVE = 5e-324  # the smallest number above 0
_ROUNDS = 6
_WIDE = 16  # pieces of 32 bits: who mixes larger and smaller numbers is read into memory
_UNIT = 2.0**-52
_PAIR = 2.0**-95
_ADDING = 2.0**-48
_LARGE = 2.0**300
_MOST = sys.float_info.max


@attrs.frozen(eq=False)
class Held:
    """Buckets in ascending order, none of them empty.

    Attributes:
        low: Smallest value.
        high: Largest value.
        count: Number of values.
        centre: What the sums are taken about.
        total: Sum of value less centre.
        squares: Sum of its square.
        solid: No cut of the best is inside.
        joined: No cut of the best is before it.
    """

    low: Floats
    high: Floats
    count: Floats
    centre: Floats
    total: Floats
    squares: Floats
    solid: Bools
    joined: Bools

    @classmethod
    def of(cls, found: Buckets, centre: Floats) -> "Held":
        """The buckets of a pass that hold anything."""
        full = found.count > 0
        low, high = found.low[full], found.high[full]
        return cls(
            low,
            high,
            found.count[full].astype(np.float64),
            centre[full],
            found.total[full],
            found.squares[full],
            low == high,
            np.zeros(len(low), dtype=np.bool_),
        )

    def only(self, kept: Bools | Index) -> "Held":
        """Some of the buckets."""
        return Held(*(getattr(self, field.name)[kept] for field in attrs.fields(Held)))

    def with_(self, other: "Held") -> "Held":
        """These buckets and others between them."""
        names = [field.name for field in attrs.fields(Held)]
        both = Held(*(np.concatenate((getattr(self, n), getattr(other, n))) for n in names))
        return both.only(np.argsort(both.low, kind="stable"))

    def sums(self) -> DoubledSums:
        """Prefix sums about one centre, in pairs of floats."""
        middle = float((self.count * self.centre).sum() / self.count.sum())
        off, rest = two_sum(self.centre, np.full(1, -middle))
        moved, low = two_product(off, self.count)
        total, lost = two_sum(moved, self.total)
        totals = prefix(total, lost + low + rest * self.count)
        square, below = two_product(off, off)
        wide, lower = two_product(square, self.count)
        cross, crossed = two_product(2 * off, self.total)
        square_low = lower + crossed + (below + 2 * off * rest) * self.count
        square_low += 2 * rest * self.total
        high, lost = two_sum(wide, cross)
        high, more = two_sum(high, self.squares)
        squares = prefix(high, square_low + lost + more)
        weights = prefix(self.count, np.zeros(len(self.count)))
        # sums about a near centre, added in any order
        own = self.count * _UNIT * np.sqrt(self.count * self.squares)
        blur = float(own.sum())
        about = float((self.count * _UNIT * self.squares + 2 * np.abs(off) * own).sum())
        ends = self.high - middle
        far = max(-float(self.low[0] - middle), float(ends[-1]))
        spread, weight = float(squares.high[-1]), float(weights.high[-1])
        blur += _PAIR * sqrt(weight * spread)
        margin, drift = margins((about + _PAIR * spread, blur, 0.0), far, 1.0)
        drift += 2.0**-50 * (sqrt(weight * spread) + far * weight)
        return DoubledSums(ends, weights, totals, squares, margin, drift)


def gathered(passes: Passes, classes: int) -> Points:
    """Points that have the natural breaks of a column.

    Args:
        passes: The column.
        classes: How many classes.

    Returns:
        Its distinct values and, where no cut can be, the means of many.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> gathered(table([{"x": 3.0}, {"x": 1.0}, {"x": 3.0}]).passes("x"), 2).weights.tolist()
    [1.0, 2.0]
    """
    known = _opened(passes)
    if int(known.count.sum()) <= _FEW or classes == 1 or not _usual(known):
        return fetched(passes)
    held = _looked(passes, _edges(known), known)
    cost = np.inf
    for _ in range(_ROUNDS):
        with np.errstate(over="ignore", invalid="ignore"):
            held, cost = _ruled(held, classes, cost)
        open_ = ~held.solid
        if not np.isfinite(cost) or len(held.low) > 2 * _PARTS:
            break
        if held.count[open_].sum() <= _FEW:
            return _closed(passes, held, known)
        held = held.only(held.solid).with_(_split(passes, held.only(open_)))
    return fetched(passes)


def _opened(passes: Passes) -> Ordered:
    """Look at the column once, in buckets that suit numbers of any size."""
    sizes = np.exp2(np.arange(*_OCTAVES, 1 / _STEPS))
    found = passes.buckets(np.concatenate((-sizes[::-1], [0.0, _ABOVE], sizes)))
    there = int(found.count.sum()) + found.infinite
    check_known(there + found.missing, there, found.infinite)
    return Ordered.of(found)


def _usual(known: Ordered) -> bool:
    """Do the values differ, and do their squares stay within the range of floats?"""
    far = max(abs(float(known.low[0])), abs(float(known.high[-1])))
    return bool(known.low[0] < known.high[-1]) and 1 / _LARGE < far < _LARGE


def fetched(passes: Passes) -> Points:
    """The distinct values of a column and their counts.

    Args:
        passes: The column.
    """
    tally = passes.tally([(-_MOST, _MOST)])
    return Points(tally.values + 0.0, tally.counts.astype(np.float64))


def _edges(known: Ordered) -> Floats:
    """Edges narrow where the values are, and where they cost."""
    count = known.count.astype(np.float64)
    middle = known.low + (known.high - known.low) / 2
    square = count * (middle - (count * middle).sum() / count.sum()) ** 2
    step = count / count.sum() + square / (square.sum() or 1.0) + 1 / len(count)
    ends = np.append(0.0, np.cumsum(step))
    wide = np.linspace(float(known.low[0]), float(known.high[-1]), _PARTS // 3)[1:-1]
    at = np.linspace(0.0, float(ends[-1]), 2 * _PARTS // 3)[1:-1]
    place = np.clip(np.searchsorted(ends, at, side="right") - 1, 0, len(step) - 1)
    part = (at - ends[place]) / step[place]
    even = known.low[place] + (known.high[place] - known.low[place]) * part
    # a bucket that spans a gap would be summed about a centre far from its values
    gaps = np.argsort(known.low[1:] - known.high[:-1])[-_GAPS:]
    behind = np.nextafter(known.high[:-1][gaps], np.inf)
    return np.unique(np.concatenate((wide, even, behind, known.low[1:][gaps])))


def _looked(passes: Passes, edges: Floats, known: Ordered) -> Held:
    ends = np.concatenate((known.low[:1], edges, known.high[-1:]))
    centre = ends[:-1] + (ends[1:] - ends[:-1]) / 2
    return Held.of(passes.buckets(edges, centre=centre), centre)


def _ruled(held: Held, classes: int, cost: float) -> tuple[Held, float]:
    """Rule out buckets, and put those together between which no cut is."""
    places = np.flatnonzero(~(held.joined & held.solid))
    places = places[(places > 0) | ~held.solid[places]]
    spots = Spots(places, places + ~held.solid[places])
    sums = held.sums()
    seen = look(sums, (spots,) * (classes - 1))
    off = classes * (sums.margin + _ADDING * seen.cost)
    cost = min(cost, seen.cost + off)
    limit = cost + off
    least = np.min(seen.least, axis=0)
    ruled = np.ones(len(held.low), dtype=np.bool_)
    ruled[places[least <= limit]] = False
    solid, joined = held.solid | ruled, held.joined | ruled
    return _merged(attrs.evolve(held, solid=solid, joined=joined)), cost


def _merged(held: Held) -> Held:
    """Solid buckets with no cut between them as one."""
    apart = ~held.joined | ~held.solid
    apart[1:] |= ~held.solid[:-1]
    apart[0] = True
    start = np.flatnonzero(apart)
    last = np.append(start[1:], len(apart)) - 1
    group = np.cumsum(apart) - 1
    count = np.add.reduceat(held.count, start)
    centre = held.centre[start]
    many = last > start
    mean = np.add.reduceat(held.count * held.centre, start) / count
    centre = np.where(many, mean, centre)
    off = held.centre - centre[group]
    total = np.add.reduceat(held.total + held.count * off, start)
    own = held.squares + 2 * off * held.total + held.count * off * off
    squares = np.add.reduceat(own, start)
    rest = held.only(start)
    return attrs.evolve(
        rest, high=held.high[last], count=count, centre=centre, total=total, squares=squares
    )


def _split(passes: Passes, held: Held) -> Held:
    """Look closer into some buckets."""
    parts = max(_PARTS // len(held.low), 2)
    ends = list[Floats]()
    for low, high in zip(map(float, held.low), map(float, held.high), strict=True):
        inner = np.linspace(low, high, parts + 1)
        ends.append(np.append(inner[:-1], np.nextafter(high, np.inf)))
    edges = np.unique(np.concatenate(ends))
    centre = np.concatenate((edges[:1], edges[:-1] + np.diff(edges) / 2, edges[-1:]))
    found = Held.of(passes.buckets(edges, centre=centre), centre)
    place = np.searchsorted(held.low, found.low, side="right") - 1
    inside = (place >= 0) & (found.high <= held.high[np.maximum(place, 0)])
    found, place = found.only(inside), place[inside]
    begins = found.low == held.low[place]
    return attrs.evolve(found, joined=begins & held.joined[place])


def _closed(passes: Passes, held: Held, known: Ordered) -> Points:
    """Fetch what is open, and add up exactly what is solid."""
    sizes = np.abs(np.concatenate((known.low, known.high)))
    unit = Unit.of(float(sizes[sizes > 0].min()), float(sizes.max()))
    if unit.limbs > _WIDE:
        return fetched(passes)
    solid = held.only(held.solid)
    open_ = held.only(~held.solid)
    ranges = list(zip(open_.low.tolist(), open_.high.tolist(), strict=True))
    tally = passes.tally(ranges)
    edges = np.unique(np.concatenate((solid.low, np.nextafter(solid.high, np.inf))))
    found = passes.sums(edges, unit)
    at = np.searchsorted(edges, solid.low) + 1
    totals = [_total(found.whole[i], unit) for i in map(int, at)]
    counts = found.count[at].tolist()
    values = np.concatenate(
        (tally.values + 0.0, [float(t / n) for t, n in zip(totals, counts, strict=True)])
    )
    weights = np.concatenate((tally.counts, counts)).astype(np.float64)
    order = np.argsort(values, kind="stable")
    place = np.argsort(order)[len(tally.values) :].tolist()
    rows = zip(place, totals, counts, solid.high.tolist(), strict=True)
    means = {
        i: Mean(total - Fraction(float(values[order[i]])) * count, high)
        for i, total, count, high in rows
    }
    return Points(values[order], weights[order], means)


def _total(whole: int, unit: Unit) -> Fraction:
    return Fraction(whole) * Fraction(2) ** (unit.power or 0)
