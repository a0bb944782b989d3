"""Integrals over time of what decays like a power: nodes where the decay is."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

import numpy as np

from custseg._typing import Floats

_NODES: Final = 40
_KEPT: Final = 8.0
_LEAST: Final = 1e-3
_BLOCK: Final = 2048

Integrand = Callable[[Floats, slice], Floats]
"""The logarithm of what is integrated, at nodes (rows x nodes) of some rows."""


@cache
def _legendre() -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and logarithms of weights on (0, 1)."""
    at, weight = np.polynomial.legendre.leggauss(_NODES)
    return (at + 1) / 2, np.log(weight / 2)


def nodes(rate: Floats, span: Floats) -> tuple[Floats, Floats]:
    """Nodes and logarithms of weights on (0, span) for what falls like exp(-rate h).

    The nodes are spread like the quantiles of a decay eight times slower, cut off at the span: what
    is left is close to a polynomial of degree seven, also where the span is very long.

    Args:
        rate: How fast it falls, one a row; 0 or less spreads the nodes evenly.
        span: The end, finite.

    Returns:
        Two arrays of rows x nodes.

    >>> h, weight = nodes(np.array([2.0]), np.array([1.0]))
    >>> bool(abs(np.exp(weight - 2.0 * h).sum() - (1 - np.exp(-2.0)) / 2) < 1e-14)
    True
    """
    at, log_weight = _legendre()
    slow = np.maximum(rate, _LEAST) / _KEPT
    share = -np.expm1(-slow * span)
    scale = np.log(share / slow, out=np.full_like(share, -np.inf), where=share > 0)
    log_left = np.log1p(-at * share[:, None])
    return -log_left / slow[:, None], log_weight + scale[:, None] - log_left


def blocks(rows: int, size: int = _BLOCK) -> Iterator[slice]:
    """Some rows at a time, so that rows x nodes stay in the cache.

    >>> list(blocks(3, 2))
    [slice(0, 2, None), slice(2, 4, None)]
    """
    yield from (slice(i, i + size) for i in range(0, rows, size))


def integral(rate: Floats, span: Floats, integrand: Integrand) -> Floats:
    """The integral over (0, span), one a row.

    Args:
        rate: How fast the integrand falls, roughly.
        span: The end, finite.
        integrand: Its logarithm.

    >>> two, one = np.array([2.0]), np.array([1.0])
    >>> integral(two, one, lambda h, rows: -two[rows, None] * h).round(12)
    array([0.43233236])
    """
    total = np.empty_like(span)
    for rows in blocks(len(span)):
        h, weight = nodes(rate[rows], span[rows])
        total[rows] = np.exp(weight + integrand(h, rows)).sum(axis=1)
    return total


def shrunk(power: Floats | float, time: Floats) -> Floats:
    """(1 - exp(-power time)) / power, which is time where the power is 0.

    >>> shrunk(0.0, np.array([2.0])), shrunk(1.0, np.array([2.0])).round(4)
    (array([2.]), array([0.8647]))
    """
    over = np.broadcast_to(np.asarray(power, dtype=np.float64), time.shape)
    flat = over == 0
    return np.where(flat, time, -np.expm1(-over * time) / np.where(flat, 1.0, over))
