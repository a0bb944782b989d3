"""Which cut points do the rows of an engine imply? A few passes find them, without the rows."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import NotEnoughDataError
from custseg.frames import Buckets, Passes, Sums, Unit
from custseg.frames.passes import ArrayPasses
from custseg.tiering.ordered import Ordered
from custseg.tiering.settings import check_known
from custseg.tiering.wholes import limit, twice_before

_OCTAVES: Final = (-20, 50)  # a millionth to a thousand million million
_STEPS: Final = 16  # buckets an octave: 4 % wide
_WIDE: Final = 16  # pieces of 32 bits: who mixes larger and smaller numbers is read into memory
_ABOVE: Final = 5e-324  # the smallest number above 0
_DEEP: Final = -900  # the same of numbers whose last digit is below 2 to this power


def opened(passes: Passes, edges: Floats) -> Ordered:
    """Look at a column once.

    Args:
        passes: The column.
        edges: Edges of buckets.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> opened(table([{"x": 3.0}, {"x": 1.0}]).passes("x"), np.array([2.0])).count.tolist()
    [1, 1]
    """
    found = passes.buckets(edges)
    check_found(found)
    return Ordered.of(found)


def check_found(found: Buckets | Sums) -> None:
    """Refuse to learn from nothing, or from what has no size.

    Args:
        found: What a pass gave.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> check_found(table([{"x": 3.0}]).passes("x").buckets(np.empty(0)))
    """
    there = int(found.count.sum()) + found.infinite
    check_known(there + found.missing, there, found.infinite)


def _sizes() -> Floats:
    first, last = _OCTAVES
    return np.asarray(np.exp2(np.arange(first * _STEPS, last * _STEPS + 1) / _STEPS))


def _both_signs() -> Floats:
    sizes = _sizes()
    return np.concatenate((-sizes[::-1], [0.0, _ABOVE], sizes))


def quantile_points(passes: Passes, exact: Sequence[Fraction]) -> tuple[float, ...]:
    """Quantiles by definition 7, computed in exact fractions and rounded once.

    Args:
        passes: The column.
        exact: Shares of the customers below each point.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> spent = table([{"x": float(i)} for i in range(11)]).passes("x")
    >>> quantile_points(spent, [Fraction(1, 2), Fraction(3, 4)])
    (5.0, 7.5)
    """
    known = opened(passes, _both_signs())
    places = [share * (int(known.count.sum()) - 1) for share in exact]
    ranks = sorted({i for place in places for i in (floor(place), ceil(place))})
    value = dict(zip(ranks, _ranked(passes, known, ranks), strict=True))
    ends = [(Fraction(value[floor(p)]), Fraction(value[ceil(p)]), p - floor(p)) for p in places]
    return tuple(float(low + (high - low) * part) for low, high, part in ends)


def _ranked(passes: Passes, known: Ordered, ranks: Sequence[int]) -> list[float]:
    """The values at ranks: the first and the last of a bucket need no pass."""
    wanted = np.asarray(ranks)

    def asked(now: Ordered) -> Bools:
        at, through = now.at(ranks), now.through
        inner = (wanted != through[at] - now.count[at]) & (wanted != through[at] - 1)
        return _marked(len(through), at[inner])

    known = known.narrowed(passes, asked)
    at = known.at(ranks)
    last = known.through[at] - 1 == wanted
    values: list[float] = np.where(last, known.high[at], known.low[at]).tolist()
    return values


def _marked(size: int, places: Ints) -> Bools:
    marked = np.zeros(size, dtype=np.bool_)
    marked[places[places < size]] = True
    return marked


def middle_points(passes: Passes, exact: Sequence[Fraction]) -> tuple[float, ...]:
    """The smallest values of which the middle of their ranks is not below a share.

    Args:
        passes: The column.
        exact: Shares of the customers.

    Returns:
        One point a share; where no value is so far up, the next number above the largest.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> middle_points(table([{"x": 1.0}, {"x": 1.0}, {"x": 2.0}]).passes("x"), [Fraction(1, 2)])
    (2.0,)
    """
    known = opened(passes, _both_signs())
    bars = np.array([ceil(2 * int(known.count.sum()) * share) for share in exact])

    def asked(now: Ordered) -> Bools:
        # Of the bucket behind this one the smallest value is known, and its middle is not below.
        return _marked(len(now.count), np.searchsorted(2 * now.through, bars))

    known = known.narrowed(passes, asked)
    first = np.searchsorted(2 * known.through - known.count, bars)
    beyond = np.nextafter(known.high[-1], np.inf)
    return tuple(np.append(known.low, beyond)[first].tolist())


def quota_points(
    passes: Passes, places: Callable[[int], Sequence[int]], *, filled: bool
) -> tuple[float, ...]:
    """The smallest value that still has a place, from the largest.

    Args:
        passes: The column.
        places: Places in each class and those above it, among so many customers.
        filled: Whether equal customers at the line are all in; else they are all out.

    Returns:
        One point a class; where nobody has a place, the next number above the largest value.

    Raises:
        NotEnoughDataError: No value is there.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> spent = table([{"x": 90.0}, {"x": 70.0}, {"x": 70.0}]).passes("x")
    >>> quota_points(spent, lambda _: (2, 1), filled=False)
    (90.0, 90.0)
    """
    known = opened(passes, _both_signs())
    size = int(known.count.sum())
    left = size - np.array(places(size))[:, None]  # who has no place, counted from the smallest

    def asked(now: Ordered) -> Bools:
        return np.asarray(((now.through - now.count < left) & (left < now.through)).any(axis=0))

    known = known.narrowed(passes, asked)
    through = known.through if filled else known.through - known.count
    first = np.searchsorted(through, left.ravel(), "right" if filled else "left")
    beyond = np.nextafter(known.high[-1], np.inf)
    return tuple(np.append(known.low, beyond)[first].tolist())


def pareto_points(passes: Passes, exact: Sequence[Fraction], speaker: int) -> tuple[float, ...]:
    """The smallest value inside each share of the sum, from the largest: sums are exact.

    Args:
        passes: The column.
        exact: Share of the sum that each class and those above it hold, one a cut.
        speaker: Who of equal customers speaks for them: 0 the first, 1 the middle one, 2 the last.

    Returns:
        One point a share; where nobody is inside, the next number above the largest value.

    Raises:
        NotEnoughDataError: No value is there, or none is above 0.
        DataError: A value is infinite.

    >>> from custseg.frames import table
    >>> spent = table([{"x": 80.0}, {"x": 15.0}, {"x": 5.0}]).passes("x")
    >>> pareto_points(spent, [Fraction(95, 100), Fraction(80, 100)], 0)
    (15.0, 80.0)
    """
    known, unit = _added(passes)
    bars = [limit(sum(known.whole), share) for share in exact]
    known = known.narrowed(passes, lambda now: _crossed(now, bars), unit)
    spoken = _spoken(known, speaker)
    beyond = float(np.nextafter(known.high[-1], np.inf))
    lowest = (beyond, *known.low[::-1].tolist())
    return tuple(lowest[sum(before < bar for before in spoken)] for bar in bars)


def _added(passes: Passes) -> tuple[Ordered, Unit]:
    """The values above 0, in money where they are such, else in a power of two."""
    unit, edges = Unit(), np.concatenate(([_ABOVE], _sizes()))
    found = passes.sums(edges, unit)
    known = _positive(found)
    if found.finer[1:].any():
        ends = float(known.low[0]), float(known.high[-1])
        unit = Unit.of(ends[0], max(ends[1], -float(np.nanmin(found.low))))
        if unit.limbs > _WIDE or (unit.power or 0) < _DEEP:
            held = passes.tally([ends])
            passes = ArrayPasses(np.repeat(held.values, held.counts))
        known = _positive(passes.sums(edges, unit))
    return known, unit


def _positive(found: Sums) -> Ordered:
    check_found(found)
    known = Ordered.of(found)
    known = known.only(known.low > 0)
    if not known.count.size:
        msg = (
            "no value is above 0, so nobody holds a share of the sum; "
            "tier by another column, or use Thresholds or Quantiles"
        )
        raise NotEnoughDataError(msg)
    return known


def _crossed(known: Ordered, bars: Sequence[int]) -> Bools:
    """The buckets inside which a share is reached."""
    upto = _from_largest(known)
    pairs = zip(upto, known.whole, strict=True)
    inner = [any(2 * (end - own) < bar < 2 * end for bar in bars) for end, own in pairs]
    return np.array(inner, dtype=np.bool_)


def _from_largest(known: Ordered) -> list[int]:
    """Sums from the largest value down to the end of each bucket, in the order of the buckets."""
    upto, total = list[int](), 0
    for own in reversed(known.whole):
        total += own
        upto.append(total)
    return upto[::-1]


def _spoken(known: Ordered, speaker: int) -> list[int]:
    """Twice the sum before who speaks for each bucket, the largest first.

    A bucket of several values is wholly inside a share or wholly beyond it: any of its own sums
    tells which, that of its largest value as well.
    """
    counts, whole = known.count.tolist(), known.whole
    upto, spoken = _from_largest(known), list[int]()
    for place in reversed(range(len(counts))):
        several = known.low[place] < known.high[place]
        count = 1 if several else counts[place]
        spoken.append(twice_before(upto[place], whole[place] // count, count, speaker))
    return spoken
