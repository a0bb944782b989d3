"""Are the customers of today still those that the score was made for?"""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats
from custseg.errors import DataError
from custseg.measures import Stability, psi
from custseg.reasons import Reason
from custseg.scoring.auditing.classes import Values
from custseg.scoring.auditing.findings import Finding, Severity
from custseg.scoring.auditing.subject import Seen, Subject
from custseg.scoring.auditing.telling import FEW
from custseg.scoring.points import HUNDREDTHS

_SEVERITY: Final[dict[str, Severity]] = {"moved": "alarm", "moving": "watch"}


@attrs.frozen(eq=False)
class Shifted:
    """How far a column has moved.

    Attributes:
        name: The factor, or the score.
        stability: The index, and what it is made of.
        classes: Names of the classes that it was counted in.
        before: Mean points before; NaN of a column without points.
        after: Mean points now.
    """

    name: str
    stability: Stability
    classes: tuple[str, ...]
    before: float
    after: float


@attrs.frozen(eq=False)
class Drift:
    """How far the score and its factors have moved.

    Attributes:
        since: What they are compared with: ``reference``, or ``halves`` of the time.
        before: Rows there.
        after: Rows now.
        score: The score.
        factors: The factors.
    """

    since: str
    before: int
    after: int
    score: Shifted
    factors: tuple[Shifted, ...]


def drift(before: Subject, after: Subject) -> Drift:
    """Compare a table with an earlier one, by the classes of that.

    Args:
        before: The rows to compare with.
        after: The rows of today.
    """
    there = {one.name: one for one in before.factors}
    pairs = [(there[one.name], one) for one in after.factors if one.name in there]
    factors = tuple(_between(old, new.values, new.points) for old, new in pairs)
    score = Values(after.name, before.score), Values(after.name, after.score)
    held = Seen(after.name, score[0], before.score * HUNDREDTHS)
    moved = _between(held, score[1], after.score * HUNDREDTHS)
    return Drift("reference", len(before.score), len(after.score), moved, factors)


def _between(old: Seen, values: Values, points: Floats | None) -> Shifted:
    if isinstance(old.values.held, Codes) != isinstance(values.held, Codes):
        _check_nothing(old.values, values)
    counts = [
        np.bincount(at, minlength=old.classes.size) for at in (old.at, old.classes.at(values))
    ]
    means = _mean(old.points), _mean(points)
    return Shifted(old.name, psi(*counts), old.classes.names, *means)


def _check_nothing(old: Values, new: Values) -> None:
    """Words and numbers are not counted in the same classes, unless one side holds nothing."""
    if old.known.any() and new.known.any():
        msg = "holds words in one table and numbers in the other; give both as words, or as numbers"
        raise DataError(msg, old.name)


def halves(subject: Subject, days: Floats) -> Drift | None:
    """Compare the earlier half of the rows with the later one; ``None`` if all are of one day.

    Args:
        subject: What is audited.
        days: The day of each row, NaN where it is not known.
    """
    known = days[~np.isnan(days)]
    if not len(known) or known.min() == known.max():
        return None
    cut = np.partition(known, (len(known) - 1) // 2)[(len(known) - 1) // 2]
    if cut == known.max():
        cut = known[known < cut].max()
    sides = days <= cut, days > cut
    factors = tuple(_halved(one, sides) for one in subject.factors)
    score = Values(subject.name, subject.score)
    moved = _halved(Seen(subject.name, score, subject.score * HUNDREDTHS), sides)
    first, second = (int(np.count_nonzero(side)) for side in sides)
    return Drift("halves", first, second, moved, factors)


def _halved(one: Seen, sides: tuple[Bools, Bools]) -> Shifted:
    counts = [np.bincount(one.at[side], minlength=one.classes.size) for side in sides]
    means = [_mean(None if one.points is None else one.points[side]) for side in sides]
    return Shifted(one.name, psi(*counts), one.classes.names, *means)


def _mean(hundredths: Floats | None) -> float:
    """Mean points; whole hundredths add up the same in any order."""
    if hundredths is None:
        return np.nan
    whole = hundredths[~np.isnan(hundredths)]
    return float(np.rint(whole).sum()) / len(whole) / HUNDREDTHS if len(whole) else np.nan


def drifting(found: Drift | None) -> Iterator[Finding]:
    """What that means."""
    if found is None:
        yield Finding("unknown", "drift", Reason("audit.drift_unasked"))
        return
    said: dict[str, object] = {"since": f"drift.{found.since}"}
    if min(found.before, found.after) < FEW:
        few = {**said, "few": min(found.before, found.after), "least": FEW}
        yield Finding("unknown", "drift", Reason("audit.drift_few", few))
        return
    score = found.score
    figures = {"index": score.stability.index, "before": score.before, "after": score.after}
    shift = score.stability.shift
    code = {"moved": "audit.score_moved", "moving": "audit.score_moving"}.get(shift)
    severity = _SEVERITY.get(shift, "fine")
    yield Finding(severity, "drift", Reason(code or "audit.score_stable", {**said, **figures}))
    yield from _factors(found.factors, said)


def _factors(found: Sequence[Shifted], said: dict[str, object]) -> Iterator[Finding]:
    """Factors that have moved; those that only begin to are in the table."""
    for one in found:
        if one.stability.shift == "moved":
            figures = {"factor": one.name, "index": one.stability.index}
            figures |= {"before": one.before, "after": one.after}
            code = "audit.factor_moved" if np.isfinite(one.after) else "audit.column_moved"
            yield Finding("watch", "drift", Reason(code, {**said, **figures}), one.name)
