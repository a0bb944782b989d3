"""Scores whose outcome is known, counted once for all that is measured on them."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.measures import Tally
from custseg.measures.tally import counted
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.points import HUNDREDTHS

_SPARSE: Final = 4


@attrs.frozen(eq=False)
class Counted:
    """What came of each distinct total.

    Attributes:
        total: Totals, before the card's own least and most, and what came of them.
        score: Scores, and what came.
        said: The probability of each distinct total, ``None`` where none is said.
    """

    total: Tally
    score: Tally
    said: Floats | None

    @classmethod
    def of(cls, subject: Subject, won: Bools, known: Bools) -> "Counted":
        """Count rows.

        Args:
            subject: What is audited.
            won: Whether it happened to a row.
            known: Whether that is known, and the row has a score.
        """
        whole = bool(known.all())
        rows = slice(None) if whole else known
        given, case = subject.total[rows], won[rows]
        total, place = _by_hundredths(given, case) or counted(given, case)
        said = subject.chance
        return cls(
            total,
            total.mapped(_of_each(subject.score[rows], place, len(total.score))),
            None if said is None else _of_each(said[rows], place, len(total.score)),
        )

    @property
    def chance(self) -> Tally | None:
        """Probabilities, and what came."""
        return None if self.said is None else self.total.mapped(self.said)


def _of_each(column: Floats, place: Index, size: int) -> Floats:
    """What rows with the same total share."""
    found = np.empty(size)
    found[place] = column
    return found


def _by_hundredths(total: Floats, case: Bools) -> tuple[Tally, Index] | None:
    """Count whole hundredths without sorting; ``None`` where they are not, or lie far apart."""
    if not len(total):
        return None
    low, high = float(total.min()), float(total.max())
    if not (high - low) * HUNDREDTHS < _SPARSE * len(total):
        return None
    exact = np.rint(total * HUNDREDTHS)
    if not np.array_equal(exact / HUNDREDTHS, total):
        return None
    at = (exact - exact.min()).astype(np.intp)
    size, cases = np.bincount(at), np.bincount(at[case], minlength=int(at.max()) + 1)
    some = np.flatnonzero(size)
    score = (some + exact.min()) / HUNDREDTHS
    place = (np.cumsum(size > 0) - 1)[at]
    return Tally(score, cases[some], (size - cases)[some]), place
