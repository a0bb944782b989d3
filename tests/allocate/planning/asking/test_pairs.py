"""Points by customer and by class say the same."""

import numpy as np

from custseg.allocate.planning.asking.pairs import Pairs, in_turn

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
