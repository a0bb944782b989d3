"""Means over customers who differ in their chance to leave, a Beta distribution."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np

from custseg._typing import Floats
from custseg.lifetime.quadrature import blocks

_PANELS: Final = 24
_NODES: Final = 16
_DROP: Final = 45.0
_TOP: Final = 45.0
_HALVINGS: Final = 40
_ROWS: Final = 8


@cache
def _places() -> tuple[Floats, Floats]:
    """Nodes and weights on (0, 1): Gauss-Legendre in panels."""
    at, weight = np.polynomial.legendre.leggauss(_NODES)
    panels = np.arange(_PANELS)[:, None]
    places = (panels + (at + 1) / 2) / _PANELS
    return places.ravel(), np.tile(weight / (2 * _PANELS), _PANELS)


def beta_mean(
    first: Floats | float, b: Floats, least: Floats, ask: Callable[[Floats, slice], Floats]
) -> Floats:
    """The mean of a function of p, where p is from Beta(a, b), one a row.

    In u = log(p / (1 - p)) everything is smooth, however close to 0 or 1 the mass lies; what lies
    below ``least`` or beyond the last float before 1 counts as if it lay there.

    Args:
        first: First parameter of the distribution.
        b: Second parameter.
        least: The logarithm of a p below which the function no longer changes.
        ask: The function, at nodes (rows x nodes) of some rows.

    >>> beta_mean(2.0, np.array([3.0]), np.array([-60.0]), lambda p, _: p).round(12)
    array([0.4])
    """
    from scipy.special import betainc, expit  # noqa: PLC0415 - loaded where it is used

    below: Any = betainc
    places, weight = _places()
    found, a = np.empty_like(b), np.broadcast_to(np.asarray(first, dtype=np.float64), b.shape)
    for rows in blocks(len(b), _ROWS):
        of = a[rows], b[rows]
        low, high = _range(of, least[rows])
        u = low[:, None] + (high - low)[:, None] * places
        p = np.asarray(expit(u))
        log_mass = of[0][:, None] * (u - _middle(*of)[:, None])
        log_mass -= (of[0] + of[1])[:, None] * (np.logaddexp(0.0, u) - _soft(*of)[:, None])
        mass = weight * np.exp(log_mass)
        least_p, most_p = np.asarray(expit(low)), np.asarray(expit(high))
        under, over = below(*of, least_p), below(of[1], of[0], np.asarray(expit(-high)))
        mass *= ((1.0 - under - over) / mass.sum(axis=1))[:, None]
        total = (mass * ask(p, rows)).sum(axis=1)
        ends = ask(np.stack((least_p, most_p), axis=1), rows)
        found[rows] = total + under * ends[:, 0] + over * ends[:, 1]
    return found


def _middle(a: Floats, b: Floats) -> Floats:
    """Where the density of u is highest."""
    return np.log(a / b)


def _soft(a: Floats, b: Floats) -> Floats:
    return np.logaddexp(0.0, _middle(a, b))


def _range(of: tuple[Floats, Floats], least: Floats) -> tuple[Floats, Floats]:
    """Between which u the density is not negligible, by halving on both sides of its peak."""
    a, b = of
    middle = _middle(a, b)
    ends: list[Floats] = []
    for sign, most in ((-1.0, middle - np.minimum(least, middle - 1.0)), (1.0, _TOP - middle)):
        near, far = np.zeros_like(b), np.maximum(most, 1.0)
        for _ in range(_HALVINGS):
            way = (near + far) / 2
            u = middle + sign * way
            fall = (a + b) * (np.logaddexp(0.0, u) - _soft(a, b)) - a * (u - middle)
            near, far = np.where(fall < _DROP, way, near), np.where(fall < _DROP, far, way)
        ends.append(middle + sign * far)
    return ends[0], ends[1]
