"""A search of whole customers by branch and bound, over the pairs that can still matter."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.branching.pairs import Pairs
from custseg.allocate.solving.placing.admission import admit, evict
from custseg.allocate.solving.placing.desk import Desk
from custseg.allocate.solving.placing.moves import Moves, polish
from custseg.allocate.solving.placing.trading import trade
from custseg.allocate.solving.pricing.grid import Grid
from custseg.allocate.solving.solution import Solution, total

_TRIES: Final = 4
_INFEASIBLE: Final = 2
_FINE: Final = 1e3
_SURE: Final = 1e-7
_SOME: Final = 500


@attrs.frozen
class Effort:
    """How long a search may take.

    Attributes:
        gap: The part of the answer that may be left open.
        nodes: The most branches; ``None``: no limit.
        seconds: The most time; ``None``: no limit.
    """

    gap: float = 0.0
    nodes: int | None = 20_000
    seconds: float | None = None

    def options(self) -> dict[str, object]:
        """As HiGHS reads it."""
        given = {
            "mip_rel_gap": self.gap,
            "node_limit": self.nodes,
            "time_limit": self.seconds,
        }
        return {name: value for name, value in given.items() if value is not None}


@attrs.frozen(eq=False)
class Found:
    """What a search found.

    Attributes:
        at: The column of each row, ``None`` if nothing was found.
        bound: What no answer over the same pairs exceeds.
        infeasible: Whether it is proven that the limits contradict.
    """

    at: Index | None
    bound: float
    infeasible: bool


def branch(grid: Grid, pairs: Pairs, effort: Effort) -> Found:
    """The best answer over some pairs under all limits.

    Args:
        grid: The problem.
        pairs: What may be chosen.
        effort: How long to search.
    """
    high, found = grid.hi.copy(), Found(None, np.inf, infeasible=False)
    for _ in range(_TRIES):
        found = _run(grid, pairs, (grid.lo, high), effort)
        if found.at is None:
            return found
        held = grid.totals(np.where(found.at == grid.slot.shape[1] - 1, -1, found.at))
        over = held > grid.hi
        if not over.any():
            return found
        high[over] -= np.maximum(2 * (held - grid.hi)[over], 1.0)
    return Found(None, found.bound, infeasible=False)


def _scipy() -> tuple[Any, Any]:
    """The two parts of scipy that are needed."""
    from scipy import optimize, sparse  # noqa: PLC0415 - loaded where it is used

    return optimize, sparse


def _run(grid: Grid, pairs: Pairs, ends: tuple[Floats, Floats], effort: Effort) -> Found:
    optimize, _ = _scipy()
    matrix, keep = _matrix(grid, pairs)
    lows = np.concatenate([np.ones(grid.rows), (ends[0] / grid.mean)[keep]])
    highs = np.concatenate([np.ones(grid.rows), (ends[1] / grid.mean)[keep]])
    unit = _FINE / max(grid.width, 1e-12)
    answer = optimize.milp(
        -pairs.points * unit,
        constraints=optimize.LinearConstraint(matrix, lows, highs),
        integrality=np.ones(pairs.row.size),
        bounds=optimize.Bounds(0, 1),
        options=effort.options(),
    )
    dual = answer.mip_dual_bound
    bound = np.inf if dual is None or not np.isfinite(dual) else -float(dual) / unit
    if answer.x is None:
        return Found(None, bound, infeasible=answer.status == _INFEASIBLE)
    at = np.full(grid.rows, grid.slot.shape[1] - 1, dtype=np.intp)
    chosen = np.flatnonzero(np.asarray(answer.x) > 0.5)  # noqa: PLR2004 - whole numbers
    at[pairs.row[chosen]] = pairs.col[chosen]
    return Found(at, bound, infeasible=False)


def _matrix(grid: Grid, pairs: Pairs) -> tuple[Any, Bools]:
    """A line for each row and for each unknown that binds, in means."""
    _, sparse = _scipy()
    lines, cells, values = [pairs.row], [np.arange(pairs.row.size)], [np.ones(pairs.row.size)]
    for r, slot in enumerate(grid.slot):
        at = slot[pairs.col]
        bound = np.flatnonzero(at < grid.size)
        lines.append(grid.rows + at[bound])
        cells.append(bound)
        values.append(grid.steps(r, pairs.row[bound], pairs.col[bound]) / grid.means[r])
    shape = (grid.rows + grid.size, pairs.row.size)
    flat = (np.concatenate(values), (np.concatenate(lines), np.concatenate(cells)))
    whole = sparse.csr_matrix(flat, shape=shape)
    most = np.zeros(grid.size)
    for r, weight in enumerate(grid.weight):
        by = grid.effort[r]
        top = 1.0 if by is None else float(by.max(initial=1.0))
        slots = grid.slot[r][grid.slot[r] < grid.size]
        most[slots] = float(weight.sum()) * top
    keep: Bools = (grid.lo > 0) | (grid.hi < most)
    rows = np.concatenate([np.ones(grid.rows, dtype=np.bool_), keep])
    return whole[np.flatnonzero(rows)], keep


def whole(desk: Desk, found: Solution) -> Solution:
    """Prove or better an answer of few pairs: the limits first, then the points.

    Args:
        desk: The answer so far.
        found: The same with its prices.
    """
    grid = desk.grid
    pairs = Pairs.near(grid, np.zeros(grid.size), np.inf, grid.slot.shape[1])
    effort = Effort() if desk.outside().any() else Effort(_SURE, _SOME)
    best = branch(grid, pairs, effort)
    if best.infeasible:
        grid = lowered(grid, pairs, effort)
        best = branch(grid, pairs, effort)
    return better(desk, found, best, pairs, effort)


def lowered(grid: Grid, pairs: Pairs, effort: Effort) -> Grid:
    """Minimums brought down by as little as makes them possible, in customers of mean weight."""
    optimize, sparse = _scipy()
    matrix, keep = _matrix(grid, pairs)
    some = np.flatnonzero(grid.lo[keep] > 0)
    lines = grid.rows + some
    short = sparse.csr_matrix(
        (np.ones(some.size), (lines, np.arange(some.size))), shape=(matrix.shape[0], some.size)
    )
    lows = np.concatenate([np.ones(grid.rows), (grid.lo / grid.mean)[keep]])
    highs = np.concatenate([np.ones(grid.rows), (grid.hi / grid.mean)[keep]])
    highs[lines] = np.inf
    wide = sparse.hstack([matrix, short]).tocsr()
    limits = [optimize.LinearConstraint(wide, lows, np.inf)]
    plain = np.concatenate([np.ones(grid.rows), (grid.hi / grid.mean)[keep]])
    none = sparse.csr_matrix((matrix.shape[0], some.size))
    limits.append(optimize.LinearConstraint(sparse.hstack([matrix, none]).tocsr(), -np.inf, plain))
    count = pairs.row.size
    answer = optimize.milp(
        np.concatenate([np.zeros(count), np.ones(some.size)]),
        constraints=limits,
        integrality=np.concatenate([np.ones(count), np.zeros(some.size)]),
        bounds=optimize.Bounds(0, np.concatenate([np.ones(count), np.full(some.size, np.inf)])),
        options=effort.options(),
    )
    if answer.x is None:
        return attrs.evolve(grid, lo=np.zeros(grid.size))
    low = grid.lo.copy()
    at = np.flatnonzero(keep)[some]
    missing = np.maximum(np.asarray(answer.x)[count:], 0.0) * grid.mean[at]
    low[at] = np.where(missing > 1e-6 * grid.mean[at], np.floor(low[at] - missing), low[at])
    return attrs.evolve(grid, lo=np.maximum(low, 0.0))


def better(desk: Desk, found: Solution, best: Found, pairs: Pairs, effort: Effort) -> Solution:
    """The better of two answers, with the lower of two bounds where the search proves one.

    Args:
        desk: The answer from prices.
        found: The same in the caller's terms.
        best: What the search found.
        pairs: What it could choose from.
        effort: How long it may search once more, if earlier rows take the place of later ones.
    """
    grid = desk.grid
    if best.at is None:
        return found
    new, bound = Desk.of(grid, best.at), best.bound
    evict(new)
    admit(new)
    _traded(new, pairs)
    if _rank(new) < _rank(desk):
        new = desk
    served = new.at < new.nobody
    if not np.array_equal(served, best.at < new.nobody):
        again = branch(grid, pairs.serving(served, new.nobody), effort)
        bound = again.bound
        if again.at is not None and _rank(Desk.of(grid, again.at)) >= _rank(new):
            new = Desk.of(grid, again.at)
    at = np.where(new.at == new.nobody, -1, new.at)
    got, same = total(grid.points, at), np.array_equal(at < 0, found.at < 0)
    bounds = [found.bound] if same and found.bound is not None else []
    if pairs.every and np.isfinite(bound):
        bounds.append(bound + float(np.sort(grid.leave[at < 0]).sum()))
    return attrs.evolve(found, at=at, bound=max(min(bounds), got) if bounds else None)


def _traded(desk: Desk, pairs: Pairs) -> None:
    """What a search that ran out of time left lying about: single moves, and moves in couples."""
    some = np.flatnonzero(pairs.col < desk.nobody)
    row, col, points = pairs.row[some], pairs.col[some], pairs.points[some]
    moves = Moves(row, col, points, points, np.searchsorted(row, np.arange(desk.grid.rows + 1)))
    polish(desk, moves)
    trade(desk, moves, np.zeros(desk.grid.size))
    polish(desk, moves)


def _rank(desk: Desk) -> tuple[float, bytes, float]:
    """What is better: less outside the limits, earlier rows served, then more points."""
    served = desk.at < desk.nobody
    got = total(desk.grid.points, np.where(served, desk.at, -1))
    return -round(float(desk.outside().sum()), 9), np.packbits(served).tobytes(), got
