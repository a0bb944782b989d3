"""The report of a run: one self-contained page that needs no network, and the same as text."""

from pathlib import Path
from typing import Any

from custseg.pipeline import Run
from custseg.report.frame import written
from custseg.report.whole import overview


def html(
    run: Run,
    *,
    previous: Any = None,  # noqa: ANN401 - a run, or any kind of table
    locale: str = "en",
    values: bool = False,
) -> str:
    """A run as one HTML page.

    Args:
        run: The outcome of a job.
        previous: The run before it, or the table of customers that it wrote: what changed since
            is told.
        locale: ``en`` or ``zh``.
        values: Name those who need attention, and tell their money.

    Returns:
        A page with inline style and pictures, light and dark, without scripts; every word of the
        data is escaped.

    Raises:
        MissingColumnError: The earlier table has no column with the customers' ids.

    >>> import custseg as cs
    >>> job = cs.Pipeline(scorecard=None)
    >>> run = job.run(customers=[{"customer_id": "<b>"}], as_of="2026-06-30")
    >>> "<!doctype html>" in html(run)
    True
    """
    return overview(run, previous=previous, values=values).html(locale)


def text(
    run: Run,
    *,
    previous: Any = None,  # noqa: ANN401 - a run, or any kind of table
    locale: str = "en",
    values: bool = False,
) -> str:
    """The same as plain text, for a terminal or a mail.

    Args:
        run: The outcome of a job.
        previous: The run before it, or the table of customers that it wrote.
        locale: ``en`` or ``zh``.
        values: Name those who need attention, and tell their money.

    >>> import custseg as cs
    >>> run = cs.Pipeline(scorecard=None).run(customers=[{"customer_id": 1}], as_of="2026-06-30")
    >>> text(run).splitlines()[0]
    'Customer report · 30 June 2026'
    """
    return overview(run, previous=previous, values=values).text(locale)


def save(
    run: Run,
    path: str | Path,
    *,
    previous: Any = None,  # noqa: ANN401 - a run, or any kind of table
    locale: str = "en",
    values: bool = False,
) -> Path:
    """Write the page to a file; to a ``.txt`` the text.

    Args:
        run: The outcome of a job.
        path: Where to; the folder must exist.
        previous: The run before it, or the table of customers that it wrote.
        locale: ``en`` or ``zh``.
        values: Name those who need attention, and tell their money.

    Returns:
        The path.

    >>> import custseg as cs, tempfile
    >>> run = cs.Pipeline(scorecard=None).run(customers=[{"customer_id": 1}], as_of="2026-06-30")
    >>> save(run, tempfile.mkdtemp() + "/report.html").name
    'report.html'
    """
    found = overview(run, previous=previous, values=values)
    bare = Path(path).suffix.lower() == ".txt"
    return written(found.text(locale) + "\n" if bare else found.html(locale), path)
