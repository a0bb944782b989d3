"""Connected components against a union-find written by hand."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.match.graph import components, shared

columns = st.integers(0, 12).flatmap(
    lambda n: st.lists(st.lists(st.integers(-1, 5), min_size=n, max_size=n), max_size=3)
)


def by_hand(keys, count):
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for key in keys:
        for i, j in combinations(range(count), 2):
            if key[i] == key[j] >= 0:
                parent[root(i)] = root(j)
    return [root(i) for i in range(count)]


@given(columns)
def test_records_hang_together_that_share_a_key_or_a_friend(keys):
    count = len(keys[0]) if keys else 0
    found = components([np.array(key, dtype=np.intp) for key in keys], count).tolist()
    expected = by_hand(keys, count)
    pairs = range(count)
    assert all((found[i] == found[j]) == (expected[i] == expected[j]) for i in pairs for j in pairs)


def test_no_keys_leave_every_record_alone():
    assert components([], 3).tolist() == [0, 1, 2]


def test_a_key_of_one_record_joins_nobody():
    found = shared(Codes(np.array([0, 1, 1, -1]), ("a", "b")), cap=5)
    assert found.at.tolist() == [-1, 1, 1, -1]
    assert found.sizes.tolist() == [1, 2]


def test_a_key_at_the_cap_joins_and_one_over_it_does_not():
    codes = Codes(np.array([0, 0, 0, 1, 1]), ("a", "b"))
    assert shared(codes, cap=3).over.tolist() == []
    assert shared(codes, cap=2).over.tolist() == [0]
    assert shared(codes, cap=2).at.tolist() == [-1, -1, -1, 1, 1]


def test_words_that_no_record_holds_do_no_harm():
    found = shared(Codes(np.array([-1, 2, 2]), ("a", "b", "c", "d")), cap=9)
    assert found.at.tolist() == [-1, 2, 2]
