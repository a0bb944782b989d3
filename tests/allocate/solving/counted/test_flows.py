"""Whole classes on their way to the limits: as good as all their customers one by one."""

import numpy as np
import pytest

from custseg.allocate import Exact
from custseg.allocate.solving.counted.flows import Flow
from custseg.allocate.solving.solution import total
from custseg.allocate.solving.solver import InfeasibleError


@pytest.mark.parametrize("seed", range(25))
def test_classes_gain_what_their_customers_gain(seed):
    rng = np.random.default_rng(seed)
    k, m = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    points = rng.integers(0, 6, (k, m)) * 1.0
    sizes = rng.integers(1, 30, k)
    n = int(sizes.sum())
    hi = rng.integers(n // m + 1, n + 2, m)
    lo = rng.integers(0, n // m + 1, m)
    flow = Flow.of(points, sizes, (lo, hi))
    flow.run()
    load = flow.amounts.sum(axis=0)
    assert (flow.amounts >= 0).all()
    assert (flow.amounts.sum(axis=1) == sizes).all()
    assert ((load >= lo) & (load <= hi)).all()
    people = np.repeat(points, sizes, axis=0).astype(np.int64)
    best = Exact().solution(people, lo, hi)
    assert (flow.amounts * points).sum() == best.bound == total(people, best.at)
    assert not (flow.amounts > 0)[~flow.tight()].any()


def test_who_contradicts_is_named_and_moves_far_above_an_arc_are_kept():
    points = np.array([[1.0, -np.inf], [0.0, 0.0]])
    with pytest.raises(InfeasibleError) as caught:
        Flow.of(points, np.array([5, 2]), (np.array([0, 3]), np.array([9, 9]))).run()
    assert (caught.value.reps, caught.value.needed, caught.value.eligible) == ((1,), 3, 2)
    many = 3 * 2**31
    flow = Flow.of(np.array([[1.0, 0.0]]), np.array([2 * many]), (np.array([0, many]),) * 2)
    flow.hi[:] = 2 * many
    flow = Flow.of(np.array([[1.0, 0.0]]), np.array([2 * many]), (np.array([0, many]), flow.hi))
    flow.run()
    assert flow.amounts.tolist() == [[many, many]]
