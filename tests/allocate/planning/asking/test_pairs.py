"""Points by customer and by class say the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.planning.asking.pairs import Pairs, in_turn, merged

TABLE = np.array([[0.5, np.nan, 1.0], [np.nan, np.nan, np.nan]])
AT = np.array([0, 1, 0])


def test_classes_and_rows_say_the_same():
    classes, rows = Pairs(TABLE, AT), Pairs(TABLE[AT])
    reps = np.array([2, 0, -1])
    np.testing.assert_array_equal(classes.of(reps), [1.0, np.nan, np.nan])
    np.testing.assert_array_equal(classes.of(reps), rows.of(reps))
    np.testing.assert_array_equal(classes.best(), [1.0, np.nan, 1.0])
    np.testing.assert_array_equal(classes.best(), rows.best())
    for open_ in ([True, True, False], [False, True, False]):
        mask = np.array(open_)
        assert classes.reach(mask).tolist() == rows.reach(mask).tolist()
    assert classes.size == rows.size == 3


def test_nobody_to_choose_from_is_nobody_best():
    assert np.isnan(Pairs(np.zeros((2, 0))).best()).all()
    assert Pairs(np.zeros((2, 0))).reach(np.zeros(0, dtype=bool)).tolist() == [False, False]


def test_classes_are_numbered_by_their_first_customer():
    points = np.array([[0.1], [0.2], [0.3]])
    one = in_turn(Pairs(points, np.array([2, 0, 2])))
    other = in_turn(Pairs(points[::-1], np.array([0, 2, 0])))
    assert one.at.tolist() == other.at.tolist() == [0, 1, 0]
    assert one.points.tolist() == other.points.tolist() == [[0.3], [0.1]]
    assert in_turn(Pairs(points)).at is None


@given(st.lists(st.lists(st.sampled_from([0.0, -0.0, 0.5, -1.0, np.nan]), min_size=2, max_size=2)))
def test_equal_rows_are_one(rows):
    points = np.array(rows, dtype=np.float64).reshape(len(rows), 2)
    place, first = merged(points)
    said = [tuple("never" if np.isnan(x) else x + 0.0 for x in row) for row in points.tolist()]
    assert [said.index(row) for row in said] == first[place].tolist()
    assert list(dict.fromkeys(place.tolist())) == list(range(len(first)))
    assert len(first) == len(set(said))


def test_rows_of_no_columns_are_all_alike():
    place, first = merged(np.zeros((3, 0)))
    assert (place.tolist(), first.tolist()) == ([0, 0, 0], [0])
