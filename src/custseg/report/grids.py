"""Tables and bars: numbers below one another, on a page and in plain text."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import attrs

from custseg.labels import label, title
from custseg.layout import Shade, aligned
from custseg.report.figures import count, share

PAINTED: Final = frozenset(
    {
        *("potential", "active", "dormant", "new", "at_risk", "reactivated", "churned"),
        *("high", "medium", "low", "A", "B", "C", "D"),
        *("valid", "invalid", "placeholder", "missing"),
        *("before", "after", "mark", "came", "gone"),
    }
)
"""Codes that have a colour of their own; all others have the colour of the page."""


@attrs.frozen
class Grid:
    """A table; its first column names the rows.

    Attributes:
        heads: Heads of the columns.
        rows: Cells, as texts or as shades.
        caption: What it shows, for those who do not see the page.
        words: How many of the first columns hold words; the others hold numbers.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str | Shade, ...], ...]
    caption: str = ""
    words: int = 1

    def html(self) -> str:
        """A table that scrolls on its own where it is too wide."""
        heads = "".join(
            f'<th scope="col"{self._kind(i)}>{escape(head)}</th>'
            for i, head in enumerate(self.heads)
        )
        body = "".join(f"<tr>{self._row(row)}</tr>" for row in self.rows)
        named = f' aria-label="{escape(self.caption, quote=True)}"' if self.caption else ""
        shaded = any(isinstance(cell, Shade) for row in self.rows for cell in row)
        kind = ' class="heats"' if shaded else ""
        return (
            f'<div class="wide" tabindex="0" role="group"{named}><table{kind}><thead>'
            f"<tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _row(self, row: Sequence[str | Shade]) -> str:
        first, *rest = row
        cells = "".join(self._cell(cell, i) for i, cell in enumerate(rest, 1))
        return f'<th scope="row">{escape(_plain(first))}</th>{cells}'

    def _cell(self, cell: str | Shade, place: int) -> str:
        kind = self._kind(place)
        if isinstance(cell, str) or cell.share is None:
            return f"<td{kind}>{escape(_plain(cell))}</td>"
        deep = round(min(max(cell.share, 0.0), 1.0), 2)
        return f'<td class="n heat" style="--p:{deep}">{escape(cell.text)}</td>'

    def _kind(self, place: int) -> str:
        return "" if place < self.words else ' class="n"'

    def lines(self) -> Iterator[str]:
        """Lines in which the columns stand below one another."""
        yield from aligned(self.heads, [[*map(_plain, row)] for row in self.rows]).splitlines()


@attrs.frozen
class Bar:
    """One bar and the numbers beside it.

    Attributes:
        name: What it is of.
        cells: The numbers.
        parts: Code and share of the full length (0 to 1) of each piece, in order.
        mark: Where a mark stands, as a share of the full length.
    """

    name: str
    cells: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]
    mark: float | None = None


@attrs.frozen
class Bars:
    """Bars below one another, with their numbers written out.

    Attributes:
        heads: Heads of the names and of the numbers.
        bars: The bars.
        stacked: Whether pieces of a bar follow one another; otherwise each has its own line.
        legend: What the pieces are: code and word.
    """

    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    stacked: bool = True
    legend: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, counts: Mapping[str, int], locale: str, *, head: str = "") -> "Bars":
        """Bars of customers by class, with their shares.

        Args:
            counts: Customers by code.
            locale: ``en`` or ``zh``.
            head: What the classes are.
        """
        whole, top = sum(counts.values()), max(counts.values(), default=0) or 1
        heads = (head, title("customers", locale), label("page.share", locale))
        return cls(
            heads,
            tuple(
                Bar(label(code, locale), (count(n), share(n, whole)), ((code, n / top),))
                for code, n in counts.items()
            ),
        )

    def html(self) -> str:
        """A table whose first numbers are drawn."""
        first, *rest = (escape(head) for head in self.heads)
        heads = "".join(f'<th scope="col" class="n">{head}</th>' for head in rest)
        body = "".join(map(self._bar, self.bars))
        return (
            f'{self._legend()}<div class="fit"><table class="bars" style="--k:{len(rest)}">'
            f'<thead><tr><th scope="col">{first}</th><td class="draw"></td>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def _bar(self, bar: Bar) -> str:
        pieces = "".join(
            f'<i class="{painted(code)}" style="width:{100 * min(max(part, 0), 1):.1f}%"></i>'
            for code, part in bar.parts
            if part > 0
        )
        mark = "" if bar.mark is None else f'<b style="left:{100 * min(bar.mark, 1):.1f}%"></b>'
        kind = "stack" if self.stacked else "pair"
        cells = "".join(f'<td class="n">{escape(cell)}</td>' for cell in bar.cells)
        return (
            f'<tr><th scope="row">{escape(bar.name)}</th><td class="draw" aria-hidden="true">'
            f'<div class="{kind}">{pieces}{mark}</div></td>{cells}</tr>'
        )

    def _legend(self) -> str:
        said = "".join(
            f'<span><i class="{painted(code)}"></i>{escape(word)}</span>'
            for code, word in self.legend
        )
        return f'<p class="legend" aria-hidden="true">{said}</p>' if said else ""

    def lines(self) -> Iterator[str]:
        """The names and the numbers."""
        yield from aligned(self.heads, [(bar.name, *bar.cells) for bar in self.bars]).splitlines()


def painted(code: str) -> str:
    """The class of the style that paints a code.

    >>> painted("active"), painted('" onclick="')
    ('c-active', 'c-any')
    """
    return f"c-{code}" if code in PAINTED else "c-any"


def _plain(cell: str | Shade) -> str:
    return cell if isinstance(cell, str) else cell.text
