"""Count and loads at once."""

import attrs
import numpy as np
import pytest

from custseg.allocate import InfeasibleError
from custseg.allocate.limiting.keeping import carried
from custseg.allocate.limiting.loads import Loads, joined_loads
from custseg.allocate.solving.loaded.sharing import priced
from custseg.allocate.solving.solution import total

NONE = np.zeros(4, dtype=np.int64)


def drawn(n, m, seed=3):
    """Points of territory and taste, heavy-tailed values."""
    g = np.random.default_rng(seed)
    home = g.integers(0, 5, n)[:, None] == g.integers(0, 5, m)[None, :]
    points = np.round(0.6 * home + 0.4 * g.random((n, m)), 6)
    return points, np.round(np.exp(g.normal(0, 1.2, n)), 2)


def band(weight, m, part):
    fair = weight.sum() / m
    low, high = np.full(m, (1 - part) * fair), np.full(m, (1 + part) * fair)
    return Loads.of_one("value", weight, low, high)


def counts(n, m, part=0.1):
    return np.full(m, int(np.ceil(n / m * (1 - part)))), np.full(m, int(n / m * (1 + part)))


@pytest.fixture(scope="module")
def large():
    points, weight = drawn(3000, 12)
    loads = band(weight, 12, 0.05)
    return points, loads, priced(points, *counts(3000, 12), loads)


def test_two_resources_are_kept_and_a_thousandth_of_the_best_is_missing_at_most(large):
    points, loads, found = large
    lo, hi = counts(3000, 12)
    given = np.bincount(found.at, minlength=12)
    assert ((lo <= given) & (given <= hi)).all()
    held = loads.held(found.at)[0]
    assert ((loads.lo[0] <= held) & (held <= loads.hi[0])).all()
    assert 0 <= found.bound - total(points, found.at) <= 1e-3 * found.bound


def test_the_bound_is_that_of_the_linear_program(large):
    optimize, sparse = pytest.importorskip("scipy.optimize"), pytest.importorskip("scipy.sparse")
    points, loads, _ = large
    points, weight = points[:600], loads.weight[0, :600]
    small = band(weight, 12, 0.2)
    found = priced(points, *counts(600, 12), small)
    row, col = np.repeat(np.arange(600), 12), np.tile(np.arange(12), 600)
    who = sparse.csr_matrix((np.ones(7200), (col, np.arange(7200))))
    what = sparse.csr_matrix((weight[row], (col, np.arange(7200))))
    lo, hi = counts(600, 12)
    answer = optimize.linprog(
        -points.ravel(),
        A_ub=sparse.vstack([who, -who, what, -what]),
        b_ub=np.concatenate([hi, -lo, small.hi[0], -small.lo[0]]),
        A_eq=sparse.csr_matrix((np.ones(7200), (row, np.arange(7200)))),
        b_eq=np.ones(600),
    )
    assert -answer.fun <= found.bound + 1e-7
    assert found.bound <= -answer.fun * (1 + 1e-4)


def test_prices_of_an_earlier_answer_are_a_start(large):
    points, loads, found = large
    warm = np.concatenate([found.prices, *found.load_prices])
    again = priced(points, *counts(3000, 12), loads, warm=warm)
    assert abs(again.bound - found.bound) <= 1e-5 * found.bound
    assert again.bound - total(points, again.at) <= 1e-3 * again.bound


def test_the_order_of_columns_changes_nothing():
    points, weight = drawn(40, 4)
    loads, turn = band(weight, 4, 0.3), np.array([2, 0, 3, 1])
    found = priced(points, *counts(40, 4, 0.3), loads)
    other = priced(points[:, turn], *counts(40, 4, 0.3), loads)
    assert total(points, found.at) == total(points, turn[other.at])


def test_a_team_is_bound_together():
    points, weight = drawn(60, 4)
    team = Loads(
        ("hours",),
        weight[None],
        np.array([[0, 0, -1, 1]]),
        (np.zeros(2),),
        (np.array([20.0, 15.0]),),
    )
    found = priced(points, NONE, np.full(4, 60), team)
    assert (found.at >= 0).all()
    assert (team.held(found.at)[0] <= [20.0, 15.0]).all()


def test_whoever_fits_nowhere_waits_and_later_rows_before_earlier_ones():
    weight = np.array([50.0, 4.0, 4.0, 4.0, 4.0])
    loads = Loads.of_one("value", weight, np.zeros(2), np.full(2, 8.0))
    found = priced(np.ones((5, 2)), NONE[:2], np.full(2, 9), loads)
    assert found.at[0] == -1
    assert (found.at[1:] >= 0).all()
    short = attrs.evolve(loads, hi=(np.array([8.0, 4.0]),))
    assert priced(np.ones((5, 2)), NONE[:2], np.full(2, 9), short).at[-1] == -1


def test_one_customer_larger_than_every_band_widens_one():
    weight = np.array([100.0, *np.ones(20)])
    loads = attrs.evolve(band(weight, 3, 0.1), band=(0.1,), share=(np.full(3, 1 / 3),))
    points = np.tile([0.1, 0.9, 0.5], (21, 1))
    found = priced(points, NONE[:3], np.full(3, 21), loads)
    held = loads.held(found.at)[0]
    assert (found.at >= 0).all()
    assert held[1] == 100.0
    assert (np.abs(held[[0, 2]] - 10.0) <= 1.0).all()


def test_minimums_that_cannot_be_met_come_as_near_as_can_be():
    loads = Loads.of_one("value", np.array([3.0, 2.0]), np.array([4.0, 4.0]), np.full(2, 9.0))
    found = priced(np.array([[1.0, 0.0], [1.0, 0.0]]), NONE[:2], np.full(2, 2), loads)
    assert sorted(loads.held(found.at)[0].tolist()) == [2.0, 3.0]


def test_minimums_of_customers_are_refused_by_name():
    loads = Loads.of_one("value", np.array([3.0, 2.0]), np.zeros(2), np.array([3.0, 3.0]))
    with pytest.raises(InfeasibleError) as error:
        priced(np.ones((2, 2)), np.array([2, 0]), np.full(2, 2), loads)
    assert error.value.reps == (0,)
    with pytest.raises(InfeasibleError):
        priced(np.ones((0, 1)), np.array([1]), np.array([1]), loads.part(np.zeros(0, int)))


def test_two_loads_and_whole_numbers_as_points():
    points, weight = drawn(30, 3)
    vip = Loads.of_one("VIP", (weight > 1.0).astype(float), np.zeros(3), np.full(3, 6.0))
    loads = joined_loads(band(weight, 3, 0.3), vip)
    whole = (points * 1000).astype(np.int64)
    found = priced(whole, NONE[:3], np.full(3, 30), loads)
    assert (carried(loads, found)[1] <= 6).all()
    assert [prices.size for prices in found.load_prices] == [3, 3]


def test_nothing_to_share_out():
    loads = Loads.of_one("value", np.zeros(0), np.zeros(2), np.ones(2))
    assert priced(np.zeros((0, 2)), NONE[:2], np.full(2, 1), loads).at.size == 0
    nobody = priced(np.full((3, 2), np.nan), NONE[:2], np.full(2, 3), band(np.ones(3), 2, 5.0))
    assert nobody.at.tolist() == [-1, -1, -1]


def test_constant_points_and_weights_of_nothing():
    loads = Loads.of_one("value", np.zeros(9), np.zeros(3), np.full(3, 1.0))
    found = priced(np.full((9, 3), 0.5), np.full(3, 3), np.full(3, 3), loads)
    assert np.bincount(found.at).tolist() == [3, 3, 3]
    assert found.bound == total(np.full((9, 3), 0.5), found.at)


def test_minimums_that_contradict_other_limits_come_as_near_as_can_be():
    points, weight = drawn(1200, 10)
    vip = (weight > np.quantile(weight, 0.8)).astype(float)
    few = Loads.of_one("VIP", vip, np.zeros(10), np.full(10, 0.3 * vip.sum() / 10))
    loads = joined_loads(band(weight, 10, 0.05), few)
    found = priced(points, np.zeros(10, int), np.full(10, 200), loads)
    held = loads.held(found.at)
    heaviest = np.sort(weight[vip > 0])[::-1][: int(10 * (few.hi[0][0] // 1))].sum()
    most = weight[vip == 0].sum() + heaviest
    assert (held[1] <= few.hi[0]).all()
    assert most < loads.lo[0].sum()
    assert held[0].sum() >= 0.93 * most
    assert held[0].min() >= 0.8 * most / 10
    got = total(points, found.at)
    assert got <= found.bound <= 1.1 * got


def test_full_places_change_hands_where_two_gain_together():
    points, weight = drawn(600, 12, seed=8)
    loads = band(weight, 12, 0.2)
    found = priced(points, np.zeros(12, int), np.full(12, 50), loads)
    assert found.bound - total(points, found.at) <= 0.005 * found.bound
