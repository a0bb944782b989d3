"""How much of each cohort is left, age by age, as a triangle of cells."""

from typing import Final

import numpy as np

from custseg.classify.flows.retention import above_zero
from custseg.classify.flows.triangle import CohortTriangle
from custseg.labels import label
from custseg.measures.intervals import ratio
from custseg.plot.canvas import Axes, Canvas
from custseg.plot.fonts import spoken
from custseg.plot.heat import Heat

_FLOOR: Final = 0.01


def cohort_triangle(
    triangle: CohortTriangle, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """What share of each cohort (a row) still buys at each age (a column).

    Cells that are not over yet are framed and starred, and count in no average; what lies ahead
    is blank. The shades reach from 0 to the largest share after age 0, so that ages differ.
    Cohorts of nobody have no row.

    Args:
        triangle: From ``cohorts``.
        ax: Axes to draw on; without them, new ones.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.
        MissingDependencyError: matplotlib is not installed.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> ax = cohort_triangle(cs.classify.cohorts(log, unit="quarter", as_of="1998-05-31"))
    >>> [text.get_text() for text in ax.texts][:6]
    ['100 %', '22 %', '18 %', '17 %', '16 %', '9 %*']
    """
    there = np.flatnonzero(triangle.sizes)
    base = above_zero(triangle.cells.value[:, :1])
    shares = np.where(triangle.begun, ratio(triangle.cells.value, base), np.nan)[there]
    running = (triangle.begun & ~triangle.complete)[there]
    mean = triangle.average().share[None]
    rows = np.vstack((shares, mean))
    framed = np.vstack((running, np.zeros_like(mean, dtype=np.bool_)))
    sizes = [*triangle.sizes[there].tolist(), int(triangle.sizes.sum())]
    language = spoken(locale)
    names = [*(triangle.labels[i] for i in there.tolist()), label("cohorts.average", language)]
    top = max(float(np.nanmax(rows[:, 1:], initial=0.0)), _FLOOR)
    ages = [str(age) for age in range(rows.shape[1])]
    heat = Heat(rows, framed, names, sizes, ages, last=True, top=min(top, 1.0))
    canvas = Canvas.of(ax, language, heat.size)
    heat.draw(canvas, over=canvas.word(f"unit.{triangle.unit}"), beside=canvas.word("customers"))
    note = canvas.word(f"cohorts.{triangle.measure}")
    if framed.any():
        note = canvas.word("starred", note=note, star=canvas.word("cohorts.running"))
    heat.titled(canvas, canvas.word("cohorts.title"), note)
    return canvas.done()
