"""Does the score still tell as well as it did?"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.features.daynumbers import as_date
from custseg.features.periods import Unit, last_day_of, period_of
from custseg.measures import Area, Estimate, area, quantile
from custseg.measures.intervals import UNKNOWN
from custseg.reasons import Reason
from custseg.scoring.auditing.findings import Finding
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.auditing.telling import FEW

_MOST: Final = 12
_UNITS: Final[tuple[Unit, ...]] = ("week", "month", "quarter")
_FAR: Final = 0.03
_LEAST: Final = 0.05


@attrs.frozen(eq=False)
class Period:
    """A week, month, quarter or year.

    Attributes:
        until: Its last day.
        rows: Rows with a score.
        known: Those of whom the outcome is known.
        cases: Those to whom it happened.
        score: Mean score.
        auc: How well the score told.
        said: Mean probability of those known; NaN without probabilities.
        off: What came less what was said, with its interval.
    """

    until: date
    rows: int
    known: int
    cases: int
    score: float
    auc: Area
    said: float
    off: Estimate

    @property
    def rate(self) -> float:
        """Share of cases among those known."""
        return self.cases / self.known if self.known else np.nan

    @property
    def judged(self) -> bool:
        """Whether there are enough rows of both outcomes to say how well the score told."""
        return min(self.cases, self.known - self.cases) >= FEW


@attrs.frozen(eq=False)
class Course:
    """The score through time.

    Attributes:
        unit: What the periods are.
        periods: The periods that have rows, the earliest first.
        undated: Rows without a day.
    """

    unit: Unit
    periods: tuple[Period, ...]
    undated: int


def course(subject: Subject, won: Bools, known: Bools, days: Floats, level: float) -> Course:
    """Measure each period.

    Args:
        subject: What is audited.
        won: Whether it happened to a row.
        known: Whether that is known.
        days: The day of each row.
        level: Level of the intervals.
    """
    there = ~np.isnan(days) & subject.scored
    whole = days[there].astype(np.int64)
    unit = _unit(whole)
    number = period_of(whole, unit)
    order = np.argsort(number, kind="stable")
    rows = np.flatnonzero(there)[order]
    numbers, begins = np.unique(number[order], return_index=True)
    periods = tuple(
        _period(subject, (won, known), some, int(last_day_of(numbers[i], unit)), level)
        for i, some in enumerate(np.split(rows, begins[1:]) if len(numbers) else [])
    )
    return Course(unit, periods, int(np.count_nonzero(np.isnan(days))))


def _unit(days: "np.typing.NDArray[np.int64]") -> Unit:
    """The shortest unit with not too many periods."""
    for unit in _UNITS:
        if len(np.unique(period_of(days, unit))) <= _MOST:
            return unit
    return "year"


def _period(
    subject: Subject,
    outcome: tuple[Bools, Bools],
    rows: "np.typing.NDArray[np.integer]",
    until: int,
    level: float,
) -> Period:
    won, known = (side[rows] for side in outcome)
    score = subject.score[rows]
    case = won[known]
    auc = area(score[known], case, level=level)
    said, off = np.nan, UNKNOWN
    if subject.chance is not None and len(case):
        said, off = _off(subject.chance[rows][known], case, level)
    return Period(
        as_date(until),
        len(rows),
        len(case),
        int(np.count_nonzero(case)),
        float(np.sort(score).mean()),
        auc,
        said,
        off,
    )


def _off(chance: Floats, case: Bools, level: float) -> tuple[float, Estimate]:
    """Mean of what was said; what came less that, as far as chance could move it."""
    chance = np.sort(chance)
    said = float(chance.mean())
    away = float(np.count_nonzero(case)) / len(case) - said
    half = quantile(level) * float(np.sqrt((chance * (1 - chance)).sum())) / len(case)
    return said, Estimate(away, away - half, away + half)


def lasting(found: Course | None) -> Iterator[Finding]:
    """What that means."""
    if found is None:
        yield Finding("unknown", "time", Reason("audit.time_unasked"))
        return
    judged = [one for one in found.periods if one.judged]
    if len(judged) < 2:  # noqa: PLR2004 - a course needs two
        yield Finding("unknown", "time", Reason("audit.time_few", {"periods": len(judged)}))
        return
    last, best = judged[-1], max(judged, key=_auc)
    said = {
        "periods": len(judged),
        "auc": last.auc.value,
        "until": last.until.isoformat(),
        "best": best.auc.value,
        "then": best.until.isoformat(),
        "worst": min(one.auc.value for one in judged),
    }
    if last.auc.high < best.auc.low and best.auc.value - last.auc.value > _FAR:
        yield Finding("alarm", "time", Reason("audit.fades", said))
    else:
        yield Finding("fine", "time", Reason("audit.lasts", said))
    yield from _missed(judged)


def _auc(one: Period) -> float:
    return one.auc.value


def _missed(judged: Sequence[Period]) -> Iterator[Finding]:
    """The last period, if what came is certainly not what was said."""
    last = judged[-1]
    if not last.off.holds(0.0) and abs(last.off.value) > _LEAST:
        said = {"until": last.until.isoformat(), "said": last.said, "came": last.rate}
        yield Finding("watch", "time", Reason("audit.misses", said))
