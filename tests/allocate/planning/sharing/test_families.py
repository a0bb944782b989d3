"""Families in arrays."""

import numpy as np

from custseg.allocate.planning.sharing.families import Families, nobody, seated, too_large

NAN = np.nan
KIN = Families(
    rows=np.array([0, 1, 2, 3, 5]),
    start=np.array([0, 2]),
    size=np.array([2, 3]),
    points=np.array([[1.0, 0.5], [NAN, 0.9]]),
)


def test_members_share_the_points_of_their_family_and_never_less():
    points = np.zeros((6, 2))
    KIN.parted(points)
    assert points[0].tolist() == [0.5, 0.25]
    assert np.isnan(points[[2, 3, 5], 0]).all()
    assert (points[[2, 3, 5], 1] >= 0.3).all()
    assert points[4].tolist() == [0, 0]


def test_a_family_stands_whole_only_with_one_representative():
    at = np.array([1, 1, 0, 1, 7, 1])
    assert KIN.whole(at).tolist() == [1, -1]
    assert KIN.meant(np.array([1, 1, -1, 1, 7, 1])).tolist() == [True, False]
    KIN.placed(at, np.array([0, -1]))
    assert at.tolist() == [0, 0, -1, -1, 7, -1]


def test_the_largest_is_seated_first_and_only_where_it_fits():
    reps, room = np.array([-1, -1]), np.array([2, 4])
    seated(KIN, reps, np.array([0, 1]), room, np.zeros(2))
    assert (reps.tolist(), room.tolist()) == ([0, 1], [0, 1])
    reps, room = np.array([-1, -1]), np.array([1, 2])
    seated(KIN, reps, np.array([0, 1]), room, np.zeros(2))
    assert (reps.tolist(), room.tolist()) == ([1, -1], [1, 0])


def test_too_large_tight_and_nobody_are_three_things():
    assert too_large(KIN, np.array([9, 2])).tolist() == [1]
    assert nobody(KIN).tolist() == []
    assert KIN.tight(np.array([0, 1])).tolist() == [True, True]
    assert KIN.tight(np.array([5, 0])).tolist() == [False, False]  # enough; none at all
    assert KIN.members(np.array([1])).tolist() == [2, 3, 5]
