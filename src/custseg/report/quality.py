"""The page of quality: how good each field is, what to fix first, what is due; what was cleaned."""

from pathlib import Path

from custseg.clean import CleanReport, Quality
from custseg.labels import label
from custseg.layout import html_table
from custseg.report.frame import page, section, written


def quality_html(found: Quality, *, locale: str = "en", values: bool = False) -> str:
    """The quality of a table as one HTML page that needs no network.

    Args:
        found: What was found.
        locale: ``en`` or ``zh``.
        values: Show an example of each fault.

    >>> from custseg.clean import quality
    >>> "<!doctype html>" in quality_html(quality([{"phone": "<b>"}]))
    True
    """
    heading = label("clean.over", locale)
    body = section(label("clean.fields", locale), found.html(locale, values=values))
    return page(heading, f"{label('clean.rows', locale)}: {found.rows:,}", [body], locale)


def save_quality(
    found: Quality, path: str | Path, *, locale: str = "en", values: bool = False
) -> Path:
    """Write the page of quality to a file.

    Args:
        found: What was found.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.
        values: Show an example of each fault.

    >>> from custseg.clean import quality
    >>> import tempfile
    >>> save_quality(quality([{"phone": "128"}]), tempfile.mkdtemp() + "/quality.html").name
    'quality.html'
    """
    return written(quality_html(found, locale=locale, values=values), path)


def clean_html(report: CleanReport, *, locale: str = "en") -> str:
    """What cleaning found and did as one HTML page that needs no network; no value is shown.

    Args:
        report: The report of a run.
        locale: ``en`` or ``zh``.

    >>> from custseg.clean import Cleaner
    >>> rows = [{"phone": "138-0013-8000"}]
    >>> "separators" in clean_html(Cleaner.preset("zh").fit(rows).run(rows).report)
    True
    """
    changes = report.changes
    head = [label(f"clean.{word}", locale) for word in ("field", "rule", "cells")]
    lead = f"{label('clean.changes', locale)}: {len(changes):,}"
    parts = [section(label("clean.fields", locale), report.quality.html(locale))]
    for name, counts in (("changes", changes.counts), ("steps", changes.steps)):
        rows = [(field, label(f"clean.{c}", locale), f"{n:,}") for (field, c), n in counts.items()]
        parts.append(section(label(f"clean.{name}", locale), html_table(head, rows)))
    return page(label("clean.over_changes", locale), lead, parts, locale)


def save_clean(report: CleanReport, path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of what cleaning did to a file.

    Args:
        report: The report of a run.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> from custseg.clean import Cleaner
    >>> import tempfile
    >>> done = Cleaner.preset("zh").fit([{"phone": "128"}]).run([{"phone": "128"}])
    >>> save_clean(done.report, tempfile.mkdtemp() + "/clean.html").name
    'clean.html'
    """
    return written(clean_html(report, locale=locale), path)
