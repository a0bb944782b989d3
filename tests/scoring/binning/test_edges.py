"""Where numbers may be cut: equal values never apart, and edges that can be read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.scoring.binning.edges import fine_bins, roundest

FINITE = st.floats(-1e12, 1e12, allow_subnormal=False)


@given(
    st.lists(st.sampled_from([0.0, 1.0, 2.5, -3.0, 7.0, 100.0, 1e9]), min_size=1), st.integers(2, 9)
)
def test_fine_bins_hold_all_rows_and_part_no_ties(values, most):
    x = np.array(values)
    fine = fine_bins(x, None, most)
    assert len(fine.starts) < most
    assert (np.diff(fine.starts) > 0).all()
    at = fine.place(x)
    assert all(len(set(at[x == value].tolist())) == 1 for value in set(values))
    assert set(at.tolist()) == set(range(len(fine.starts) + 1))
    for i, (before, start) in enumerate(zip(fine.before, fine.starts, strict=True)):
        assert x[at <= i].max() == before < start == x[at > i].min()


@given(st.lists(st.sampled_from([0.0, 1.0, 2.5, -3.0, 7.0]), min_size=1), st.integers(2, 9))
def test_weights_cut_as_copies_would(values, most):
    x = np.array(values)
    copied = fine_bins(np.repeat(x, 3), None, most)
    weighed = fine_bins(x, np.full(len(x), 3e6), most)
    assert copied.starts.tolist() == weighed.starts.tolist()


def test_fine_bins_are_about_equally_large():
    x = np.random.default_rng(1).exponential(1, 10_000)
    fine = fine_bins(x, None, 50)
    many = np.bincount(fine.place(x))
    assert (many == 200).all()


def test_infinite_values_are_at_the_ends():
    fine = fine_bins(np.array([np.inf, 1.0, -np.inf]), None, 5)
    assert fine.place(np.array([-np.inf, 1.0, np.inf])).tolist() == [0, 1, 2]


@given(FINITE, FINITE)
def test_a_round_edge_is_above_the_one_and_at_most_the_other(a, b):
    low, high = sorted((a, b))
    if low < high:
        assert low < roundest(low, high) <= high


@pytest.mark.parametrize(
    ("low", "high", "edge"),
    [
        (39.0, 41.0, 40.0),
        (99.0, 101.0, 100.0),
        (-41.0, -39.0, -40.0),
        (-7.0, 0.0, 0.0),
        (-0.5, 12.0, 0.0),
        (0.0, 3.0, 3.0),
        (1.0, np.nextafter(1.0, 2.0), np.nextafter(1.0, 2.0)),
        (5.0, np.inf, 10.0),
        (-np.inf, 7.0, 0.0),
        (-np.inf, -7.2, -8.0),
        (1e300, 1.1e300, 1.1e300),
    ],
)
def test_an_edge_is_written_with_few_digits(low, high, edge):
    assert roundest(low, high) == edge
