"""A logistic regression over weights of evidence, in numpy alone.

Sums of products are made in blocks so small that no linear algebra library starts threads for
them: with threads, a fit of a few thousand customers takes a hundred times as long on a busy
machine.
"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats

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
    target = _Target.of(evidence, rows, cases, ridge)
    at = np.zeros(target.design.shape[1])
    at[0] = np.log(cases.sum() / (rows - cases).sum())
    said, now = target.tried(at)
    for _ in range(_STEPS):
        step = target.step(at, said)
        said, then = target.tried(at + step)
        while then > now + _DONE * abs(now) and np.abs(step).max() > _DONE:
            step = step / 2
            said, then = target.tried(at + step)
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


@attrs.frozen(eq=False)
class _Target:
    """What is to be made likely.

    Attributes:
        design: A column of ones, then the evidence.
        rows: Customers of each pattern.
        cases: Won ones.
        penalty: Weight of half of each square; none of the intercept's.
    """

    design: Floats
    rows: Floats
    cases: Floats
    penalty: Floats

    @classmethod
    def of(cls, evidence: Floats, rows: Floats, cases: Floats, ridge: float) -> "_Target":
        design = np.concatenate((np.ones((len(rows), 1)), evidence), axis=1)
        penalty = np.full(design.shape[1], ridge)
        penalty[0] = 0.0
        return cls(design, rows, cases, penalty)

    def tried(self, at: Floats) -> tuple[Floats, float]:
        """The chances of a line, and how unlikely it makes what came."""
        score = np.zeros(len(self.design))
        for i, weight in enumerate(at):
            score += self.design[:, i] * weight
        small = np.exp(-np.abs(score))
        said = np.where(score >= 0, 1.0, small) / (1.0 + small)
        both = self.rows * (np.maximum(score, 0.0) + np.log1p(small))
        missed = both - self.cases * score
        return said, float(missed.sum() + 0.5 * (self.penalty * at * at).sum())

    def step(self, at: Floats, said: Floats) -> Floats:
        """Newton's step, never longer than is sensible of log-odds."""
        pull = np.einsum("ij,i->j", self.design, self.cases - self.rows * said)
        bend = self._products(self.rows * said * (1 - said))
        bend[np.diag_indices_from(bend)] += self.penalty + _DONE
        step: Floats = np.asarray(np.linalg.solve(bend, pull - self.penalty * at), dtype=np.float64)
        return np.asarray(np.clip(step, -_STEEP, _STEEP))

    def _products(self, weight: Floats) -> Floats:
        size = max(1, _BLOCK // self.design.shape[1] ** 2)
        total = np.zeros((self.design.shape[1],) * 2)
        for start in range(0, len(self.design), size):
            part = self.design[start : start + size]
            total += (part * weight[start : start + size, None]).T @ part
        return total
