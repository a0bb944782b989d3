"""The page of tiers over time: customers by tier, who moved, the money, what the rules save."""

from html import escape
from pathlib import Path

from custseg.labels import label, title
from custseg.pipeline import Worth
from custseg.report.frame import page, section, told, written
from custseg.report.grids import Bars


def worth_html(worth: Worth, *, locale: str = "en") -> str:
    """Tiers over time as one HTML page that needs no network; no field value of any customer.

    Args:
        worth: How the tiers held.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "<a>", "paid_at": "2026-01-05", "amount": 40}]
    >>> tier = cs.tiering.TierPlan(cs.tiering.Thresholds((10.0, 100.0)))
    >>> run = cs.Pipeline(tier=tier).run(transactions=orders, as_of="2026-06-30")
    >>> "<!doctype html>" in worth_html(cs.pipeline.worth_of(run))
    True
    """
    lead = f"{sum(worth.counts.values()):,} {title('customers', locale)} · {worth.as_of}"
    notes = "".join(f"<p>{escape(note.text(locale))}</p>" for note in worth.notes)
    parts = [section(title("tier", locale), Bars.of(worth.counts, locale).html() + notes)]
    parts += told("worth", worth.parts, locale)
    return page(label("worth.over_time", locale), lead, parts, locale)


def save_worth(worth: Worth, path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of tiers over time to a file.

    Args:
        worth: How the tiers held.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs, tempfile
    >>> orders = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> tier = cs.tiering.TierPlan(cs.tiering.Thresholds((10.0, 100.0)))
    >>> run = cs.Pipeline(tier=tier).run(transactions=orders, as_of="2026-06-30")
    >>> save_worth(cs.pipeline.worth_of(run), tempfile.mkdtemp() + "/tiers.html").name
    'tiers.html'
    """
    return written(worth_html(worth, locale=locale), path)
