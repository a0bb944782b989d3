"""Which customers, the largest first, hold a given share of the whole?"""

from fractions import Fraction
from math import isnan
from typing import ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import Passes
from custseg.tiering.crossing import last_inside
from custseg.tiering.cuts import Cuts, Ties
from custseg.tiering.engine import pareto_points
from custseg.tiering.given import known
from custseg.tiering.settings import check_shares, check_ties, exact_share, settled
from custseg.tiering.tallies import Counts, Tally
from custseg.tiering.wholes import Wholes

_SPEAKER: Final = {"up": 0, "middle": 1, "down": 2}


def _falling(values: object) -> tuple[float, ...]:
    return tuple(sorted(settled(values), reverse=True))


@attrs.frozen
class Pareto:
    """Cut points where the largest customers hold given shares of the sum (ABC analysis).

    A customer is in a class while the share held by those *before* it, all larger, is below the
    class's share. So the customer that crosses the line is in (the class holds at least its
    share), and a single customer with 96 % of the money is in the top class, not in the lowest.

    Equal values are never split: one of them speaks for all, and ``ties`` says which. Values of
    zero or less hold nothing of the whole: they are in the lowest class and leave the sum alone.
    Sums are exact for money of up to four decimals.

    Attributes:
        shares: Share of the sum that each class and those above it hold, one a cut; the largest
            share makes the lowest cut, so (0.95, 0.80) and (0.80, 0.95) are the same.
        ties: ``up``: the first of equal customers speaks, and all are in with it (the class holds
            at least its share); ``down``: the last speaks (equal customers are in only if all of
            them fit); ``middle``: the middle one.

    Raises:
        ConfigError: A share is not strictly between 0 and 1, or given twice, or ``ties`` is
            unknown.

    Source: Juran 1951, *Quality Control Handbook* (the vital few); the customary ABC limits of
    80 % and 95 % are the default.

    >>> Pareto((0.95, 0.80)).cuts(np.array([80.0, 15.0, 5.0]))
    Cuts(points=(15.0, 80.0), closed='left')
    >>> Pareto((0.95, 0.80)).cuts(np.array([96.0, 2.0, 1.0, 1.0])).codes([96.0, 1.0]).tolist()
    [2, 0]
    """

    weighs: ClassVar[bool] = True

    shares: tuple[float, ...] = attrs.field(default=(0.95, 0.80), converter=_falling)
    ties: Ties = "up"

    def __attrs_post_init__(self) -> None:
        """Check the shares and the tie rule."""
        check_shares("shares", self.shares)
        if len(set(self.shares)) < len(self.shares):
            msg = f"shares must be different shares, got {list(self.shares)}"
            raise ConfigError(msg)
        check_ties(self.ties, tuple(_SPEAKER))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.shares) + 1

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:
        """Choose the points: the smallest value inside each share.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: The number of customers that each value stands for: a weight of 2 is the
                value twice. Not below 0; a weight of 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, or none is above 0.
            DataError: A value is infinite, or a weight is impossible.
        """
        if weights is None:
            there = _above(known(values))
            if (told := last_inside(there, self._exact, _SPEAKER[self.ties])) is not None:
                beyond = float(np.nextafter(there.max(), np.inf))
                return Cuts(beyond if isnan(last) else last for last in told)
        tally = Tally.of(values, weights)
        above = len(tally.sizes) - len(_above(tally.sizes))
        largest, counts = tally.sizes[above:][::-1], tally.counts[above:][::-1]
        inside = self._inside(largest, counts)
        beyond = float(np.nextafter(largest[0], np.inf))
        return Cuts(float(largest[n - 1]) if n else beyond for n in inside)

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine, without fetching its rows.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there, or none is above 0.
            DataError: A value is infinite.
        """
        return Cuts(pareto_points(passes, self._exact, _SPEAKER[self.ties]))

    @property
    def _exact(self) -> list[Fraction]:
        return [exact_share(share) for share in self.shares]

    def _inside(self, largest: Floats, counts: Counts) -> list[int]:
        """How many distinct sizes, from the largest, are inside each share."""
        speaker = _SPEAKER[self.ties]
        if counts.dtype.kind == "i":
            whole = Wholes.of(largest, counts.astype(np.int64))
            return [whole.inside(share, speaker) for share in self._exact]
        sizes = np.ldexp(largest, -int(np.frexp(largest[0])[1]))  # so that sums stay finite
        through = np.cumsum(sizes * counts)
        spoken = 2 * (through - sizes * counts) + speaker * np.maximum(counts - 1, 0) * sizes
        bars = [2 * share * float(through[-1]) for share in self.shares]
        return [int(np.searchsorted(spoken, bar)) for bar in bars]


def _above(values: Floats) -> Floats:
    """The values above 0: the others hold nothing of the whole."""
    above = values if values.min() > 0 else values[values > 0]
    if not above.size:
        msg = (
            "no value is above 0, so nobody holds a share of the sum; "
            "tier by another column, or use Thresholds or Quantiles"
        )
        raise NotEnoughDataError(msg)
    return above
