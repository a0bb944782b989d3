"""The quality of a table as HTML that needs nothing else: tables with bars."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from custseg.clean.assessing.words import agreed_rows, due_rows, fix_rows
from custseg.labels import label, title
from custseg.layout import html_table

_SHARES: Final = ("valid", "invalid", "placeholder", "missing")
_COLOURS: Final = {
    "valid": "#3F86B8",
    "invalid": "#D55E00",
    "placeholder": "#E69F00",
    "missing": "#D9DEE5",
}
_STYLE: Final = (
    "<style>.cs-quality table{border-collapse:collapse;margin:.4em 0 1em}"
    ".cs-quality td,.cs-quality th{padding:.2em .7em;text-align:right;border-bottom:1px solid #ddd}"
    ".cs-quality td:first-child,.cs-quality th:first-child{text-align:left}"
    ".cs-bar{display:flex;width:14em;height:.9em}.cs-bar span{display:block;height:100%}</style>"
)


def page_of(found: Mapping[str, Any], locale: str) -> str:
    """A report as HTML; every text is escaped.

    Args:
        found: Plain data of the report.
        locale: ``en`` or ``zh``.
    """
    parts = [_STYLE, f"<p>{escape(_lead(found, locale))}</p>", _fields(found["fields"], locale)]
    if found.get("dimensions"):
        rows = [(label(f"clean.{n}", locale), f"{m:.1%}") for n, m in found["dimensions"].items()]
        parts.append(html_table((label("clean.dimension", locale), ""), rows))
    for name, rows_of in (("fixes", fix_rows), ("agreements", agreed_rows), ("due", due_rows)):
        if found.get(name):
            parts.append(_part(label(f"clean.{name}", locale), rows_of(found, locale)))
    return f'<div class="cs-quality">{"".join(parts)}</div>'


def _lead(found: Mapping[str, Any], locale: str) -> str:
    said = [f"{label('clean.rows', locale)}: {found['rows']:,}"]
    if found["completeness"] is not None:
        said.append(f"{title('completeness', locale)}: {found['completeness']:.1%}")
    if found.get("score") is not None:
        said.append(f"{label('clean.score', locale)}: {found['score']:.3f}")
    return " · ".join(said)


def _part(heading: str, rows: Iterator[Sequence[str]]) -> str:
    return f"<h4>{escape(heading)}</h4>{html_table(next(rows), rows)}"


def _fields(fields: Iterable[Mapping[str, Any]], locale: str) -> str:
    """A row a field, with a bar of what is valid, invalid, a placeholder and missing."""
    words = ("field", "holds", "filled", *_SHARES, "unique")
    head = "".join(f"<th>{escape(label(f'clean.{word}', locale))}</th>" for word in words)
    body = "".join(_field(field, words[2:]) for field in fields)
    legend = " ".join(
        f'<span style="color:{_COLOURS[name]}">&#9632;</span> '
        f"{escape(label(f'clean.{name}', locale))}"
        for name in _SHARES
    )
    table = f"<table><thead><tr>{head}<th></th></tr></thead><tbody>{body}</tbody></table>"
    return f"{table}<p>{legend}</p>"


def _field(field: Mapping[str, Any], counts: Sequence[str]) -> str:
    cells = [escape(str(field["column"])), escape(str(field["kind"]))]
    cells += [f"{field[name]:,}" for name in counts]
    whole = field["rows"] or 1
    bar = "".join(
        f'<span style="width:{100 * field[name] / whole:.2f}%;background:{_COLOURS[name]}"></span>'
        for name in _SHARES
    )
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr>{told}<td><div class="cs-bar">{bar}</div></td></tr>'
