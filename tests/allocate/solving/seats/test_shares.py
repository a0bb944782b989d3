"""Groups with the same choices: let in, moved along, told apart."""

import numpy as np
import pytest

from custseg.allocate.solving.seats import shares as module
from custseg.allocate.solving.seats.shares import Shares, alike, alike_rows, groups, packed


@pytest.mark.parametrize("seed", range(20))
def test_as_many_are_let_in_as_a_maximum_flow_would(seed):
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    rng = np.random.default_rng(seed)
    k, m = 6, 4
    allowed, sizes = rng.random((k, m)) < 0.4, rng.integers(0, 9, k)
    hi = rng.integers(0, 9, m)
    net = np.zeros((k + m + 2, k + m + 2), dtype=np.int32)
    net[-2, :k], net[k : k + m, -1] = sizes, hi
    net[:k, k : k + m] = allowed * 99
    shares, room = Shares.of(np.zeros((k, m), dtype=np.int64), allowed), hi.copy()
    left = sum(shares.admit(number, int(sizes[number]), room) for number in range(k))
    flow = maximum_flow(csr_array(net), k + m, k + m + 1).flow_value
    assert shares.amounts.sum() == sizes.sum() - left == flow
    assert not shares.amounts[~allowed].any()
    assert (shares.amounts.sum(axis=0) + room == hi).all()
    links = [allowed[shares.amounts[:, rep] > 0].any(axis=0).tolist() for rep in range(m)]
    assert shares.links.tolist() == links


@pytest.mark.parametrize("m", [1, 63, 64, 65, 200])
def test_choices_as_bits_are_told_apart(m):
    rng = np.random.default_rng(m)
    kinds = rng.random((9, m)) < 0.5
    at = rng.integers(0, 9, 300)
    first, group = groups(kinds[at])
    assert (kinds[at][first][group] == kinds[at]).all()
    assert first.size == np.unique(kinds[at], axis=0).shape[0]


def test_rows_are_told_apart_even_if_all_hashes_are_the_same(monkeypatch):
    monkeypatch.setattr(module, "scramble", lambda numbers: np.zeros(len(numbers), np.uint64))
    rng = np.random.default_rng(1)
    points = np.array([[0.5, np.nan], [0.5, 0.1], [-0.5, 0.1]])[rng.integers(0, 3, 90)]
    first, group = alike_rows(points, np.arange(90))
    assert first.size == 3
    assert np.array_equal(points[first][group], points, equal_nan=True)
    first, group = alike(packed(np.isnan(points)))
    assert first.size == 2
    assert (np.isnan(points)[first][group] == np.isnan(points)).all()
