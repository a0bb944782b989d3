"""Customers that may be cut, in pieces: one primary, shares that add up to 1."""

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.loaded.answer import Answer
from custseg.allocate.solving.placing.desk import Desk
from custseg.allocate.solving.pricing.problem import gridded
from custseg.allocate.solving.solution import Solution, total

_WHOLE = 100


@attrs.frozen(eq=False)
class Pieces:
    """Rows after the cut: those that stay whole, and each piece of the others.

    Attributes:
        of: The row that each piece is of; pieces of one row stand together, the first is the
            primary's.
        percent: How much of the row it is, in whole percents.
        lead: Whether it is the first piece of its row.
    """

    of: Index
    percent: Ints
    lead: Floats

    @classmethod
    def cut(cls, loads: Loads, size: int) -> "Pieces":
        """Cut the rows that may be cut."""
        cut = np.zeros(size, dtype=np.bool_) if loads.cut is None else loads.cut
        counts = np.where(cut, len(loads.pieces), 1)
        of = np.repeat(np.arange(size), counts)
        place = np.arange(of.size) - np.repeat(np.cumsum(counts) - counts, counts)
        percent = np.where(cut[of], np.array(loads.pieces)[place], _WHOLE)
        return cls(of, percent, (place == 0).astype(np.float64))


def cut_up(points: Floats, lo: Ints, hi: Ints, loads: Loads) -> Solution:
    """Share rows out of which some may be cut into pieces.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each; whom one is the primary of.
        hi: The most customers for each.
        loads: What else is limited, and who may be cut into what.

    >>> loads = Loads.of_one("value", np.array([10.0]), np.full(2, 4.0), np.full(2, 6.0))
    >>> loads = attrs.evolve(loads, pieces=(50, 50), cut=np.array([True]))
    >>> cut_up(np.array([[1.0, 0.5]]), np.array([0, 0]), np.array([1, 1]), loads).splits
    ((0, 0, 0.5), (0, 1, 0.5))
    """
    pieces = Pieces.cut(loads, len(points))
    part = pieces.percent / _WHOLE
    finer = loads.part(pieces.of)
    finer = attrs.evolve(finer, weight=finer.weight * part, cut=None)
    grid = gridded(points[pieces.of] * part[:, None], lo, hi, finer, pieces.lead)
    answer = Answer.of(grid, finer)
    found = answer.proven()
    desk = Desk.of(grid, np.where(found.at < 0, answer.desk.nobody, found.at))
    _together(desk, pieces)
    at = np.where(desk.at == desk.nobody, -1, desk.at)
    bound = found.bound
    if bound is not None and not np.array_equal(at < 0, found.at < 0):
        bound = None
    elif bound is not None:
        bound = max(bound, total(grid.points, at))
    lead = np.flatnonzero(pieces.lead)
    splits = _shares(pieces, at)
    return attrs.evolve(found, at=at[lead], bound=bound, splits=splits)


def _together(desk: Desk, pieces: Pieces) -> None:
    """Rows whose pieces fit with one representative become whole; half served ones are not."""
    starts = np.flatnonzero(pieces.lead)
    nobody = desk.nobody
    for mine in np.split(np.arange(pieces.of.size), starts[1:]):
        if np.unique(desk.at[mine]).size == 1:
            continue
        if (desk.at[mine] == nobody).any() and not _gathered(desk, mine):
            for row in mine.tolist():
                desk.put(row, nobody)
            continue
        if not _gathered(desk, mine):
            _led(desk, mine, pieces.percent)


def _led(desk: Desk, mine: Index, percent: Ints) -> None:
    """Of two who have half of a row each, the primary is who fits better, if nothing breaks."""
    first = int(desk.at[mine[0]])
    value = desk.grid.block(mine[:1])[0]
    wrong = float(desk.outside().sum())
    sides = mine[np.asarray(desk.at[mine] != first)]
    others = np.unique(desk.at[sides])
    whole = int(percent[sides].sum())
    if others.size != 1 or 2 * whole != _WHOLE or value[others[0]] <= value[first]:
        return
    before = desk.at[mine].copy()
    for row, col in zip(mine.tolist(), before.tolist(), strict=True):
        desk.put(row, int(others[0]) if col == first else first)
    if not desk.kept() or float(desk.outside().sum()) > wrong + 1e-12:
        for row, col in zip(mine.tolist(), before.tolist(), strict=True):
            desk.put(row, col)


def _gathered(desk: Desk, mine: Index) -> bool:
    """Bring all pieces of a row to one of those who have a piece, if nothing breaks."""
    before = desk.at[mine].copy()
    wrong = float(desk.outside().sum())
    able = np.asarray(np.isfinite(desk.grid.block(mine)[:, :-1]).all(axis=0), dtype=np.bool_)
    for col in dict.fromkeys(before.tolist()):
        if col == desk.nobody or not able[col]:
            continue
        for row in mine.tolist():
            desk.put(row, col)
        if desk.kept() and float(desk.outside().sum()) <= wrong + 1e-12:
            return True
        for row, old in zip(mine.tolist(), before.tolist(), strict=True):
            desk.put(row, old)
    return False


def _shares(pieces: Pieces, at: Index) -> tuple[tuple[int, int, float], ...]:
    """Row, representative and share of each row that is shared, the primary first."""
    starts = np.flatnonzero(pieces.lead)
    ends = np.append(starts[1:], pieces.of.size)
    out: list[tuple[int, int, float]] = []
    for first in starts[np.flatnonzero(np.subtract(ends, starts + 1))].tolist():
        row = int(pieces.of[first])
        mine = np.flatnonzero(pieces.of == row)
        cols = list(dict.fromkeys(at[mine].tolist()))
        if len(cols) == 1:
            continue
        percent = np.bincount(at[mine], pieces.percent[mine], minlength=int(max(cols)) + 1)
        out += [(row, col, float(percent[col]) / _WHOLE) for col in cols]
    return tuple(out)
