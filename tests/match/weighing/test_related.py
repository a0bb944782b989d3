"""Related pairs: as many as the table shows, and weighed as what they are."""

import attrs
import numpy as np
import pytest

from custseg.match.weighing.patterns import Patterns
from custseg.match.weighing.related import kin, own, taken_off, with_related
from custseg.match.weighing.weights import LevelWeights, Weights

LEVELS = ("exact", "half", "else")
NAME = LevelWeights("name", LEVELS, (0.9, 0.02, 0.08), (0.001, 0.03, 0.969))
PHONE = LevelWeights("phone", ("exact", "else"), (0.9, 0.1), (0.0001, 0.9999))
ADDRESS = LevelWeights("address", ("exact", "else"), (0.8, 0.2), (0.0001, 0.9999))
WEIGHTS = Weights((NAME, PHONE, ADDRESS), 1e-4, shared=("phone", "address"))
POSSIBLE = 10**6
SAME = np.array([True])
# One customer; a surname, a phone and an address in common; nothing in common.
SEEN = np.array([[1, 1, 1], [2, 1, 1], [3, 2, 2]], dtype=np.int8)


def seen(relatives: int) -> Patterns:
    counts = np.array([100, relatives, 5_000], dtype=np.int64)
    return Patterns(np.ones(3, dtype=np.int64), SEEN, counts)


def test_relatives_are_counted() -> None:
    found = with_related(WEIGHTS, seen(60), POSSIBLE)
    assert found.related * POSSIBLE == pytest.approx(60, rel=0.1)
    assert found.prior * POSSIBLE == pytest.approx(100, rel=0.05)


def test_where_there_are_none_next_to_none_are_expected() -> None:
    found = with_related(WEIGHTS, seen(0), POSSIBLE)
    assert found.related * POSSIBLE < 1.0
    assert not with_related(Weights((NAME,), 1e-4), seen(60), POSSIBLE).related


def test_the_more_relatives_the_less_a_shared_roof_says() -> None:
    alike = np.array([sum(int(kin(WEIGHTS, one)[1]) for one in (PHONE, ADDRESS))])
    off = [
        int(
            taken_off(with_related(WEIGHTS, seen(many), POSSIBLE), alike, np.zeros(1, int), SAME)[0]
        )
        for many in (0, 10, 100)
    ]
    assert off[0] < off[1] < off[2]


def test_nothing_is_taken_off_of_what_is_not_shared() -> None:
    both = np.concatenate([SAME, SAME])
    assert taken_off(WEIGHTS, np.array([0, -2_000]), np.zeros(2, int), both).tolist() == [0, 0]


def test_how_rare_a_shared_value_is_counts_only_beside_something_of_ones_own() -> None:
    rare = np.array([900, 900])
    with_own, alone = taken_off(WEIGHTS, rare + 300, rare, np.array([True, False])).tolist()
    assert alone - with_own > 850
    common = taken_off(WEIGHTS, -rare, -rare, np.array([True, False])).tolist()
    assert common[0] == common[1]


def test_a_level_of_ones_own_agrees_where_it_speaks_for_one_customer() -> None:
    assert own(WEIGHTS, NAME).tolist() == [False, True, False, False]
    assert not own(WEIGHTS, PHONE).any()


def test_a_surname_in_common_looks_related_and_the_same_name_does_not() -> None:
    same, half, other = kin(WEIGHTS, NAME)[1:].tolist()
    assert half > 0 > same == other


@pytest.mark.parametrize("related", [1e-12, 1e-4, 0.25, 0.5])
def test_a_pair_of_which_nothing_is_known_loses_nothing(related: float) -> None:
    weights = attrs.evolve(WEIGHTS, related=related)
    nothing = np.array([0]), np.array([0]), np.array([False])
    assert taken_off(weights, *nothing).tolist() == [0]


def test_nothing_is_ever_added_for_what_differs() -> None:
    weights = attrs.evolve(WEIGHTS, related=0.25)
    differs = np.array([-5_000]), np.array([0]), np.array([False])
    assert taken_off(weights, *differs).tolist() == [0]
