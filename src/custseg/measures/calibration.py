"""Did it happen as often as was said?"""

from collections.abc import Iterator, Mapping

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import ConfigError
from custseg.measures.intervals import ratio, wilson
from custseg.measures.tally import Tally


@attrs.frozen(eq=False)
class Calibration:
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

    def rows(self) -> Iterator[Mapping[str, float]]:
        """One mapping a bin, the lowest first."""
        low, high = self.interval
        columns = (self.count, self.predicted, self.cases, self.observed, low, high)
        names = ("count", "predicted", "cases", "observed", "low", "high")
        for values in zip(*(column.tolist() for column in columns), strict=True):
            yield dict(zip(names, values, strict=True))


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
