"""How sure is a share of so many customers?"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import ConfigError
from custseg.showing import Shown


@attrs.frozen
class Estimate(Shown):
    """A figure and its interval; NaN where it is not known.

    Attributes:
        value: The figure.
        low: Lower end.
        high: Upper end.

    >>> Estimate(0.2, 0.1, 0.3).holds(0.15), Estimate(0.2, 0.1, 0.3).holds(0.0)
    (True, False)
    """

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval; an unknown interval holds every value."""
        return not (value < self.low or value > self.high)


UNKNOWN: Final = Estimate(np.nan, np.nan, np.nan)
"""What nothing is known of."""


def quantile(level: float) -> float:
    """How many standard deviations hold a share of a normal distribution around its middle.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    >>> round(quantile(0.95), 3)
    1.96
    """
    from scipy.special import ndtri  # noqa: PLC0415 - loaded where it is used

    if not 0 < level < 1:
        msg = f"must be strictly between 0 and 1, got {level!r}"
        raise ConfigError(msg, "level")
    return float(ndtri(0.5 + level / 2))


def ratio(part: Ints | Floats, whole: Ints | Floats) -> Floats:
    """Shares; NaN where there is no whole.

    >>> ratio(np.array([1, 0]), np.array([4, 0])).tolist()
    [0.25, nan]
    """
    given = np.where(whole == 0, np.nan, whole)
    return np.asarray(part / given, dtype=np.float64)


def wilson(part: Ints | Floats, whole: Ints | Floats, level: float) -> tuple[Floats, Floats]:
    """Lower and upper end of the score interval of shares; NaN where there is no whole.

    It keeps its level with few customers and near 0 and 1, where the usual interval fails.

    Source: Wilson 1927, Journal of the American Statistical Association 22(158); recommended by
    Brown, Cai and DasGupta 2001, Statistical Science 16(2).

    Args:
        part: How many of them.
        whole: Of how many.
        level: Share of repetitions in which such an interval holds the true share.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    >>> low, high = wilson(np.array([81]), np.array([263]), 0.95)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.2553], [0.3662])
    """
    z = quantile(level)
    many = np.where(whole == 0, np.nan, whole)
    share = part / many
    middle = (share + z * z / (2 * many)) / (1 + z * z / many)
    half = z / (1 + z * z / many) * np.sqrt(share * (1 - share) / many + (z / (2 * many)) ** 2)
    low = np.where(share == 0, 0.0, np.maximum(middle - half, 0.0))
    return low, np.where(share == 1, 1.0, np.minimum(middle + half, 1.0))


def difference(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> Estimate:
    """The second share less the first, with its interval.

    It keeps its level with few customers and near 0 and 1; NaN where one side has nobody.

    Source: Newcombe 1998, Statistics in Medicine 17(8), method 10: from the intervals of Wilson.

    Args:
        first: How many, of how many.
        second: How many, of how many.
        level: Share of repetitions in which such an interval holds the true difference.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    >>> found = difference((48, 80), (56, 70))
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    part, whole = np.array([first, second]).T
    share = ratio(part, whole)
    low, high = wilson(part, whole, level)
    down, up = (share - low) ** 2, (high - share) ** 2
    away = share[1] - share[0]
    least, most = float(away - np.sqrt(down[1] + up[0])), float(away + np.sqrt(up[1] + down[0]))
    return Estimate(float(away), least, most)


def relative(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> Estimate:
    """The second share as a part of the first, with its interval; NaN where nobody is in one.

    Args:
        first: How many, of how many.
        second: How many, of how many.
        level: Share of repetitions in which such an interval holds the true ratio.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    Source: Katz, Baptista, Azen and Pike 1978, Biometrics 34(3), of the logarithm; with half a row
    added to each, as in Walter 1975, Biometrika 62(2), so that a share of 0 has an interval too.

    >>> found = relative((30, 100), (20, 100))
    >>> round(found.value, 3), round(found.low, 2), round(found.high, 2)
    (0.667, 0.41, 1.09)
    """
    z = quantile(level)
    (a, n), (b, m) = first, second
    if not n or not m or not a + b:
        return UNKNOWN
    part, whole = np.array([a, b]) + 0.5, np.array([n, m]) + 0.5
    middle = float(np.log(part[1] / whole[1]) - np.log(part[0] / whole[0]))
    half = z * float(np.sqrt((1 / part - 1 / whole).sum()))
    value = (b / m) / (a / n) if a else np.inf
    return Estimate(value, float(np.exp(middle - half)), float(np.exp(middle + half)))
