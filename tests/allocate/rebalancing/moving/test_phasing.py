import numpy as np

from custseg.allocate.rebalancing.moving.exchanges import exchanges
from custseg.allocate.rebalancing.moving.phasing import staged


def days(before, after, gain, daily, weight=None):
    before, after, gain = (np.array(x) for x in (before, after, gain))
    found = exchanges(before, after, gain, reps=3)
    weight = np.ones(before.size) if weight is None else np.array(weight, dtype=float)
    return staged(found, gain, weight, daily=daily)


def test_the_largest_gain_goes_first():
    done = days([-1, -1, -1], [0, 1, 2], [0.1, 0.9, 0.5], 1)
    assert done.stage.tolist() == [2, 0, 1]
    assert done.size == 3


def test_a_ring_is_done_on_one_day_and_says_so():
    done = days([0, 1, 2], [1, 2, 0], [0.1, 0.1, 0.1], 2)
    assert done.stage.tolist() == [0, 0, 0]
    assert done.over == (0,)


def test_a_chain_may_be_cut_with_its_end_first():
    done = days([-1, 0], [0, -1], [0.9, -0.1], 1)
    assert done.stage.tolist() == [1, 0]
    assert done.over == ()


def test_a_share_of_value():
    done = days([-1, -1, -1], [0, 1, 2], [0.9, 0.5, 0.1], 5.0, weight=[4, 4, 1])
    assert done.stage.tolist() == [0, 1, 1]


def test_one_above_the_share_has_a_day_of_its_own():
    done = days([-1, -1], [0, 1], [0.9, 0.5], 5.0, weight=[9, 1])
    assert done.stage.tolist() == [0, 1]
    assert done.over == (0,)


def test_nothing_to_do():
    done = days([0], [0], [0.0], 1)
    assert done.size == 0
    assert done.stage.size == 0
