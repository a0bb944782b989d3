"""After what silence is a gap unusually long, or a chance of no purchase reached?"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from custseg._typing import Bools, Floats

_STEPS: Final = 60
_CLOSE: Final = 4e-16
_NARROW: Final = 1e-14
_FAR: Final = 700.0  # in logarithms: beyond it there is no number
_GRID: Final = 24
_MOST: Final = 8192
_EVERY: Final = 3

Reach = Callable[[Floats], Floats]
"""The chance to buy at all within a horizon, after a silence of each customer."""


def gap_quantile(shape: Floats, scale: Floats, share: float, stages: int = 1) -> Floats:
    """The time that only a share of the next gaps outlasts, of customers who go on buying.

    Args:
        shape: Shape of the rate after the last purchase, r + k x.
        scale: Its scale, alpha + t_x.
        share: How many gaps are longer.
        stages: Stages k of a gap.

    Source: a gap given the rate is exponential (of k stages: Erlang) and the rate, after what has
    been bought, is from Gamma(r + k x, alpha + t_x); mixed, gaps are Pareto of the second kind
    (beta prime). Johnson, Kotz and Balakrishnan 1994, *Continuous Univariate Distributions* 1.

    >>> one = np.ones(1)
    >>> gap_quantile(one, one, 0.1), gap_quantile(one, one, 0.1, 2).round(2)
    (array([9.]), array([18.49]))
    """
    if stages == 1:
        with np.errstate(over="ignore"):
            return np.asarray(scale * np.expm1(-np.log(share) / shape))
    from scipy.special import betaincinv  # noqa: PLC0415 - loaded where it is used

    inverse: Any = betaincinv
    within, beyond = inverse(float(stages), shape, 1.0 - share), inverse(shape, stages, share)
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(scale * (within / beyond))  # each is exact where it is small


def leaver_silence(
    shape: Floats, scale: Floats, odds: Floats, probability: float, horizon: float
) -> Floats:
    """The silence at which the chance of no purchase is reached, by Newton in its logarithm.

    With y = log(1 + silence / scale) the logarithm of the chance to buy is concave: each of its two
    factors, to be still a customer and to buy if so, gives a bound that is not too small, and from
    the lower of them the steps never pass the root.

    Args:
        shape: Shape of the rate after the last purchase, r + x.
        scale: Its scale, alpha + t_x.
        odds: Odds to have left at the last purchase.
        probability: The chance of no purchase.
        horizon: Within this time, which may be infinite.

    Source: the chance of no purchase of ``MBGNBDModel``, inverted.

    >>> one = np.ones(1)
    >>> leaver_silence(one, one, 0.0 * one, 0.5, 1.0), leaver_silence(one, one, one, 0.9, np.inf)
    (array([0.]), array([8.]))
    """
    if not horizon:
        return np.zeros_like(scale)
    with np.errstate(divide="ignore", over="ignore"):
        log_odds, log_horizon = np.log(odds), np.log(horizon) - np.log(scale)
        chance = np.log(probability) - np.log1p(-probability)
        waits = -np.log(probability) / shape
        y = np.minimum((chance - log_odds) / shape, log_horizon - _log_expm1(waits))
        y = np.maximum(y, 0.0)
        left = np.flatnonzero((y > 0) & (y < _FAR) & np.isfinite(log_horizon))
        for _ in range(_STEPS):
            if not len(left):
                break
            at = y[left]
            value, slope = _log_chance(at, shape[left], log_odds[left], log_horizon[left])
            to = np.maximum(at - (value - np.log1p(-probability)) / slope, 0.0)
            y[left] = to
            left = left[(np.abs(to - at) > _CLOSE * (1.0 + at)) & (to > 0)]
        return np.asarray(scale * np.expm1(y))


def _log_expm1(value: Floats) -> Floats:
    return value + np.log(-np.expm1(-value))


def _log_chance(
    y: Floats, shape: Floats, log_odds: Floats, log_horizon: Floats
) -> tuple[Floats, Floats]:
    """The logarithm of the chance to buy, and its slope."""
    from scipy.special import expit  # noqa: PLC0415 - loaded where it is used

    sigmoid: Any = expit
    gone = log_odds + shape * y
    ahead = np.exp(log_horizon - y)
    silent = np.exp(-shape * np.log1p(ahead))
    buys = -np.expm1(-shape * np.log1p(ahead))
    value = np.log(buys) - np.logaddexp(0.0, gone)
    slope = -shape * (sigmoid(gone) + ahead / (1.0 + ahead) * silent / buys)
    return value, slope


def crossing(reach: Reach, scale: Floats, probability: float) -> Floats:
    """The last silence at which the chance of no purchase is still below a probability.

    For chances without a closed form, which may fall before they rise: regular buyers are nearer
    to their next purchase after some silence than after none.

    Args:
        reach: The chance to buy at all after a silence of each customer.
        scale: The time of each customer in which that chance changes.
        probability: The chance of no purchase.

    >>> crossing(lambda silence: 1.0 / (1.0 + silence), np.ones(1), 0.9).round(9)
    array([9.])
    """
    aim = float(np.log1p(-probability))

    def over(y: Floats) -> Floats:
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(np.log(reach(scale * np.expm1(y))) - aim)

    high = _beyond(over, scale)
    low, begun = np.zeros_like(scale), np.zeros_like(scale, dtype=np.bool_)
    for i in range(_GRID):
        at = high * (i / _GRID)
        above = over(np.minimum(at, _FAR)) > 0
        low, begun = np.where(above, at, low), begun | above
    found = scale * np.expm1(_between(over, low, np.where(begun, low + high / _GRID, low)))
    return np.where(high > _FAR, np.inf, np.where(begun, found, 0.0))


def first_whole(holds: Callable[[Floats], Bools], rows: int) -> Floats:
    """The first whole number from 0 at which something begins to hold; infinite beyond 8,192.

    Args:
        holds: Whether it holds, at one number a row; once it does, it goes on.
        rows: How many rows.

    >>> first_whole(lambda number: number >= np.array([0, 5]), 2)
    array([0., 5.])
    """
    low, high = np.full(rows, -1.0), np.zeros(rows)
    while not (there := holds(high)).all() and high.max(initial=0.0) < _MOST:
        low, high = np.where(there, low, high), np.where(there, high, np.maximum(2.0 * high, 1.0))
    while ((high - low) > 1.0).any():
        middle = np.where(high - low > 1.0, np.floor((low + high) / 2), high)
        early = ~holds(middle)
        low, high = np.where(early, middle, low), np.where(early, high, middle)
    return np.where(there, high, np.inf)


def _beyond(over: Reach, scale: Floats) -> Floats:
    """Where the chance to buy has fallen far enough, in logarithms; beyond ``_FAR`` if nowhere."""
    high = np.ones_like(scale)
    while (high <= _FAR).any():
        more = (over(np.minimum(high, _FAR)) > 0) & (high <= _FAR)
        if not more.any():
            break
        high = np.where(more, 2.0 * high, high)
    return high


def _between(over: Reach, low: Floats, high: Floats) -> Floats:
    """The root between two places: secants that keep it enclosed, every third step a half."""
    at_low, at_high = over(low), over(np.minimum(high, _FAR))
    settled: Bools = (high >= _FAR) | (high <= low)
    for step in range(_STEPS):
        if settled.all():
            break
        middle = (low + high) / 2
        with np.errstate(invalid="ignore"):
            secant = high - at_high * (high - low) / (at_high - at_low)
        inside = (secant > low) & (secant < high) & (step % _EVERY != _EVERY - 1)
        at = np.where(inside, secant, middle)
        value = over(at)
        above = ~settled & (value > 0)
        below = ~settled & ~above
        # the end that stays weighs half, so that the next secant moves it (Illinois)
        at_low, at_high = np.where(below, at_low / 2, at_low), np.where(above, at_high / 2, at_high)
        low, at_low = np.where(above, at, low), np.where(above, value, at_low)
        high, at_high = np.where(below, at, high), np.where(below, value, at_high)
        settled |= high - low <= _NARROW * (1.0 + high)
    return high
