"""The page of a plan: who looks after how many, how good it is, what was broken, who moves."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from custseg.allocate import AllocationPlan, PlanReport, Rebalance, Review, plan_report
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.report.frame import page, section, written

_ROW, _LEFT, _WIDE, _BAR = 30, 150, 420, 10


def plan_html(
    plan: AllocationPlan[Any],
    *,
    locale: str = "en",
    flows: Mapping[tuple[Any, Any], int] | None = None,
) -> str:
    """A plan as one HTML page that needs no network; no field value of any customer.

    Args:
        plan: From ``allocate``.
        locale: ``en`` or ``zh``.
        flows: Who hands how many to whom, such as those of a rebalancing.

    >>> from custseg.allocate import Allocation
    >>> team = [{"rep_id": "<b>", "capacity": 1}]
    >>> made = plan_html(Allocation().assign([{"customer_id": 1}], team))
    >>> "<!doctype html>" in made, "<b>" in made
    (True, False)
    """
    report = plan_report(plan)
    parts = [
        section(label("plan_page.whole", locale), report.html(locale)),
        section(label("plan_page.loads", locale), _bars(report, locale)),
        section(label("plan_page.moves", locale), _flows(flows, locale)),
    ]
    return page(label("plan_page.over", locale), report.hash, parts, locale)


def save_plan(
    plan: AllocationPlan[Any],
    path: str | Path,
    *,
    locale: str = "en",
    flows: Mapping[tuple[Any, Any], int] | None = None,
) -> Path:
    """Write the page of a plan to a file.

    Args:
        plan: From ``allocate``.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.
        flows: Who hands how many to whom.

    >>> from custseg.allocate import Allocation
    >>> import tempfile
    >>> made = Allocation().assign([], [])
    >>> save_plan(made, tempfile.mkdtemp() + "/plan.html").name
    'plan.html'
    """
    return written(plan_html(plan, locale=locale, flows=flows), path)


def rebalance_html(done: Rebalance[Any], *, locale: str = "en") -> str:
    """A rebalancing as one HTML page: what moves and why, loads, who hands what to whom.

    Args:
        done: From ``rebalance``.
        locale: ``en`` or ``zh``.

    >>> from custseg.allocate import rebalance
    >>> done = rebalance([{"customer_id": 1, "owner": "a"}], [{"rep_id": "a"}], "2026-06-30")
    >>> "<!doctype html>" in rebalance_html(done)
    True
    """
    flows = {(flow.before, flow.after): flow.count for flow in done.flows}
    whole = "".join(f"<p>{escape(line.strip())}</p>" for line in done.text(locale).splitlines())
    parts = [
        section(label("plan_page.whole", locale), whole),
        section(label("plan_page.moves", locale), _flows(flows, locale)),
    ]
    return page(label("plan_page.rebalance", locale), done.plan.hash, parts, locale)


def save_rebalance(done: Rebalance[Any], path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of a rebalancing to a file.

    Args:
        done: From ``rebalance``.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> from custseg.allocate import rebalance
    >>> import tempfile
    >>> done = rebalance([{"customer_id": 1, "owner": "a"}], [{"rep_id": "a"}], "2026-06-30")
    >>> save_rebalance(done, tempfile.mkdtemp() + "/moves.html").name
    'moves.html'
    """
    return written(rebalance_html(done, locale=locale), path)


def review_html(seen: Review[Any], *, locale: str = "en") -> str:
    """What is wrong with owners as one HTML page.

    Args:
        seen: From ``review``.
        locale: ``en`` or ``zh``.

    >>> from custseg.allocate import review
    >>> seen = review([{"customer_id": 1, "owner": "b"}], [{"rep_id": "a"}], "2026-06-30")
    >>> "<!doctype html>" in review_html(seen)
    True
    """
    lines = "".join(f"<p>{escape(line.strip())}</p>" for line in seen.text(locale).splitlines())
    return page(label("plan_page.review", locale), "", [lines], locale)


def save_review(seen: Review[Any], path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of a review of owners to a file.

    Args:
        seen: From ``review``.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> from custseg.allocate import review
    >>> import tempfile
    >>> seen = review([{"customer_id": 1, "owner": "b"}], [{"rep_id": "a"}], "2026-06-30")
    >>> save_review(seen, tempfile.mkdtemp() + "/review.html").name
    'review.html'
    """
    return written(review_html(seen, locale=locale), path)


def _bars(report: PlanReport, locale: str) -> str:
    """Loads before and after beside each other, with a mark at the capacity."""
    top = max((n for r in report.reps for n in (r.before, r.after, r.capacity or 0)), default=0)
    drawn: list[str] = []
    for i, one in enumerate(report.reps):
        y = i * _ROW
        drawn.append(f'<text x="0" y="{y + 18}">{escape(str(one.rep_id))}</text>')
        for k, count in enumerate((one.before, one.after)):
            wide, high = round(_WIDE * count / (top or 1)), y + 4 + k * (_BAR + 1)
            fade = "" if k else ' opacity="0.35"'
            drawn.append(f'<rect x="{_LEFT}" y="{high}" width="{wide}" height="{_BAR}"{fade}/>')
        drawn.append(
            f'<text x="{_LEFT + _WIDE + 8}" y="{y + 18}">{one.before:,} → {one.after:,}</text>'
        )
        if one.capacity is not None:
            x = _LEFT + round(_WIDE * one.capacity / (top or 1))
            drawn.append(f'<rect x="{x}" y="{y + 2}" width="2" height="{2 * _BAR + 5}"/>')
    total = _LEFT + _WIDE + 110
    said = escape(label("plan_page.bars", locale), quote=True)
    return (
        f'<svg viewBox="0 0 {total} {len(report.reps) * _ROW}" width="{total}" role="img" '
        f'aria-label="{said}">{"".join(drawn)}</svg>'
    )


def _flows(flows: Mapping[tuple[Any, Any], int] | None, locale: str) -> str:
    if not flows:
        return ""
    nobody = label("plan_change.nobody", locale)
    rows = [
        (nobody if a is None else a, nobody if b is None else b, n) for (a, b), n in flows.items()
    ]
    heads = [label(f"plan_page.{word}", locale) for word in ("giver", "taker")]
    return html_table((*heads, title("customers", locale)), rows)
