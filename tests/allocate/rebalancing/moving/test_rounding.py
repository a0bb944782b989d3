import numpy as np

from custseg.allocate import Allocation, Budget, Match, Rebalancing, rebalance
from custseg.allocate.rebalancing.moving.rounding import Rest, rounded

NAN = float("nan")


def moved(at, gain, *, budget, lo=(0, 0), hi=(9, 9), free=None, present=None):
    at, gain = np.array(at), np.array(gain, dtype=float)
    cost = np.ones(gain.shape)
    owners = np.array(at if present is None else present)
    cost[np.flatnonzero(owners >= 0), owners[owners >= 0]] = 0.0
    free = np.ones(at.size, bool) if free is None else np.array(free)
    rest = Rest(np.array(lo), np.array(hi), free, budget)
    done = rounded(at, gain, cost, rest)
    return done, at.tolist()


def test_the_largest_gains_first_until_the_budget_is_used():
    assert moved([0, 0, 0], [[0, 0.1], [0, 0.9], [0, 0.5]], budget=2) == (2, [0, 1, 1])


def test_limits_locks_and_refusals_hold():
    gain = [[0, 0.9], [0, 0.8]]
    assert moved([0, 0], gain, budget=2, hi=(9, 1)) == (1, [1, 0])
    assert moved([0, 0], gain, budget=2, lo=(1, 0)) == (1, [1, 0])
    assert moved([0, 0], gain, budget=2, free=[False, True]) == (1, [0, 1])
    assert moved([0, 0], [[0, NAN], [0, 0]], budget=2) == (0, [0, 0])


def test_who_goes_back_to_the_owner_gives_the_budget_back():
    assert moved([1, 0], [[0.5, 0], [0, 1]], budget=1, present=[0, 0]) == (2, [0, 1])


def test_one_move_between_two_prices_is_found():
    """With one move allowed, the free plan's chain of two is no help: its second half is."""
    book = [
        {"customer_id": "C0", "region": "s", "industry": "a", "owner": "R1"},
        {"customer_id": "C2", "region": "s", "industry": "b", "owner": "R0"},
        {"customer_id": "C3", "region": "s", "industry": "b", "owner": "R0"},
    ]
    crew = [
        {"rep_id": "R0", "region": "n;s", "industry": "a", "capacity": 4},
        {"rep_id": "R1", "region": "s", "industry": "b", "capacity": 1},
        {"rep_id": "R2", "region": "n;s", "industry": "b", "capacity": 4},
    ]
    spec = Allocation(wishes=[Match("region", separator=";"), Match("industry", separator=";")])
    points = [
        rebalance(book, crew, "2026-06-30", allocation=spec, settings=how).totals["points"]
        for how in (Rebalancing(moves=Budget(count=count)) for count in (0, 1, 2))
    ]
    assert points == [1.5, 2.0, 2.5]
