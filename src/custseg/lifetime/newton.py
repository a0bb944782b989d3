"""Where is a likelihood highest whose curvature has a formula? Few steps, and no differences."""

from collections.abc import Callable, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.lifetime.maximum import LIMIT, Peak, climb
from custseg.lifetime.patterns import dot
from custseg.progress import tell

Curved = Callable[[Floats], tuple[float, Floats, Floats]]
"""Minus the mean log-likelihood, its gradient and its Hessian, in logarithms of the parameters."""

_STEPS: Final = 40
_HALVINGS: Final = 12
_STRIDE: Final = 1.5
_CLOSE: Final = 1e-5
_RISK: Final = 1e-9
_TINY: Final = 1e-300
_EVEN: Final = 1e-7
_LEVEL: Final = 3e-4


def ascend(
    objective: Curved,
    starts: Sequence[Sequence[float]],
    few: Curved | None = None,
    *,
    doubtful: Callable[[Floats], bool] = lambda _: False,
) -> Peak:
    """Find the maximum.

    A large base starts where a sample of it ends. Where the way leads nowhere the slower
    ``climb`` is asked, which may find one and knows what to say where there is none.

    Args:
        objective: What to bring down.
        starts: The parameters to begin with.
        few: The same of a sample.
        doubtful: Whether a maximum at such logarithms of parameters may not be the only one: then
            the other starts are tried, too, and the highest maximum counts, but for one of them
            where a parameter vanishes: that is made for a few customers only.

    Raises:
        NotEnoughDataError: The likelihood has no maximum that can be told.

    Source: Nocedal and Wright 2006, *Numerical Optimization*, section 3.4 (Newton's method with
    the eigenvalues of the Hessian made positive).
    """
    if few is not None:
        at = ascend(few, starts, doubtful=doubtful).at
        return _ascend(objective, at)
    peak = _ascend(objective, np.log(starts[0]))
    if not doubtful(peak.at):
        return peak
    others = [_ascend(objective, np.log(start)) for start in starts[1:]]
    held = [other for other in others if other.at.min() > 1 - LIMIT]
    return max((peak, *held), key=lambda one: one.height)


def _ascend(objective: Curved, start: Floats) -> Peak:
    """From one start."""
    peak = _walk(objective, start)
    if peak is None:
        peak = climb(lambda theta: objective(theta)[:2], np.exp(start).tolist())
    return _along(objective, peak)


def _along(objective: Curved, peak: Peak) -> Peak:
    """The end of a ridge, where it is as high there: a parameter at its limit says which it is."""
    values, vectors = np.linalg.eigh(peak.hessian)
    if values[0] > _RISK * values[-1] or np.abs(peak.at).max() > LIMIT - 1:
        return peak
    for way in (vectors[:, 0], -vectors[:, 0]):
        room = (np.sign(way) * LIMIT - peak.at) / np.where(way == 0, _TINY, way)
        end = _Place.of(objective, peak.at + way * float(room.min()))
        if -end.value >= peak.height - _EVEN and np.abs(end.gradient).max() < _LEVEL:
            return Peak(end.at, -end.value, end.hessian)
    return peak


@attrs.frozen(eq=False)
class _Place:
    """A place on the way and what is known there."""

    at: Floats
    value: float
    gradient: Floats
    hessian: Floats

    @classmethod
    def of(cls, objective: Curved, at: Floats) -> "_Place":
        return cls(at, *objective(at))

    def step(self) -> tuple[Floats, bool]:
        """The way to the foot of the parabola, and whether it has a foot that can be told.

        What has come to a limit stays there.
        """
        free, step = np.flatnonzero(np.abs(self.at) <= LIMIT - 1), np.zeros_like(self.at)
        if not len(free):
            return step, True
        values, vectors = np.linalg.eigh(self.hessian[np.ix_(free, free)])
        size = np.abs(values)
        size = np.maximum(size, max(_RISK * float(size.max()), _TINY))
        slope = np.einsum("ij,i->j", vectors, self.gradient[free])
        step[free] = -np.einsum("ij,j->i", vectors, slope / size)
        return step, bool(values[0] > _RISK * values[-1])


def _walk(objective: Curved, start: Floats) -> Peak | None:
    """Step until the next step would be very short, and take that one, too."""
    place = _Place.of(objective, start)
    for turn in range(_STEPS):
        tell("fit", turn)
        if not np.isfinite(place.hessian).all():
            return None
        step, certain = place.step()
        longest = float(np.abs(step).max())
        if certain and longest < _CLOSE:
            height = place.value + dot(place.gradient, step) / 2  # of the parabola at its foot
            return Peak(place.at + step, -height, place.hessian)
        found = _lower(objective, place, step * min(1.0, _STRIDE / longest))
        if found is None:
            return None
        place = found
    return None


def _lower(objective: Curved, place: _Place, step: Floats) -> _Place | None:
    """The place after the step, halved until it goes down enough; ``None`` where none does."""
    fall = dot(place.gradient, step)
    for halved in range(_HALVINGS):
        share = 0.5**halved
        to = _Place.of(objective, place.at + share * step)
        if to.value <= place.value + 1e-4 * share * fall + 1e-14 * abs(place.value):
            return to
    return None


def in_logarithms(
    found: tuple[float, Floats, Floats], params: Floats, many: float
) -> tuple[float, Floats, Floats]:
    """Minus the mean of a log-likelihood, its gradient and its Hessian in logarithms.

    Args:
        found: The log-likelihood, its gradient and its Hessian in the parameters.
        params: The parameters.
        many: The customers.

    >>> one = np.ones(1)
    >>> in_logarithms((4.0, 2.0 * one, np.ones((1, 1))), 3.0 * one, 2.0)
    (-2.0, array([-3.]), array([[-7.5]]))
    """
    total, gradient, hessian = found
    slope = -gradient * params / many
    bend = -hessian * np.multiply.outer(params, params) / many
    bend[np.diag_indices(len(params))] += slope
    return -total / many, slope, bend
