"""Groups counted against groups, beside a count of every pair by hand."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.match.judging.agreement import Agreement

GROUPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(GROUPS)
def test_pairs_are_counted_as_if_one_by_one(rows: list[tuple[int, int]]) -> None:
    met = Agreement.of(np.array([a for a, _ in rows]), np.array([b for _, b in rows]))
    two = list(combinations(rows, 2))
    assert met.found_pairs == sum(a[0] == b[0] for a, b in two)
    assert met.true_pairs == sum(a[1] == b[1] for a, b in two)
    assert met.together == sum(a == b for a, b in two)


@given(GROUPS)
def test_b3_is_the_mean_over_records(rows: list[tuple[int, int]]) -> None:
    met = Agreement.of(np.array([a for a, _ in rows]), np.array([b for _, b in rows]))
    precision = [
        sum(one == other for other in rows) / sum(one[0] == other[0] for other in rows)
        for one in rows
    ]
    recall = [
        sum(one == other for other in rows) / sum(one[1] == other[1] for other in rows)
        for one in rows
    ]
    assert np.allclose(met.b3, (np.mean(precision), np.mean(recall)))


@given(GROUPS)
def test_a_group_is_whole_when_both_hold_the_same_records(rows: list[tuple[int, int]]) -> None:
    met = Agreement.of(np.array([a for a, _ in rows]), np.array([b for _, b in rows]))
    found = {frozenset(i for i, r in enumerate(rows) if r[0] == g) for g in range(5)}
    true = {frozenset(i for i, r in enumerate(rows) if r[1] == g) for g in range(5)}
    assert met.whole == len((found & true) - {frozenset()})
