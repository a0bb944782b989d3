import numpy as np
import pytest

from custseg.scoring.deals.shrinking import effects, shrunk
from custseg.scoring.effects.field import Cells


def columns(rows=4000, seed=4):
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 4, rows), rng.integers(0, 30, rows)
    z = np.array([-1.0, -0.3, 0.3, 1.0])[a]
    return a, b, rng.random(rows) < 1 / (1 + np.exp(-z))


def test_what_tells_is_found_and_what_does_not_is_nothing():
    a, b, won = columns()
    (one, other), _ = effects([Cells(a, 4), Cells(b, 30)], won, np.zeros(len(won)))
    assert one == pytest.approx([-1, -0.3, 0.3, 1], abs=0.15)
    assert other.tolist() == [0.0] * 30


def test_what_two_columns_say_alike_counts_once():
    a, _, won = columns()
    alone, _ = effects([Cells(a, 4)], won, np.zeros(len(won)))
    both, _ = effects([Cells(a, 4), Cells(a, 4)], won, np.zeros(len(won)))
    assert both[0] + both[1] == pytest.approx(alone[0], abs=0.1)


def test_as_many_are_foreseen_as_before():
    a, _, won = columns()
    offset = np.full(len(won), 0.4)
    (found,), level = effects([Cells(a, 4)], won, offset)
    said = 1 / (1 + np.exp(-(offset + found[a] + level)))
    assert said.mean() == pytest.approx(1 / (1 + np.exp(-0.4)), abs=1e-6)


def test_few_deals_are_held_back():
    a, _, won = columns(60)
    (few,), _ = effects([Cells(a, 4)], won, np.zeros(len(won)))
    raw = [np.log((won[a == i].sum() + 0.5) / ((~won[a == i]).sum() + 0.5)) for i in range(4)]
    assert np.abs(few).max() <= np.abs(raw).max()


def test_the_order_of_deals_is_all_the_same():
    a, b, won = columns(500)
    turn = np.random.default_rng(1).permutation(500)
    one = effects([Cells(a, 4), Cells(b, 30)], won, np.zeros(500))
    two = effects([Cells(a[turn], 4), Cells(b[turn], 30)], won[turn], np.zeros(500))
    assert [x.tolist() for x in one[0]] == [x.tolist() for x in two[0]]
    assert one[1] == two[1]


def test_no_columns_and_no_deals():
    assert effects([], np.zeros(3, dtype=bool), np.zeros(3)) == ([], 0.0)
    (none,), level = effects([Cells(np.empty(0, dtype=int), 2)], np.empty(0, bool), np.empty(0))
    assert (none.tolist(), level) == ([0.0, 0.0], 0.0)


def test_a_perfect_column_stays_finite():
    a = np.repeat([0, 1], 100)
    (found,), level = effects([Cells(a, 2)], a == 1, np.zeros(200))
    assert found[1] > 2
    assert np.isfinite([*found, level]).all()


def test_what_is_held_back_has_its_sign():
    own = np.array([-2.0, 0.1, 2.0])
    held = shrunk(own, np.array([40.0, 1.0, 40.0]))
    assert (np.sign(held) == np.sign(own)).all()
    assert (np.abs(held) <= np.abs(own)).all()
