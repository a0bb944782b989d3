"""How do cut points look to a reader?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from custseg.labels import label, table
from custseg.tiering.learnt import shown

_TINY: Final = float(np.nextafter(0.0, 1.0))  # the smallest value above 0


def head(cuts: Any, locale: str) -> str:  # noqa: ANN401 - Cuts, which stands on this
    """A line that says the cut points and their side.

    Args:
        cuts: The cut points.
        locale: ``en`` or ``zh``.

    >>> from custseg.tiering import Cuts
    >>> head(Cuts((100.0, 1000.0), currency="CNY"), "en")
    'cut points: 100; 1,000 CNY; a value on a point is in the class above it'
    """
    words = table(locale)
    points = "; ".join(map(shown, cuts.points)) or "-"
    unit = f" {cuts.currency.code}" if cuts.currency else ""
    return words["cuts.head"].format(points=points + unit, side=words[f"cuts.{cuts.closed}"])


def lines(cuts: Any, locale: str) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """The cut points, and what was counted, where it was.

    Args:
        cuts: The cut points.
        locale: ``en`` or ``zh``.

    >>> from custseg.tiering import Cuts
    >>> len(lines(Cuts((100.0,)), "en")), len(lines(Cuts((100.0,)).counted(np.array([7.0])), "en"))
    (1, 2)
    """
    noted = () if cuts.learnt is None else (cuts.learnt.text(locale),)
    return (head(cuts, locale), *noted)


def cells(
    cuts: Any,  # noqa: ANN401 - Cuts, which stands on this
    locale: str,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and one row a class, lowest first, with the customers where they were counted.

    Args:
        cuts: The cut points.
        locale: ``en`` or ``zh``.

    >>> from custseg.tiering import Cuts
    >>> cells(Cuts((100.0,)), "en")
    (('class', 'range'), [('low', '< 100'), ('high', '>= 100')])
    """
    words = table(locale)
    heads = (words["cuts.class"], words["cuts.range"])
    bounds = ranges(cuts.points, cuts.closed)
    rows = [(label(word, locale), bound) for word, bound in zip(cuts.words(), bounds, strict=True)]
    if cuts.learnt is None or len(cuts.learnt.counts) != len(rows):
        return heads, list(rows)
    known = zip(rows, cuts.learnt.cells(), strict=True)
    named = (*heads, words["cuts.customers"], "", words["cuts.sum"], "")
    return named, [(*row, *counted) for row, counted in known]


def ranges(points: Sequence[float], closed: str) -> tuple[str, ...]:
    """The range of each class to read, lowest first.

    >>> ranges((100.0, 1000.0), "left"), ranges((), "left")
    (('< 100', '[100, 1,000)', '>= 1,000'), ('-',))
    >>> ranges((0.0, 5e-324, 9.0), "left")  # zero has a class of its own
    ('< 0', '= 0', '(0, 9)', '>= 9')
    """
    if not points:
        return ("-",)
    ends = [_end(point, closed) for point in points]
    (least, first), (most, last) = ends[0], ends[-1]
    lowest = f"{'<' if first == 'left' else '<='} {shown(least)}"
    highest = f"{'>=' if last == 'left' else '>'} {shown(most)}"
    return (lowest, *(_between(low, high) for low, high in pairwise(ends)), highest)


def _end(point: float, closed: str) -> tuple[float, str]:
    """A point and its side; next to zero stands for zero from the other side."""
    if 0 < abs(point) <= _TINY:
        return 0.0, "right" if point > 0 else "left"
    return point, closed


def _between(low: tuple[float, str], high: tuple[float, str]) -> str:
    opening, closing = "[" if low[1] == "left" else "(", ")" if high[1] == "left" else "]"
    if low[0] == high[0] and opening + closing == "[]":
        return f"= {shown(low[0])}"
    return f"{opening}{shown(low[0])}, {shown(high[0])}{closing}"
