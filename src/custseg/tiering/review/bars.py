"""Where is a tier entered, and where is it lost?"""

from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Index, Needs, Record, floats
from custseg.errors import ConfigError
from custseg.frames.scalar import text
from custseg.tiering.bands import Scale
from custseg.tiering.cuts import Cuts, Side
from custseg.tiering.groups import GroupCuts

Points: TypeAlias = tuple[float, ...]
At: TypeAlias = Literal["enter", "keep", "first"]
Set: TypeAlias = tuple[Points, Points, Points]
"""The points to enter, to keep, and to be placed at first in each tier above the lowest."""
_AT: Final[dict[At, int]] = {"enter": 0, "keep": 1, "first": 2}


@attrs.frozen
class Bars:
    """A bar to enter each tier and a lower one to keep it: a dead band around each cut point.

    The band is for those who have a tier; who has none yet is placed by the cut points themselves.

    Attributes:
        keep: The bar to keep a tier, as a part of its cut point.
        enter: The bar to enter a tier, as a part of its cut point.
        keep_at: The bars to keep, as points of their own, one a cut point; before ``keep``.
        enter_at: The bars to enter, as points of their own; before ``enter``.

    Raises:
        ConfigError: A bar is not finite, one to keep is above its cut point or one to enter below
            it, or they descend.

    A part of a cut point below 0 lies on the same side of it: with 0.9 the bar to keep -100 is
    -110.

    >>> Bars(keep=0.8).of(Cuts((100.0, 1000.0)))
    ((100.0, 1000.0), (80.0, 800.0))
    >>> Bars(keep_at=(60.0, 900.0)).of(Cuts((100.0, 1000.0)))
    ((100.0, 1000.0), (60.0, 900.0))
    """

    keep: float = 1.0
    enter: float = 1.0
    keep_at: tuple[float, ...] = attrs.field(default=(), converter=floats)
    enter_at: tuple[float, ...] = attrs.field(default=(), converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check what can be checked without cut points."""
        for name in ("keep", "enter"):
            if not np.isfinite(getattr(self, name)):
                msg = f"must be a finite number, got {getattr(self, name)}"
                raise ConfigError(msg, name)
        if not self.keep <= 1 <= self.enter:
            msg = f"keep is at most 1 and enter at least 1, got {self.keep} and {self.enter}"
            raise ConfigError(msg)

    def of(self, cuts: Cuts) -> tuple[Points, Points]:
        """The bars of each tier above the lowest.

        Args:
            cuts: The cut points.
        """
        enter = _points("enter_at", self.enter_at, self.enter, cuts.points)
        keep = _points("keep_at", self.keep_at, self.keep, cuts.points)
        bars = zip(keep, cuts.points, enter, strict=True)
        if not all(low <= point <= high for low, point, high in bars):
            msg = (
                "a tier cannot be harder to keep than to be placed in, nor easier to enter; around "
                f"the cut points {list(cuts.points)} are the bars to keep {list(keep)} and to "
                f"enter {list(enter)}"
            )
            raise ConfigError(msg)
        return enter, keep


def _points(
    name: str, given: tuple[float, ...], part: float, at: tuple[float, ...]
) -> tuple[float, ...]:
    points = given or tuple(point + (part - 1.0) * abs(point) for point in at)
    if len(points) != len(at):
        msg = f"{len(at)} cut points need {len(at)} bars, got {len(points)}"
        raise ConfigError(msg, name)
    if list(points) != sorted(points) or not np.isfinite(points).all():
        msg = f"bars must ascend and be finite, got {list(points)}"
        raise ConfigError(msg, name)
    return points


@attrs.frozen
class Hurdles:
    """The bars of one cut scale, or of each group, ready to be compared.

    Attributes:
        closed: ``left``: a value on a bar has reached it; ``right``: it has not.
        sets: The bars to enter and to keep, and the cut points: those of all others first, then
            those of each group.
        by: The column of the group; ``None``: the bars are the same for all.
        groups: The groups, in the order of their bars.
    """

    closed: Side
    sets: tuple[Set, ...]
    by: str | None = None
    groups: tuple[str, ...] = ()

    @classmethod
    def of(cls, cuts: Scale, bars: Bars) -> "Hurdles":
        """The bars of a scale.

        Raises:
            ConfigError: It is no scale of custseg, its rows say their currency, or sides differ.

        >>> Hurdles.of(Cuts((100.0,)), Bars(keep=0.5)).sets
        (((100.0,), (50.0,), (100.0,)),)
        """
        if isinstance(cuts, Cuts):
            _check(cuts)
            return cls(cuts.closed, ((*bars.of(cuts), cuts.points),))
        if not isinstance(cuts, GroupCuts):
            msg = f"needs Cuts or GroupCuts, got {type(cuts).__name__}"
            raise ConfigError(msg, "cuts")
        every = (cuts.otherwise, *cuts.cuts.values())
        for one in every:
            _check(one)
        if len({one.closed for one in every}) > 1:
            msg = "cut points of all groups must be closed on the same side"
            raise ConfigError(msg, "cuts")
        sets = tuple((*bars.of(one), one.points) for one in every)
        return cls(cuts.otherwise.closed, sets, cuts.by, tuple(cuts.cuts))

    @property
    def needs(self) -> Needs:
        """The column of the group."""
        return {} if self.by is None else {self.by: "text"}

    @property
    def tiers(self) -> int:
        """Number of tiers."""
        return len(self.sets[0][0]) + 1

    def at(self, record: Record) -> Set:
        """The bars that hold for one record."""
        if self.by is None:
            return self.sets[0]
        group = text(record[self.by])
        return self.sets[self.groups.index(group) + 1 if group in self.groups else 0]

    def rows(self, cols: Columns) -> Index | None:
        """Which bars hold for each row; ``None``: the first ones for all."""
        if self.by is None:
            return None
        column: Any = cols[self.by]
        held: Codes = column
        return held.recode(self.groups) + 1

    def reached(self, values: Floats, which: Index | None, at: At = "enter") -> Index:
        """How many of the bars each value has reached: the tier it is good for.

        Args:
            values: One a row; NaN reaches nothing.
            which: What ``rows`` gave.
            at: The bars to ``enter`` a tier, to ``keep`` it, or to be placed in it at ``first``.
        """
        count = np.zeros(values.shape, dtype=np.int8)
        beyond = np.greater_equal if self.closed == "left" else np.greater
        for bars in self._each(which, _AT[at]):
            count += beyond(values, bars).view(np.int8)
        return count

    def _each(self, which: Index | None, at: int) -> "list[float] | list[Floats]":
        table = np.array([bars[at] for bars in self.sets])
        if which is None:
            return [float(point) for point in table[0]]
        return [table[which, place] for place in range(table.shape[1])]

    def bar(self, tier: Index, which: Index | None, at: At) -> Floats:
        """The bar of each row's tier, minus infinity for the lowest; NaN beyond the highest."""
        ends = [(-np.inf, *bars[_AT[at]], np.nan) for bars in self.sets]
        table = np.array(ends)
        return np.asarray(table[0][tier] if which is None else table[which, tier])


def _check(cuts: Cuts) -> None:
    if cuts.currency is not None and cuts.currency.column is not None:
        msg = (
            "cut points that compare several currencies row by row cannot be reviewed; "
            "bring the value to one currency first (Conventions(rates=...) does)"
        )
        raise ConfigError(msg, "cuts")
