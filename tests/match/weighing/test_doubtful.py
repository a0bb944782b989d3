"""The queue of least certain pairs: doubtful, of many kinds, the same for any order of rows."""

import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.match.weighing.doubtful import least_certain

BITS = np.array([0.1, 0.1, 0.1, 0.1, -1.0, 1.5, 30.0, -30.0])
NAME = np.array([1, 1, 1, 1, 2, 3, 1, 3], np.int8)
CITY = np.array([1, 1, 1, 1, 1, 2, 2, 2], np.int8)
LEFT = np.array([0, 2, 4, 6, 8, 10, 12, 14])
NONE: Bools = np.zeros(8, dtype=np.bool_)


def queue(
    many: int, asked: Bools = NONE, bits: Floats = BITS, right: Index = LEFT + 1
) -> list[int]:
    return least_certain(bits, [NAME, CITY], (LEFT, right), many, asked=asked).tolist()


def test_the_first_questions_are_of_different_kinds() -> None:
    kinds = [(int(NAME[k]), int(CITY[k])) for k in queue(3)]
    assert len(set(kinds)) == 3


def test_of_the_same_kind_the_first_by_id_comes_first() -> None:
    assert [k for k in queue(6) if k < 4] == [0, 1, 2, 3]


def test_pairs_that_are_all_but_sure_are_asked_last() -> None:
    assert set(queue(8)[-2:]) == {6, 7}


def test_a_kind_with_many_pairs_comes_before_a_rare_one_in_equal_doubt() -> None:
    assert queue(1, bits=np.array([1.0, 1.0, 1.0, 1.0, -1.0, 9.0, 30.0, -30.0])) == [0]


def test_what_was_asked_is_not_asked_again() -> None:
    asked = np.arange(8) < 2
    assert set(queue(8, asked)) == {2, 3, 4, 5, 6, 7}


def test_no_record_is_shown_twice_as_long_as_there_are_others() -> None:
    # Pair 4 shares a record with pair 0.
    right = LEFT + 1
    right[4] = 0
    assert 4 not in queue(5, right=right)
    assert 4 in queue(8, right=right)


def test_shuffled_pairs_make_the_same_queue() -> None:
    order = np.random.default_rng(5).permutation(8)
    mixed = least_certain(
        BITS[order],
        [NAME[order], CITY[order]],
        (LEFT[order] + 1, LEFT[order]),
        5,
        asked=NONE,
    )
    assert order[mixed].tolist() == queue(5)


def test_nothing_to_ask_gives_nothing() -> None:
    assert queue(3, asked=~NONE) == []
    empty = np.zeros(0)
    none = np.zeros(0, np.int8)
    rows = np.zeros(0, np.intp)
    found = least_certain(empty, [none], (rows, rows), 5, asked=np.zeros(0, np.bool_))
    assert found.tolist() == []
