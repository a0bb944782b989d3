"""What others do with the same points and limits: each returns the column of each row."""

import numpy as np
from ortools.graph.python import min_cost_flow


def flow(points, lo, hi, _):
    """OR-tools' minimum cost flow: exact."""
    n, m = points.shape
    net = min_cost_flow.SimpleMinCostFlow()
    rows = np.repeat(np.arange(n, dtype=np.int32), m)
    reps = np.tile(np.arange(n, n + m, dtype=np.int32), n)
    arcs = net.add_arcs_with_capacity_and_unit_cost(
        rows, reps, np.ones(n * m, dtype=np.int64), -points.ravel().astype(np.int64)
    )
    team, last = np.arange(n, n + m, dtype=np.int32), np.full(m, n + m, dtype=np.int32)
    net.add_arcs_with_capacity_and_unit_cost(team, last, hi - lo, np.zeros(m, dtype=np.int64))
    supplies = np.concatenate([np.ones(n, dtype=np.int64), -lo, [lo.sum() - n]])
    net.set_nodes_supplies(np.arange(n + m + 1, dtype=np.int32), supplies)
    if net.solve() != net.OPTIMAL:
        msg = "OR-tools found no optimum"
        raise RuntimeError(msg)
    used = np.flatnonzero(net.flows(arcs))
    at = np.empty(n, dtype=np.int64)
    at[used // m] = used % m
    return at


def best_with_room(points, _lo, hi, _):
    """Each in turn to the best who still has room; minimums are not kept."""
    room, at = hi.copy(), np.empty(len(points), dtype=np.int64)
    shut = np.zeros(hi.size, dtype=np.int64)
    for row, mine in enumerate(points):
        rep = int((mine - shut).argmax())
        at[row] = rep
        room[rep] -= 1
        if not room[rep]:
            shut[rep] = 1 << 40
    return at


def round_robin(points, _lo, hi, _):
    """In turn, by places (smooth weighted round robin): points are not looked at."""
    weight, now = hi / hi.sum(), np.zeros(hi.size)
    at, room = np.empty(len(points), dtype=np.int64), hi.copy()
    for row in range(len(points)):
        now += weight
        rep = int(np.where(room > 0, now, -np.inf).argmax())
        now[rep] -= 1
        at[row] = rep
        room[rep] -= 1
    return at


def odoo_like(points, _lo, hi, territory):
    """Whoever has most of the quota left, first among those of the territory.

    A re-creation of the idea (preferred domain, remaining quota), not Odoo's code; where it draws
    by chance, the first one is taken.
    """
    theirs, mine = territory
    room, at = hi.copy(), np.empty(len(points), dtype=np.int64)
    for row, region in enumerate(theirs):
        near = np.where(mine == region, room, 0)
        rep = int(near.argmax() if near.any() else room.argmax())
        at[row] = rep
        room[rep] -= 1
    return at
