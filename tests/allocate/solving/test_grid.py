"""Points as whole steps: exact, read in blocks, never copied."""

import numpy as np
import pytest

from custseg.allocate.solving.grid import Grid, sample, scramble

NAN = np.nan
RNG = np.random.default_rng(2)


def everybody(grid):
    return grid.read(slice(0, grid.size))


def test_columns_without_places_and_missing_pairs_are_shut():
    grid = Grid.of(np.array([[0.1, NAN, 0.3], [0.2, 0.2, 0.2]]), np.array([1, 1, 0]))
    assert everybody(grid).tolist() == [[1e8, -np.inf, -np.inf], [2e8, 2e8, -np.inf]]


def test_parts_are_rows_of_rows():
    points = RNG.random((50, 3))
    part = Grid.of(points, np.ones(3)).part(np.arange(10, 40)).part(np.array([0, 5]))
    assert everybody(part).tolist() == np.rint(points[[10, 15]] * 1e9).tolist()
    assert part.read(np.array([1])).tolist() == np.rint(points[[15]] * 1e9).tolist()


def test_the_best_of_each_row_block_by_block(monkeypatch):
    monkeypatch.setattr("custseg.allocate.solving.grid.CELLS", 12)
    points, prices = RNG.random((50, 4)), np.array([1e8, 0.0, 3e8, 0.0])
    grid = Grid.of(points, np.ones(4))
    assert len(list(grid.blocks())) > 10
    assert grid.best(prices).tolist() == (np.rint(points * 1e9) - prices).argmax(axis=1).tolist()


def test_equal_pairs_are_told_apart_by_less_than_a_step_along_any_path():
    points = RNG.integers(0, 3, (3000, 6)) / 10
    plain = Grid.of(points, np.ones(6))
    turned = plain.twisted()
    parts = everybody(turned) - everybody(plain)
    assert plain.tied()
    assert (parts >= 0).all()
    assert parts.max() * (6 + 1) * 2 < 1
    assert np.unique(parts, axis=0).shape[0] > 2500


@pytest.mark.parametrize("factor", [1e4, 7.0, 100.0])
def test_large_points_are_read_in_multiples_where_bits_are_short(factor):
    points = RNG.integers(0, 6, (2000, 60)) * factor
    points[0, 0] = NAN
    turned = Grid.of(points * 100, np.ones(60)).twisted()
    assert turned.unit > 1
    assert turned.twist is not None
    whole = np.floor(everybody(turned)) * turned.unit / turned.scale
    assert np.nan_to_num(whole, neginf=-1).tolist() == np.nan_to_num(points * 100, nan=-1).tolist()


def test_points_that_are_multiples_of_nothing_are_left_alone():
    points = RNG.integers(0, 6, (300, 400)) * 1e4
    points[-1] = 12345.67890123
    grid = Grid.of(points, np.ones(400))
    assert grid.twisted() is grid


def test_points_that_all_differ_are_not_tied():
    assert not Grid.of(RNG.random((500, 5)), np.ones(5)).tied()
    assert not Grid.of(np.ones((500, 1)), np.ones(1)).tied()


def test_a_larger_sample_holds_the_smaller_ones():
    small, large = sample(1000, 20), sample(1000, 300)
    assert (small.size, large.size) == (20, 300)
    assert np.isin(small, large).all()
    assert (np.diff(large) > 0).all()
    assert np.unique(scramble(np.arange(10_000))).size == 10_000
