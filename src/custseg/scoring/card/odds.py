"""What is the chance that so many points stand for?"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import ceil, exp, floor, log
from typing import Final, Protocol

import attrs

from custseg._typing import floats
from custseg.errors import ConfigError
from custseg.rules import Rule, Scaled, Slopes
from custseg.scoring.points import HUNDREDTHS, check_finite, check_positive

MILLIONTHS: Final = 1_000_000
"""Probabilities are whole millionths, never 0 and never 1."""

_FAR, _NEAR, _BEND = 0.2, 0.085, 4.5
"""Steps of log-odds between knots: far from even odds, and near them."""


def logistic(log_odds: float) -> float:
    """The probability of log-odds, without overflow.

    >>> logistic(0.0), logistic(-1000.0)
    (0.5, 0.0)
    """
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    small = exp(log_odds)
    return small / (1 + small)


class Chance(Protocol):
    """A scale that gives points their probability.

    >>> Odds(at=50, double=10).probability(50)
    0.5
    """

    def probability(self, points: float, /) -> float:
        """The probability that points stand for, strictly between 0 and 1."""
        ...

    def points(self, probability: float, /) -> float:
        """The least points that stand for at least a probability."""
        ...

    def chance(self, total: Rule, low: int, high: int, /) -> Rule:
        """The probability of a tree of whole hundredths.

        Args:
            total: The tree.
            low: The least that it gives.
            high: The most.
        """
        ...


@attrs.frozen
class Odds:
    """Points as log-odds: each ``double`` more points double the odds.

    The tree that runs draws the logistic with straight lines between whole hundredths, so that
    every engine gives the same whole millionths: at most 0.0001 beside the logistic, and half a
    percent of the probability where that is small.

    Attributes:
        at: The points that stand for ``odds``.
        odds: The odds there: 1 is even, 3 are three won to one lost.
        double: Points that double the odds.

    Raises:
        ConfigError: A number is not finite, or ``odds`` or ``double`` is not above 0.

    Source: points to double the odds: factor = double / ln 2, points = at + factor *
    ln(odds / odds at ``at``).

    >>> scale = Odds()
    >>> round(scale.factor, 4), scale.probability(600), scale.points(2 / 3)
    (28.8539, 0.5, 620.0)
    """

    at: float = attrs.field(default=600.0, converter=float, kw_only=True)
    odds: float = attrs.field(default=1.0, converter=float, kw_only=True)
    double: float = attrs.field(default=20.0, converter=float, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        check_finite("at", self.at)
        check_positive("odds", self.odds)
        check_positive("double", self.double)

    @property
    def factor(self) -> float:
        """Points that one unit of log-odds is worth."""
        return self.double / log(2)

    def probability(self, points: float) -> float:
        """The probability that points stand for, from a millionth to all but a millionth.

        >>> Odds(at=50, odds=3, double=10).probability(50)
        0.75
        """
        return _within(logistic(self._log_odds(points)))

    def points(self, probability: float) -> float:
        """The points that stand for a probability.

        Raises:
            ConfigError: The probability is not between 0 and 1.

        >>> Odds(at=50, double=10).points(0.8)
        70.0
        """
        if not 0 < probability < 1:
            msg = f"a probability with points is between 0 and 1, got {probability}"
            raise ConfigError(msg)
        steps = log(probability / (1 - probability) / self.odds) / log(2)
        return round(self.at + self.double * steps, 9)

    def chance(self, total: Rule, low: int, high: int) -> Scaled:
        """The tree: straight lines between knots, close together where the logistic bends."""
        return _drawn(total, self._places(low, high), self.probability)

    def _log_odds(self, points: float) -> float:
        return log(self.odds) + (points - self.at) / self.factor

    def _places(self, low: int, high: int) -> Iterable[int]:
        """Whole hundredths from the least to the most, within those where anything changes."""
        edge = log(MILLIONTHS) + _FAR
        first = max(low, self._hundredths(-edge))
        last = min(high, self._hundredths(edge))
        place = first
        while place < last:
            yield place
            z = self._log_odds(place / HUNDREDTHS)
            step = _NEAR if -_BEND - _FAR < z < _BEND else _FAR
            place = max(place + 1, self._hundredths(z + step))
        yield max(first, last)

    def _hundredths(self, z: float) -> int:
        return floor((self.at + (z - log(self.odds)) * self.factor) * HUNDREDTHS)


def _knots(knots: Iterable[Iterable[float]]) -> tuple[tuple[float, float], ...]:
    given = [floats(knot) for knot in knots]
    try:
        return tuple((points, probability) for points, probability in given)
    except ValueError as error:
        msg = f"each knot is points and their probability, got {given}"
        raise ConfigError(msg) from error


@attrs.frozen
class ChanceCurve:
    """Probabilities by straight lines between points, flat outside: what was measured.

    Attributes:
        knots: Points and their probability, both ascending; the probability may stay the same.

    Raises:
        ConfigError: There is no knot, the points do not ascend, or a probability is below the
            one before it or outside 0 to 1.

    >>> curve = ChanceCurve(((20, 0.1), (60, 0.5)))
    >>> curve.probability(30), curve.probability(99)
    (0.2, 0.5)
    """

    knots: tuple[tuple[float, float], ...] = attrs.field(converter=_knots)

    def __attrs_post_init__(self) -> None:
        """Check the knots."""
        points, chances = [x for x, _ in self.knots], [y for _, y in self.knots]
        check_finite("points of the knots", *points)
        if not points or any(a >= b for a, b in pairwise(points)):
            msg = f"points of the knots must ascend, at least one, got {points}"
            raise ConfigError(msg)
        sound = all(0 <= chance <= 1 for chance in chances)
        if not sound or any(a > b for a, b in pairwise(chances)):
            msg = f"probabilities of the knots must not fall, from 0 to 1, got {chances}"
            raise ConfigError(msg)

    def probability(self, points: float) -> float:
        """The probability that points stand for, from a millionth to all but a millionth."""
        (x, y), *rest = self.knots
        if points <= x:
            return _within(y)
        for u, v in rest:
            if points < u:
                return _within(y + (v - y) * ((points - x) / (u - x)))
            x, y = u, v
        return _within(y)

    def points(self, probability: float) -> float:
        """The least points, among those measured, that stand for at least a probability.

        Raises:
            ConfigError: No points do.

        >>> ChanceCurve(((20, 0.1), (60, 0.5))).points(0.3)
        40.0
        """
        (x, y), *rest = self.knots
        if y >= probability:
            return x
        for u, v in rest:
            if v >= probability:
                return round(x + (u - x) * ((probability - y) / (v - y)), 9)
            x, y = u, v
        msg = f"no points have a probability of {probability}, the highest is {y}"
        raise ConfigError(msg)

    def chance(self, total: Rule, low: int, high: int) -> Scaled:  # noqa: ARG002 - knots are given
        """The tree: the same lines, between the whole hundredths beside each knot."""
        beside = {side(x * HUNDREDTHS) for x, _ in self.knots for side in (floor, ceil)}
        return _drawn(total, sorted(beside), self.probability)


def _drawn(total: Rule, places: Iterable[int], probability: Callable[[float], float]) -> Scaled:
    knots = tuple(
        (float(place), floor(probability(place / HUNDREDTHS) * MILLIONTHS + 0.5))
        for place in places
    )
    return Scaled(Slopes(total, knots), float(MILLIONTHS))


def _within(probability: float) -> float:
    return min(max(probability, 1 / MILLIONTHS), 1 - 1 / MILLIONTHS)
