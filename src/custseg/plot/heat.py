"""A table whose cells are the darker the larger their number: for moves and for cohorts."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.frames import optional
from custseg.plot.canvas import Canvas
from custseg.plot.palette import SHADES, brightness

_ON_LIGHT: Final = "#000000"
_ON_DARK: Final = "#ffffff"
_MIDDLE: Final = 0.179  # as far from black as from white, by WCAG's measure of contrast
_FAINT: Final = "#5d6975"
_SIZE: Final = 9.0
_INSET: Final = 0.03
_BREAK: Final = 0.3
_MOST: Final = 16
_CELL: Final = (0.72, 0.36)
_SMALL: Final = (0.2, 0.2)
_FRAME: Final = (2.6, 1.3)
_LEAST: Final = 6.0
_HEAD: Final = 24.0  # points above the cells for the names of the columns


@attrs.frozen(eq=False)
class Heat:
    """Shares in rows and columns.

    Attributes:
        shares: Rows x columns; NaN where a cell stays blank.
        outlined: Cells that count less than the others: they have a frame and no shade.
        rows: Names of the rows.
        sizes: Customers of each row.
        columns: Names of the columns.
        last: Whether the last row stands apart.
        top: The share with the darkest shade; what is above has it too.
        texts: What cells say, if it is not their share; several lines if need be.
        cell: The size of a cell in inches, if it has to be larger.
    """

    shares: Floats
    outlined: Bools
    rows: Sequence[str]
    sizes: Sequence[int]
    columns: Sequence[str]
    last: bool
    top: float = 1.0
    texts: Sequence[Sequence[str]] | None = None
    cell: tuple[float, float] = _CELL

    @property
    def size(self) -> tuple[float, float]:
        """The size of a figure in inches; many columns have small cells without numbers."""
        wide, high = self.cell if self._spacious else _SMALL
        width = _FRAME[0] + wide * len(self.columns)
        return max(width, _LEAST), _FRAME[1] + high * len(self.rows)

    @property
    def _spacious(self) -> bool:
        return len(self.columns) <= _MOST

    def draw(self, canvas: Canvas, *, over: str, beside: str) -> None:
        """Cells with their numbers, names at the left and above, customers at the right.

        Args:
            canvas: Where to.
            over: What the columns are.
            beside: What stands at the right.
        """
        self._cells(canvas)
        self._names(canvas)
        wide, high = max(len(self.columns), 1), self._row(max(len(self.rows), 1))
        ends = {"xlim": (-0.5, wide - 0.5), "ylim": (high, -0.5)}
        canvas.ax.set(**ends)
        style = {"fontsize": _SIZE, "color": canvas.ink.faint, "annotation_clip": False}
        style |= {"textcoords": "offset points", "va": "center"}
        right = len(self.columns) - 0.5
        for row, size in enumerate(self.sizes):
            at = (right, self._row(row) + 0.5)
            canvas.ax.annotate(f"{size:,}", at, (46.0, 0.0), ha="right", **style)
        style["va"] = "bottom"
        if len(self.sizes):
            canvas.ax.annotate(beside, (right, -0.5), (46.0, 5.5), ha="right", **style)
        canvas.ax.annotate(over, (-0.5, -0.5), (-6.0, 5.5), ha="right", **style)

    def titled(self, canvas: Canvas, title: str, note: str) -> None:
        """A title and a note above the names of the columns."""
        canvas.titled(title, note, above=_HEAD)

    def _row(self, row: int) -> float:
        """The upper edge of a row."""
        return row - 0.5 + (_BREAK if self.last and row >= len(self.rows) - 1 else 0.0)

    def _cells(self, canvas: Canvas) -> None:
        colors = optional("matplotlib.colors")
        shades = colors.LinearSegmentedColormap.from_list("custseg", SHADES)
        cells = np.argwhere(np.isfinite(self.shares))
        values = self.shares[tuple(cells.T)]
        painted = shades(np.clip(values / self.top, 0.0, 1.0))
        framed = self.outlined[tuple(cells.T)]
        clear = np.where(framed[:, None], 0.0, painted)
        mesh = optional("matplotlib.collections").PolyCollection(
            list(self._corners(cells.tolist())),
            facecolors=clear,
            edgecolors=np.where(framed[:, None], painted, 0.0),
            linewidths=1.0,
        )
        mesh.set_array(None)
        canvas.ax.add_collection(mesh)
        if self._spacious:
            for place, (row, column) in enumerate(cells.tolist()):
                colour = canvas.ink.strong if framed[place] else _ink(painted[place], values[place])
                self._number(canvas, (row, column), colour)

    def _corners(self, cells: Sequence[Sequence[int]]) -> Iterator[list[tuple[float, float]]]:
        inset = _INSET if self._spacious else 0.0
        for row, column in cells:
            left, right = column - 0.5 + inset, column + 0.5 - inset
            top = self._row(row)
            upper, lower = top + inset, top + 1.0 - inset
            yield [(left, upper), (right, upper), (right, lower), (left, lower)]

    def _number(self, canvas: Canvas, cell: tuple[int, int], colour: str) -> None:
        mark = "*" if self.outlined[cell] else ""
        place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": _SIZE}
        place["linespacing"] = 1.35
        own = None if self.texts is None else self.texts[cell[0]][cell[1]]
        told = (percent(self.shares[cell]) if own is None else own) + mark
        canvas.ax.text(cell[1], self._row(cell[0]) + 0.5, told, color=colour, **place)

    def _names(self, canvas: Canvas) -> None:
        ax, every = canvas.ax, 1 if self._spacious else 5
        middles = [self._row(row) + 0.5 for row in range(len(self.rows))]
        ax.set_xticks(range(0, len(self.columns), every), self.columns[::every])
        ax.set_yticks(middles, self.rows)
        canvas.plain(rules=False)
        ax.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False, pad=5)
        ax.tick_params(labelcolor=canvas.ink.strong, labelsize=_SIZE)


def _ink(painted: Sequence[float], share: float) -> str:
    if not share:
        return _FAINT  # nobody: a number that steps back
    return _ON_DARK if brightness(tuple(painted)) < _MIDDLE else _ON_LIGHT


def percent(share: float) -> str:
    """A whole per cent; what would look like none or all, though it is not, is told apart.

    >>> percent(0.427), percent(0.001), percent(0.9999), percent(0.0)
    ('43 %', '<1 %', '>99 %', '0')
    """
    whole = round(100 * share)
    if whole == 0:
        return "<1 %" if share > 0 else "0"
    if (whole == 100) and share < 1:  # noqa: PLR2004 - per cent
        return ">99 %"
    return f"{whole} %"
