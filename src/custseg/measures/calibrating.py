"""Did it happen as often as was said?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import ConfigError
from custseg.measures.intervals import ratio, wilson
from custseg.measures.tally import Tally
from custseg.showing import Shown

_SPREAD: Final = 3.0  # squared rows by which chance moves a bin, at least


@attrs.frozen(eq=False)
class Calibration(Shown):
    """What was said and what came, in bins of about equally many rows.

    Attributes:
        count: Rows of each bin.
        predicted: Mean of the probabilities.
        cases: How many it happened to.
        level: Level of the intervals.

    >>> table = calibration(Tally.of(np.array([0.2, 0.2, 0.8]), np.array([False, True, True])), 2)
    >>> table.predicted.tolist(), table.observed.tolist(), round(table.error, 4)
    ([0.2, 0.8], [0.5, 1.0], 0.2667)
    """

    count: Ints
    predicted: Floats
    cases: Ints
    level: float = 0.95

    @property
    def observed(self) -> Floats:
        """Share that it happened to."""
        return ratio(self.cases, self.count)

    @property
    def interval(self) -> tuple[Floats, Floats]:
        """Lower and upper ends of these shares (Wilson)."""
        return wilson(self.cases, self.count, self.level)

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance of what was said from what came.

        Source: Naeini, Cooper and Hauskrecht 2015, AAAI; with bins of equally many rows as in
        Nguyen and O'Connor 2015, EMNLP.
        """
        rows = int(self.count.sum())
        if not rows:
            return np.nan
        return float((self.count * np.abs(self.predicted - self.observed)).sum() / rows)

    @property
    def chance(self) -> float:
        """The error that chance alone would make if the probabilities were right.

        With few rows even true probabilities miss what comes: an error no larger than this one is
        no sign of anything.

        Source: the mean of a folded normal, sqrt(2 / pi) standard errors, of each bin; Broecker
        and Smith 2007, Weather and Forecasting 22(3), on what a reliability table may show.
        """
        rows = int(self.count.sum())
        if not rows:
            return np.nan
        error = np.sqrt(self.predicted * (1 - self.predicted) / self.count)
        return float((self.count * np.sqrt(2 / np.pi) * error).sum() / rows)

    @property
    def p_value(self) -> float:
        """How likely what came is as far from what was said as it is, if that was right.

        A small value says that the probabilities are wrong, not by how much: of many rows a trifle
        is certain. Neighbouring bins are put together until chance alone would move each by some
        rows. NaN where there are too few for one.

        Source: Hosmer and Lemeshow 1980, Communications in Statistics 9(10), with as many degrees
        of freedom as bins, since the rows are not those that the probabilities were learned from
        (Hosmer, Lemeshow and Sturdivant 2013, "Applied Logistic Regression", section 5.2.2).

        >>> Calibration(np.array([400]), np.array([0.2]), np.array([96])).p_value.__round__(4)
        0.0455
        """
        from scipy.special import chdtrc  # noqa: PLC0415 - loaded where it is used

        upper: Any = chdtrc
        away = self.cases - self.count * self.predicted
        spread = self.count * self.predicted * (1 - self.predicted)
        bins = list(_joined(zip(away.tolist(), spread.tolist(), strict=True)))
        if not bins:
            return np.nan
        return float(upper(len(bins), sum(far**2 / wide for far, wide in bins)))

    def rows(self) -> Iterator[Mapping[str, float]]:
        """One mapping a bin, the lowest first."""
        low, high = self.interval
        columns = (self.count, self.predicted, self.cases, self.observed, low, high)
        names = ("count", "predicted", "cases", "observed", "low", "high")
        for values in zip(*(column.tolist() for column in columns), strict=True):
            yield dict(zip(names, values, strict=True))


def _joined(bins: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Neighbouring bins together until each has a spread; what is left over goes to the last."""
    far = wide = 0.0
    kept: tuple[float, float] | None = None
    for away, spread in bins:
        far, wide = far + away, wide + spread
        if wide >= _SPREAD:
            if kept is not None:
                yield kept
            kept, far, wide = (far, wide), 0.0, 0.0
    if kept is not None:
        yield kept[0] + far, kept[1] + wide


def calibration(tally: Tally, bins: int = 10, *, level: float = 0.95) -> Calibration:
    """Compare probabilities with what came.

    Args:
        tally: Its scores are probabilities.
        bins: How many bins; fewer where there are few distinct probabilities, since equal ones
            are never parted.
        level: Share of repetitions in which an interval holds the true share.

    Raises:
        ConfigError: There is no bin, a score is no probability, or the level is not strictly
            between 0 and 1.

    >>> calibration(Tally.of(np.array([0.4, 0.6]), np.array([False, True])), 1).error
    0.0
    """
    if bins < 1:
        msg = f"must be 1 or more, got {bins!r}"
        raise ConfigError(msg, "bins")
    if len(tally.score) and not 0 <= tally.score[0] <= tally.score[-1] <= 1:
        msg = "scores must be probabilities between 0 and 1 to be compared with what came"
        raise ConfigError(msg, "tally")
    size = tally.size
    middle = np.cumsum(size) - size / 2
    place = np.minimum((bins * middle / max(tally.rows, 1)).astype(np.int64), bins - 1)
    used, place = np.unique(place, return_inverse=True)
    count = np.zeros(len(used), dtype=np.int64)
    cases = np.zeros_like(count)
    np.add.at(count, place, size)
    np.add.at(cases, place, tally.cases)
    predicted = ratio(np.bincount(place, size * tally.score, minlength=len(used)), count)
    return Calibration(count, predicted, cases, level)
