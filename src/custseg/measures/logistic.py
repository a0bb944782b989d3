"""A straight line of log-odds: from a score to a probability, and how far off one is."""

from typing import ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import NotEnoughDataError
from custseg.measures.intervals import UNKNOWN, Estimate, quantile
from custseg.measures.tally import Tally
from custseg.showing import Shown

_STEPS: Final = 60
_DONE: Final = 1e-12
_EDGE: Final = 1e-9
_STEEP: Final = 30.0  # of log-odds per spread of the scores: nothing but separation is so steep


@attrs.frozen
class LogisticMap(Shown):
    """Log-odds that rise in a straight line with the score.

    Attributes:
        intercept: Log-odds of a score of 0.
        slope: Log-odds that each point of the score adds.
        rows: Rows that it was learned from.
        cases: How many it happened to.

    >>> LogisticMap(-1.0, 0.02, 100, 40).of(np.array([50.0, 100.0])).round(3).tolist()
    [0.5, 0.731]
    """

    schema_version: ClassVar[int] = 1

    intercept: float
    slope: float
    rows: int
    cases: int

    def of(self, score: Floats) -> Floats:
        """The probability of each score; NaN where that is NaN."""
        return chances(self.intercept + self.slope * score)


@attrs.frozen
class CalibrationLine(Shown):
    """By how much log-odds were too high, and whether they were spread too far.

    Attributes:
        intercept: What has to be added to all log-odds so that as many are foreseen as came; 0 is
            right, below 0 too much was foreseen.
        slope: How far what came lies apart where what was said lies one apart; 1 is right, below 1
            what was said is too sure of itself.

    >>> CalibrationLine(Estimate(0.1, -0.1, 0.3), Estimate(0.6, 0.5, 0.7)).slope.holds(1.0)
    False
    """

    intercept: Estimate
    slope: Estimate


def logistic_map(tally: Tally) -> LogisticMap:
    """Learn a straight line from scores to log-odds.

    Outcomes are held away from 0 and 1 as if by one more of each, so that scores that part cases
    from others perfectly do not make the line endlessly steep.

    Args:
        tally: Scores and what came.

    Raises:
        NotEnoughDataError: Nobody is a case, or nobody is not.

    Source: Platt 1999, "Probabilistic outputs for support vector machines"; targets and stable
    steps as in Lin, Lin and Weng 2007, Machine Learning 68(3).

    >>> found = logistic_map(Tally.of(np.arange(8.0), np.array([0, 0, 1, 0, 1, 0, 1, 1]) == 1))
    >>> round(found.intercept, 2), round(found.slope, 2)
    (-1.21, 0.35)
    """
    many, few = tally.happened, int(tally.others.sum())
    if not many or not few:
        msg = "a line of log-odds needs rows of both outcomes; wait, or take more customers"
        raise NotEnoughDataError(msg)
    top, bottom = (many + 1) / (many + 2), 1 / (few + 2)
    cases = tally.cases * top + tally.others * bottom
    line = _fitted(tally.score, cases, tally.size - cases)
    return LogisticMap(*line, tally.rows, many)


def calibration_line(tally: Tally, *, level: float = 0.95) -> CalibrationLine:
    """How far log-odds are off as a whole, and whether they are too sure or too shy.

    Args:
        tally: Its scores are probabilities strictly between 0 and 1; those at the ends count as
            0.000000001 away from them.
        level: Share of repetitions in which an interval holds the true value.

    Returns:
        Unknown estimates where one outcome is missing, all probabilities are equal (of the slope),
        or they part the outcomes perfectly.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.

    Source: Cox 1958, Biometrika 45(3-4); the two figures as in Van Calster et al. 2019, BMC
    Medicine 17:230 ("calibration-in-the-large", with a slope of 1, and "calibration slope").

    >>> said = Tally(np.array([0.2, 0.8]), np.array([30, 70]), np.array([70, 30]))
    >>> found = calibration_line(said)
    >>> round(found.intercept.value, 4) == 0.0, round(found.slope.value, 3)
    (True, 0.611)
    """
    z = quantile(level)
    if not tally.happened or not tally.others.any():
        return CalibrationLine(UNKNOWN, UNKNOWN)
    logit = log_odds(tally.score, _EDGE)
    return CalibrationLine(_shift(logit, tally, z), _slope(logit, tally, z))


def log_odds(probability: Floats, edge: float) -> Floats:
    """Log-odds of probabilities, held so far away from 0 and 1 that they have some.

    >>> log_odds(np.array([0.5, 1.0]), 0.001).round(3).tolist()
    [0.0, 6.907]
    """
    held = np.clip(probability, edge, 1 - edge)
    return np.asarray(np.log(held) - np.log1p(-held))


def chances(log_odds: Floats) -> Floats:
    """Probabilities of log-odds, without overflow.

    >>> chances(np.array([0.0, -1000.0])).tolist()
    [0.5, 0.0]
    """
    small = np.exp(-np.abs(log_odds))
    return np.asarray(np.where(log_odds >= 0, 1.0, small) / (1.0 + small))


def _shift(logit: Floats, tally: Tally, z: float) -> Estimate:
    shift, weight = 0.0, 0.0
    for _ in range(_STEPS):
        said = chances(logit + shift)
        weight = float((tally.size * said * (1 - said)).sum())
        if not weight > 0:
            return UNKNOWN
        step = float((tally.cases - tally.size * said).sum()) / weight
        shift += float(np.clip(step, -2.0, 2.0))
        if abs(step) < _DONE:
            break
    half = z / float(np.sqrt(weight))
    return Estimate(shift, shift - half, shift + half)


def _slope(logit: Floats, tally: Tally, z: float) -> Estimate:
    cases, others = logit[tally.cases > 0], logit[tally.others > 0]
    if cases.min() >= others.max() or others.min() >= cases.max():
        return UNKNOWN  # parted, or all alike: any slope would do
    intercept, slope = _fitted(logit, tally.cases, tally.others)
    said = chances(intercept + slope * logit)
    weight = tally.size * said * (1 - said)
    middle = float((weight * logit).sum() / weight.sum())
    half = z / float(np.sqrt((weight * (logit - middle) ** 2).sum()))
    return Estimate(slope, slope - half, slope + half)


def _fitted(score: Floats, cases: Floats | Ints, others: Floats | Ints) -> tuple[float, float]:
    """Intercept and slope of the greatest likelihood: steps of Newton, none for the worse."""
    size = cases + others
    middle = float((size * score).sum() / size.sum())
    spread = float(np.sqrt((size * (score - middle) ** 2).sum() / size.sum()))
    rate = float(cases.sum() / size.sum())
    start = float(np.log(rate) - np.log1p(-rate))
    if not spread > 0:
        return start, 0.0
    x = (score - middle) / spread
    line = np.array([start, 0.0])
    loss = _loss(line, x, cases, others)
    for _ in range(_STEPS):
        step = _step(line, x, cases, size)
        while (worse := _loss(line + step, x, cases, others)) > loss and np.abs(step).max() > _DONE:
            step = step / 2
        if worse > loss:
            break
        line, loss = line + step, worse
        if np.abs(step).max() < _DONE or abs(line[1]) > _STEEP:
            break
    slope = float(line[1] / spread)
    return float(line[0]) - slope * middle, slope


def _loss(line: Floats, x: Floats, cases: Floats | Ints, others: Floats | Ints) -> float:
    z = line[0] + line[1] * x
    return float((cases * np.logaddexp(0, -z) + others * np.logaddexp(0, z)).sum())


def _step(line: Floats, x: Floats, cases: Floats | Ints, size: Floats | Ints) -> Floats:
    said = chances(line[0] + line[1] * x)
    away, weight = cases - size * said, size * said * (1 - said)
    g0, g1 = float(away.sum()), float((away * x).sum())
    a, b, c = (float((weight * power).sum()) for power in (1.0, x, x * x))
    det = a * c - b * b
    if not det > 0:
        return np.zeros(2)
    return np.array([(c * g0 - b * g1) / det, (a * g1 - b * g0) / det])
