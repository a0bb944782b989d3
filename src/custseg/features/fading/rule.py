"""What is one event worth, and how does it fade?"""

from itertools import pairwise
from math import exp2, floor, isfinite
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import ConfigError

HUNDREDTHS: Final = 100
MOST: Final = 100_000
"""Points of one event that are not too many to be added up exactly."""
GRAINS: Final = 1 << 25
"""Grains in a hundredth of a point: events are summed in grains, so their order is all the same."""
_GUARD: Final = 1 << 8  # sums are rounded to this many first: halves of halves stay ties
_LONGEST: Final = 62  # half-lives after which nothing is left of any worth that an int64 holds


def _pairs(given: object) -> tuple[tuple[float, float], ...]:
    try:
        return tuple((float(a), float(b)) for a, b in given)  # type: ignore[attr-defined]
    except (TypeError, ValueError) as error:
        msg = f"steps and buckets are pairs of numbers, got {given!r}"
        raise ConfigError(msg) from error


@attrs.frozen
class EventRule:
    """Points for the events of one kind.

    Each event fades on its own, the points of the kind are added up, then the cap holds them. The
    ways to fade combine: what is left is the product of all that are given.

    Attributes:
        event: The kind of event, as the table writes it; case, blanks and hyphens do not matter.
        points: Points of one event on its day, kept to the hundredth, 100,000 at most; below 0 it
            takes points away.
        half_life: Days after which half is left.
        linear: Days after which nothing is left, in a straight line.
        steps: Days and the share that is left from then on, ascending: ``((30, 0.75), (90, 0))``.
        within_days: Only events of the last so many days count, the day itself being the first.
        cap: The most points, up or down, of all events of the kind together.
        buckets: Points by how often instead of for each: ``((1, 5), (3, 10))`` is 5 points from
            one event on and 10 from three on. Events that have faded to a half count half.

    Raises:
        ConfigError: A number makes no sense, or there are neither points nor buckets, or both.

    >>> visits = EventRule("visit", 3, half_life=30, within_days=90, cap=20)
    >>> visits.share(np.array([0, 30, 60, 89, 90])).round(3).tolist()
    [1.0, 0.5, 0.25, 0.128, 0.0]
    >>> EventRule("fair", 8, steps=((30, 0.5), (60, 0))).share(np.array([29, 30, 60])).tolist()
    [1.0, 0.5, 0.0]
    """

    event: str
    points: float = attrs.field(default=0.0, converter=float)
    half_life: float | None = attrs.field(default=None, kw_only=True)
    linear: float | None = attrs.field(default=None, kw_only=True)
    steps: tuple[tuple[float, float], ...] = attrs.field(default=(), converter=_pairs, kw_only=True)
    within_days: int | None = attrs.field(default=None, kw_only=True)
    cap: float | None = attrs.field(default=None, kw_only=True)
    buckets: tuple[tuple[float, float], ...] = attrs.field(
        default=(), converter=_pairs, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        for name in ("half_life", "linear", "within_days", "cap"):
            given = getattr(self, name)
            if given is not None and not (isfinite(given) and given > 0):
                self._refuse(f"{name} must be finite and above 0, got {given}")
        if not isfinite(self.points) or bool(self.points) == bool(self.buckets):
            self._refuse("needs points for each event, or buckets of how often, and not both")
        if self.points and not 1 <= abs(whole(self.points)) <= MOST * HUNDREDTHS:
            self._refuse(f"points are from 0.01 to {MOST}, up or down, got {self.points}")
        self._check("steps", self.steps)
        self._check("buckets", self.buckets)
        shares = [1.0, *(share for _, share in self.steps)]
        if any(not 0 <= b <= a for a, b in pairwise(shares)):
            self._refuse(f"steps leave less and less, from 1 down to 0, got {list(self.steps)}")

    def _check(self, name: str, pairs: tuple[tuple[float, float], ...]) -> None:
        first = [a for a, _ in pairs]
        fits = all(isfinite(x) for pair in pairs for x in pair) and all(a > 0 for a in first)
        if not fits or any(not a < b for a, b in pairwise(first)):
            self._refuse(f"{name} must ascend from above 0 and be finite, got {list(pairs)}")

    def _refuse(self, problem: str) -> None:
        msg = f"the rule for events {self.event!r}: {problem}"
        raise ConfigError(msg)

    @property
    def rollable(self) -> bool:
        """Whether one number a customer is enough to go on from: no window, line or steps."""
        return self.linear is None and not self.steps and self.within_days is None

    @property
    def unit(self) -> int:
        """Grains of one event on its day; where how often counts, an event is one point."""
        return GRAINS * (HUNDREDTHS if self.buckets else whole(self.points))

    def share(self, age: Ints) -> Floats:
        """What is left of an event of each age in days."""
        left = np.ones(len(age))
        if self.half_life is not None:
            left *= np.exp2(-age / self.half_life)
        if self.linear is not None:
            left *= np.maximum(1.0 - age / self.linear, 0.0)
        if self.steps:
            days = [day for day, _ in self.steps]
            shares = np.array([1.0, *(share for _, share in self.steps)])
            left *= shares[np.searchsorted(days, age, side="right")]
        if self.within_days is not None:
            left[age >= self.within_days] = 0.0
        return left

    def grains(self, oldest: int) -> Ints:
        """Grains of one event of each age, from today's to the oldest."""
        age = np.arange(oldest + 1, dtype=np.int64)
        return np.floor(self.unit * self.share(age) + 0.5).astype(np.int64)

    def faded(self, age: Ints) -> Bools:
        """Which ages have nothing left, today and on any later day."""
        gone = np.zeros(len(age), dtype=np.bool_)
        limits = [self.within_days, self.linear]
        limits += [self.half_life * _LONGEST] if self.half_life is not None else []
        limits += [next((day for day, share in self.steps if share == 0), None)]
        for limit in limits:
            gone |= age >= (np.inf if limit is None else limit)
        return gone

    def rolled(self, grains: Ints, days: int) -> Ints:
        """Sums of grains some days later."""
        if self.half_life is None or not days:
            return grains
        left: Floats = grains.astype(np.float64) * exp2(-days / self.half_life)
        return np.rint(left).astype(np.int64)

    def earned(self, grains: Ints) -> Ints:
        """Whole hundredths of points of sums of grains: rounded, then held by the cap."""
        sums = (grains + _GUARD // 2) // _GUARD
        one = GRAINS // _GUARD
        if self.buckets:
            edges = [floor(often * HUNDREDTHS * one + 0.5) for often, _ in self.buckets]
            table = np.array([0, *(whole(points) for _, points in self.buckets)], dtype=np.int64)
            out = table[np.searchsorted(edges, sums, side="right")]
        else:
            out = (sums + one // 2) // one
        if self.cap is None:
            return out
        most = whole(self.cap)
        return np.minimum(np.maximum(out, -most), most)


def whole(points: float) -> int:
    """Points as whole hundredths, rounded half up.

    >>> whole(2.5)
    250
    """
    return floor(points * HUNDREDTHS + 0.5)
