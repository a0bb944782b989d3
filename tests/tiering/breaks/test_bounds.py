import numpy as np

from custseg.tiering.breaks.bounds import Spots, look
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.sums import PlainSums


def evenly(size):
    return PlainSums.of(Points.of(np.arange(size) * 1.0))


def divided(size, pieces):
    first = np.linspace(1, size, pieces + 1).astype(int)[:-1]
    return Spots(first, np.append(first[1:] - 1, size - 1))


def test_known_positions_are_bounded_by_their_own_cost():
    sums = evenly(30)
    spots = [Spots.single(np.arange(1, 30))] * 2
    seen = look(sums, spots)
    assert seen.cuts == (10, 20)
    assert min(map(min, seen.least)) == seen.cost


def gap(pieces):
    sums = evenly(40_001)
    truth = look(sums, [Spots.single(np.array([20_000, 20_001]))]).cost
    return truth - look(sums, [divided(40_001, pieces)]).least[0].min()


def test_the_bound_comes_nearer_by_the_square_of_the_width():
    """Undecided points are charged: without that the gap would only halve (12 ** 2 = 144)."""
    assert 0 <= gap(1200) < gap(100) / 100


def test_cuts_have_an_order():
    spots = [Spots.single(np.array([3])), Spots.single(np.array([3]))]
    seen = look(evenly(6), spots)
    assert seen.cuts == ()
    assert seen.cost == np.inf
    assert look(evenly(6), spots, thorough=False).cost == np.inf


def test_a_middle_that_promises_most_is_tried():
    sums = evenly(1000)
    seen = look(sums, [divided(1000, 9)] * 2, thorough=False)
    assert len(seen.cuts) == 2
    assert np.isfinite(seen.cost)
