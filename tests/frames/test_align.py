import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import DataError
from custseg.frames import align, table

ids = st.lists(st.integers(-5, 5), max_size=8)


def keys(values):
    return table([{"id": value} for value in values]).keys("id")


def array_keys(values):
    return table(everykind.pd.DataFrame({"id": np.array(values, dtype=np.int64)})).keys("id")


@given(ids, ids, st.sampled_from([keys, array_keys]))
def test_each_right_id_is_found_where_the_left_has_it(left, right, make):
    mine, theirs = make(left), make(right)
    places, held = align(mine, theirs), mine.ids()
    for wanted, place in zip(theirs.ids(), places.tolist(), strict=True):
        assert held[place] == wanted if place >= 0 else wanted not in held


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_ids_of_two_kinds_of_table_meet(kind):
    rows = [{"id": "00017"}, {"id": "18"}]
    left = table(everykind.as_table(kind, rows, {"id": "text"})).keys("id")
    assert sorted(align(left, keys(["18", "17", "00017"])).tolist()) == [-1, 0, 1]


@pytest.mark.parametrize(("left", "right"), [([17], ["17"]), (["17"], [17]), (["017"], [17])])
def test_ids_of_other_types_are_refused_where_none_is_found(left, right):
    with pytest.raises(DataError, match="17 is not '17'"):
        align(keys(left), keys(right))


@pytest.mark.parametrize(
    ("left", "right"), [([], ["17"]), ([17], []), ([None], [17]), ([None], ["a"])]
)
def test_no_ids_match_nothing(left, right):
    assert align(keys(left), keys(right)).tolist() == [-1] * len(right)
