import numpy as np
import pytest

from custseg.tiering.breaks import bounds, search
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.search import searched
from custseg.tiering.breaks.sums import PlainSums


def evenly():
    return PlainSums.of(Points.of(np.random.default_rng(0).random(200_000)))


def clusters():
    """Two groups of width 1e-6 beside one another, and two single values."""
    rng = np.random.default_rng(0)
    tight = [rng.normal(at, 1e-6, 50_000) for at in (5, 6)]
    return PlainSums.of(Points.of(np.concatenate(([0.0], *tight, [1000.0]))))


def test_ten_classes_of_many_values_take_a_few_looks():
    found = searched(evenly(), 10)
    assert found.single
    assert found.rounds <= 7
    assert sum(len(spot.first) for spot in found.spots) < 100


def test_undecided_points_have_to_be_charged_for_that(monkeypatch):
    free = lambda _, left, first, __: np.zeros((len(left.last), len(first)))  # noqa: E731
    monkeypatch.setattr(bounds, "_charge", free)
    found = searched(evenly(), 10)
    assert not found.single
    assert sum(spot.open for spot in found.spots) > 50_000


def test_tight_clusters_are_found_at_once():
    found = searched(clusters(), 4)
    assert found.cuts == (1, 50_001, 100_001)
    assert found.rounds <= 2


def test_the_widest_gaps_have_to_be_tried_for_that(monkeypatch):
    monkeypatch.setattr(search, "_gaps", lambda _: np.zeros(0, dtype=np.intp))
    assert searched(clusters(), 4).rounds > 3


@pytest.mark.parametrize("size", [3, 97, 98, 150, 9000])
def test_intervals_hold_every_position_once(size):
    spots = search.grid(PlainSums.of(Points.of(np.arange(size) ** 2.0)), 96)
    held = [np.arange(a, b + 1) for a, b in zip(spots.first, spots.last, strict=True)]
    assert np.concatenate(held).tolist() == list(range(1, size))


def test_intervals_are_divided_without_loss():
    spots = bounds.Spots(np.array([1, 50, 51]), np.array([49, 50, 999]))
    parts = search._split(spots, 20)
    held = [np.arange(a, b + 1) for a, b in zip(parts.first, parts.last, strict=True)]
    assert np.concatenate(held).tolist() == list(range(1, 1000))
    assert len(held) < 30
