"""The page of scores: grades, whether the score is to be trusted, and where customers come from."""

from html import escape
from pathlib import Path

from custseg.labels import label, title
from custseg.pipeline import Scores
from custseg.report.frame import page, section, told, written
from custseg.report.grids import Bars


def scores_html(scores: Scores, *, locale: str = "en") -> str:
    """Scores as one HTML page that needs no network; no field value of any customer.

    Args:
        scores: The scores of a job.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs
    >>> run = cs.Pipeline().run(customers=[{"customer_id": "<a>"}], as_of="2026-06-30")
    >>> "<!doctype html>" in scores_html(cs.pipeline.scores_of(run))
    True
    """
    lead = f"{sum(scores.counts.values()):,} {title('customers', locale)} · {scores.as_of}"
    notes = "".join(f"<p>{escape(note.text(locale))}</p>" for note in scores.notes)
    parts = [section(title("grade", locale), Bars.of(scores.counts, locale).html() + notes)]
    parts += told("scores", scores.parts, locale)
    return page(label("scores.over", locale), lead, parts, locale)


def save_scores(scores: Scores, path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of scores to a file.

    Args:
        scores: The scores of a job.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> import custseg as cs, tempfile
    >>> run = cs.Pipeline().run(customers=[{"customer_id": "a"}], as_of="2026-06-30")
    >>> save_scores(cs.pipeline.scores_of(run), tempfile.mkdtemp() + "/scores.html").name
    'scores.html'
    """
    return written(scores_html(scores, locale=locale), path)
