"""A logistic regression over weights of evidence, in numpy alone.

Sums of products are made in blocks so small that no linear algebra library starts threads for
them: with threads, a fit of a few thousand customers takes a hundred times as long on a busy
machine.
"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.measures.logistic import chances

_BLOCK: Final = 100_000  # multiplications in one product: half of where libraries start threads
_STEPS: Final = 50
_DONE: Final = 1e-10
_STEEP: Final = 5.0


@attrs.frozen(eq=False)
class Line:
    """Log-odds as a weighted sum.

    Attributes:
        intercept: Log-odds where all evidence is 0.
        slopes: What each column counts for.
    """

    intercept: float
    slopes: Floats


def fitted(evidence: Floats, rows: Floats, cases: Floats, ridge: float) -> Line:
    """The most likely line, held towards 0 by a ridge.

    Args:
        evidence: One row a pattern, one column a factor.
        rows: Customers of each pattern.
        cases: Won ones.
        ridge: Weight of half the sum of squared slopes; the intercept is free. Above 0 it keeps
            slopes finite where the outcomes part perfectly.

    Source: iteratively reweighted least squares (McCullagh and Nelder 1989) with the penalty of le
    Cessie and van Houwelingen 1992; steps are halved while they make it less likely.
    """
    design = np.concatenate((np.ones((len(rows), 1)), evidence), axis=1)
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 0.0
    at = np.zeros(design.shape[1])
    at[0] = np.log(cases.sum() / (rows - cases).sum())
    now = _loss(design, rows, cases, at, penalty)
    for _ in range(_STEPS):
        said = chances(_scores(design, at))
        pull = _pulls(design, cases - rows * said) - penalty * at
        bend = _products(design, rows * said * (1 - said))
        bend[np.diag_indices_from(bend)] += penalty + _DONE
        step = np.clip(np.linalg.solve(bend, pull), -_STEEP, _STEEP)
        then = _loss(design, rows, cases, at + step, penalty)
        while then > now + _DONE * abs(now) and np.abs(step).max() > _DONE:
            step = step / 2
            then = _loss(design, rows, cases, at + step, penalty)
        at, now = at + step, then
        if np.abs(step).max() < _DONE:
            break
    return Line(float(at[0]), at[1:])


def positive(evidence: Floats, rows: Floats, cases: Floats, ridge: float) -> tuple[Line, list[int]]:
    """The line without columns that would count against their own evidence.

    The column with the most negative slope goes first; then all others are weighed anew.

    Returns:
        The line over the kept columns, and which are kept.
    """
    kept = list(range(evidence.shape[1]))
    while True:
        line = fitted(evidence[:, kept], rows, cases, ridge)
        if not kept or line.slopes.min() > 0:
            return line, kept
        del kept[int(np.argmin(line.slopes))]


def _blocks(design: Floats) -> range:
    size = max(1, _BLOCK // design.shape[1] ** 2)
    return range(0, len(design), size)


def _scores(design: Floats, at: Floats) -> Floats:
    total = np.zeros(len(design))
    for i, weight in enumerate(at):
        total += design[:, i] * weight
    return total


def _pulls(design: Floats, over: Floats) -> Floats:
    return np.asarray(np.einsum("ij,i->j", design, over), dtype=np.float64)


def _products(design: Floats, weight: Floats) -> Floats:
    blocks = _blocks(design)
    total = np.zeros((design.shape[1],) * 2)
    for start in blocks:
        part = design[start : start + blocks.step]
        total += (part * weight[start : start + blocks.step, None]).T @ part
    return total


def _loss(design: Floats, rows: Floats, cases: Floats, at: Floats, penalty: Floats) -> float:
    score = _scores(design, at)
    likely = cases * score - rows * np.logaddexp(0.0, score)
    return float(0.5 * (penalty * at * at).sum() - likely.sum())
