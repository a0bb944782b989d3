"""The best row of each group."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.match.merging.groups import Groups

rows = st.lists(
    st.tuples(
        st.integers(0, 3), st.booleans(), st.sampled_from([1.0, 2.0, np.nan]), st.integers(0, 2)
    ),
    max_size=12,
)


@given(rows)
def test_the_best_row_is_the_smallest_of_each_group(given_rows):
    present = sorted({g for g, *_ in given_rows})
    at = np.array([present.index(g) for g, *_ in given_rows], dtype=np.intp)
    among = np.array([a for _, a, *_ in given_rows], dtype=np.bool_)
    first = np.array([x for *_, x, _ in given_rows])
    second = np.array([float(y) for *_, y in given_rows])
    found = Groups.of(at, len(present)).best(among, [first, second]).tolist()
    for group, row in enumerate(found):
        inside = [i for i in range(len(at)) if at[i] == group and among[i]]
        rank = [(np.isnan(first[i]), np.nan_to_num(first[i]), second[i], i) for i in inside]
        assert row == (min(rank)[-1] if inside else -1)


def test_no_rows_have_no_groups():
    groups = Groups.of(np.zeros(0, dtype=np.intp), 0)
    assert groups.best(np.zeros(0, dtype=np.bool_), []).tolist() == []
    assert list(groups.each(np.zeros(0, dtype=np.bool_))) == []


def test_each_group_comes_with_its_rows():
    groups = Groups.of(np.array([1, 0, 1, 0]), 2)
    seen = {g: r.tolist() for g, r in groups.each(np.array([True, False, True, True]))}
    assert seen == {0: [3], 1: [0, 2]}
    assert groups.members(1).tolist() == [0, 2]
    assert groups.firsts.tolist() == [1, 0]
