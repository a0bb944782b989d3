"""How small and how large may a class be?"""

from fractions import Fraction
from math import ceil, floor, isfinite

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.tiering.breaks.layers import Window
from custseg.tiering.breaks.points import Points
from custseg.tiering.settings import exact_share

_LOOSE = 2.0**-40


@attrs.frozen
class Limits:
    """The least and the greatest weight of each class.

    Attributes:
        at_least: Below 1 a share of all, from 1 on a number of customers; none: no limit.
        at_most: A share of all; none: no limit.
        k: Number of classes.
    """

    at_least: tuple[float, ...]
    at_most: tuple[float, ...]
    k: int

    def __bool__(self) -> bool:
        """Is there any limit?"""
        return any(self.at_least) or any(share < 1 for share in self.at_most)

    def check(self) -> None:
        """Refuse limits that no data can keep.

        Raises:
            ConfigError: A limit is out of range, there is not one for each class, or they
                contradict one another.

        >>> Limits((0.1,), (0.8,), 3).check()
        """
        _check_range("at_least", self.at_least, self.k, all(x >= 0 for x in self.at_least))
        _check_range("at_most", self.at_most, self.k, all(0 < x <= 1 for x in self.at_most))
        shares = [exact_share(x) if x < 1 else Fraction(0) for x in self._each(self.at_least, 0)]
        tops = [exact_share(x) for x in self._each(self.at_most, 1)]
        if sum(shares) > 1:
            msg = f"at_least {list(self.at_least)} of {self.k} classes is more than all customers"
            raise ConfigError(msg)
        if sum(tops) < 1:
            msg = f"at_most {list(self.at_most)} of {self.k} classes is less than all customers"
            raise ConfigError(msg)
        if any(a > b for a, b in zip(shares, tops, strict=True)):
            msg = f"at_least {list(self.at_least)} is above at_most {list(self.at_most)}"
            raise ConfigError(msg)

    def windows(self, points: Points, classes: int) -> list[Window]:
        """Where classes that keep the limits begin and end.

        Args:
            points: The points.
            classes: How many classes there are, the lowest of the ``k``.

        >>> points = Points.of(np.array([1.0, 1.0, 2.0, 3.0]))
        >>> Limits((2.0,), (), 2).windows(points, 2)[0].last.tolist()
        [-1, 0, 0, 1]
        """
        through = np.append(0.0, np.cumsum(points.weights))
        low = self._each(self.at_least, 0)[:classes]
        high = self._each(self.at_most, 1)[:classes]
        return [_window(points, through, a, b) for a, b in zip(low, high, strict=True)]

    def _each(self, limits: tuple[float, ...], otherwise: float) -> tuple[float, ...]:
        return limits * self.k if len(limits) == 1 else limits or (otherwise,) * self.k

    def __str__(self) -> str:
        """Say what is asked for."""
        said = [f"at_least={list(self.at_least)}"] if self.at_least else []
        return " and ".join(said + ([f"at_most={list(self.at_most)}"] if self.at_most else []))


def _check_range(name: str, limits: tuple[float, ...], k: int, inside: bool) -> None:  # noqa: FBT001
    if not inside or not all(map(isfinite, limits)):
        said = "0 or more" if name == "at_least" else "shares above 0, up to 1"
        msg = f"{name} must be {said}, got {list(limits)}"
        raise ConfigError(msg)
    if len(limits) not in {0, 1, k}:
        msg = f"{name} must be one for all classes or one for each of {k}, got {list(limits)}"
        raise ConfigError(msg)


def _window(points: Points, through: Floats, at_least: float, at_most: float) -> Window:
    free, whole = Window.free(len(points)), through[-1]
    first, last = free.first, free.last
    slack = 0.0 if points.whole else _LOOSE * whole
    if at_most < 1:
        most = at_most * whole
        if points.whole:
            most = float(floor(exact_share(at_most) * Fraction(whole)))
        first = np.searchsorted(through, through - most - slack, side="left")
    if at_least > 0:
        least = at_least * whole if at_least < 1 else at_least
        if points.whole:
            share = exact_share(at_least) * Fraction(whole) if at_least < 1 else Fraction(at_least)
            least = float(ceil(share))
        last = np.minimum(last, np.searchsorted(through, through - least + slack, side="right") - 1)
    return Window(first, last)
