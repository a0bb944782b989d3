"""Customers that several share."""

from math import fsum

import attrs
import numpy as np

from custseg.allocate.limiting.keeping import carried
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.loaded.sharing import priced

NONE, MANY = np.zeros(3, dtype=np.int64), np.full(3, 9)


def loads(weight, top, pieces=(50, 30, 20), cut=None):
    made = Loads.of_one("value", np.array(weight), np.zeros(3), np.full(3, top))
    mask = np.ones(len(weight), dtype=bool) if cut is None else np.array(cut)
    return attrs.evolve(made, pieces=pieces, cut=mask)


def test_nobody_is_cut_who_fits_whole():
    found = priced(np.ones((3, 3)), NONE, MANY, loads((5.0, 5.0, 5.0), 5.0))
    assert found.splits == ()
    assert sorted(found.at.tolist()) == [0, 1, 2]


def test_a_large_one_is_shared_and_shares_add_up_to_one():
    made = loads((10.0, 1.0), 6.0)
    found = priced(np.array([[0.9, 0.5, 0.1], [0.5, 0.5, 0.5]]), NONE, MANY, made)
    rows, cols, shares = zip(*found.splits, strict=True)
    assert set(rows) == {0}
    assert fsum(shares) == 1.0
    assert len(set(cols)) == len(cols) > 1
    assert found.at[0] == cols[0] == 0
    assert max(shares) == shares[0]
    assert (carried(made, found)[0] <= 6.0).all()


def test_who_may_not_be_cut_stays_whole_or_waits():
    made = loads((10.0, 10.0), 6.0, cut=(False, True))
    found = priced(np.ones((2, 3)), NONE, MANY, made)
    assert found.at[0] == -1
    assert {row for row, _, _ in found.splits} == {1}


def test_whoever_does_not_fit_in_pieces_is_not_served_in_part():
    found = priced(np.ones((1, 3)), NONE, MANY, loads((30.0,), 6.0))
    assert found.at.tolist() == [-1]
    assert found.splits == ()


def test_the_primary_counts_the_customer():
    one = np.array([1, 0, 0])
    made = loads((10.0,), 6.0, pieces=(50, 50))
    assert priced(np.ones((1, 3)), NONE, np.array([0, 1, 0]), made).at.tolist() == [1]
    found = priced(np.array([[0.1, 0.9, 0.9]]), one, MANY, made)
    assert found.at.tolist() == [0]
