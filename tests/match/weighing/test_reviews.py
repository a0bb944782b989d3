"""Weights that follow reviewed pairs: as far as answers go, whatever their order, no further."""

import attrs
import numpy as np
import pytest

from custseg._typing import Codes, Index
from custseg.errors import NotEnoughDataError
from custseg.match.weighing.bits import weigh
from custseg.match.weighing.related import kin
from custseg.match.weighing.reviews import refitted, unreviewed
from custseg.match.weighing.weights import LevelWeights, Weights, chances

NAME = LevelWeights("name", ("exact", "close", "else"), (0.8, 0.15, 0.05), (0.01, 0.09, 0.9))
CITY = LevelWeights("city", ("exact", "else"), (0.9, 0.1), (0.1, 0.9))
WEIGHTS = Weights((NAME, CITY), prior=0.01)


@attrs.frozen(eq=False)
class Side:
    """Values of which nothing is asked."""

    codes: Codes


SIDES = (Side(Codes(np.zeros(401, dtype=np.intp), ("x",))),) * 2


def beside(many: int) -> tuple[Index, Index]:
    rows: Index = np.arange(many, dtype=np.intp)
    return rows, rows + 1


def refit(
    name: list[int], city: list[int], same: list[bool], weights: Weights = WEIGHTS
) -> Weights:
    levels = [np.array(name, np.int8), np.array(city, np.int8)]
    return refitted(weights, levels, SIDES, beside(len(same)), np.array(same))


def test_levels_move_towards_the_answers() -> None:
    # People say: a near name in the same city is one customer after all.
    moved = refit([2] * 30 + [3] * 30, [1] * 60, [True] * 30 + [False] * 30)
    assert moved.comparisons[0].bits[1] > NAME.bits[1] + 1
    assert moved.comparisons[0].bits[2] < NAME.bits[2]


def test_levels_nobody_saw_stay() -> None:
    moved = refit([2] * 30, [1] * 30, [True] * 30)
    assert moved.comparisons[0].shift[0] == 0.0
    assert moved.comparisons[1].shift[1] == 0.0


def test_an_answer_that_was_expected_moves_next_to_nothing() -> None:
    sure = Weights((NAME, CITY), prior=0.5)
    moved = refit([1], [1], [True], sure)
    assert abs(moved.shift) < 0.02


def test_a_few_answers_do_not_overthrow_what_was_learnt() -> None:
    moved = refit([1], [1], [False])
    assert abs(moved.comparisons[0].shift[0]) < 1.0


def test_many_answers_do() -> None:
    moved = refit([1] * 200 + [1] * 200, [2] * 400, [True] * 100 + [False] * 300)
    weight = moved.start + moved.comparisons[0].hundredths[1] + moved.comparisons[1].hundredths[2]
    assert weight / 100 == pytest.approx(np.log2(1 / 3), abs=0.15)


def test_the_order_of_the_answers_does_not_count() -> None:
    mixed = np.random.default_rng(3).permutation(90).tolist()
    name, city = [1, 2, 3] * 30, [1, 1, 2] * 30
    same = [k % 7 != 0 for k in range(90)]
    shuffled = refit(*([row[k] for k in mixed] for row in (name, city, same)))
    assert shuffled == refit(name, city, same)


def test_reviewing_again_begins_from_what_the_pairs_taught() -> None:
    answers = ([2] * 9 + [1] * 3, [1] * 12, [True] * 9 + [False] * 3)
    once = refit(*answers)
    assert refit(*answers, once) == once
    assert unreviewed(once) == WEIGHTS


def test_no_answers_are_no_review() -> None:
    with pytest.raises(NotEnoughDataError, match="at least one"):
        refit([], [], [])


def test_answers_that_teach_nothing_move_nothing() -> None:
    # The answers are drawn as the weights foretell them, so that whatever moves follows chance.
    draw = np.random.default_rng(1)
    name, city = draw.integers(1, 4, 40).tolist(), draw.integers(1, 3, 40).tolist()
    sure = Weights((NAME, CITY), prior=0.5)
    before = weigh(sure, [np.array(name, np.int8), np.array(city, np.int8)], SIDES, *beside(40))
    as_foretold = (draw.random(40) < chances(before)).tolist()
    assert refit(name, city, as_foretold, sure) == sure
    assert refit(name[:19], city[:19], as_foretold[:19], sure) != sure  # too few to be tried
    assert refit(name, city, (before < 0).tolist(), sure) != sure


def test_answers_in_another_order_are_left_out_in_the_same_turn() -> None:
    draw = np.random.default_rng(5)
    name, city, same = draw.integers(1, 3, (3, 50))
    once = refit(name.tolist(), city.tolist(), (same > 1).tolist())
    mixed = draw.permutation(50)
    again = refit(name[mixed].tolist(), city[mixed].tolist(), (same > 1)[mixed].tolist())
    assert once == again


def test_how_many_are_related_is_not_moved_by_reviews() -> None:
    home = attrs.evolve(WEIGHTS, shared=("city",), related=1e-3)
    moved = refit([2] * 30 + [3] * 30, [1] * 60, [True] * 30 + [False] * 30, home)
    assert moved != home
    assert (moved.related, moved.shared) == (home.related, home.shared)
    assert [kin(moved, one).tolist() for one in moved.comparisons] == [
        kin(home, one).tolist() for one in home.comparisons
    ]
