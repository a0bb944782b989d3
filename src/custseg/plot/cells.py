"""How many customers are in each grade, and what became of them?"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np

from custseg import frames
from custseg._typing import Codes
from custseg.labels import heading, label
from custseg.measures import ratio
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.heat import Heat, percent
from custseg.scoring import Audit, GradeMatrix, Scorecard

_CELL: Final = (1.5, 0.8)


def grade_heatmap(
    card: Scorecard, found: object, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    r"""Customers of each grade, and how many of them were won where an audit knows.

    Of a matrix of fit and engagement the rows are fit, the best on top, and the columns engagement,
    the liveliest first; grades in one line otherwise. Cells that share a grade show it together.
    With an audit the shade is the share that was won, otherwise the share of customers.

    Args:
        card: The card that graded them.
        found: From ``audit``; or a table with a column ``grade``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        MissingColumnError: The table has no grades.
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard((Factor("orders", worth=100, curve=Ramp(0, 10)),))
    >>> ax = grade_heatmap(card, card.apply([{"orders": n % 11} for n in range(110)]))
    >>> ax.texts[0].get_text()
    'A\n30\n27 %'
    """
    canvas = Canvas.of(ax, locale, (8.0, 4.2))
    heat = _heat(card, _counted(found), canvas)
    grades = card.grades
    over = canvas.word("cells.grade")
    if isinstance(grades, GradeMatrix):
        words = [heading(name, canvas.locale) for name in (grades.fit, grades.engagement)]
        over = " / ".join(words)
    heat.draw(canvas, over=over, beside=canvas.word("customers"))
    code = "cells.won" if isinstance(found, Audit) else "cells.note"
    heat.titled(canvas, canvas.word("cells.title"), canvas.word(code))
    return canvas.done()


def _counted(found: object) -> Mapping[str, tuple[int, int, int]]:
    """Of each grade: customers, those whose outcome is known, those won."""
    if isinstance(found, Audit):
        return {one.grade: (one.rows, one.known, one.cases) for one in found.telling.grades}
    table: Any = frames.table(found)
    codes = table.read({"grade": "text"})["grade"]
    if not isinstance(codes, Codes):
        return {}
    counts = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)).tolist()
    return {word: (count, 0, 0) for word, count in zip(codes.words, counts, strict=True)}


def _heat(card: Scorecard, counts: Mapping[str, tuple[int, int, int]], canvas: Canvas) -> Heat:
    grades = card.grades
    if isinstance(grades, GradeMatrix):
        cells = grades.cells
        names, columns = _spans(grades.fit_edges), _spans(grades.engagement_edges)
    else:
        cells = (grades.ordered(),)
        names, columns = [canvas.word("customers")], [""] * len(cells[0])
    rows, known, won = (
        np.array([[counts.get(cell, (0, 0, 0))[i] for cell in row] for row in cells])
        for i in range(3)
    )
    every = max(sum(count for count, _, _ in counts.values()), 1)
    shares = ratio(won, known) if known.any() else rows / every
    texts = [
        [_told(label(cell, canvas.locale), counts.get(cell, (0, 0, 0)), every) for cell in row]
        for row in cells
    ]
    clear = np.zeros(shares.shape, dtype=np.bool_)
    top = float(np.nanmax(shares)) if np.isfinite(shares).any() else 1.0
    held = np.nan_to_num(shares)
    sizes = rows.sum(axis=1).tolist()
    return Heat(held, clear, names, sizes, columns, False, top or 1.0, texts, _CELL)  # noqa: FBT003


def _spans(edges: tuple[float, ...]) -> list[str]:
    """Points of the rows or columns, the most first."""
    inner = [f"{low:g} - {high:g}" for high, low in pairwise(edges)]
    return [f"{edges[0]:g} +", *inner, f"< {edges[-1]:g}"] if edges else [""]


def _told(name: str, counts: tuple[int, int, int], every: int) -> str:
    rows, known, won = counts
    share = percent(won / known) if known else percent(rows / every)
    return f"{name}\n{rows:,}\n{share}" if rows else name
