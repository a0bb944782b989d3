"""Figures set in rows and columns, for text and for pages."""

from collections.abc import Iterable, Sequence
from html import escape
from math import isnan
from unicodedata import east_asian_width

import attrs

_WIDE = "WF"


def percent(share: float) -> str:
    """A share to read; a hyphen where it is unknown.

    >>> percent(0.1234), percent(float("nan"))
    ('12.3 %', '-')
    """
    return "-" if isnan(share) else f"{100 * share:.1f} %"


def ranged(share: float, low: float, high: float) -> str:
    """A share with its interval.

    >>> ranged(0.1234, 0.1, 0.15)
    '12.3 % (10.0-15.0)'
    """
    return "-" if isnan(share) else f"{percent(share)} ({100 * low:.1f}-{100 * high:.1f})"


def plain(values: Iterable[float]) -> list[float | None]:
    """Numbers for JSON: ``None`` where unknown.

    >>> plain([0.5, float("nan")])
    [0.5, None]
    """
    return [None if isnan(v) else float(v) for v in values]


def aligned(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines in which the columns stand below one another, numbers to the right.

    >>> print(aligned(("", "n"), (("new", "12"), ("old", "7"))))
          n
    new  12
    old   7
    """
    table = [list(headers), *(list(row) for row in rows)]
    wide = [max(width(row[i]) for row in table) for i in range(len(headers))]
    return "\n".join(
        "  ".join(
            cell + _gap(cell, size) if i == 0 else _gap(cell, size) + cell
            for i, (cell, size) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in table
    )


def _gap(cell: str, size: int) -> str:
    return " " * (size - width(cell))


def width(text: str) -> int:
    """Letters that a text is wide: Chinese characters are as wide as two Latin ones.

    >>> width("high"), width("高级")
    (4, 4)
    """
    return sum(2 if east_asian_width(char) in _WIDE else 1 for char in text)


@attrs.frozen
class Shade:
    """One cell of a heat table.

    Attributes:
        text: What it says.
        share: How dark it is, from 0 to 1; ``None`` where it has no colour.
    """

    text: str
    share: float | None = None


def heat(headers: Sequence[str], rows: Iterable[Sequence[Shade]]) -> str:
    """An HTML table whose cells are the darker the larger their share; every cell is escaped.

    >>> heat(("a",), [(Shade("<b>"),), (Shade("50 %", 0.5),)])
    '<table>...<td>&lt;b&gt;</td>...<td style="background:rgba(47,109,179,0.40)">50 %</td>...'
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in headers)
    body = "".join(f"<tr>{''.join(map(_shaded, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A small HTML table; every cell is escaped, and without any name there is no head.

    >>> html_table(("a",), [("<b>",)])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    names = "".join(f"<th>{escape(str(name))}</th>" for name in headers)
    head = f"<thead><tr>{names}</tr></thead>" if any(headers) else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(each))}</td>" for each in row) + "</tr>" for row in rows
    )
    return f"<table>{head}<tbody>{body}</tbody></table>"


def cell(value: object) -> str:
    """A value to read: numbers short, a hyphen where there is none.

    >>> cell(1234.5), cell(None), cell("new")
    ('1,234.5', '-', 'new')
    """
    if value is None:
        return "-"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def _shaded(cell: Shade) -> str:
    if cell.share is None or isnan(cell.share):
        return f"<td>{escape(cell.text)}</td>"
    dark = 0.8 * min(max(cell.share, 0.0), 1.0)
    return f'<td style="background:rgba(47,109,179,{dark:.2f})">{escape(cell.text)}</td>'
