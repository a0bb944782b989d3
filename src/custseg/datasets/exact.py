"""Logarithm, exponential and normal quantile, bit for bit the same on every machine.

The libm and SIMD versions behind ``np.log`` and ``np.exp`` differ in the last bit from one
processor to the next. These use only ``+ - * /``, ``sqrt`` and shifts of the exponent, each a
NumPy call of its own, so that nothing is fused or reordered.
"""

import math
from collections.abc import Iterable

import numpy as np

from custseg._typing import Floats

_LN2 = 0.6931471805599453
_SQRT_HALF = 0.7071067811865476

# Coefficients of Acklam's rational approximation (relative error below 1.15e-9).
_A = (-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
      -30.66479806614716, 2.506628277459239)  # fmt: skip
_B = (-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
      -13.28068155288572, 1.0)  # fmt: skip
_C = (-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783)  # fmt: skip
_D = (0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416,
      1.0)  # fmt: skip
_TAIL = 0.02425


def log(x: Floats) -> Floats:
    """Natural logarithm of positive numbers.

    >>> float(log(np.array([1.0]))[0])
    0.0
    """
    mantissa, exponent = np.frexp(x)
    low = mantissa < _SQRT_HALF
    mantissa = np.where(low, mantissa * 2.0, mantissa)
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    series = _horner((1.0 / k for k in range(21, 0, -2)), ratio * ratio)
    return ratio * series * 2.0 + (exponent - low) * _LN2


def exp(x: Floats) -> Floats:
    """Exponential.

    >>> float(exp(np.array([0.0]))[0])
    1.0
    """
    twos = np.rint(x / _LN2)
    rest = x - twos * _LN2
    total = _horner((1.0 / math.factorial(k) for k in range(13, -1, -1)), rest)
    return np.ldexp(total, twos.astype(np.int32))


def normal_quantile(p: Floats) -> Floats:
    """Inverse of the standard normal distribution function, for 0 < p < 1.

    Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution
    function" (2003).

    >>> round(float(normal_quantile(np.array([0.975]))[0]), 6)
    1.959964
    """
    side = np.minimum(p, 1.0 - p)
    inner = np.maximum(side, _TAIL) - 0.5
    square = inner * inner
    middle = _horner(_A, square) * inner / _horner(_B, square)
    depth = np.sqrt(log(np.minimum(side, _TAIL)) * -2.0)
    tail = _horner(_C, depth) / _horner(_D, depth)
    lower = np.where(side < _TAIL, tail, middle)
    return np.where(p > 1.0 - p, -lower, lower)


def _horner(coefficients: Iterable[float], x: Floats) -> Floats:
    total = np.zeros_like(x)
    for coefficient in coefficients:
        total = total * x + coefficient
    return total
