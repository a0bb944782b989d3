"""How many hundredths of a point is that?"""

from collections.abc import Iterable, Mapping
from math import floor, isfinite

from custseg.errors import ConfigError

HUNDREDTHS = 100
"""Hundredths in a point: scores are whole hundredths, so contributions add up exactly."""


def hundredths(points: float) -> int:
    """Points as whole hundredths, rounded half up.

    >>> hundredths(12.5), hundredths(-3)
    (1250, -300)
    """
    return floor(points * HUNDREDTHS + 0.5)


def least(edge: float) -> int:
    """The least whole hundredths that reach an edge given in points.

    >>> least(60.0), least(33.333)
    (6000, 3334)
    """
    points = hundredths(edge)
    return points if points / HUNDREDTHS >= edge else points + 1


def part_of(worth: int, share: float) -> int:
    """A share of a worth in whole hundredths, rounded half up.

    >>> part_of(3000, 0.5), part_of(-1500, 1.0)
    (1500, -1500)
    """
    return floor(worth * share + 0.5)


def by_word(given: Mapping[str, float]) -> Mapping[str, float]:
    """Shares or points of words, as they are kept.

    >>> by_word({"fair": 5})
    {'fair': 5.0}
    """
    return {word: float(number) for word, number in given.items()}


def check_shares(name: str, shares: Iterable[float]) -> None:
    """Refuse shares of a worth outside -1 to 1.

    Args:
        name: The setting that holds them.
        shares: The shares; below 0 they take points away.

    Raises:
        ConfigError: One is outside, or is not a number.

    >>> check_shares("missing", [0.5])
    """
    given = list(shares)
    if any(not -1 <= share <= 1 for share in given):
        msg = f"{name} must be shares of the worth, from -1 to 1, got {given}"
        raise ConfigError(msg)


def check_finite(name: str, *numbers: float) -> None:
    """Refuse what is not a finite number.

    Raises:
        ConfigError: One is NaN or infinite.

    >>> check_finite("worth", 30.0)
    """
    if not all(isfinite(number) for number in numbers):
        msg = f"{name} must be finite, got {list(numbers)}"
        raise ConfigError(msg)


def check_positive(name: str, number: float) -> None:
    """Refuse what is not a finite number above 0.

    Raises:
        ConfigError: It is 0, below, NaN or infinite.

    >>> check_positive("half_life", 90.0)
    """
    if not (isfinite(number) and number > 0):
        msg = f"{name} must be finite and above 0, got {number}"
        raise ConfigError(msg)
