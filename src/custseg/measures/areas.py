"""How sure is an area under the ROC curve, and the difference of two on the same rows?"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.measures.intervals import quantile
from custseg.measures.tally import Tally, counted
from custseg.showing import Shown

_HALVINGS: Final = 60


@attrs.frozen
class Area(Shown):
    """An area under the ROC curve and its interval; NaN where it is not defined.

    Attributes:
        value: The area.
        low: Lower end.
        high: Upper end.
        error: Standard error.

    >>> Area(0.75, 0.069, 0.992, 0.354).value
    0.75
    """

    value: float
    low: float
    high: float
    error: float


@attrs.frozen(eq=False)
class Influence(Shown):
    """How far each row pulls an area up or down; their squares sum to its variance.

    Sums of influences are those of sums of areas, so rows of the same customer can be added before
    they are squared, and the influences of two scores subtracted.

    Attributes:
        value: The area.
        of: The pull of each row.
        cases: How many are cases.
        others: How many are not.

    >>> pull = influence(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    >>> pull.value, round(float(np.sqrt((pull.of**2).sum())), 4)
    (0.75, 0.3536)
    """

    value: float
    of: Floats
    cases: int
    others: int

    def area(self, level: float = 0.95) -> Area:
        """The area with its interval.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.
        """
        error = float(np.sqrt((self.of**2).sum()))
        return bounded(self.value, error, (self.cases, self.others), level)


def influence(score: Floats, case: Bools) -> Influence:
    """The pull of each row on the area under the ROC curve.

    Args:
        score: Higher where it is more likely to happen.
        case: Whether it did.

    Raises:
        DataError: A score is NaN, or there are not as many scores as outcomes.

    Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44(3), by ranks as in Sun and Xu
    2014, IEEE Signal Processing Letters 21(11); rows of one customer are added up as in Obuchowski
    1997, Biometrics 53(2).

    >>> influence(np.array([1.0, 2.0, 3.0]), np.array([False, True, True])).value
    1.0
    """
    tally, place = counted(score, case)
    return pulled(tally, place, case)


def pulled(tally: Tally, place: Index, case: Bools) -> Influence:
    """The same of rows that are counted already.

    Args:
        tally: Scores and what came.
        place: The place of each row in it.
        case: Whether it happened to the row.

    >>> rows = counted(np.array([1.0, 2.0]), np.array([False, True]))
    >>> pulled(*rows, np.array([False, True])).value
    1.0
    """
    many, few = tally.happened, tally.rows - tally.happened
    if not many or not few:
        return Influence(np.nan, np.full(len(case), np.nan), many, few)
    below, above = _sides(tally, many, few)
    value = tally.auc
    of_case, of_other = (below - value) / _spread(many), (above - value) / _spread(few)
    return Influence(value, np.where(case, of_case[place], of_other[place]), many, few)


def area_of(tally: Tally, *, level: float = 0.95) -> Area:
    """The same of what is counted already; no order of rows changes a digit.

    Args:
        tally: Scores and what came.
        level: Share of repetitions in which an interval holds the true area.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    >>> found = area_of(Tally(np.array([0.1, 0.4]), np.array([10, 30]), np.array([30, 10])))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (0.75, 0.64, 0.83)
    """
    many, few = tally.happened, tally.rows - tally.happened
    if not many or not few:
        return Area(np.nan, np.nan, np.nan, np.nan)
    value = tally.auc
    below, above = _sides(tally, many, few)
    squares = (tally.cases * ((below - value) / _spread(many)) ** 2).sum()
    squares += (tally.others * ((above - value) / _spread(few)) ** 2).sum()
    return bounded(value, float(np.sqrt(squares)), (many, few), level)


def _sides(tally: Tally, many: int, few: int) -> tuple[Floats, Floats]:
    """Of each score the share of others below it, and of cases above; a tie is half of it."""
    below = (np.cumsum(tally.others) - 0.5 * tally.others) / few
    above = (many - np.cumsum(tally.cases) + 0.5 * tally.cases) / many
    return below, above


def area(score: Floats, case: Bools, *, level: float = 0.95) -> Area:
    """The area under the ROC curve with its interval.

    Args:
        score: Higher where it is more likely to happen.
        case: Whether it did.
        level: Share of repetitions in which an interval holds the true area.

    Raises:
        DataError: A score is NaN, or there are not as many scores as outcomes.
        ConfigError: The level is not strictly between 0 and 1.

    >>> found = area(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (0.75, 0.069, 0.992)
    """
    return influence(score, case).area(level)


def bounded(value: float, error: float, counts: tuple[int, int], level: float) -> Area:
    """An area with its interval on the scale of its log-odds.

    Where it is 0 or 1, or one row stands alone on its side, the variance of DeLong says nothing;
    the interval is then that of Newcombe, which solves for the areas that might have given it.

    Args:
        value: The area.
        error: Its standard error.
        counts: Cases and others.
        level: Share of repetitions in which an interval holds the true area.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    Source: Pohar Perme and Manevski 2019, Statistical Methods in Medical Research 28(12): the
    variance of DeLong on the logit scale, with a correction where the two sides lie apart. That
    is here method 5 of Newcombe 2006, Statistics in Medicine 25(4).
    """
    z = quantile(level)
    if np.isnan(value):
        return Area(np.nan, np.nan, np.nan, np.nan)
    if value in {0.0, 1.0} or min(counts) == 1:
        return Area(value, *_newcombe(value, counts, z), error)
    middle, half = np.log(value / (1 - value)), z * error / (value * (1 - value))
    low, high = (float(1 / (1 + np.exp(-end))) for end in (middle - half, middle + half))
    return Area(value, low, high, error)


def _spread(count: int) -> float:
    return float(np.sqrt(count * max(count - 1, 1)))


def _newcombe(value: float, counts: tuple[int, int], z: float) -> tuple[float, float]:
    """The lowest and highest true area at most z standard errors away, by halving."""
    even = sum(counts) / 2 - 1

    def apart(true: float) -> float:
        more = even * ((1 - true) / (2 - true) + true / (1 + true))
        return z * float(np.sqrt(true * (1 - true) * (1 + more) / (counts[0] * counts[1])))

    def end(outer: float) -> float:
        near, far = value, outer
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            if abs(middle - value) <= apart(middle):
                near = middle
            else:
                far = middle
        return near

    return end(0.0), end(1.0)
