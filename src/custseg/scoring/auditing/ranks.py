"""Do more points go with more cases, factor by factor?"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.measures import Tally, difference
from custseg.reasons import Reason
from custseg.scoring.auditing.classes import crossed
from custseg.scoring.auditing.findings import Finding
from custseg.scoring.auditing.subject import Seen
from custseg.scoring.auditing.telling import FEW
from custseg.scoring.points import HUNDREDTHS

Trend: TypeAlias = Literal["rises", "falls", "bends", "flat", "unknown"]
_MOST: Final = 8
_LEAST: Final = 50


@attrs.frozen(eq=False)
class Step:
    """Rows of a factor with about the same points, and what came of them.

    Attributes:
        points: Mean points.
        rows: Rows whose outcome is known.
        cases: Those to whom it happened.
    """

    points: float
    rows: int
    cases: int

    @property
    def rate(self) -> float:
        """Share of cases."""
        return self.cases / self.rows


@attrs.frozen(eq=False)
class Rank:
    """Whether what came of a factor rises with its points, and how it goes with its values.

    Attributes:
        name: The factor.
        steps: Rows by points, the fewest points first; empty of a column without points.
        trend: How the share of cases goes with points: ``rises``, ``falls`` (all the wrong way
            round), ``bends`` (a contradiction), ``flat`` (no difference is certain) or
            ``unknown`` (too few rows).
        against: The steps that contradict it most: one with fewer points, and one with more that
            certainly did worse; ``None`` without.
        classes: Names of the classes of its values, those that hold somebody.
        counts: Others and cases of each.
        shape: How the share of cases goes with its numbers; ``unknown`` of words.
    """

    name: str
    steps: tuple[Step, ...]
    trend: Trend
    against: tuple[Step, Step] | None
    classes: tuple[str, ...]
    counts: Ints
    shape: Trend


def rank(seen: Seen, won: Bools, known: Bools, level: float) -> Rank:
    """Look at one factor.

    Args:
        seen: The factor.
        won: Whether it happened to a row.
        known: Whether that is known.
        level: How certain a contradiction has to be.
    """
    case, classes = won[known], seen.classes
    steps = () if seen.points is None else _steps(seen.points[known], case)
    trend, pair = _trend([(one.cases, one.rows) for one in steps], level)
    counts = crossed(seen.at[known], classes.size, case.astype(np.int8), 2)
    shape: Trend = "unknown"
    if classes.numbers:
        held = counts[:-1][counts[:-1].sum(axis=1) > 0]
        shape, _ = _trend([(int(c), int(o + c)) for o, c in held.tolist()], level)
    there = np.flatnonzero(counts.sum(axis=1)).tolist()
    against = None if pair is None else (steps[pair[0]], steps[pair[1]])
    names = tuple(classes.names[i] for i in there)
    return Rank(seen.name, steps, trend, against, names, counts[there], shape)


def _steps(points: Floats, won: Bools) -> tuple[Step, ...]:
    whole = points.astype(np.int64)
    least = int(whole.min(initial=0))
    at = whole - least
    size = np.bincount(at)
    cases = np.bincount(at[won], minlength=len(size))
    some = np.flatnonzero(size)
    tally = Tally((some + least) / HUNDREDTHS, cases[some], (size - cases)[some])
    grouped = tally.gathered(max(_LEAST, len(points) // _MOST))
    parts = zip(grouped.score, grouped.size, grouped.cases, strict=True)
    return tuple(Step(float(p), int(n), int(c)) for p, n, c in parts)


def _trend(rows: Sequence[tuple[int, int]], level: float) -> tuple[Trend, tuple[int, int] | None]:
    """How shares go, and the worst pair of a lower place that does better, if one is certain."""
    some = range(len(rows))
    pairs = [(i, j) for i in some for j in some if i < j]
    cases, size = (sum(row[i] for row in rows) for i in (0, 1))
    if min(cases, size - cases) < FEW:
        return "unknown", None
    if not pairs:
        return "flat", None
    strict = 1 - (1 - level) / len(pairs)
    found = {pair: difference(rows[pair[0]], rows[pair[1]], strict) for pair in pairs}
    ups = [pair for pair, away in found.items() if away.low > 0]
    downs = sorted((away.high, pair) for pair, away in found.items() if away.high < 0)
    worst = downs[0][1] if downs else None
    if downs:
        return "bends" if ups else "falls", worst
    return "rises" if ups else "flat", None


def contradictions(found: Sequence[Rank]) -> Iterator[Finding]:
    """Factors whose points contradict what came."""
    judged = [one for one in found if one.steps and one.trend != "unknown"]
    wrong = [_wrong(one, *one.against) for one in judged if one.against is not None]
    yield from wrong
    for one in judged:
        if one.trend == "flat" and len(one.steps) > 1:
            flat = Reason("audit.flat", {"factor": one.name})
            yield Finding("watch", "order", flat, one.name)
    unknown = sum(bool(one.steps) for one in found) - len(judged)
    if unknown:
        yield Finding("unknown", "order", Reason("audit.order_unknown", {"factors": unknown}))
    rising = sum(one.trend == "rises" for one in judged)
    if rising and not wrong:
        yield Finding("fine", "order", Reason("audit.in_order", {"factors": rising}))


def _wrong(one: Rank, better: Step, worse: Step) -> Finding:
    said = {
        "factor": one.name,
        "more": worse.points,
        "share": worse.rate,
        "fewer": better.points,
        "other": better.rate,
    }
    if one.trend == "falls":
        return Finding("alarm", "order", Reason("audit.upside_down", said), one.name)
    return Finding("watch", "order", Reason("audit.contradicts", said), one.name)
