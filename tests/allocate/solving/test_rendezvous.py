"""Sharing by a hash of the ids."""

import numpy as np

from custseg.allocate import Hash
from custseg.allocate.solving.solver import check_answer

CUSTOMERS = [f"C{i}" for i in range(4000)]


def placed(team, most, **settings):
    hi = np.array(most, dtype=np.int64)
    return Hash(**settings).place(
        np.zeros((len(CUSTOMERS), len(team))), hi * 0, hi, ids=(CUSTOMERS, team)
    )


def test_shares_follow_the_places():
    load = np.bincount(placed(["A", "B", "C"], [8000, 4000, 4000]))
    assert np.abs(load / 4000 - [0.5, 0.25, 0.25]).max() < 0.03
    load = np.bincount(placed(["A", "B", "C"], [8000, 4000, 4000], by_places=False))
    assert np.abs(load / 4000 - 1 / 3).max() < 0.03


def test_the_order_of_the_team_does_not_matter():
    there = placed(["A", "B", "C"], [4000] * 3)
    turned = placed(["C", "A", "B"], [4000] * 3)
    assert np.array([2, 0, 1])[turned].tolist() == there.tolist()


def test_a_newcomer_takes_only_what_comes_to_it():
    before = placed(["A", "B"], [4000] * 2)
    after = placed(["A", "B", "C"], [4000] * 3)
    assert (after == before)[after < 2].all()


def test_nobody_has_more_than_there_is_room():
    at = placed(["A", "B", "C"], [1400] * 3)
    assert np.bincount(at).max() <= 1400
    free = placed(["A", "B", "C"], [4000] * 3)
    first = np.flatnonzero(free == np.bincount(free).argmax())[:1400]
    assert (at[first] == free[first]).all()  # the earlier ones keep their place


def test_minimums_and_eligible_pairs_are_kept():
    rng = np.random.default_rng(3)
    points = np.where(rng.random((60, 4)) < 0.4, np.nan, 0.5)
    points[:, 0] = 0.5
    lo, hi = np.array([5, 5, 5, 5]), np.array([20, 20, 20, 20])
    check_answer(Hash().solve(points, lo, hi), points, lo, hi)
