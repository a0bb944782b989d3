"""The customers that a card learns from: whether each was won, and how much it counts."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import Table
from custseg.scoring.binning.evidence import Base
from custseg.scoring.outcome import Outcome

MILLIONTHS: Final = 1_000_000.0
_MOST: Final = 2.0**53 / MILLIONTHS
"""Weights that add up to more are no longer added exactly, so that their order would matter."""


@attrs.frozen(eq=False)
class Cases:
    """Customers with a known outcome.

    Attributes:
        won: One a customer: whether it was won.
        weight: How many each counts for, in whole millionths, so that sums are exact and in no
            order; ``None``: one each.

    >>> cases = Cases(np.array([True, False, True]))
    >>> cases.counts(np.array([0, 0, 1]), 2)
    (array([2., 1.]), array([1., 1.]))
    """

    won: Bools
    weight: Floats | None = None

    @property
    def size(self) -> int:
        """Number of customers, whatever they count for."""
        return len(self.won)

    def counts(self, at: Index, size: int) -> tuple[Floats, Floats]:
        """Customers, and won ones, in each of some bins.

        Args:
            at: The bin of each customer.
            size: Number of bins.
        """
        place = at + size * self.won
        both = np.bincount(place, self.weight, minlength=2 * size).reshape(2, size)
        unit = 1.0 if self.weight is None else MILLIONTHS
        return both.sum(axis=0) / unit, both[1] / unit

    def base(self, shrink: float) -> Base:
        """All of them together."""
        rows, cases = self.counts(np.zeros(self.size, dtype=np.intp), 1)
        return Base(float(cases[0]), float(rows[0] - cases[0]), shrink)


def cases_of(table: Table[Any], outcome: Outcome, weight: str | None = None) -> Cases:
    """The customers whose outcome is known, with their weights.

    Args:
        table: An opened table.
        outcome: How it ended.
        weight: Column of weights; a customer of weight 2 counts as two.

    Raises:
        DataError: A weight is missing, negative or not finite; or they add up to more than 9e9.
        NotEnoughDataError: All who were won, or all who were not, count for nothing.
    """
    won = outcome.won[outcome.known]
    if weight is None:
        return Cases(won)
    given = np.asarray(table.read({weight: "number"})[weight], dtype=np.float64)
    if (wrong := ~(np.isfinite(given) & (given >= 0)) & outcome.known).any():
        msg = "a weight is a finite number of at least 0 in every row with an outcome"
        raise DataError(msg, weight, int(np.argmax(wrong)))
    if not (given[outcome.known] / _MOST).sum() <= 1:
        msg = "weights add up to more than 9,007,199,254; divide them all by the same number"
        raise DataError(msg, weight)
    cases = Cases(won, np.rint(given[outcome.known] * MILLIONTHS))
    base = cases.base(0.0)
    if not min(base.cases, base.others) > 0:
        which = "won" if base.others else "lost"
        msg = f"the weights of {which} customers in {weight!r} are all 0, or below a millionth"
        raise NotEnoughDataError(msg)
    return cases
