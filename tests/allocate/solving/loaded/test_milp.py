"""Branch and bound over whole customers."""

import numpy as np
import pytest

from custseg.allocate import Greedy, InfeasibleError, Milp
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.solution import total
from custseg.errors import ConfigError

NONE, MANY = np.zeros(2, dtype=np.int64), np.full(2, 9)


@pytest.mark.parametrize(
    "settings", [{"gap": -1.0}, {"near": 0}, {"seconds": 0.0}, {"nodes": -1}, {"gap": np.inf}]
)
def test_limits_without_sense_are_refused(settings):
    with pytest.raises(ConfigError, match="milp"):
        Milp(**settings)


def test_effort_differs_by_pair():
    effort = np.array([[4.0, 1.0], [3.0, 3.0], [1.0, 4.0]])
    loads = Loads(
        ("hours",),
        np.ones((1, 3)),
        np.array([[0, 1]]),
        (np.zeros(2),),
        (np.full(2, 4.0),),
        effort=(effort,),
    )
    points = np.array([[0.9, 0.1], [0.5, 0.4], [0.2, 0.8]])
    found = Milp().solution(points, NONE, MANY, loads=loads)
    assert found.at.tolist() == [1, 1, 0] or (loads.held(found.at)[0] <= 4).all()
    assert (found.at >= 0).all()
    assert found.bound == pytest.approx(total(points, found.at))


def test_it_is_never_worse_than_greedy_and_proves_itself():
    points = np.random.default_rng(4).random((25, 4))
    lo, hi = np.array([2, 0, 5, 0]), np.array([7, 6, 9, 5])
    found = Milp(0.0).solution(points, lo, hi)
    assert total(points, found.at) >= total(points, Greedy().solve(points.copy(), lo, hi))
    assert found.bound == pytest.approx(total(points, found.at), abs=1e-6)


def test_fewer_pairs_still_keep_every_limit():
    points = np.random.default_rng(5).random((40, 6))
    loads = Loads.of_one("value", np.arange(1.0, 41.0), np.full(6, 120.0), np.full(6, 150.0))
    found = Milp(near=2, nodes=50).solution(points, np.zeros(6, int), np.full(6, 40), loads=loads)
    held = loads.held(found.at)[0]
    assert ((held >= 120) & (held <= 150)).all()
    assert found.bound >= total(points, found.at)


def test_minimums_that_contradict_are_refused():
    with pytest.raises(InfeasibleError):
        Milp().solve(np.array([[1.0, np.nan]]), np.array([0, 1]), MANY)


def test_nothing_to_share_out():
    assert Milp().solve(np.zeros((0, 2)), NONE, MANY).size == 0
