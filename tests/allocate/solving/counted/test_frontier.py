"""The first on each list is the cheapest of all, whatever has come and gone."""

import numpy as np
import pytest

from custseg.allocate.solving.counted.frontier import Frontier
from custseg.allocate.solving.grid import Grid


def cheapest(steps, at, m):
    """The least loss of a move from each to each, by looking at everybody."""
    out = np.full((m, m), np.inf)
    for giver in range(m):
        for taker in set(range(m)) - {giver}:
            mine = steps[at == giver]
            loss = mine[:, giver] - mine[:, taker]
            out[giver, taker] = loss.min(initial=np.inf)
    return out


@pytest.mark.parametrize("most", [3, 10**6])
@pytest.mark.parametrize("shut", [0.0, 0.4])
def test_lists_know_the_cheapest_after_many_moves(most, shut):
    rng, n, m = np.random.default_rng(most), 300, 5
    points = np.where(rng.random((n, m)) < shut, np.nan, rng.integers(0, most, (n, m)) * 1.0)
    points[:, 0] = 1.0
    grid = Grid.of(points, np.ones(m))
    steps = grid.read(slice(0, n))
    lists = Frontier.of(grid, grid.best(np.zeros(m)).astype(np.intp))
    for _ in range(150):
        assert np.array_equal(lists.head, cheapest(steps, lists.at, m))
        givers, takers = np.nonzero(np.isfinite(lists.head))
        way = rng.integers(givers.size)
        giver, taker = givers[way], takers[way]
        row = lists.who[giver, taker, lists.first[giver, taker]]
        assert lists.at[row] == giver
        lists.at[row] = taker
        lists.enter(np.array([row]))
        lists.leave(np.unique([giver, taker]))


def test_lists_of_long_columns_are_cut_block_by_block():
    rng = np.random.default_rng(4)
    grid = Grid.of(rng.random((20_000, 3)), np.ones(3))
    lists = Frontier.of(grid, grid.best(np.zeros(3)))
    steps = grid.read(slice(0, grid.size))
    for giver, taker in [(0, 1), (2, 0)]:
        mine = steps[lists.at == giver]
        loss = np.sort(mine[:, giver] - mine[:, taker])[: lists.cost.shape[2]]
        assert lists.cost[giver, taker].tolist() == loss.tolist()
