"""Points of an answer, and its gap."""

import numpy as np

from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.sharing.shared import Shared, gained, summed
from custseg.allocate.solving.solution import Solution


def made(bound, total):
    return Shared(np.array([0]), np.zeros(1), bound=bound, total=total)


def test_the_gap_is_what_the_proof_leaves_open():
    assert made(None, 1.0).gap is None
    assert made(1.0, 1.0).gap == 0
    assert made(2.0, 1.5).gap == 0.25
    assert made(0.0, 0.0).gap == 0
    assert made(1.0, 1.0 + 1e-12).gap == 0


def test_points_of_classes_and_of_parts():
    pairs = Pairs(np.array([[1.0, 0.5], [np.nan, 0.25]]), np.array([1, 0, 0]))
    split = Solution(np.array([1, 0, -1]), np.zeros(2), splits=((1, 0, 0.5), (1, 1, 0.5)))
    got = gained(pairs, split)
    assert got[:2].tolist() == [0.25, 0.75]
    assert np.isnan(got[2])
    assert summed(got) == 1.0


def test_sums_do_not_depend_on_order():
    some = np.array([0.1] * 10 + [0.7, 0.2])
    assert summed(some) == summed(some[::-1]) == 1.9
