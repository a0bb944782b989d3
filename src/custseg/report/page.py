"""The report page: one self-contained HTML file that needs no network."""

from html import escape
from pathlib import Path

from custseg.labels import label, title
from custseg.layout import html_table
from custseg.pipeline import Run
from custseg.report.crossed import crosstab
from custseg.report.frame import page, section, written
from custseg.report.sections import allocation, bars, method, reports


def html(run: Run, *, locale: str = "en") -> str:
    """A run as one HTML page.

    Args:
        run: The outcome of a job.
        locale: ``en`` or ``zh``.

    Returns:
        A page with inline style and pictures, light and dark; every word of the data is escaped.
        It shows codes and counts, and no field value of any customer.

    >>> import custseg as cs
    >>> job = cs.Pipeline(scorecard=None)
    >>> run = job.run(customers=[{"customer_id": "<b>"}], as_of="2026-06-30")
    >>> "<!doctype html>" in html(run)
    True
    """
    heading = title("report", locale)
    lead = f"{run.size:,} {title('customers', locale)} · {run.stamp.as_of}"
    parts = [
        section(title("who_they_are", locale), _decisions(run, locale)),
        section(title("lifecycle_by_tier", locale), crosstab(run, locale)),
        section(title("what_is_due", locale), _due(run, locale)),
        section(label("on_the_desk", locale), _desk(run, locale)),
        section(title("who_looks_after_them", locale), allocation(run, locale)),
        section(title("what_was_left_out", locale), reports(run, locale)),
        section(title("how_it_was_decided", locale), method(run, locale)),
    ]
    return page(heading, lead, parts, locale)


def save(run: Run, path: str | Path, *, locale: str = "en") -> Path:
    """Write the page to a file.

    Args:
        run: The outcome of a job.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    Returns:
        The path.

    >>> import custseg as cs, tempfile
    >>> run = cs.Pipeline(scorecard=None).run(customers=[{"customer_id": 1}], as_of="2026-06-30")
    >>> save(run, tempfile.mkdtemp() + "/report.html").name
    'report.html'
    """
    return written(html(run, locale=locale), path)


def _decisions(run: Run, locale: str) -> str:
    return "".join(
        f"<h3>{escape(title(name, locale))}</h3>{bars(counts, locale)}"
        for name, counts in run.counts.items()
    )


def _desk(run: Run, locale: str) -> str:
    said = run.desk.text(locale)
    return f"<pre>{escape(said)}</pre>" if said else ""


def _due(run: Run, locale: str) -> str:
    counts, withheld = run.actions.counts, run.actions.withheld
    heads = (title("action", locale), title("customers", locale))
    rows = [(label(code, locale), f"{n:,}") for code, n in counts.items()]
    kept = [(label(code, locale), f"{n:,}") for code, n in withheld.items()]
    said = html_table((title("withheld", locale), title("customers", locale)), kept)
    return html_table(heads, rows) + (said if kept else "")
