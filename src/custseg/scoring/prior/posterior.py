"""Points set by hand as what is believed first, and how far outcomes move them."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.measures.logistic import chances
from custseg.scoring.prior.cells import Design
from custseg.scoring.prior.cholesky import Lower

USUAL: Final = 20.0
"""How firmly what a value says is held to its points: about 0.22 of log-odds either way.

Bands of a number are held half as firmly to their points, and as firmly to one another: what is
true of 5 visits is nearly true of 6.
"""

_ALONE: Final = 0.5  # of the strength, what holds a band to its points,
_ALIKE: Final = 1.0  # and what holds neighbouring bands to one another
_HELD: Final = 4.0  # how firmly one spread of the points is held to its log-odds
_STARTED: Final = 1.0  # how firmly the start is held to the odds of the card
_LEAST: Final = 0.1
_FIXED: Final = 1e9
_FREE: Final = 1e-6
_STEPS: Final = 60
_DONE: Final = 1e-9
_DOUBLINGS: Final = 4
_DOUBT: Final = 1.0  # of doublings of the strength, one standard deviation


@attrs.frozen(eq=False)
class Posterior:
    """What is believed after the outcomes.

    Attributes:
        weights: Of the start, of one spread of the points, and of every cell.
        strength: How firmly cells were held to their points.
        evidence: Logarithm of how likely the outcomes are with this strength.
        against: Whether customers with more points were won more seldom.
    """

    weights: Floats
    strength: float
    evidence: float
    against: bool = False


@attrs.frozen
class Belief:
    """What is believed before any outcome.

    Attributes:
        spread: Log-odds that one spread of the points stands for.
        strength: How firmly cells are held; ``None``: as likely as the outcomes make it.
        start: Log-odds of the middle of the points; ``None``: those of the outcomes.
    """

    spread: float = 1.0
    strength: float | None = None
    start: float | None = None

    @property
    def least(self) -> float:
        """Least log-odds of one spread of the points: they never count against themselves."""
        return _LEAST * min(1.0, self.spread)

    def after(self, design: Design) -> Posterior:
        """What is believed after the outcomes.

        Without a strength, doublings and halvings of the usual one are tried for as long as they
        make the outcomes likelier, each held to be the less likely the farther it is.

        Source: the maximum of the posterior of a logistic regression with normal priors; the
        strength by its evidence in Laplace's approximation, MacKay 1992, "The evidence framework
        applied to classification networks", Neural Computation 4(5).
        """
        if self.strength is not None:
            return self._held(design, self.strength)
        best = self._held(design, USUAL)
        for way in (0.5, 2.0):
            tried, before = best, best.strength
            while abs(np.log2(tried.strength / USUAL)) < _DOUBLINGS:
                tried = self._held(design, tried.strength * way, tried.weights)
                if tried.evidence <= best.evidence:
                    break
                best = tried
            if best.strength != before:
                break
        return best

    def _held(self, design: Design, strength: float, start: Floats | None = None) -> Posterior:
        mean, held = self._prior(design, strength)
        weights = _highest(design, mean, held, mean if start is None else start)
        against = bool(weights[1] < 0)
        if weights[1] < self.least:
            mean[1], held[1, 1] = self.least, _FIXED
            weights = _highest(design, mean, held, mean)
        evidence = _evidence(design, weights, mean, held)
        far = np.log2(strength / USUAL) / _DOUBT
        return Posterior(weights, strength, evidence - 0.5 * float(far) ** 2, against)

    def _prior(self, design: Design, strength: float) -> tuple[Floats, Floats]:
        """What is expected of each weight, and how firmly, pair by pair."""
        cases, rows = design.cases.sum(), design.rows.sum()
        mean, held = np.zeros(design.width), np.eye(design.width) * strength
        mean[0], held[0, 0] = np.log((cases + 0.5) / (rows - cases + 0.5)), _FREE
        if self.start is not None:
            mean[0], held[0, 0] = self.start, _STARTED
        mean[1], held[1, 1] = self.spread, _HELD
        _smooth(held, design, strength)
        return mean, held


def additive(design: Design, ridge: float) -> Floats:
    """Weights whose sums come nearest to numbers, by least squares with the same ridge.

    Args:
        design: Rows with their numbers as ``cases``; points play no part.
        ridge: How firmly cells are held to 0, in rows.
    """
    held = np.eye(design.width) * ridge
    held[0, 0] = _FREE
    _smooth(held, design, ridge)
    return Lower.of(design.products(design.rows) + held).solve(design.sums(design.cases))


def _smooth(held: Floats, design: Design, strength: float) -> None:
    """Hold the bands of numbers half as firmly to themselves, and to their neighbours."""
    for start, size in design.bands:
        apart = np.diff(np.eye(size), axis=0)
        own = slice(start, start + size)
        pairs = np.einsum("ij,ik->jk", apart, apart)
        held[own, own] = strength * (_ALONE * np.eye(size) + _ALIKE * pairs)


def _evidence(design: Design, weights: Floats, mean: Floats, held: Floats) -> float:
    likely = -_loss(design, weights, mean, held)
    firm = Lower.of(held).logdet - Lower.of(_bend(design, weights, held)).logdet
    return likely + 0.5 * firm


def _highest(design: Design, mean: Floats, held: Floats, start: Floats) -> Floats:
    """Newton's way to the most likely weights, halved while it goes down."""
    at, now = start, _loss(design, start, mean, held)
    for _ in range(_STEPS):
        over = design.cases - design.rows * chances(design.log_odds(at))
        pull = design.sums(over) - _pulled(held, at - mean)
        step = Lower.of(_bend(design, at, held)).solve(pull)
        then = _loss(design, at + step, mean, held)
        while then > now + _DONE * abs(now) and np.abs(step).max() > _DONE:
            step = step / 2
            then = _loss(design, at + step, mean, held)
        at, now = at + step, then
        if np.abs(step).max() < _DONE:
            break
    return at


def _bend(design: Design, at: Floats, held: Floats) -> Floats:
    share = chances(design.log_odds(at))
    return design.products(design.rows * share * (1 - share)) + held


def _loss(design: Design, at: Floats, mean: Floats, held: Floats) -> float:
    score = design.log_odds(at)
    likely = design.cases * score - design.rows * np.logaddexp(0.0, score)
    away = at - mean
    return float(0.5 * (away * _pulled(held, away)).sum() - likely.sum())


def _pulled(held: Floats, away: Floats) -> Floats:
    return np.asarray(np.einsum("ij,j->i", held, away))
