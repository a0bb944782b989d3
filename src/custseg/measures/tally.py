"""Scores and what came of them, counted by distinct score: measures in which ties are exact."""

from collections.abc import Iterable, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.errors import DataError
from custseg.showing import Shown

_FAR: Final = 1e15
"""Endless scores as the largest numbers that sums can hold."""


@attrs.frozen(eq=False)
class Tally(Shown):
    """Cases and others at each distinct score.

    A measure of a tally depends neither on the order of rows nor on how ties were sorted. Where it
    is not defined (nobody is a case, or nobody is not) it is NaN.

    Attributes:
        score: The distinct scores, ascending.
        cases: How many with this score it happened to.
        others: How many it did not happen to.

    >>> tally = Tally.of(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    >>> tally.auc, round(tally.average_precision, 4)
    (0.75, 0.8333)
    """

    score: Floats
    cases: Ints
    others: Ints

    @classmethod
    def of(cls, score: Floats, case: Bools) -> "Tally":
        """Count rows.

        Args:
            score: Higher where it is more likely to happen.
            case: Whether it did.

        Raises:
            DataError: A score is NaN, or there are not as many scores as outcomes.
        """
        return counted(score, case)[0]

    @classmethod
    def joined(cls, parts: Iterable["Tally"]) -> "Tally":
        """All rows of several tallies in one."""
        some = list(parts)
        if not some:
            return cls(np.empty(0), *np.zeros((2, 0), dtype=np.int64))
        score = np.concatenate([part.score for part in some])
        distinct, place = np.unique(score, return_inverse=True)
        cases, others = np.zeros((2, len(distinct)), dtype=np.int64)
        np.add.at(cases, place, np.concatenate([part.cases for part in some]))
        np.add.at(others, place, np.concatenate([part.others for part in some]))
        return cls(distinct, cases, others)

    def mapped(self, score: Floats) -> "Tally":
        """The same rows with another score for each distinct one."""
        return Tally.joined([Tally(score, self.cases, self.others)])

    def gathered(self, least: int) -> "Tally":
        """The same in groups of neighbouring scores, each at its mean score.

        Args:
            least: Rows of a group, at least; fewer only where there are not so many in all.

        >>> tally = Tally(np.arange(4.0), np.array([1, 0, 2, 1]), np.array([1, 1, 0, 0]))
        >>> found = tally.gathered(2)
        >>> found.score.round(2).tolist(), found.cases.tolist(), found.size.tolist()
        ([0.0, 2.0], [1, 3], [2, 4])
        """
        if not self.rows:
            return self
        begins = self._begins(least)
        size, cases = (np.add.reduceat(part, begins) for part in (self.size, self.cases))
        score = np.add.reduceat(self.size * np.clip(self.score, -_FAR, _FAR), begins) / size
        return Tally(score, cases, size - cases)

    def _begins(self, least: int) -> list[int]:
        until = np.cumsum(self.size)
        begins, done, rows = [0], 0, int(until[-1])
        while True:
            following = int(np.searchsorted(until, done + least)) + 1
            done = int(until[min(following, len(until)) - 1])
            if rows - done < least:
                return begins  # what is left over is too little for a group of its own
            begins.append(following)

    @property
    def size(self) -> Ints:
        """Rows at each score."""
        return self.cases + self.others

    @property
    def rows(self) -> int:
        """All rows."""
        return int(self.size.sum())

    @property
    def happened(self) -> int:
        """All cases."""
        return int(self.cases.sum())

    @property
    def rate(self) -> float:
        """Share of cases."""
        return self.happened / self.rows if self.rows else np.nan

    @property
    def auc(self) -> float:
        """The chance that a case has a higher score than another; a tie is half of it.

        Source: Mann and Whitney 1947, Annals of Mathematical Statistics 18(1); as the area under
        the ROC curve: Hanley and McNeil 1982, Radiology 143(1).
        """
        many, few = self.happened, int(self.others.sum())
        if not many or not few:
            return np.nan
        below = np.cumsum(self.others) - self.others
        twice = int((self.cases * (2 * below + self.others)).sum())
        return twice / (2 * many * few)

    @property
    def gini(self) -> float:
        """Twice the area less 1: 0 tells nothing, 1 tells all.

        Source: Somers 1962, American Sociological Review 27(6), his D of the score, given the
        outcome; "accuracy ratio" of scorecards.
        """
        return 2 * self.auc - 1

    @property
    def ks(self) -> float:
        """The largest distance between the shares of cases and of others up to any score.

        Source: Smirnov 1939, Bulletin Mathematique de l'Universite de Moscou 2(2), of two samples.

        >>> Tally.of(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])).ks
        0.5
        """
        many, few = self.happened, int(self.others.sum())
        if not many or not few:
            return np.nan
        apart = np.cumsum(self.cases) / many - np.cumsum(self.others) / few
        return float(np.abs(apart).max())

    @property
    def average_precision(self) -> float:
        """Precision at each threshold, weighted by the recall that it adds.

        Source: Zhang and Su 2012, "A brief survey of average precision", section 2; thresholds
        between distinct scores only, so that ties cannot be sorted in one's favour.
        """
        if not self.happened:
            return np.nan
        cases, size = self.cases[::-1], self.size[::-1]
        precision = np.cumsum(cases) / np.cumsum(size)
        return float((precision * cases).sum() / self.happened)

    def gains(self, shares: Sequence[float]) -> Floats:
        """Share of all cases among the rows with the highest scores.

        Where a limit falls among equal scores they count in proportion, as they would on average
        in any order.

        Args:
            shares: Shares of the rows: 0.1 for the top tenth.

        >>> tally = Tally.of(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
        >>> tally.gains((0.25, 0.5)).tolist()
        [0.5, 0.75]
        """
        if not self.happened:
            return np.full(len(shares), np.nan)
        rows = np.concatenate(([0], np.cumsum(self.size[::-1]))) / self.rows
        found = np.concatenate(([0], np.cumsum(self.cases[::-1]))) / self.happened
        return np.asarray(np.interp(shares, rows, found))

    def lift(self, shares: Sequence[float]) -> Floats:
        """How many times as many cases as in any rows there are among the highest scores."""
        return self.gains(shares) / np.asarray(shares, dtype=np.float64)

    @property
    def brier(self) -> float:
        """Mean squared distance of probabilities from what came; 0 is best.

        Source: Brier 1950, Monthly Weather Review 78(1), for one of two outcomes.
        """
        if not self.rows:
            return np.nan
        away = self.cases * (1 - self.score) ** 2 + self.others * self.score**2
        return float(away.sum() / self.rows)

    @property
    def brier_skill(self) -> float:
        """What the probabilities take off the Brier score of saying the share of all to everybody.

        1 is perfect, 0 no better than that share, below 0 worse.

        Source: Murphy 1973, Journal of Applied Meteorology 12(1), against the rate of the sample.

        >>> Tally.of(np.array([0.5, 1.0]), np.array([False, True])).brier_skill
        0.5
        """
        alike = self.rate * (1 - self.rate)
        return 1 - self.brier / alike if alike > 0 else np.nan

    @property
    def log_loss(self) -> float:
        """Minus the mean logarithm of the probability of what came.

        Infinite where something came that was said to be impossible.

        Source: Good 1952, "Rational decisions", Journal of the Royal Statistical Society B 14(1).
        """
        if not self.rows:
            return np.nan
        some, rest = self.cases > 0, self.others > 0
        with np.errstate(divide="ignore"):
            said = (self.cases[some] * np.log(self.score[some])).sum()
            said += (self.others[rest] * np.log1p(-self.score[rest])).sum()
        return float(-said / self.rows)


def counted(score: Floats, case: Bools) -> tuple[Tally, Index]:
    """A tally, and the place of each row in it.

    Args:
        score: Higher where it is more likely to happen.
        case: Whether it did.

    Raises:
        DataError: A score is NaN, or there are not as many scores as outcomes.

    >>> counted(np.array([0.5, 0.1, 0.5]), np.array([True, False, True]))[1].tolist()
    [1, 0, 1]
    """
    _check(score, case)
    distinct, place = np.unique(score, return_inverse=True)
    size = np.bincount(place, minlength=len(distinct))
    cases = np.bincount(place[case], minlength=len(distinct))
    return Tally(distinct.astype(np.float64), cases, size - cases), place


def _check(score: Floats, case: Bools) -> None:
    if len(score) != len(case):
        msg = f"there are {len(score)} scores and {len(case)} outcomes; give one of each a row"
        raise DataError(msg)
    wrong = np.isnan(score)
    if wrong.any():
        msg = "a score is missing; leave out rows without one, and say how many they are"
        raise DataError(msg, "score", int(np.argmax(wrong)))
