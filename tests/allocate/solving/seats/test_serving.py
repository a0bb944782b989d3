"""Who is served when places are short: as if each row in turn asked for a place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.solving.seats.book import Book
from custseg.allocate.solving.seats.serving import cover, served

NAN = np.nan


def one_by_one(allowed, hi):
    book = Book.of(np.where(allowed, 0.0, NAN), np.full(len(allowed), -1), hi)
    return [row for row in range(len(allowed)) if book.admit(row)]


@given(seed=st.integers(0, 10_000), kinds=st.integers(1, 6), reps=st.integers(1, 5))
def test_groups_give_the_same_as_one_row_after_the_other(seed, kinds, reps):
    rng = np.random.default_rng(seed)
    allowed = rng.random((kinds, reps)) < 0.5
    group = rng.integers(0, kinds, 40)
    hi = rng.integers(0, 12, reps)
    rows = np.sort(served(group, allowed & (hi > 0), hi))
    assert rows.tolist() == one_by_one(allowed[group], hi)


def test_all_are_served_where_all_can_be():
    points = np.array([[0.5, NAN]] * 3 + [[0.1, 0.2]] * 3)
    assert cover(points, np.arange(6), np.array([3, 3])).tolist() == [0, 1, 2, 3, 4, 5]
    assert cover(points, np.arange(6), np.array([2, 9])).tolist() == [0, 1, 3, 4, 5]


@pytest.mark.parametrize("hi", [[0, 0], [1, 0]])
def test_nobody_without_places(hi):
    points = np.array([[NAN, 0.5], [0.5, NAN], [NAN, NAN]])
    assert cover(points, np.arange(3), np.array(hi)).tolist() == [1][: hi[0]]


def test_rows_of_hardly_equal_choices_go_one_by_one():
    rng = np.random.default_rng(2)
    points = np.where(rng.random((17_000, 30)) < 0.6, NAN, 0.5)
    hi = np.full(30, 400)
    rows = cover(points, np.arange(17_000), hi)
    assert rows.size == hi.sum()
    assert rows.tolist() == np.flatnonzero(~np.isnan(points).all(axis=1))[: hi.sum()].tolist()
