"""The generalised assignment problem by the generators of its literature, against plain HiGHS."""

import numpy as np
import pytest
from scipy import optimize, sparse

from custseg.allocate import Milp
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.solution import total


def made(kind, agents, jobs, seed=1):
    """Costs, effort and room.

    Types a to d: Chu and Beasley (1997), "A genetic algorithm for the generalised assignment
    problem"; type e: Yagiura, Yamaguchi and Ibaraki (1998), both as given by Yagiura et al.
    (2006), "A path relinking approach with ejection chains".
    """
    g = np.random.default_rng(seed)
    shape = (jobs, agents)
    if kind == "e":
        effort = np.maximum(np.floor(1 - 10 * np.log(1 - g.random(shape))), 1)
        return np.floor(1000 / effort - 10 * g.random(shape)), effort, _eight_tenths(effort)
    if kind == "d":
        effort = g.integers(1, 101, shape).astype(float)
        return 111 - effort + g.integers(-10, 11, shape), effort, _eight_tenths(effort)
    effort = g.integers(5, 26, shape).astype(float)
    cost = g.integers(10, 51, shape).astype(float)
    if kind == "c":
        return cost, effort, _eight_tenths(effort)
    cheapest = cost.argmin(axis=1)
    mine = effort[np.arange(jobs), cheapest]
    most = np.bincount(cheapest, mine, minlength=agents).max()
    room = np.full(agents, 9.0 * jobs / agents + 0.4 * most)
    return cost, effort, np.floor(room if kind == "a" else 0.7 * room)


def _eight_tenths(effort):
    return np.floor(0.8 * effort.sum(axis=0) / effort.shape[1])


def plain(cost, effort, room):
    jobs, agents = cost.shape
    row, col = np.repeat(np.arange(jobs), agents), np.tile(np.arange(agents), jobs)
    pair = np.arange(row.size)
    once = sparse.csr_matrix((np.ones(row.size), (row, pair)))
    used = sparse.csr_matrix((effort.ravel(), (col, pair)))
    answer = optimize.milp(
        cost.ravel(),
        constraints=[
            optimize.LinearConstraint(once, 1, 1),
            optimize.LinearConstraint(used, -np.inf, room),
        ],
        integrality=np.ones(row.size),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": 1e-6},
    )
    return round(answer.fun)


@pytest.mark.parametrize(
    ("kind", "agents", "jobs"),
    [*((kind, 3, 12) for kind in "abcde"), *((kind, 4, 20) for kind in "abc")],
)
def test_the_cheapest_answer_is_found_and_proven(kind, agents, jobs):
    cost, effort, room = made(kind, agents, jobs)
    loads = Loads(
        ("hours",),
        np.ones((1, jobs)),
        np.arange(agents)[None],
        (np.zeros(agents),),
        (room,),
        effort=(effort,),
    )
    lo, hi = np.zeros(agents, dtype=np.int64), np.full(agents, jobs)
    found = Milp(1e-6).solution(-cost, lo, hi, loads=loads)
    assert (found.at >= 0).all()
    assert (loads.held(found.at)[0] <= room).all()
    assert -total(-cost, found.at) == plain(cost, effort, room)
    assert found.bound == pytest.approx(total(-cost, found.at), rel=1e-5)
