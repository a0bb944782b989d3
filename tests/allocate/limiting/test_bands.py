"""Bands that give way to one customer larger than they are."""

import attrs
import numpy as np

from custseg.allocate.limiting.bands import eased
from custseg.allocate.limiting.loads import Loads

MANY = np.full(3, 9)


def fair(weight, share=(1.0, 1.0, 1.0), band=0.1):
    part = np.array(share) / sum(share)
    whole = part * sum(weight)
    made = Loads.of_one("value", np.array(weight), whole * (1 - band), whole * (1 + band))
    return attrs.evolve(made, band=(band,), share=(part,))


def test_limits_of_another_kind_stay():
    plain = Loads.of_one("value", np.array([9.0]), np.zeros(3), np.full(3, 4.0))
    assert eased(np.ones((1, 3)), MANY, attrs.evolve(plain, band=(None,))).hi == plain.hi


def test_bands_that_hold_everybody_stay():
    loads = fair((1.0, 2.0, 3.0, 3.0))
    assert eased(np.ones((4, 3)), MANY, loads).hi[0].tolist() == loads.hi[0].tolist()


def test_two_large_ones_go_to_two_representatives():
    found = eased(np.tile([0.1, 0.9, 0.5], (3, 1)), MANY, fair((10.0, 9.0, 2.0)))
    assert found.hi[0][[1, 2]].tolist() == [10.0, 9.0]
    assert np.allclose(found.lo[0][0], 0.9 * 2.0)


def test_more_large_ones_than_representatives_share_one():
    points = np.array([[1.0, np.nan], [1.0, np.nan], [1.0, 1.0]])
    found = eased(points, np.full(2, 9), fair((8.0, 7.0, 5.0), share=(1.0, 9.0)))
    assert found.hi[0].tolist() == [15.0, 19.8]


def test_whoever_fits_somewhere_moves_no_band():
    loads = fair((6.0, 2.0, 2.0), share=(1.0, 1.0, 3.0))
    assert eased(np.ones((3, 3)), MANY, loads).hi[0].tolist() == loads.hi[0].tolist()
