import numpy as np

from custseg.allocate.rebalancing.moving.minimum import MinimalMoves, forced


def counted(present, lo, hi, held=None, locked=None):
    present = np.array(present)
    held = present >= 0 if held is None else np.array(held)
    locked = np.zeros(present.size, bool) if locked is None else np.array(locked)
    return forced(present, held, locked, np.array(lo), np.array(hi))


def test_overflow_is_what_the_owner_may_not_have():
    assert counted([0, 0, 0, 1], [0, 0], [1, 5]) == (0, 2, 0)


def test_locked_customers_overflow_nowhere():
    assert counted([0, 0], [0, 0], [0, 5], locked=[True, False]) == (0, 1, 0)


def test_who_may_not_stay_is_counted_once():
    assert counted([0, 0], [0, 0], [1, 5], held=[False, True]) == (1, 0, 0)


def test_minimums_are_met_by_who_is_on_the_way_first():
    assert counted([-1, 0, 0], [0, 1], [9, 9]) == (0, 0, 0)
    assert counted([0, 0], [0, 1], [9, 9]) == (0, 0, 1)
    assert counted([0, 0, 0], [0, 2], [2, 9]) == (0, 1, 1)


def test_proven_where_the_calmest_plan_moves_no_more():
    assert MinimalMoves(1, 2, 3, 0, bound=5, found=5).proven
    open_ = MinimalMoves(1, 2, 3, 0, bound=5, found=6)
    assert not open_.proven
    assert open_.as_dict()["proven"] is False
    assert "6" in open_.text()
    assert "6" in open_.text("zh")
