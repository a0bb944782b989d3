"""What goes into the tables of an audit."""

from collections.abc import Iterator
from typing import Final

from custseg.scoring.auditing.chances import Chances
from custseg.scoring.auditing.drift import Drift, Shifted
from custseg.scoring.auditing.findings import Finding
from custseg.scoring.auditing.leaks import Single
from custseg.scoring.auditing.periods import Course
from custseg.scoring.auditing.ranks import Rank
from custseg.scoring.auditing.sheets import Cell, Sheet, merged
from custseg.scoring.auditing.telling import Telling
from custseg.scoring.auditing.treatment import Fairness

_FACTOR: Final = (
    "factor",
    "auc",
    "iv",
    "known_cases",
    "known_others",
    "trend",
    "shape",
    "csi",
    "before",
    "after",
)
_GROUP: Final = (
    "attribute",
    "group",
    "rows",
    "chosen",
    "selected",
    "true_rate",
    "false_rate",
    "rate",
    "said",
    "score",
    "small",
)


def findings_sheet(findings: tuple[Finding, ...], locale: str = "en") -> Sheet:
    """What was found, the weightiest first."""
    rows = [(one.severity, one.section, one.about, one.text(locale)) for one in findings]
    return Sheet.of("findings", ("severity", "section", "about", "found"), rows)


def measures_sheet(telling: Telling, chances: Chances) -> Sheet:
    """Figures of the whole score, with intervals where there are some."""
    auc, line = telling.auc, chances.line
    rows: list[tuple[Cell, ...]] = [
        ("auc", auc.value, auc.low, auc.high),
        ("gini", telling.gini, None, None),
        ("ks", telling.ks, None, None),
        ("lift_10", telling.lift[0], None, None),
        ("lift_20", telling.lift[1], None, None),
        ("average_precision", telling.average_precision, None, None),
    ]
    if chances.given:
        error = None if chances.table is None else chances.table.error
        rows += [("brier", chances.brier, None, None), ("brier_skill", chances.skill, None, None)]
        rows += [("ece", error, None, None)]
    if line is not None:
        for name, some in (("slope", line.slope), ("intercept", line.intercept)):
            rows.append((name, some.value, some.low, some.high))
    return Sheet.of("measures", ("measure", "value", "low", "high"), rows)


def grades_sheet(telling: Telling) -> Sheet:
    """What came of each grade."""
    heads = ("grade", "rows", "known", "cases", "rate", "low_rate", "high_rate")
    rows = [(g.grade, g.rows, g.known, g.cases, g.rate, g.low, g.high) for g in telling.grades]
    return Sheet.of("grades", heads, rows)


def reliability_sheet(chances: Chances) -> Sheet:
    """What was said and what came, bin by bin."""
    heads = ("predicted", "count", "cases", "observed", "low", "high")
    rows = [] if chances.table is None else list(chances.table.rows())
    made = [
        [int(row[head]) if head in {"count", "cases"} else row[head] for head in heads]
        for row in rows
    ]
    return Sheet.of("reliability", heads, made)


def scales_sheet(chances: Chances) -> Sheet:
    """Scales of probabilities that were tried."""
    heads = ("scale", "brier", "ece", "gain", "gain_low", "gain_high", "best")
    rows = [
        (
            one.scale,
            one.brier,
            one.error,
            one.gain.value,
            one.gain.low,
            one.gain.high,
            one.scale == chances.best,
        )
        for one in chances.trials
    ]
    return Sheet.of("scales", heads, rows)


def factors_sheet(
    singles: tuple[Single, ...], ranks: tuple[Rank, ...], drift: Drift | None
) -> Sheet:
    """What was found of each factor."""
    moved: dict[str, Shifted] = {}
    if drift is not None:
        moved = {one.name: one for one in drift.factors}
    shapes = {one.name: one for one in ranks}
    rows: list[dict[str, Cell]] = []
    for one in singles:
        rank, shift = shapes[one.name], moved.get(one.name)
        row: dict[str, Cell] = {
            "factor": one.name,
            "auc": one.auc,
            "iv": one.iv,
            "known_cases": one.known_cases,
            "known_others": one.known_others,
            "trend": rank.trend if rank.steps else None,
            "shape": rank.shape if rank.shape != "unknown" else None,
        }
        if shift is not None:
            row |= {"csi": shift.stability.index, "before": shift.before, "after": shift.after}
        rows.append(row)
    return Sheet.of("factors", _FACTOR, merged(rows, _FACTOR))


def classes_sheet(ranks: tuple[Rank, ...]) -> Sheet:
    """What came of each class of each factor."""
    heads = ("factor", "class", "rows", "cases", "rate")
    rows = [
        (one.name, name, int(others + cases), int(cases), cases / (others + cases))
        for one in ranks
        for name, (others, cases) in zip(one.classes, one.counts.tolist(), strict=True)
    ]
    return Sheet.of("classes", heads, rows)


def groups_sheet(found: tuple[Fairness, ...]) -> Sheet:
    """How each group of people is treated."""
    return Sheet.of("groups", _GROUP, _groups(found))


def _groups(found: tuple[Fairness, ...]) -> Iterator[tuple[Cell, ...]]:
    for one in found:
        for group in one.groups:
            yield (one.attribute, *(getattr(group, head) for head in _GROUP[1:]))


def proxies_sheet(found: tuple[Fairness, ...]) -> Sheet:
    """Which factors stand in for an attribute, and what leaving one out would do."""
    heads = ("attribute", "factor", "v", "auc", "iv", "group", "ratio")
    rows = [
        (one.attribute, p.factor, p.v, p.auc, p.iv, p.group, p.ratio)
        for one in found
        for p in one.proxies
    ]
    return Sheet.of("proxies", heads, rows)


def periods_sheet(course: Course | None) -> Sheet:
    """The score through time."""
    heads = ("until", "rows", "known", "cases", "rate", "score", "auc", "low", "high", "said")
    rows = [
        (
            one.until,
            one.rows,
            one.known,
            one.cases,
            one.rate,
            one.score,
            one.auc.value,
            one.auc.low,
            one.auc.high,
            one.said,
        )
        for one in (() if course is None else course.periods)
    ]
    return Sheet.of("periods", heads, rows)


def drift_sheet(drift: Drift | None) -> Sheet:
    """How far the score and its factors have moved."""
    heads = ("name", "index", "shift", "p_value", "before", "after")
    every = () if drift is None else (drift.score, *drift.factors)
    rows = [
        (
            one.name,
            one.stability.index,
            one.stability.shift,
            one.stability.p_value,
            one.before,
            one.after,
        )
        for one in every
    ]
    return Sheet.of("drift", heads, rows)
