"""Judgements with gaps: what stands for the pairs that nobody judged."""

from typing import Final, cast

import numpy as np

from custseg._typing import Bools, Floats

_STEPS: Final = 20_000
_NEAR: Final = 1e-12
_EXACT: Final = 1e-15
_KEPT: Final = 5


def completed(matrix: Floats, known: Bools) -> tuple[Floats, float]:
    """Weights and eigenvalue where gaps are filled so that the eigenvalue is least.

    At the least one each gap is a ratio of two numbers, one an item: the root of its weight over
    that in the transposed matrix. So these are sought, from the least squares of the logarithms on.

    Args:
        matrix: How many times more each counts than each.
        known: What of it was judged.

    Source: Bozóki, Fülöp and Rónyai 2010, Mathematical and Computer Modelling 52; sped up as by
    Anderson 1965, Journal of the ACM 12(4).

    >>> weights, value = completed(
    ...     np.array([[1, 2, 0], [0.5, 1, 4], [0, 0.25, 1]]),
    ...     ~np.eye(3, dtype=np.bool_)[::-1] | np.eye(3, dtype=np.bool_),
    ... )
    >>> weights.round(4).tolist(), round(value, 9)
    ([0.6154, 0.3077, 0.0769], 3.0)
    """
    level = _least_squares(matrix, known)
    right = np.exp(level - level.max())
    left, value = 1.0 / right, 0.0
    levels, moves = list[Floats](), list[Floats]()
    for _ in range(_STEPS):
        filled = np.where(known, matrix, np.exp(level[:, None] - level[None, :]))
        right, value = _principal(filled, right)
        left, _ = _principal(filled.T, left)
        found = (np.log(right) - np.log(left)) / 2.0
        move: Floats = found - found.mean() - level
        if np.abs(move).max() < _NEAR:
            break
        levels, moves = [*levels, level][-_KEPT:], [*moves, move][-_KEPT:]
        level = _ahead(levels, moves)
    return right, value


def _ahead(levels: list[Floats], moves: list[Floats]) -> Floats:
    """The next try: where the last ones, taken together, would not move any more."""
    level, move = levels[-1], moves[-1]
    if len(moves) == 1:
        return level + move
    turns = np.stack([move - one for one in moves[:-1]], axis=1)
    ways = np.stack([level - one for one in levels[:-1]], axis=1)
    share = np.linalg.lstsq(turns, move, rcond=None)[0]
    step: Floats = ((ways + turns) * share).sum(axis=1)
    return level + move - step


def _least_squares(matrix: Floats, known: Bools) -> Floats:
    """Logarithms of weights that are nearest to those of the judgements."""
    size = len(matrix)
    joined = known & ~np.eye(size, dtype=np.bool_)
    logs = np.log(np.where(joined, matrix, 1.0)).sum(axis=1)
    laplacian = np.diag(joined.sum(axis=1)) - joined.astype(np.float64)
    solved = cast("Floats", np.linalg.solve(laplacian + 1.0 / size, logs))
    return np.asarray(solved - solved.mean(), dtype=np.float64)


def _principal(matrix: Floats, near: Floats) -> tuple[Floats, float]:
    """The principal eigenvector, summing to 1, and its eigenvalue, from a vector near it on."""
    vector, value = near / near.sum(), 0.0
    for _ in range(_STEPS):
        times = (matrix * vector).sum(axis=1)
        value = float(times.sum())
        before, vector = vector, times / value
        if np.abs(vector - before).max() < _EXACT:
            break
    return vector, value
