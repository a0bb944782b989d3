"""How likely are so many purchases of someone who may leave at any time?"""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.lifetime.quadrature import Integrand, integral

_FOREVER: Final = 1e12


def reached(
    scales: tuple[Floats, Floats, Floats], s: float, count: int, time: float | Floats
) -> Floats:
    """The chance of so many purchases or more within a time.

    The last of them comes at a time u from a beta prime distribution, and nobody may have left
    before: an integral of positive terms, in log(low + u) up to the longer of the two scales and in
    log(high + u) beyond it.

    Args:
        scales: Shape and scale of the rate of buying, and scale of the rate of leaving.
        s: Shape of the rate of leaving.
        count: How many purchases, 1 or more.
        time: The time, which may be infinite.

    Source: the density of Fader and Hardie, note 009, eq. 4, times the chance to stay until u.

    >>> one = np.ones(1)
    >>> reached((one, one, one), 1.0, 1, np.inf).round(9)  # either comes first
    array([0.5])
    """
    m, alpha, beta = scales
    low, high = np.minimum(alpha, beta), np.maximum(alpha, beta)
    until = np.minimum(time, _FOREVER * high)
    near, far = np.minimum(until, high), np.maximum(until, high)
    other = np.where(beta > alpha, s, m)
    rate = m + s - other * (high - low) / high
    terms = Density(scales, s, count)
    first = integral(rate, np.log1p(near / low), terms.after(low, 0.0 * low))
    later = np.log((high + far) / (2.0 * high))
    return np.asarray(first + integral(m + s, later, terms.after(2.0 * high, high)))


@attrs.frozen(eq=False)
class Density:
    """The density of the last purchase times the chance to have stayed until then.

    Attributes:
        scales: Shape and scale of the rate of buying, and scale of the rate of leaving.
        s: Shape of the rate of leaving.
        count: How many purchases.
    """

    scales: tuple[Floats, Floats, Floats]
    s: float
    count: int

    def after(self, scale: Floats, start: Floats) -> Integrand:
        """Its logarithm at times u = start + scale (exp(h) - 1)."""
        from scipy.special import gammaln  # noqa: PLC0415 - loaded where it is used

        lg: Any = gammaln
        m, alpha, beta = self.scales
        n, s = self.count, self.s
        whole = lg(m + n) - lg(m) - lg(float(n)) - np.log(alpha) + np.log(scale)

        def value(h: Floats, rows: slice) -> Floats:
            u = start[rows, None] + scale[rows, None] * np.expm1(h)
            away = u / alpha[rows, None]
            near = np.log(away, out=np.full_like(h, -np.inf), where=away > 0) if n > 1 else 0.0
            left = s * np.log1p(u / beta[rows, None])
            bought = (n - 1.0) * near - (m[rows, None] + n) * np.log1p(away)
            return np.asarray(whole[rows, None] + h + bought - left)

        return value
