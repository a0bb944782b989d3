"""Prices by annealed softmax: Newton steps on the smoothed dual of count and loads."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.allocate.solving.pricing.rows import Look, Rows

_STEPS = 15
_CLOSE = 1e-3
_RIDGE = 1e-6


@attrs.frozen(eq=False)
class Ends:
    """The limits that the rows must keep, in means.

    Attributes:
        lo: The least of each unknown.
        hi: The most of each unknown.
        cap: No price is further from 0.
        scale: What counts as close.
    """

    lo: Floats
    hi: Floats
    cap: float
    scale: float

    def look(self, rows: Rows, prices: Floats, heat: float) -> Look:
        """The whole smoothed dual."""
        seen = rows.soft(prices, heat)
        ratio = prices / heat
        half = 0.5 * (1 + np.tanh(0.5 * ratio))
        soft = np.maximum(ratio, 0) + np.log1p(np.exp(-np.abs(ratio)))
        room = self.hi - self.lo
        value = seen.value + float((self.lo * prices + room * heat * soft).sum())
        own = room * half * (1 - half) / heat
        return Look(
            value, seen.slope - (self.lo + room * half), lambda: seen.curve() + np.diag(own)
        )


@attrs.frozen
class Box:
    """How far prices may go from where they were in one pass."""

    reach: float

    def held(self, new: Floats, start: Floats) -> tuple[Floats, bool]:
        """The prices inside, and whether any was held back."""
        inside = np.clip(new, start - self.reach, start + self.reach)
        return inside, bool((inside != new).any())


def descend(
    rows: Rows, ends: Ends, prices: Floats, heats: Sequence[float], box: Box | None = None
) -> tuple[Floats, bool]:
    """The prices that minimise the smoothed dual, at one temperature after the other.

    Returns:
        The prices, and whether the box held any of them back.
    """
    start, held = prices.copy(), False
    for heat in heats:
        now = ends.look(rows, prices, heat)
        for _ in range(_STEPS):
            if float(np.abs(now.slope).sum()) <= _CLOSE * ends.scale:
                break
            target = np.clip(prices + _step(now, prices, ends), -ends.cap, ends.cap)
            if box is not None:
                target, stopped = box.held(target, start)
                held = held or stopped
            prices, now, moved = _search(rows, ends, (prices, now, heat), target - prices)
            if not moved:
                break
    return prices, held


def _step(now: Look, prices: Floats, ends: Ends) -> Floats:
    """The Newton step; prices at the cap that want to go further stay."""
    free: Bools = (np.abs(prices) < ends.cap) | (now.slope * prices < 0)
    curve = now.curve()
    own = np.diag(curve)
    ridge = _RIDGE * own + 1e-9 * max(float(own.max(initial=0.0)), 1e-300)
    matrix = (curve + np.diag(ridge))[np.ix_(free, free)]
    step = np.zeros(prices.size)
    step[free] = np.linalg.solve(matrix, now.slope[free])
    return step


def _search(
    rows: Rows, ends: Ends, here: tuple[Floats, Look, float], step: Floats
) -> tuple[Floats, Look, bool]:
    """Go along the step as far as it helps."""
    prices, now, heat = here
    gain = float(now.slope @ step)
    part = 1.0
    while gain > 0 and part > 1e-3:  # noqa: PLR2004 - shorter steps do not pay
        there = ends.look(rows, prices + part * step, heat)
        if there.value <= now.value - 1e-4 * part * gain:
            return prices + part * step, there, True
        part *= 0.5
    return prices, now, False
