"""The frame of every page: head, style, contents, sections."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from custseg._about import __version__
from custseg.labels import label
from custseg.report.figures import words
from custseg.report.style import STYLE

_LANGUAGES = {"zh": "zh-CN"}


def page(heading: str, lead: str, sections: Iterable[str], locale: str) -> str:
    """One HTML page of sections, with its style inside.

    Args:
        heading: What the page is about.
        lead: A line below it.
        sections: From ``section``.
        locale: ``en`` or ``zh``.
    """
    body = f'<div class="body">{"".join(sections)}</div>'
    return _whole(heading, f"<p>{escape(lead)}</p>", body, locale)


def paged(
    heading: tuple[str, str], head: str, chapters: Sequence[tuple[str, str, str]], locale: str
) -> str:
    """One HTML page of chapters, with a list of contents.

    Args:
        heading: What the page is about, and of which day.
        head: What stands above the chapters.
        chapters: Name, heading and body of each.
        locale: ``en`` or ``zh``.
    """
    links = "".join(
        f'<li><a href="#{code}">{escape(title)}</a></li>' for code, title, _ in chapters
    )
    nav = f'<nav aria-label="{escape(words("contents", locale))}"><ol>{links}</ol></nav>'
    body = "".join(section(title, body, code) for code, title, body in chapters)
    foot = f"<footer>{escape(words('made', locale, version=__version__))}</footer>"
    return _whole(" · ".join(heading), head, f'{nav}<div class="body">{body}{foot}</div>', locale)


def _whole(heading: str, head: str, body: str, locale: str) -> str:
    lang = _LANGUAGES.get(locale, locale)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(heading)}</h1>{head}</header><main>{body}</main></body></html>\n"
    )


def told(room: str, parts: Mapping[str, Any], locale: str) -> list[str]:
    """A section for each part, with the text that it has.

    Args:
        room: Whose labels name the parts.
        parts: What has a text of its own, by name.
        locale: ``en`` or ``zh``.
    """
    return [
        section(label(f"{room}.{name}", locale), f"<pre>{escape(part.text(locale))}</pre>")
        for name, part in parts.items()
    ]


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


def section(heading: str, body: str, code: str = "") -> str:
    """A section, nothing where there is nothing to say.

    Args:
        heading: What it is about.
        body: What it says.
        code: The name by which a link finds it.
    """
    named = f' id="{escape(code)}"' if code else ""
    return f"<section{named}><h2>{escape(heading)}</h2>{body}</section>" if body else ""
