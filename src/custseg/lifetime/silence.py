"""How likely is a history where customers leave after a while: the terms of Pareto/NBD."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.lifetime.maximum import Objective
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.quadrature import blocks, nodes


@attrs.frozen(eq=False)
class Silence:
    """The weight of having left at some time since, as an integral of positive terms.

    The weight is that of ((alpha + t_x) / (alpha + y))^m ((beta + t_x) / (beta + y))^n / (beta + y)
    over y, so that nothing is lost where two hypergeometric functions nearly cancel.

    Attributes:
        whole: The integral.
        by_alpha: The mean of 1 / (alpha + y) under it, times the integral.
        by_beta: The same of 1 / (beta + y).
        by_m: The same of log((alpha + t_x) / (alpha + y)).
        by_n: The same of log((beta + t_x) / (beta + y)).
    """

    whole: Floats
    by_alpha: Floats
    by_beta: Floats
    by_m: Floats
    by_n: Floats

    @classmethod
    def of(
        cls, scales: tuple[Floats, Floats], powers: tuple[Floats, float], time: Floats
    ) -> "Silence":
        """Integrate over a time.

        Args:
            scales: alpha + t_x and beta + t_x.
            powers: m and n.
            time: How long, finite.
        """
        (alpha, beta), (m, n) = scales, powers
        low, shift = np.minimum(alpha, beta), np.abs(alpha - beta)
        other = np.where(beta > alpha, n + 1.0, m)
        rate, span = m + n - other * shift / (low + shift), np.log1p(time / low)
        sums = np.empty((5, len(alpha)))
        for rows in blocks(len(alpha)):
            h, weight = nodes(rate[rows], span[rows])
            a, b, start = alpha[rows, None], beta[rows, None], low[rows, None]
            step = start * np.expm1(h)
            far_a, far_b = np.log1p(step / a), np.log1p(step / b)
            part = np.exp(weight + h - m[rows, None] * far_a - (n + 1.0) * far_b) * (start / b)
            means = (1.0, 1.0 / (a + step), 1.0 / (b + step), -far_a, -far_b)
            for total, mean in zip(sums, means, strict=True):
                total[rows] = (part * mean).sum(axis=1)
        return cls(*sums)


def objective(seen: Patterns) -> Objective:
    """Minus the mean log-likelihood of Pareto/NBD and its gradient."""
    from scipy.special import digamma, gammaln  # noqa: PLC0415 - loaded where it is used

    lg: Any = gammaln
    psi: Any = digamma
    x, w, many = seen.frequency, seen.weight, seen.customers

    def value(theta: Floats) -> tuple[float, Floats]:
        params = np.exp(theta)
        r, alpha, s, beta = params.tolist()
        m, last, lasting = r + x, alpha + seen.recency, beta + seen.recency
        left = Silence.of((last, lasting), (m, s), seen.age - seen.recency)
        far, long = np.log(last / (alpha + seen.age)), np.log(lasting / (beta + seen.age))
        alive = np.exp(m * far + s * long)
        whole = alive + s * left.whole
        total = dot(w, lg(m) - m * np.log(last) - s * np.log(lasting) + np.log(whole))
        total += many * (r * np.log(alpha) - lg(r) + s * np.log(beta))
        u, gone = w * alive / whole, w * s / whole
        dr = dot(w, psi(m) - np.log(last)) + many * (np.log(alpha) - psi(r))
        dr += dot(u, far) + dot(gone, left.by_m)
        ds = many * np.log(beta) - dot(w, np.log(lasting))
        ds += dot(u, long) + dot(gone, left.by_n) + dot(gone, left.whole) / s
        dalpha = many * r / alpha - dot(u, m / (alpha + seen.age)) - dot(gone, m * left.by_alpha)
        dbeta = many * s / beta - s * dot(u, 1.0 / (beta + seen.age))
        dbeta -= (s + 1.0) * dot(gone, left.by_beta)
        gradient = np.array([dr, dalpha, ds, dbeta])
        return -total / many, -gradient * params / many

    return value
