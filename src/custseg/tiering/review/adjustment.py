"""Partial adjustment: move late, and only part of the way."""

from math import inf, isfinite, isnan
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.tiering.bands import Scale
from custseg.tiering.cuts import Cuts
from custseg.tiering.groups import GroupCuts
from custseg.tiering.settings import check_word

_DEPTH = 2.0
_LARGEST: Final = float(np.log(np.finfo(np.float64).max))


@attrs.frozen
class Adjustment:
    """A smoothed value that follows the value late, and only part of the way.

    With x the value in notches (below) and s the smoothed one: while abs(x - s) is less than
    ``threshold``, s stays; otherwise s becomes s + ``up`` (x - s) where x is above s, and
    s + ``down`` (x - s) where it is below. At the first review s is x. The bars are then held
    against s. A notch is the mean distance of neighbouring cut points, of their logarithms where
    the scale is ``log``; so x is ln(value) / notch. No value has a logarithm at or below 0:
    whatever is below ``floor`` counts as the floor.

    Attributes:
        threshold: Notches that the value must be away before anything moves.
        up: Part of the way that is gone upwards.
        down: Part of the way that is gone downwards.
        scale: ``log``: distances are ratios, as of money; ``linear``: they are differences.
        notch: A notch on this scale; ``None``: as said above.
        floor: Values below it count as it, on the scale ``log``; ``None``: two notches below the
            lowest cut point.

    Raises:
        ConfigError: A part is not above 0 and at most 1, or another setting is not above 0.

    Source: Altman and Rijken 2005, "The impact of the rating agencies' through-the-cycle
    methodology on rating dynamics", Economic Notes 34(2): agencies migrate a rating when it is at
    least 1.8 notches away from the one that the model implies, and then by 60 % (up) or 70 %
    (down). A notch of theirs is one of some 16 classes; with few tiers one tier is far wider, so
    the default threshold is 1.

    >>> steady = Adjustment(notch=1.0, floor=1.0, scale="linear")
    >>> ruler = steady.ruler(Cuts((1.0,)))
    >>> steady.moved(ruler, np.array([10.0, 10.0, 10.0]), np.array([10.5, 20.0, 5.0])).tolist()
    [10.0, 16.0, 6.5]
    """

    threshold: float = 1.0
    up: float = 0.6
    down: float = 0.7
    scale: Literal["log", "linear"] = "log"
    notch: float | None = None
    floor: float | None = None

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_word("scale", self.scale, ("log", "linear"))
        for name in ("up", "down"):
            if not 0 < getattr(self, name) <= 1:
                msg = f"must be above 0 and at most 1, got {getattr(self, name)}"
                raise ConfigError(msg, name)
        given = {"threshold": self.threshold, "notch": self.notch}
        if self.scale == "log":
            given["floor"] = self.floor
        for name, setting in given.items():
            if setting is not None and not 0 < setting < np.inf:
                msg = f"must be above 0 and finite, got {setting}"
                raise ConfigError(msg, name)

    def ruler(self, cuts: Scale) -> "Ruler":
        """How values are measured in notches of a scale.

        Raises:
            ConfigError: The cut points do not say how large a notch is.
        """
        own = cuts.otherwise if isinstance(cuts, GroupCuts) else cuts
        points = own.points if isinstance(own, Cuts) else ()
        ends = np.array([points[0], points[-1]]) if points else np.ones(2)
        log = self.scale == "log"
        if log and not (ends > 0).all():
            msg = f"cut points must be above 0 on the scale 'log', got {list(points)}; use 'linear'"
            raise ConfigError(msg, "adjustment")
        low, high = np.log(ends) if log else ends
        notch = self.notch or float(high - low) / max(len(points) - 1, 1)
        if not notch > 0:
            msg = "the cut points do not say how large a notch is; give notch"
            raise ConfigError(msg, "adjustment")
        lowest = float(np.exp(low - _DEPTH * notch)) if log else -np.inf
        return Ruler(notch, lowest if self.floor is None or not log else self.floor, log)

    def moved(self, ruler: "Ruler", before: Floats, value: Floats) -> Floats:
        """The smoothed value after one review.

        Args:
            ruler: What ``ruler`` gave.
            before: The smoothed value of the last review, NaN where there is none.
            value: The value now; NaN leaves the smoothed one as it is.
        """
        there = ruler.place(before)
        with np.errstate(over="ignore", invalid="ignore"):  # infinity less infinity is no distance
            away = ruler.place(value) - there
            part = np.where(away > 0, self.up, self.down)
            far = np.abs(away) >= self.threshold
            after = np.where(far, ruler.value(there + part * away), before)
        return np.asarray(np.where(np.isfinite(before), after, value))

    def moved_one(self, ruler: "Ruler", before: float, value: float) -> float:
        """The same of one customer."""
        if not isfinite(before):
            return value
        there = ruler.place_one(before)
        away = ruler.place_one(value) - there
        if not abs(away) >= self.threshold:
            return before
        return ruler.value_one(there + (self.up if away > 0 else self.down) * away)

    def asked_one(self, ruler: "Ruler", smoothed: float, bar: float, *, keep: bool) -> float:
        """What ``asked`` says of one customer."""
        there = ruler.place_one(smoothed)
        way = ruler.place_one(bar) - there
        if way > 0:
            return ruler.value_one(there + max(self.threshold, way / self.up))
        if not keep:
            return bar
        part = there + way / self.down
        return ruler.value_one(part if isnan(part) else min(there - self.threshold, part))

    def asked(self, ruler: "Ruler", smoothed: Floats, bar: Floats, *, keep: bool) -> Floats:
        """The value that it takes at the next review to reach a bar, or not to lose it.

        Args:
            ruler: What ``ruler`` gave.
            smoothed: The smoothed value.
            bar: The bar that it is held against.
            keep: Whether the bar is to be kept rather than to be reached.
        """
        there = ruler.place(smoothed)
        with np.errstate(invalid="ignore", over="ignore"):
            way = ruler.place(bar) - there
            if keep:
                least = np.minimum(there - self.threshold, there + way / self.down)
                return np.where(way > 0, ruler.value(self._reach(there, way)), ruler.value(least))
            return np.where(way > 0, ruler.value(self._reach(there, way)), bar)

    def _reach(self, there: Floats, way: Floats) -> Floats:
        return np.asarray(there + np.maximum(self.threshold, way / self.up))


@attrs.frozen
class Ruler:
    """Values in notches.

    Attributes:
        notch: A notch.
        floor: Values below it count as it.
        log: Whether the scale is one of ratios.

    >>> round(float(Ruler(1.0, 0.1, log=True).place(np.array([np.e]))[0]), 9)
    1.0
    """

    notch: float
    floor: float
    log: bool

    def place(self, value: Floats) -> Floats:
        """Notches of each value."""
        if not self.log:
            return np.asarray(value / self.notch)
        return np.asarray(np.log(np.maximum(value, self.floor)) / self.notch)

    def place_one(self, value: float) -> float:
        """Notches of one value; numpy's logarithm, whose last digit may differ from Python's."""
        if not self.log:
            return value / self.notch
        return float(np.log(max(value, self.floor))) / self.notch

    def value_one(self, place: float) -> float:
        """The value at so many notches."""
        power = place * self.notch
        if not self.log:
            return power
        return float(np.exp(power)) if not power > _LARGEST else inf

    def value(self, place: Floats) -> Floats:
        """The value at so many notches."""
        if not self.log:
            return np.asarray(place * self.notch)
        return np.asarray(np.exp(place * self.notch))
