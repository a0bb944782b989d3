"""Natural breaks by other means: slow, and each exact in its own way."""

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np


def costs(values, weights):
    """Sum of squares of every stretch, to long doubles."""
    if max(weights) / min(weights) > 1e6:
        return by_fractions(values, weights)
    return step_by_step(values, weights)


def step_by_step(values, weights):
    """Built up point by point in long doubles: no cancellation."""
    x, w = (np.asarray(a, dtype=np.longdouble) for a in (values, weights))
    size = len(x)
    found = np.full((size + 1, size + 1), np.inf, dtype=np.longdouble)
    for a in range(size):
        off, through = x[a:] - x[a], np.cumsum(w[a:])
        mean = np.cumsum(w[a:] * off) / through
        step = w[a + 1 :] * (through[:-1] / through[1:]) * (off[1:] - mean[:-1]) ** 2
        found[a, a + 1 :] = np.concatenate(([0], np.cumsum(step)))
    return found


def by_fractions(values, weights):
    """In fractions, each rounded once: where weights differ so much that long doubles fail."""
    x, w = ([Fraction(v) for v in a.tolist()] for a in (values, weights))
    found = np.full((len(x) + 1, len(x) + 1), np.inf, dtype=np.longdouble)
    for a in range(len(x)):
        weight = total = square = Fraction(0)
        for b in range(a, len(x)):
            weight, total = weight + w[b], total + w[b] * x[b]
            square += w[b] * x[b] * x[b]
            cost = square - total * total / weight
            high = float(cost)
            found[a, b + 1] = np.longdouble(high) + np.longdouble(float(cost - Fraction(high)))
    return found


def least(cost, classes):
    """The cost of the best classes: a dynamic programme over all cuts, O(k n^2)."""
    reached = cost[0].copy()
    for _ in range(classes - 1):
        reached = np.min(reached[:, None] + cost, axis=0)
    return reached[-1]


def of(cost, cuts):
    return sum(cost[a, b] for a, b in pairwise((0, *cuts, len(cost) - 1)))


def exactly(values, weights, classes, allowed=lambda *_: True):
    """The best cuts in fractions, by trying all; of equally good ones the highest."""
    x, w = ([Fraction(v) for v in a] for a in (values, weights))

    def gain(cuts):
        ends = list(pairwise((0, *cuts, len(x))))
        weight = [sum(w[a:b]) for a, b in ends]
        if not all(allowed(i, one) for i, one in enumerate(weight)):
            return None
        totals = [sum(x[i] * w[i] for i in range(a, b)) for a, b in ends]
        return sum(t * t / one for t, one in zip(totals, weight, strict=True))

    found = [(gain(cuts), cuts[::-1]) for cuts in combinations(range(1, len(x)), classes - 1)]
    best = max((one for one in found if one[0] is not None), default=None)
    return None if best is None else best[1][::-1]
