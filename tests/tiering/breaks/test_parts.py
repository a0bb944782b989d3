import numpy as np

from custseg.tiering.breaks import solving
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.parts import Way, gulfs, shared
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import solved


def test_a_gulf_is_wider_than_any_class():
    points = Points.of(np.array([0.0, 3.0, 10.0]), np.array([1.0, 1.0, 4.0]))
    assert gulfs(points, 5.0).tolist() == [2]
    assert gulfs(points, 4.0).tolist() == [1, 2]
    assert gulfs(points, 40.0).tolist() == []


def test_classes_are_shared_out_by_what_they_gain():
    def ways(values, start):
        points = Points.of(np.array(values))
        found = [solved(points, Limits((), (), k)) for k in (1, 2, 3)]
        return [Way.of(points, one.cuts, start, certified=True) for one in found]

    low = shared({0: Way(0, (), certified=True)}, ways([1.0, 2, 3], 0), 2)
    both = shared(low, ways([100.0, 200, 300], 3), 2)
    assert both[2].high == (5, 4, 3, 0)


def test_a_key_account_beside_retail_needs_no_pairs(monkeypatch):
    monkeypatch.setattr(solving, "_doubled", None)
    rng = np.random.default_rng(5)
    retail = np.round(rng.lognormal(4, 1, 5000), 2)
    alone = solved(Points.of(retail), Limits((), (), 4))
    beside = solved(Points.of(np.append(retail, [3e14, 9e15])), Limits((), (), 6))
    assert beside.certified
    assert beside.cuts[:3] == alone.cuts
