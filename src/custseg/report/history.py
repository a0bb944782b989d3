"""The page of a lifecycle over time: states today and soon, growth, flows, cohorts."""

from pathlib import Path

from custseg import frames
from custseg.labels import label, title
from custseg.pipeline import Life
from custseg.report.frame import page, section, told, written
from custseg.report.grids import Bars


def life_html(life: Life, *, locale: str = "en") -> str:
    """A lifecycle as one HTML page that needs no network; no field value of any customer.

    Args:
        life: What became of the customers.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "<a>", "paid_at": "2026-01-05", "amount": 40}]
    >>> run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    >>> "<!doctype html>" in life_html(cs.pipeline.life_of(run))
    True
    """
    size = frames.table(life.states).size
    heading = label("life", locale)
    lead = f"{size:,} {title('customers', locale)} · {life.as_of.isoformat()}"
    parts = [
        section(label("states_today", locale), Bars.of(life.counts, locale).html()),
        section(label("states_soon", locale), Bars.of(life.soon, locale).html()),
    ]
    parts += told("life", life.parts, locale)
    return page(heading, lead, parts, locale)


def save_life(life: Life, path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of a lifecycle to a file.

    Args:
        life: What became of the customers.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs, tempfile
    >>> orders = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    >>> save_life(cs.pipeline.life_of(run), tempfile.mkdtemp() + "/life.html").name
    'life.html'
    """
    return written(life_html(life, locale=locale), path)
