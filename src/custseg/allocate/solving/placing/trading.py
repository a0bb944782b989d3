"""Two whole customers moved at once where a place or a sum is full: the second makes room."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.placing.desk import Desk
from custseg.allocate.solving.placing.moves import Moves

_ROUNDS: Final = 30
_COUPLES: Final = 400_000


@attrs.frozen(eq=False)
class Couples:
    """Moves in couples: one comes to a column, the other leaves it.

    Attributes:
        one: The row that comes.
        two: The row that leaves.
        old: Where the first comes from.
        mid: Where it goes, and the second comes from.
        new: Where the second goes; it may be where the first was.
        gain: The points that both bring.
    """

    one: Index
    two: Index
    old: Index
    mid: Index
    new: Index
    gain: Floats

    def part(self, some: "Index | Bools") -> "Couples":
        """Some of them."""
        return Couples(*(getattr(self, field.name)[some] for field in attrs.fields(Couples)))

    def fits(self, desk: Desk) -> Bools:
        """Which keep every limit, or miss it by no more than it is missed already."""
        grid = desk.grid
        out = np.ones(self.one.size, dtype=np.bool_)
        for r, slot in enumerate(grid.slot):
            at = [slot[self.old], slot[self.mid], slot[self.new]]
            come, leave = grid.steps(r, self.one, self.mid), grid.steps(r, self.two, self.mid)
            change = [
                -grid.steps(r, self.one, self.old),
                come - leave,
                grid.steps(r, self.two, self.new),
            ]
            for mine in at:
                net = sum(
                    np.where(mine == its, by, 0.0) for its, by in zip(at, change, strict=True)
                )
                before = desk.held[mine]
                after = before + net
                out &= after <= np.maximum(desk.hi[mine], np.minimum(before, after))
                out &= after >= np.minimum(desk.lo[mine], before)
        return out


def trade(desk: Desk, moves: Moves, prices: Floats) -> None:
    """Couples of moves that gain points together and break nothing, the most points first.

    Args:
        desk: Who is where.
        moves: The pairs that may be used.
        prices: One an unknown, for a customer of mean weight; they say which moves are near.
    """
    small = 1e-9 * max(desk.grid.width, 1e-12)
    for _ in range(_ROUNDS):
        found = _couples(desk, moves, prices)
        found = found.part(found.gain > small)
        found = found.part(found.fits(desk))
        if not found.one.size:
            return
        _carry(desk, found.part(np.argsort(-found.gain, kind="stable")))


def _couples(desk: Desk, moves: Moves, prices: Floats) -> Couples:
    """Who nearly comes beside who nearly leaves, for every column."""
    grid = desk.grid
    full = np.append(prices / grid.mean, 0.0)
    rows = np.arange(grid.rows)
    points = np.empty(grid.rows)
    for some in grid.blocks():
        points[some] = grid.block(some)[rows[some] - some.start, desk.at[some]]
    paid = np.zeros(grid.rows)
    for r, slot in enumerate(grid.slot):
        paid += grid.steps(r, rows, desk.at) * full[slot[desk.at]]
    at = desk.at[moves.row]
    fine = np.flatnonzero((at != moves.col) & (at < desk.nobody) & (moves.col < desk.nobody))
    row, col, at = moves.row[fine], moves.col[fine], at[fine]
    gain = moves.points[fine] - points[row]
    near = moves.value[fine] - (points - paid)[row]
    each = max(int(np.sqrt(_COUPLES / desk.nobody)), 2)
    come, leave = _first(col, near, each), _first(at, near, each)
    counts = np.bincount(at[leave], minlength=desk.nobody)
    starts = np.cumsum(counts) - counts
    times = counts[col[come]]
    one = np.repeat(come, times)
    inside = np.arange(one.size) - np.repeat(np.cumsum(times) - times, times)
    two = leave[starts[col[one]] + inside]
    keep = row[one] != row[two]
    one, two = one[keep], two[keep]
    return Couples(row[one], row[two], at[one], col[one], col[two], gain[one] + gain[two])


def _first(column: Index, near: Floats, each: int) -> Index:
    """So many of every column, sorted by it, the nearest first."""
    order = np.lexsort((-near, column))
    sorted_ = column[order]
    start = np.searchsorted(sorted_, sorted_)
    return order[np.arange(order.size) - start < each]


def _carry(desk: Desk, found: Couples) -> None:
    """Make them one after the other, each row once, and each where it still fits."""
    gone: set[int] = set()
    for k in range(min(found.one.size, 4 * desk.grid.rows)):
        one, two = int(found.one[k]), int(found.two[k])
        if one in gone or two in gone or not found.part(np.array([k])).fits(desk)[0]:
            continue
        gone |= {one, two}
        desk.put(one, int(found.mid[k]))
        desk.put(two, int(found.new[k]))
