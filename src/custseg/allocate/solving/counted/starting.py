"""Prices to start from: softened choices of a sample, hardened step by step."""

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.allocate.solving.grid import Grid

_ROUNDS = 12
_STEPS = 5
_FAR = 50


def start(grid: Grid, lo: Floats, hi: Floats) -> Floats:
    """Prices at which about as many want each representative as may; any prices would do.

    Customers choose by chance, the better the likelier; the prices that meet the limits then
    follow by Newton's method, and chance is taken out step by step.

    Source:
        Entropic smoothing of optimal transport: Kitagawa, Merigot and Thibert, "Convergence of a
        Newton algorithm for semi-discrete optimal transport", JEMS 21 (2019).
    """
    block = grid.read(slice(0, grid.size))
    fine = block[np.isfinite(block)]
    spread = float(fine.std()) if fine.size else 0.0
    prices = np.zeros(grid.reps)
    if spread == 0.0:
        return prices
    np.copyto(block, fine.min() - 10 * spread, where=~np.isfinite(block))
    centre = float(fine.mean())
    soft = _Soft((block - centre) / spread, lo, hi)
    try:
        for heat in np.geomspace(0.5, 0.01, _STEPS):
            prices = soft.balanced(prices, float(heat))
    except np.linalg.LinAlgError:
        return np.zeros(grid.reps)
    if not np.isfinite(prices).all():
        return np.zeros(grid.reps)
    prices[np.abs(prices) < 1e-3] = 0.0  # noqa: PLR2004 - of the spread: the limit does not bind
    steps: Floats = np.rint(np.clip(prices, -_FAR, _FAR) * spread)
    return steps


@attrs.frozen(eq=False)
class _Soft:
    """A sample whose customers choose by chance."""

    points: Floats
    lo: Floats
    hi: Floats

    def balanced(self, prices: Floats, heat: float) -> Floats:
        """The prices that meet the limits at this heat, nearly."""
        value, slope, bend = self._at(prices, heat)
        for _ in range(_ROUNDS):
            if np.abs(slope).sum() <= 0.01 * len(self.points):
                break
            ridge = 1e-9 * float(np.trace(bend)) / slope.size + 1e-12
            way = np.linalg.solve(bend + ridge * np.eye(slope.size), slope)
            stride, rise = 1.0, float(slope @ way)
            while True:
                found = self._at(prices + stride * way, heat)
                if found[0] <= value - 1e-4 * stride * rise or stride < 1e-3:  # noqa: PLR2004
                    break
                stride /= 2
            prices = prices + stride * way
            value, slope, bend = found
        return prices

    def _at(self, prices: Floats, heat: float) -> tuple[float, Floats, Floats]:
        """The dual value, how many too many choose each, and how that bends."""
        wants = (self.points - prices) / heat
        top = wants.max(axis=1, keepdims=True)
        wants -= top
        np.exp(wants, out=wants)
        whole = wants.sum(axis=1, keepdims=True)
        wants /= whole
        room, lean = self.hi - self.lo, 0.5 * (1 + np.tanh(0.5 * prices / heat))
        softplus = np.maximum(prices / heat, 0) + np.log1p(np.exp(-np.abs(prices / heat)))
        value = heat * float((top + np.log(whole)).sum())
        value += float((self.lo * prices + room * heat * softplus).sum())
        load = wants.sum(axis=0)
        bend = np.diag(load + room * lean * (1 - lean)) - wants.T @ wants
        return value, load - (self.lo + room * lean), bend / heat
