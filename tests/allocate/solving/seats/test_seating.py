"""Places in turn, row by row in bulk: as if each row asked alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.solving.seats.book import Book
from custseg.allocate.solving.seats.seating import seated
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.seats.shares import packed


@given(
    seed=st.integers(0, 100_000), n=st.integers(1, 60), m=st.integers(1, 9), part=st.floats(0.05, 1)
)
def test_rows_in_bulk_give_the_same_as_one_after_the_other(seed, n, m, part):
    rng = np.random.default_rng(seed)
    allowed = (rng.random((n, m)) < part)[np.sort(rng.integers(0, n, n))]
    hi = rng.integers(0, 2 * n // m + 2, m)
    allowed &= hi > 0
    book = Book.of(np.where(allowed, 0.0, np.nan), np.full(n, -1), hi)
    assert seated(packed(allowed), hi).tolist() == [row for row in range(n) if book.admit(row)]


def test_late_rows_with_one_choice_make_early_ones_move():
    rng = np.random.default_rng(1)
    n, m = 6000, 60
    allowed = rng.random((n, m)) < 0.7
    allowed[n // 2 :] = np.arange(m) == rng.integers(0, m // 2, n // 2)[:, None]
    allowed[: n // 2, m // 2 :] |= ~allowed[: n // 2, m // 2 :].any(axis=1)[:, None]
    wanted = np.bincount(allowed[n // 2 :].argmax(axis=1), minlength=m)
    hi = np.maximum(wanted, n // m)
    assert seated(packed(allowed), hi).tolist() == list(range(n))
    hi[0] = wanted[0] - 1  # one place less: the last of those who want only that one
    last = n // 2 + int(np.flatnonzero(allowed[n // 2 :, 0])[-1])
    assert sorted(set(range(n)) - set(seated(packed(allowed), hi).tolist())) == [last]


@pytest.mark.parametrize("spare", [0.8, 1.0])
def test_hardly_two_with_the_same_choices(spare):
    rng = np.random.default_rng(3)
    points = np.where(rng.random((20_000, 100)) < 0.3, np.nan, 0.5)
    hi = np.full(100, int(200 * spare))
    rows = cover(points, np.arange(20_000), hi)
    assert rows.tolist() == list(range(hi.sum()))
