"""Customers alike in every bin are one pattern, however many columns there are."""

import numpy as np

from custseg.scoring.binning.cases import Cases
from custseg.scoring.woe.patterns import Patterns


def test_patterns_are_counted_and_stand_in_order():
    columns = [np.array([1, 0, 1, 1]), np.array([2, 2, 2, 0])]
    found = Patterns.of(columns, [2, 3], Cases(np.array([True, False, False, True])))
    assert found.at.tolist() == [[0, 2], [1, 0], [1, 2]]
    assert found.rows.tolist() == [1, 1, 2]
    assert found.cases.tolist() == [0, 1, 1]


def test_more_columns_than_a_number_has_room_for():
    chance = np.random.default_rng(2)
    columns = [chance.integers(0, 9, 50) for _ in range(40)]
    cases = Cases(chance.random(50) < 0.5)
    found = Patterns.of([np.tile(c, 2) for c in columns], [9] * 40, Cases(np.tile(cases.won, 2)))
    assert found.rows.tolist() == [2.0] * 50
    assert sorted(map(tuple, found.at.tolist())) == sorted(
        zip(*(c.tolist() for c in columns), strict=True)
    )


def test_order_of_rows_changes_nothing():
    columns, won = [np.array([1, 0, 1]), np.array([0, 0, 1])], np.array([True, False, False])
    one, back = (Patterns.of([c[::s] for c in columns], [2, 2], Cases(won[::s])) for s in (1, -1))
    assert one.at.tolist() == back.at.tolist()
    assert one.cases.tolist() == back.cases.tolist()
