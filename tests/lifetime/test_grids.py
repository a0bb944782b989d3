import numpy as np
import pytest

from custseg.lifetime.grids import Axis, Lattice
from custseg.lifetime.patterns import Alike, Patterns


def columns(size, *, per=1.0, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.poisson(1.0, size).astype(float)
    age = rng.integers(1, 60, size) / per
    last = np.where(x > 0, np.ceil(age * per * rng.random(size)) / per, 0.0)
    return x, last, age


@pytest.mark.parametrize("per", [1.0, 7.0])
def test_columns_come_back(per):
    x, last, age = columns(70_000, per=per)  # more rows than a block holds
    grid = Lattice.of(Axis(x, timed=False), Axis(last), Axis(age))
    assert grid.per == per
    again = grid.columns(grid.keys)
    for one, given in zip(again, (x, last * per, age * per), strict=True):
        np.testing.assert_array_equal(one, np.rint(given))


def test_the_order_of_numbers_is_that_of_the_columns():
    x, last, age = columns(500)
    grid = Lattice.of(Axis(age), Axis(x, timed=False), Axis(last), short=True)
    assert grid.keys.dtype == np.uint32
    np.testing.assert_array_equal(np.argsort(grid.keys, kind="stable"), np.lexsort((last, x, age)))


@pytest.mark.parametrize("at", [0, 69_999])
def test_one_time_between_days_is_enough_to_leave_the_grid(at):
    x, _, age = columns(70_000)
    age[at] += 0.3
    assert Lattice.of(Axis(age), Axis(x, timed=False)) is None
    assert Alike.of(x, age) is None


def test_too_many_cells_are_refused():
    far = np.array([1.0, 1e9])
    assert Lattice.of(Axis(far), Axis(far)) is None
    assert Lattice.of(Axis(far), cells=1e8) is None


@pytest.mark.parametrize("per", [1.0, 7.0])
def test_histories_are_gathered_alike_on_a_grid_and_beside_it(per):
    x, last, age = columns(3000, per=per)
    on, weighed = Patterns.of(x, last, age), Patterns.of(x, last, age, np.ones(3000))
    beside = Patterns.of(x, last / 3.7, age / 3.7)
    assert on.step == pytest.approx(1.0 / per)
    assert beside.step == 0.0
    for name in ("frequency", "recency", "age", "weight"):
        np.testing.assert_array_equal(getattr(on, name), getattr(weighed, name))
    np.testing.assert_array_equal(on.weight, beside.weight)
    np.testing.assert_allclose(on.age, beside.age * 3.7)


def test_pairs_are_told_row_by_row():
    x, _, age = columns(40_000)
    alike = Alike.of(x, age)
    assert len(alike.age) == len(set(zip(x.tolist(), age.tolist(), strict=True)))
    np.testing.assert_array_equal(alike.each(alike.frequency), x)
    np.testing.assert_array_equal(alike.age[alike.place], age)
    assert (np.diff(alike.age) >= 0).all()
