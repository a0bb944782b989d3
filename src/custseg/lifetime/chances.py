"""How likely is a history of chances to buy, taken or not: the terms of BG/BB."""

from typing import Any

import numpy as np

from custseg._typing import Floats
from custseg.lifetime.maximum import Objective
from custseg.lifetime.patterns import Patterns, dot


def objective(seen: Patterns) -> Objective:
    """Minus the mean log-likelihood of BG/BB and its gradient.

    Each history is a sum over the time of leaving: after the last purchase, or not yet.
    """
    from scipy.special import betaln, digamma  # noqa: PLC0415 - loaded where it is used

    lb: Any = betaln
    psi: Any = digamma
    length = (seen.age - seen.recency + 1).astype(np.int64)
    begin = np.concatenate(([0], np.cumsum(length)[:-1]))
    of = np.repeat(np.arange(len(length)), length)
    until = seen.recency[of] + np.arange(len(of)) - begin[of]
    left = (until < seen.age[of]).astype(np.float64)
    x, w, many = seen.frequency[of], seen.weight, seen.customers

    def value(theta: Floats) -> tuple[float, Floats]:
        params = np.exp(theta)
        a, b, c, d = params.tolist()
        cell = lb(a + x, b + until - x) + lb(c + left, d + until)
        top = np.maximum.reduceat(cell, begin)
        part = np.exp(cell - top[of])
        whole = np.add.reduceat(part, begin)
        total = dot(w, top + np.log(whole)) - many * float(lb(a, b) + lb(c, d))
        share = part * (w / whole)[of]
        ends, leaves = psi(a + b + until), psi(c + d + until + left)
        slopes = (
            psi(a + x) - ends,
            psi(b + until - x) - ends,
            psi(c + left) - leaves,
            psi(d + until) - leaves,
        )
        start = np.array([psi(a) - psi(a + b), psi(b) - psi(a + b), psi(c) - psi(c + d)])
        gradient = np.array([dot(share, slope) for slope in slopes])
        gradient -= many * np.append(start, psi(d) - psi(c + d))
        return -total / many, -gradient * params / many

    return value
