"""Curves that bend, in equal steps of points.

A logarithm or a power differs in its last digit from engine to engine, and so would points
rounded from it. These curves are therefore cut into equal steps when the card is made: what runs
is comparisons with fixed edges, and every engine gives the same whole number of points. The steps
are steps of points, so a hundred of them are never more than half a percent of the worth off.
"""

from collections.abc import Callable
from itertools import pairwise
from math import expm1, log1p, log2

import attrs

from custseg.errors import ConfigError
from custseg.rules import Bands
from custseg.scoring.points import check_positive, part_of

_STEPS = 100
_MOST_STEPS = 1000


@attrs.frozen
class Decay:
    """All at 0, half after ``half_life``, a quarter after twice that: the newer, the better.

    In equal steps of points (see the module), so that every engine gives the same.

    Attributes:
        half_life: Age that halves the points, in the unit of the column (days, mostly); an age
            below 0 earns all.
        steps: Number of steps.

    Raises:
        ConfigError: ``half_life`` is not above 0, or ``steps`` not from 1 to 1000.

    Source: share = 2 ** (-age / half_life), exponential decay.

    >>> bands = Decay(90).rule("recency_days", 2000)
    >>> bands.values[0], bands.values[50], bands.values[-1]
    (2000, 1000, 0)
    >>> [round(edge, 2) for edge in bands.edges[49:51]]  # 90 days lie between
    [88.71, 91.3]
    """

    half_life: float = attrs.field(converter=float)
    steps: int = _STEPS

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_positive("half_life", self.half_life)
        _check_steps(self.steps)

    def rule(self, field: str, worth: int) -> Bands:
        """Bands that fall."""

        def age(share: float) -> float:
            return -self.half_life * log2(share)

        return _stepped(field, worth, age, range(self.steps, -1, -1))


@attrs.frozen
class Log:
    """Nothing at 0, all at ``cap``, each further one worth less than the one before.

    In equal steps of points (see the module), so that every engine gives the same.

    Attributes:
        cap: The value that earns all; what is above it earns no more.
        steps: Number of steps.

    Raises:
        ConfigError: ``cap`` is not above 0, or ``steps`` not from 1 to 1000.

    Source: share = log(1 + value) / log(1 + cap).

    >>> bands = Log(15, steps=4).rule("orders", 1000)
    >>> bands.values
    (0, 250, 500, 750, 1000)
    >>> [round(edge, 2) for edge in bands.edges]
    [0.41, 1.83, 4.66, 10.31]
    """

    cap: float = attrs.field(converter=float)
    steps: int = _STEPS

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_positive("cap", self.cap)
        _check_steps(self.steps)

    def rule(self, field: str, worth: int) -> Bands:
        """Bands that rise."""

        def value(share: float) -> float:
            return expm1(share * log1p(self.cap))

        return _stepped(field, worth, value, range(self.steps + 1))


def _stepped(field: str, worth: int, inverse: Callable[[float], float], ladder: range) -> Bands:
    """Cut a curve where its share is half way between two steps."""
    most = max(ladder)
    between = [(a + b) / 2 / most for a, b in pairwise(ladder)]
    points = tuple(part_of(worth, step / most) for step in ladder)
    return Bands(field, tuple(inverse(share) for share in between), points, missing=0)


def _check_steps(steps: int) -> None:
    if not 1 <= steps <= _MOST_STEPS:
        msg = f"steps must be from 1 to {_MOST_STEPS}, got {steps}"
        raise ConfigError(msg)
