"""Does the score tell those who will from those who will not?"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools
from custseg.measures import Area, Tally, area_of, wilson
from custseg.reasons import Reason
from custseg.scoring.auditing.findings import Finding
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.card.grades import Grades

TOPS: Final = (0.1, 0.2)
FEW: Final = 30
"""Rows of an outcome below which nothing is claimed."""

_EVEN: Final = 0.5
_WEAK: Final = 0.6
_SHARES: Final = tuple(n / 100 for n in range(101))


@attrs.frozen(eq=False)
class GradeRow:
    """Customers of a grade, and how many of them it happened to.

    Attributes:
        grade: The grade.
        rows: Customers.
        known: Those of whom the outcome is known.
        cases: Those to whom it happened.
        low: Lower end of the share of cases.
        high: Upper end.
    """

    grade: str
    rows: int
    known: int
    cases: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Share of cases among those known; NaN where nobody is."""
        return self.cases / self.known if self.known else np.nan


@attrs.frozen(eq=False)
class Telling:
    """How well the score tells.

    Attributes:
        auc: The area under the ROC curve, with its interval.
        gini: Twice the area less 1.
        ks: The largest distance between the two distributions.
        lift: How many times as many cases as in any rows there are in the top 10 % and 20 %.
        average_precision: Precision over all thresholds.
        rate: Share of cases.
        gains: Share of all cases in the top 0, 1, ..., 100 % of the rows.
        grades: What came of each grade, the best first; empty without grades.
        ranked: Whether each grade is better than the next; the cells of a matrix are not.
    """

    auc: Area
    gini: float
    ks: float
    lift: tuple[float, ...]
    average_precision: float
    rate: float
    gains: tuple[float, ...]
    grades: tuple[GradeRow, ...]
    ranked: bool


def telling(subject: Subject, scores: Tally, won: Bools, known: Bools, level: float) -> Telling:
    """How well the score tells.

    Args:
        subject: What is audited.
        scores: Its scores, and what came.
        won: Whether it happened to a row.
        known: Whether that is known, and the row has a score.
        level: Level of the intervals.
    """
    card = subject.card
    return Telling(
        auc=area_of(scores, level=level),
        gini=scores.gini,
        ks=scores.ks,
        lift=tuple(scores.lift(TOPS).tolist()),
        average_precision=scores.average_precision,
        rate=scores.rate,
        gains=tuple(scores.gains(_SHARES).tolist()),
        grades=_grades(subject, won, known, level),
        ranked=card is not None and isinstance(card.grades, Grades),
    )


def _grades(subject: Subject, won: Bools, known: Bools, level: float) -> tuple[GradeRow, ...]:
    if subject.grade is None or subject.card is None:
        return ()
    at, words = subject.grade.at, subject.grade.words
    some = at >= 0
    rows, there, cases = (
        np.bincount(at[some & keep], minlength=len(words))
        for keep in (np.True_, known, known & won)
    )
    low, high = wilson(cases, there, level)
    return tuple(
        GradeRow(
            words[i], int(rows[i]), int(there[i]), int(cases[i]), float(low[i]), float(high[i])
        )
        for i in reversed(range(len(words)))
    )


def told(found: Telling, rows: int, cases: int) -> Iterator[Finding]:
    """What that means."""
    auc = found.auc
    said = {"auc": auc.value, "low": auc.low, "high": auc.high, "rows": rows, "cases": cases}
    if min(cases, rows - cases) < FEW:
        few = {"few": min(cases, rows - cases), "least": FEW}
        yield Finding("unknown", "telling", Reason("audit.few", {**said, **few}))
    elif auc.high < _EVEN:
        yield Finding("alarm", "telling", Reason("audit.reversed", said))
    elif auc.low <= _EVEN:
        yield Finding("alarm", "telling", Reason("audit.no_better", said))
    else:
        said |= {"gini": found.gini, "ks": found.ks, "lift": found.lift[0]}
        weak = auc.high < _WEAK
        code = "audit.tells_little" if weak else "audit.tells"
        yield Finding("watch" if weak else "fine", "telling", Reason(code, said))
    yield from _crossed(found)


def _crossed(found: Telling) -> Iterator[Finding]:
    """Grades of which a better one certainly has fewer cases than the next."""
    some = [one for one in found.grades if one.known and found.ranked]
    for better, worse in pairwise(some):
        if better.high < worse.low:
            said = {
                "better": better.grade,
                "worse": worse.grade,
                "share": better.rate,
                "other": worse.rate,
            }
            yield Finding("alarm", "telling", Reason("audit.grades_crossed", said))
