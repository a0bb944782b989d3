"""How much do counts of won and lost say?"""

import attrs
import numpy as np

from custseg._typing import Floats

_HALF = 0.5


@attrs.frozen
class Base:
    """What counts are held against: all the customers learnt from.

    Attributes:
        cases: How many were won.
        others: How many were not.
        shrink: Records of the usual rate that every bin is taken to hold besides its own. A bin
            of one customer then says next to nothing, one of a thousand what it says.

    >>> base = Base(300.0, 700.0, shrink=0.0)
    >>> base.woe(np.array([190.0]), np.array([80.0])).round(6).tolist()
    [0.528844]
    """

    cases: float
    others: float
    shrink: float = 10.0

    @property
    def rate(self) -> float:
        """The share that was won."""
        return self.cases / (self.cases + self.others)

    def shrunk(self, rows: Floats, cases: Floats) -> tuple[Floats, Floats]:
        """Won and lost of bins with the records of the usual rate; none is ever nothing.

        Where no records are added a bin without won (or without lost) is taken to hold half a one.
        """
        won = cases + self.shrink * self.rate
        lost = rows - cases + self.shrink * (1 - self.rate)
        if self.shrink > 0:
            return won, lost
        empty = rows <= 0
        won = np.where(empty, self.rate, np.where(cases > 0, won, _HALF))
        return won, np.where(empty, 1 - self.rate, np.where(rows > cases, lost, _HALF))

    def woe(self, rows: Floats, cases: Floats) -> Floats:
        """Weights of evidence: log-odds of bins above those of all; 0 is as usual.

        Source: Good 1950, Probability and the Weighing of Evidence; as used in credit scoring,
        Siddiqi 2006, with the event above: ln((won / all won) / (lost / all lost)).
        """
        won, lost = self.shrunk(rows, cases)
        return np.asarray(np.log(won * self.others) - np.log(lost * self.cases))

    def information(self, rows: Floats, cases: Floats) -> Floats:
        """What each bin adds to the information value; the sum over all bins is that of a column.

        Source: Kullback and Leibler 1951 (Jeffreys' divergence of won and lost).
        """
        apart = cases / self.cases - (rows - cases) / self.others
        return np.asarray(apart * self.woe(rows, cases))

    def likelihood(self, rows: Floats, cases: Floats) -> Floats:
        """Log-likelihood of the outcomes of each bin, at its shrunk rate."""
        won, lost = self.shrunk(rows, cases)
        both = np.log(won + lost)
        told = cases * (np.log(won) - both) + (rows - cases) * (np.log(lost) - both)
        return np.asarray(told)


def divergence(rows: Floats, cases: Floats) -> float:
    """Jensen-Shannon divergence of the won and the lost over the bins, from 0 to ln 2.

    Unlike the information value it stays finite, and small bins do not rule it.

    Source: Lin 1991, IEEE Transactions on Information Theory 37(1).

    >>> round(divergence(np.array([10.0, 10.0]), np.array([10.0, 0.0])), 4)
    0.6931
    """
    won = cases / cases.sum()
    lost = (rows - cases) / (rows - cases).sum()
    middle = (won + lost) / 2
    return (_against(won, middle) + _against(lost, middle)) / 2


def _against(share: Floats, middle: Floats) -> float:
    there = share > 0
    return float((share[there] * np.log(share[there] / middle[there])).sum())
