"""The frame of every page: head, style, sections."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from custseg.report.style import STYLE


def page(heading: str, lead: str, sections: Iterable[str], locale: str) -> str:
    """One HTML page of sections, with its style inside."""
    lang = "zh-CN" if locale == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(heading)}</h1><p>{escape(lead)}</p>{''.join(sections)}</main></body></html>\n"
    )


def written(page: str, path: str | Path) -> Path:
    """Write a page to a file.

    Args:
        page: The page.
        path: Where to; the folder must exist.

    Returns:
        The path.
    """
    file = Path(path)
    file.write_text(page, encoding="utf-8")
    return file


def section(heading: str, body: str) -> str:
    """A section, nothing where there is nothing to say."""
    return f"<section><h2>{escape(heading)}</h2>{body}</section>" if body else ""
