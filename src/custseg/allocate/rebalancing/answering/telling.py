"""A rebalancing in words and figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg.allocate.planning.telling.evenness import Fairness
from custseg.allocate.rebalancing.answering.course import Course
from custseg.allocate.rebalancing.answering.figures import Blocked, Move, RepChange
from custseg.frames import EPOCH
from custseg.labels import filled, label, title
from custseg.layout import html_table

_MOST = 12


@attrs.frozen(eq=False)
class Told:
    """What is told of a rebalancing.

    Attributes:
        course: All of it in arrays.
        moves: Who changes hands.
        loads: Each representative before and after.
        blocked: Who stays in the pool.
        before: How evenly customers lay.
        after: How evenly they lie.
    """

    course: Course
    moves: tuple[Move, ...]
    loads: tuple[RepChange, ...]
    blocked: tuple[Blocked, ...]
    before: Fairness
    after: Fairness


def told(done: Told) -> Mapping[str, object]:
    """Counts, points and days of the whole."""
    course = done.course
    question, unit = course.question, course.unit
    present, at = question.present, course.found.at
    homeless = present < 0
    joined = course.joined
    days = [date.fromordinal(day + EPOCH).isoformat() for day in course.days]
    return {
        "customers": int(present.size),
        "owned": int((~homeless).sum()),
        "kept": int((~homeless & (at == present) & ~joined).sum()),
        "moved": int(((course.counted | joined) & ~homeless).sum()),
        "placed": int((homeless & (at >= 0)).sum()),
        "pool": int((at < 0).sum()),
        "why": course.why.counts(),
        "budget": None if np.isinf(course.budget) else round(course.budget * unit, 6),
        "used": round(course.found.moved * unit, 6),
        "within_budget": course.found.within,
        "price": course.found.price,
        "points": round(course.found.points, 6),
        "points_least_moves": round(course.search.calmest().points, 6),
        "bound": None if course.found.bound is None else round(course.found.bound, 6),
        "filled": course.found.filled,
        "gini_before": done.before.gini,
        "gini_after": done.after.gini,
        "days": days,
        "days_over_share": [days[stage] for stage in course.staged.over],
        "days_over_load": [days[stage] for stage in course.crowded],
        "covered": int((course.covers.at >= 0).sum()),
        "not_covered": course.covers.missing,
        "voices": dict(question.heard.count),
        "voices_later": question.heard.later,
        "voices_unknown_customers": question.heard.strangers,
    }


def page(done: Told, locale: str) -> str:
    """Lines to read."""
    return "\n".join(_lines(done, locale))


def _lines(done: Told, locale: str) -> list[str]:
    totals = dict(told(done))
    lines = [filled(label("rebalance.summary", locale), **totals)]
    budget = "rebalance.no_budget" if totals["budget"] is None else "rebalance.budget"
    if not totals["within_budget"]:
        budget = "rebalance.over_budget"
    lines.append("  " + label(budget, locale).format_map(totals))
    lines.append("  " + done.course.minimum.text(locale))
    lines.append("  " + _points(totals, locale))
    gini = {"before": _n(done.before.gini), "after": _n(done.after.gini)}
    lines.append("  " + label("rebalance.gini", locale).format_map(gini))
    why = done.course.why
    words = {reason.code: reason.text(locale) for reason in why.reasons}
    lines += [f"  - {words[code]}: {count}" for code, count in why.counts().items()]
    if done.blocked:
        lines.append("  " + filled(label("rebalance.pool", locale), **totals))
        lines += [f"    - {each.text(locale)}" for each in done.blocked[:_MOST]]
    lines += ["  " + line for line in _days(totals, locale)]
    return lines + [f"  - {load.text(locale)}" for load in done.loads]


def _points(totals: Mapping[str, Any], locale: str) -> str:
    code = "rebalance.points" if totals["bound"] is not None else "rebalance.points_alone"
    return label(code, locale).format_map(totals)


def _days(totals: Mapping[str, Any], locale: str) -> list[str]:
    lines: list[str] = []
    days = totals["days"]
    if len(days) > 1:
        text = label("rebalance.days", locale)
        lines.append(filled(text, days=len(days), first=days[0], last=days[-1]))
    lines += [
        label(f"rebalance.{name}", locale).format(days=", ".join(totals[name]))
        for name in ("days_over_share", "days_over_load")
        if totals[name]
    ]
    if totals["covered"] or totals["not_covered"]:
        lines.append(filled(label("rebalance.covers", locale), **totals))
    if totals["voices_later"] or totals["voices_unknown_customers"]:
        lines.append(label("rebalance.voices", locale).format_map(totals))
    return lines


def _n(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def html(done: Told, locale: str = "en") -> str:
    """The summary, loads and the first moves as tables."""
    from html import escape  # noqa: PLC0415 - loaded where it is used

    head = "<br>".join(escape(line.strip()) for line in _lines(done, locale)[:5])
    heads = [title(n, locale) for n in ("rep_id", "load_before", "load_after", "capacity")]
    loads = html_table(heads, [(r.rep_id, r.before, r.after, r.capacity) for r in done.loads])
    names = ("customer_id", "owner_before", "owner", "move", "move_day")
    moves = html_table(
        [title(name, locale) for name in names],
        [(m.customer_id, m.before, m.after, m.why.text(locale), m.day) for m in done.moves[:_MOST]],
    )
    return f"<p>{head}</p>{loads}{moves}"
