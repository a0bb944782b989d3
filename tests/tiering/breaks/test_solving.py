import numpy as np
import pytest

from custseg.tiering.breaks import solving
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.search import searched
from custseg.tiering.breaks.solving import solved


def test_numbers_near_the_end_of_floats_are_scaled():
    for values in ([1e-310, 2e-310, 9e-310], [1e307, 2e307, 1.7e308]):
        assert solved(Points.of(np.array(values)), Limits((), (), 2)).cuts == (2,)


def test_weights_are_scaled_too():
    points = Points.of(np.array([1.0, 2.0, 9.0]), np.array([1e300, 1e300, 2e300]))
    assert solved(points, Limits((), (), 2)).cuts == (2,)


@pytest.mark.parametrize("k", [40, 120])
def test_many_classes_are_found_class_by_class(k):
    values = np.random.default_rng(0).random(600)
    found = solved(Points.of(values), Limits((), (), k))
    assert found.certified
    assert len(found.cuts) == k - 1


def test_equals_without_end_are_cut_but_not_certified():
    found = solved(Points.of(np.arange(700.0)), Limits((), (), 280))
    widths = np.diff([0, *found.cuts, 700])
    assert sorted(set(widths)) == [2, 3]
    assert not found.certified


def test_what_single_floats_leave_is_put_together_and_looked_at_again(monkeypatch):
    sizes = []

    def counted(sums, classes):
        sizes.append(sums.size)
        return searched(sums, classes)

    monkeypatch.setattr(solving, "searched", counted)
    monkeypatch.setattr(solving, "_SMALL", 40)
    values = np.random.default_rng(0).exponential(1, 500_000)
    found = solved(Points.of(values), Limits((), (), 10))
    assert found.certified
    assert len(sizes) > 1
    assert sizes[1] < sizes[0] / 2
