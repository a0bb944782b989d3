"""The sections of the page: bars, tables, accounts and the method."""

from collections.abc import Mapping
from html import escape
from typing import Any

from custseg.labels import label, title
from custseg.layout import html_table
from custseg.pipeline import Run

_ROW, _LEFT, _WIDE = 24, 150, 420


def bars(counts: Mapping[str, int], locale: str) -> str:
    """Counts as a horizontal bar chart in SVG, with the numbers written out."""
    top = max(counts.values(), default=0) or 1
    drawn: list[str] = []
    for i, (code, n) in enumerate(counts.items()):
        y, wide = i * _ROW, max(1, round(_WIDE * n / top))
        drawn.append(
            f'<text x="0" y="{y + 16}">{escape(label(code, locale))}</text>'
            f'<rect x="{_LEFT}" y="{y + 4}" width="{wide}" height="15" rx="2"/>'
            f'<text x="{_LEFT + wide + 6}" y="{y + 16}">{n:,}</text>'
        )
    high, total = len(counts) * _ROW, _LEFT + _WIDE + 90
    said = ", ".join(f"{label(code, locale)} {n:,}" for code, n in counts.items())
    return (
        f'<svg viewBox="0 0 {total} {high}" width="{total}" height="{high}" role="img" '
        f'aria-label="{escape(said, quote=True)}">{"".join(drawn)}</svg>'
    )


def allocation(run: Run, locale: str) -> str:
    """Load of each representative before and after, and who stayed without one."""
    if run.plan is None:
        return ""
    heads = [title(name, locale) for name in ("rep_id", "capacity", "before", "after")]
    rows = [(r.rep_id, r.capacity, r.before, r.after) for r in run.plan.loads]
    reasons: dict[str, int] = {}
    for reason, number in run.waiting:
        said = reason.text(locale)
        reasons[said] = reasons.get(said, 0) + number
    left = html_table((title("unassigned", locale), title("customers", locale)), reasons.items())
    return html_table(heads, rows) + (left if reasons else "")


def reports(run: Run, locale: str) -> str:
    """What each step found and left out, so that the counts add up to the input."""
    heads = {name: escape(title(f"step.{name}", locale)) for name in run.reports}
    return "".join(
        f"<h3>{heads[name]}</h3><pre>{escape(_said(report, locale))}</pre>"
        for name, report in run.reports.items()
    )


def _said(report: Any, locale: str) -> str:  # noqa: ANN401 - each room has its own report
    return str(report.text(locale))


def method(run: Run, locale: str) -> str:
    """By which policy, on which input and day, for whom."""
    rows = [(title(name, locale), value) for name, value in run.stamp.as_dict().items() if value]
    return html_table((title("stamp", locale), ""), rows)
