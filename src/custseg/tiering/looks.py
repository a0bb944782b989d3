"""How do cut points look to a reader?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from custseg.labels import label, table
from custseg.tiering.learnt import shown


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
    """
    if not points:
        return ("-",)
    said = [shown(point) for point in points]
    left = closed == "left"
    opening, closing = ("[", ")") if left else ("(", "]")
    between = (f"{opening}{a}, {b}{closing}" for a, b in pairwise(said))
    ends = (f"{'<' if left else '<='} {said[0]}", f"{'>=' if left else '>'} {said[-1]}")
    return (ends[0], *between, ends[1])
