"""Which cut points leave given shares of the customers below them?"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.frames import Passes
from custseg.tiering.cuts import Cuts, Side, Ties
from custseg.tiering.engine import middle_points, quantile_points
from custseg.tiering.given import known
from custseg.tiering.settings import check_points, check_shares, check_ties, exact_share, settled
from custseg.tiering.tallies import Tally, ranked


@attrs.frozen
class Quantiles:
    """Cut points that leave given shares of the customers below.

    Equal values are never split. Where many are equal, no cut can leave exactly the share asked
    for, and ``ties`` says which way they go together: on a column where half of the customers
    hold the same value, one cut point falls on that value, and all of them are on one side. There
    is no rule that splits them: by row order two runs on the same customers would differ, and by
    any key a customer would be served better for its number. For a number of places use
    ``Quota``.

    A share is read as the decimal or the simple fraction it is written as (0.29 is 29/100, 1 / 3
    is a third), and the point is computed in exact fractions and rounded once: the same for any
    order of rows.

    Attributes:
        at: Shares of customers below each cut, ascending, strictly between 0 and 1.
        ties: ``down``: equal values at a cut are in the class below it (the top class is never
            more than its share, rounded up to a whole customer; the safe default where service
            costs money); ``up``: in the class above; ``middle``: on the side where the middle of
            their ranks is, as SPSS puts ties in the same bin.

    Raises:
        ConfigError: The shares do not ascend or leave (0, 1), or ``ties`` is unknown.

    Source: Hyndman & Fan 1996, "Sample quantiles in statistical packages", definition 7 (the
    default of numpy, R and Excel) for ``down`` and ``up``; IBM SPSS Direct Marketing, "RFM
    binning", for ``middle``; F. Harrell, R package Hmisc, ``wtd.quantile``, for weights.

    >>> Quantiles((0.5, 0.8)).cuts(np.arange(11.0))
    Cuts(points=(5.0, 8.0), closed='right')
    >>> half_are_one = np.array([1.0, 1.0, 1.0, 2.0, 3.0])
    >>> Quantiles((0.2,)).cuts(half_are_one).codes(half_are_one).tolist()
    [0, 0, 0, 1, 1]
    >>> Quantiles((0.2,), ties="up").cuts(half_are_one).codes(half_are_one).tolist()
    [1, 1, 1, 1, 1]
    """

    weighs: ClassVar[bool] = True

    at: tuple[float, ...] = attrs.field(default=(0.5, 0.8), converter=settled)
    ties: Ties = "down"

    def __attrs_post_init__(self) -> None:
        """Check the shares and the tie rule."""
        check_shares("at", self.at)
        check_points("at", self.at, strict=True)
        check_ties(self.ties)

    @classmethod
    def of(cls, groups: int, ties: Ties = "down") -> "Quantiles":
        """As many groups of equal size, as far as ties allow: 4 are quartiles, 5 quintiles.

        Args:
            groups: How many, at least 2.
            ties: Where equal values at a cut go.

        Raises:
            ConfigError: There are fewer than 2.

        >>> Quantiles.of(5).at
        (0.2, 0.4, 0.6, 0.8)
        """
        if groups < 2:  # noqa: PLR2004 - one group has no cut
            msg = f"groups must be at least 2, got {groups}"
            raise ConfigError(msg)
        return cls((i / groups for i in range(1, groups)), ties)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.at) + 1

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:
        """Choose the points.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: The number of customers that each value stands for: a weight of 2 is the
                value twice. Not below 0; a weight of 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, or the weights are all 0.
            DataError: A value is infinite, or a weight is impossible.
        """
        exact = self._exact
        if self.ties == "middle":
            return Cuts(_middle(Tally.of(values, weights), exact))
        if weights is None:
            return Cuts(_quantiles(known(values), exact), self._side)
        return Cuts(_weighted(Tally.of(values, weights), exact), self._side)

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine, without fetching its rows.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        points = middle_points if self.ties == "middle" else quantile_points
        return Cuts(points(passes, self._exact), self._side)

    @property
    def _exact(self) -> list[Fraction]:
        return [exact_share(share) for share in self.at]

    @property
    def _side(self) -> Side:
        return "right" if self.ties == "down" else "left"


def _quantiles(values: Floats, exact: list[Fraction]) -> tuple[float, ...]:
    places = [share * (len(values) - 1) for share in exact]
    ends = ranked(values, [i for at in places for i in (floor(at), ceil(at))])
    return _between(places, ends.reshape(-1, 2).tolist())


def _weighted(tally: Tally, exact: list[Fraction]) -> tuple[float, ...]:
    """The first value through which the weights reach a rank, counted from 1."""
    through = np.cumsum(tally.counts)
    whole = Fraction(through[-1].item())
    places = [1 + share * max(whole - 1, Fraction(0)) for share in exact]
    ranks = [[floor(at), ceil(at)] for at in places]
    held = np.minimum(np.searchsorted(through, ranks), len(through) - 1)
    return _between(places, tally.sizes[held].tolist())


def _between(places: Sequence[Fraction], ends: Sequence[Sequence[float]]) -> tuple[float, ...]:
    exact = [(Fraction(low), Fraction(high)) for low, high in ends]
    pairs = zip(places, exact, strict=True)
    return tuple(float(low + (high - low) * (at - floor(at))) for at, (low, high) in pairs)


def _middle(tally: Tally, exact: list[Fraction]) -> tuple[float, ...]:
    sizes, through = tally.sizes, np.cumsum(tally.counts)
    double_rank = 2 * through - tally.counts
    beyond = float(np.nextafter(sizes[-1], np.inf))
    whole = isinstance(through[-1].item(), int)
    up = [2 * Fraction(through[-1].item()) * share for share in exact]
    limits = [ceil(rank) if whole else float(rank) for rank in up]
    first = [int(np.searchsorted(double_rank, limit)) for limit in limits]
    return tuple(float(sizes[i]) if i < len(sizes) else beyond for i in first)
