from types import SimpleNamespace

import numpy as np
import pytest

import breaksoracle as oracle
from custseg.tiering.breaks import solving
from custseg.tiering.breaks.doubled import DoubledSums
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import solved
from custseg.tiering.breaks.sums import PlainSums


def test_pairs_keep_what_single_floats_lose():
    rng = np.random.default_rng(1)
    near, far = rng.normal(0, 1, 50), rng.normal(0, 1, 50)
    points = Points.of(np.concatenate((near, far + 1e9)))
    truth = oracle.costs(points.values, points.weights)[0, 50]
    at = np.array([0]), np.array([50])
    assert float(DoubledSums.of(points).cost(*at)[0]) == pytest.approx(float(truth), rel=1e-12)
    assert abs(float(PlainSums.of(points).cost(*at)[0]) - float(truth)) > 1


def test_where_single_floats_cancel_and_no_gulf_is_sure_pairs_are_used(monkeypatch):
    """The two values beside the gap weigh next to nothing: a class could span it."""
    rng = np.random.default_rng(2)
    near, far = np.sort(rng.normal(0, 1, 1500)), np.sort(rng.normal(1e8, 1, 1500))
    values, weights = np.concatenate((near, far)), np.full(3000, 1.5)
    weights[1499:1501] = 1e-12
    sizes = []

    def counted(points):
        sizes.append(len(points))
        return DoubledSums.of(points)

    monkeypatch.setattr(solving, "DoubledSums", SimpleNamespace(of=counted))
    points = Points.of(values, weights)
    found = solved(points, Limits((), (), 4))
    assert sizes == [3000]
    assert found.certified
    cost = oracle.step_by_step(points.values, points.weights)
    assert oracle.of(cost, found.cuts) <= oracle.least(cost, 4) * (1 + 1e-12)
