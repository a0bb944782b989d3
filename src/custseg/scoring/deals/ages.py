"""How does the chance to be won change with the age of a deal? Open deals count as far as they go.

A deal that is still open says that it was neither won nor lost so far. Left out, only those that
were quickly decided would be learnt from: wins and losses are therefore two competing ends.
"""

from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, floats
from custseg.scoring.deals.reading import LOST, WON

_BANDS: Final = 8
_LEAST: Final = 30


@attrs.frozen
class Aging:
    """The chance to be won of a deal that is still open at an age.

    Attributes:
        first: Chance to be won of a deal that has just been opened.
        edges: Ages at which a new band begins.
        chances: Chance to be won of deals that are open in each band; never 0 or 1.
        reached: Closed deals that were open at the beginning of each band.
        open_days: Days that all deals were open in each band.
    """

    first: float
    edges: tuple[float, ...] = attrs.field(converter=floats)
    chances: tuple[float, ...] = attrs.field(converter=floats)
    reached: tuple[int, ...]
    open_days: tuple[int, ...]


def aging(age: Floats, stands: Index) -> Aging | None:
    """Learn it; ``None`` where too few closed deals have an age.

    Args:
        age: Age in days at the end, or so far.
        stands: Whether it was won, lost, or is open.

    Source: Aalen and Johansen 1978, Scandinavian Journal of Statistics 5(3): the chance of one of
    two competing ends, given that neither has come by an age.

    >>> age = np.array([1.0, 2.0, 9.0, 9.0] * 10)
    >>> stands = np.array([LOST, LOST, WON, WON] * 10)
    >>> found = aging(age, stands)
    >>> found.first, found.edges, [round(x, 2) for x in found.chances]
    (0.5, (9.0,), [0.78, 0.98])
    """
    known = ~np.isnan(age)
    days, how = age[known].astype(np.int64), stands[known]
    over = (how == WON) | (how == LOST)
    if np.count_nonzero(over) < _LEAST:
        return None
    eventual, at_risk = _eventual(days, how, over)
    edges = _edges(np.sort(days[over]))
    bounds = [0, *(int(edge) for edge in edges), len(eventual)]
    chances, reached, open_days = list[float](), list[int](), list[int]()
    for low, high in pairwise(bounds):
        band = slice(low, high)
        seen = float(at_risk[band].sum())
        rows = int(np.count_nonzero(days[over] >= low))
        own = float((eventual[band] * at_risk[band]).sum()) / seen
        least = 0.5 / (rows + 1)
        chances.append(min(max(own, least), 1.0 - least))
        reached.append(rows)
        open_days.append(int(seen))
    first = float(eventual[0])
    return Aging(first, tuple(edges), tuple(chances), tuple(reached), tuple(open_days))


def _eventual(days: Index, how: Index, over: Bools) -> tuple[Floats, Floats]:
    """The chance to be won at last of a deal that is open at each age, and how many were."""
    last = int(days[over].max())
    size = last + 1
    won = np.bincount(days[how == WON], minlength=size)[:size]
    lost = np.bincount(days[how == LOST], minlength=size)[:size]
    left = np.cumsum(np.bincount(np.minimum(days, size), minlength=size + 1)[::-1])[::-1][:size]
    out = np.empty(size)
    ahead = won.sum() / (won.sum() + lost.sum())
    for day in range(last, -1, -1):
        ends = won[day] + lost[day]
        ahead = (won[day] + (left[day] - ends) * ahead) / left[day]
        out[day] = ahead
    return out, left.astype(np.float64)


def _edges(ordered: Index) -> list[float]:
    """Ages that part the closed deals into about equally many, each age in one band."""
    most = min(_BANDS, len(ordered) // _LEAST + 1)
    at = [ordered[len(ordered) * i // most] for i in range(1, most)]
    return sorted({float(edge) for edge in at if edge > 0})
