"""Odd shapes, odd numbers and odd prices: the best answer or a plain word, never a wrong one."""

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from custseg.allocate import Classes, Exact, Greedy, Hash
from custseg.allocate.solving.solution import scale_of, total
from custseg.allocate.solving.solver import check_answer
from custseg.errors import CapacityError, ConfigError

SOLVERS = [Exact(), Classes(), Hash(), Greedy(), Greedy("priority")]
RNG = np.random.default_rng(11)
UNIT = np.round(RNG.random((90, 4)), 9)


def limits(lo, hi, m=4):
    return np.full(m, lo, dtype=np.int64), np.full(m, hi, dtype=np.int64)


def flow(points, lo, hi):
    """The most whole points there can be, by another solver."""
    n, m = points.shape
    net, rows = min_cost_flow.SimpleMinCostFlow(), np.repeat(np.arange(n), m)
    reps = n + np.tile(np.arange(m), n)
    net.add_arcs_with_capacity_and_unit_cost(rows, reps, np.ones(n * m, int), -points.ravel())
    net.add_arcs_with_capacity_and_unit_cost(
        n + np.arange(m), np.full(m, n + m), hi - lo, np.zeros(m, int)
    )
    net.set_nodes_supplies(
        np.arange(n + m + 1), np.concatenate([np.ones(n, int), -lo, [lo.sum() - n]])
    )
    assert net.solve() == net.OPTIMAL
    return -net.optimal_cost()


@pytest.mark.parametrize(
    ("points", "lo", "hi"),
    [
        (UNIT[:3, :4], 0, 1),
        (UNIT, 0, 2**63 - 1),
        (UNIT, 0, 2**62),
        (UNIT[:, :1], 3, 12),
        (np.full((90, 4), 0.3), 5, 30),
        ((UNIT < 0.5) * 1.0, 5, 30),
        (UNIT, 22, 22),
        (UNIT[:88], 22, 60),
        (UNIT * 1e12, 5, 25),
        (UNIT * 1e279, 5, 25),
        (-UNIT * 1e6, 5, 25),
        (UNIT * 1e-300, 5, 25),
        (np.where(np.arange(4) == 2, np.nan, UNIT), 0, 25),
        (np.asfortranarray(UNIT), 5, 25),
        (UNIT[::-2, ::-1], 5, 25),
        (UNIT.astype(np.float32) * 1e30, 5, 25),
        (UNIT.astype(np.float16), 5, 25),
        (UNIT < 0.3, 5, 25),
        (RNG.integers(-128, 128, (90, 4)).astype(np.int8), 1, 30),
        (RNG.integers(0, 256, (90, 4)).astype(np.uint8), 1, 30),
        (RNG.integers(-(2**62), 2**62, (90, 4)), 5, 25),
    ],
)
def test_the_answer_is_proven_whatever_the_points_are(points, lo, hi):
    points.flags.writeable = False
    bounds = limits(lo, hi, points.shape[1])
    answer = Exact().solution(points, *bounds)
    check_answer(answer.at, points, *bounds)
    assert answer.bound == total(points, answer.at)
    assert Classes().solution(points, *bounds).bound == answer.bound
    for other in SOLVERS[2:]:
        at = other.solve(points, *bounds)
        check_answer(at, points, *bounds)
        assert ((at < 0) == (answer.at < 0)).all()
        assert total(points, at) <= answer.bound


def test_whole_numbers_up_to_where_sums_are_exact_are_judged_as_they_are():
    points = RNG.integers(-(2**42), 2**42, (60, 5))
    lo, hi = limits(4, 14, 5)
    assert scale_of(points) == 1.0
    assert Exact().solution(points, lo, hi).bound == flow(points, lo, hi)


def test_larger_whole_numbers_are_judged_on_a_coarser_grid():
    points = RNG.integers(-(2**62), 2**62, (60, 5))
    lo, hi = limits(4, 14, 5)
    coarse = np.rint(points * scale_of(points)).astype(np.int64)
    best = Exact().solution(points, lo, hi)
    assert total(coarse, best.at) == flow(coarse, lo, hi)


@pytest.mark.parametrize("solver", SOLVERS, ids=repr)
@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.float32])
def test_limits_of_any_kind_of_number(solver, kind):
    points = np.tile(UNIT, (5, 1))
    lo, hi = np.full(4, 100, dtype=kind), np.full(4, 120, dtype=kind)
    at = solver.solve(points, lo, hi)
    assert (np.bincount(at, minlength=4) >= 100).all()
    assert (np.bincount(at, minlength=4) <= 120).all()


@pytest.mark.parametrize("solver", SOLVERS, ids=repr)
def test_limits_that_are_none_are_refused(solver):
    for lo, hi in [(0.0, np.nan), (np.nan, 3.0), (2.2, 2.8), (-1.0, 3.0)]:
        with pytest.raises(CapacityError, match="minimum"):
            solver.solve(UNIT, np.full(4, lo), np.full(4, hi))
    parts = solver.solve(UNIT[:9], np.full(4, 1.5), np.full(4, 2.5))
    assert np.bincount(parts[parts >= 0]).tolist() == [2, 2, 2, 2]
    assert (solver.solve(UNIT, np.zeros(4), np.full(4, np.inf)) >= 0).all()


@pytest.mark.parametrize("points", [np.full((2, 1), 1.7e308), np.array([[np.inf], [0.0]])])
def test_points_whose_sums_are_no_numbers_are_refused(points):
    for solver in (Exact(), Classes()):
        with pytest.raises(ConfigError, match="finite and below"):
            solver.solution(points, *limits(0, 2, 1))


@pytest.mark.parametrize("solver", SOLVERS, ids=repr)
def test_points_that_are_no_numbers_are_refused(solver):
    with pytest.raises(ConfigError, match="points are object: give numbers"):
        solver.solve(UNIT.astype(object), *limits(0, 40))


@pytest.mark.parametrize(
    "warm",
    [
        np.zeros(3),
        np.zeros(20),
        np.zeros((4, 1)),
        np.full(4, np.nan),
        np.full(4, np.inf),
        np.full(4, 1e300),
        np.full(4, -1e300),
        np.array([5e3, -5e3, 0.0, 1.0]),
        np.array([None] * 4),
        [0.5, 0.0, 0.0, 0.0],
    ],
)
def test_absurd_prices_to_start_from_do_no_harm(warm):
    usual = Exact().solution(UNIT, *limits(5, 25))
    again = Exact().solution(UNIT, *limits(5, 25), warm=warm)
    assert again.bound == usual.bound == total(UNIT, again.at)
    assert again.prices.tolist() == usual.prices.tolist()
