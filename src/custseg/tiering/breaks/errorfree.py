"""Sums and products of floats without loss: the rounding error as a second float.

Source: Dekker 1971, "A floating-point technique for extending the available precision"; Knuth,
*The Art of Computer Programming* 2, 4.2.2; Ogita, Rump and Oishi 2005, "Accurate sum and dot
product" (quantising so that a sum is exact).
"""

from collections.abc import Iterator
from math import frexp

import numpy as np

from custseg._typing import Floats

_SPLIT = 134217729.0  # 2 ** 27 + 1
_DIGITS = 52


def two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded sum, and what rounding took.

    >>> high, low = two_sum(np.array([1e16]), np.array([1.0]))
    >>> high.tolist(), low.tolist()
    ([1e+16], [1.0])
    """
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def two_product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded product, and what rounding took; the factors are below 1e290.

    >>> high, low = two_product(np.array([1e8 + 1]), np.array([1e8 + 1]))
    >>> int(high[0]) + int(low[0])
    10000000200000001
    """
    product = a * b
    a_high, b_high = _SPLIT * a, _SPLIT * b
    a_high = a_high - (a_high - a)
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    low = a_high * b_high - product
    low += a_high * b_low
    low += a_low * b_high
    return product, low + a_low * b_low


def limbs(values: Floats, terms: int) -> Iterator[Floats]:
    """Parts of numbers, the largest first, each so coarse that sums of it are exact.

    Args:
        values: Finite numbers; what the parts yielded so far leave.
        terms: How many numbers are added up at most.

    Yields:
        Parts whose sums over ``terms`` numbers are exact in any order. All of them together are
        the values.

    >>> [part.tolist() for part in limbs(np.array([1e16, 1.5]), 2)]
    [[1e+16, 0.0], [0.0, 1.5]]
    """
    room = max(terms - 1, 1).bit_length() + 1
    rest = values
    while rest.size and (top := max(-float(rest.min()), float(rest.max()))) > 0:
        quantum = 2.0 ** max(frexp(top)[1] + room - _DIGITS - 1, -1074)
        part = rest / quantum
        np.rint(part, out=part)
        part *= quantum
        yield part
        rest = rest - part
