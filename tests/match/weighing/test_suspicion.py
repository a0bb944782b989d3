"""What is not believed: colleagues taken for one customer, doubles where there are none."""

import numpy as np
import pytest

from custseg._typing import Floats
from custseg.match.weighing.sessions import Session
from custseg.match.weighing.suspicion import doubts, strayed
from custseg.match.weighing.weights import LevelWeights, Weights, field_word, level_word

TYPICAL: list[Floats] = [np.array([0.9, 0.1])] * 3
GOOD, BAD = (0.9, 0.1), (0.1, 0.9)


def made(place: int, *m: tuple[float, ...], matches: float = 100.0, held: int = -1) -> Session:
    trained = tuple(k != held for k in range(len(m)))
    return Session(place, 1000, matches, 9, trained, m)


def used(*sessions: Session) -> list[bool]:
    return [one.used for one in strayed(sessions, TYPICAL)]


def test_a_pass_that_contradicts_another_is_not_believed() -> None:
    # Name, phone, address: among colleagues the names differ.
    assert used(made(0, GOOD, GOOD, GOOD), made(1, BAD, GOOD, GOOD)) == [True, False]


def test_names_that_differ_in_the_only_pass_are_not_believed() -> None:
    assert used(made(0, BAD, GOOD, GOOD)) == [False]


def test_names_that_differ_in_every_pass_are_bad_names() -> None:
    assert used(made(0, BAD, GOOD, GOOD), made(1, BAD, GOOD, GOOD)) == [True, True]


def test_matches_that_differ_in_most_things_are_none() -> None:
    assert used(made(0, BAD, BAD, GOOD), made(1, BAD, BAD, GOOD)) == [False, False]


def test_a_pass_that_found_next_to_nothing_contradicts_nobody() -> None:
    few = made(0, GOOD, GOOD, GOOD, matches=1.0)
    assert used(few, made(1, BAD, GOOD, GOOD), made(2, BAD, GOOD, GOOD)) == [True, True, True]


def test_what_a_pass_fixes_says_nothing_against_it() -> None:
    assert used(made(0, GOOD, GOOD, GOOD), made(1, BAD, GOOD, GOOD, held=0)) == [True, True]


def told(weights: LevelWeights, *sessions: Session) -> list[str]:
    return [why.code for why in doubts(sessions, Weights((weights,), 0.01), TYPICAL)]


def test_levels_out_of_order_are_told_where_enough_was_seen() -> None:
    odd = LevelWeights("name", ("exact", "close", "else"), (0.4, 0.5, 0.1), (0.4, 0.001, 0.599))
    many = Session(0, 1000, 100.0, 9, (True,), ((0.4, 0.5, 0.1),))
    few = Session(0, 1000, 10.0, 9, (True,), ((0.4, 0.5, 0.1),))
    assert told(odd, many) == ["match.out_of_order"]
    assert told(odd, few) == []


def test_what_mostly_differs_is_told() -> None:
    odd = LevelWeights("name", ("exact", "else"), BAD, (0.001, 0.999))
    assert told(odd, Session(0, 1000, 100.0, 9, (True,), (BAD,))) == ["match.mostly_differs"]


def test_a_doubt_reads_well_in_both_languages() -> None:
    odd = LevelWeights("phone", ("exact", "close", "else"), (0.4, 0.5, 0.1), (0.4, 0.001, 0.599))
    session = Session(0, 1000, 100.0, 9, (True,), ((0.4, 0.5, 0.1),))
    (why,) = doubts([session], Weights((odd,), 0.01), TYPICAL)
    assert why.text() == (
        "phone: nearly the same weighs more than the same, though it is less alike"
    )
    assert "几乎相同" in why.text("zh")


@pytest.mark.parametrize("field", ["given_name", "id_card", "email"])
def test_a_doubt_names_fields_and_levels_as_the_weights_do(field: str) -> None:
    shares = (0.2, 0.2, 0.6), (0.599, 0.001, 0.4)
    weights = Weights((LevelWeights(field, ("exact", "swapped", "else"), *shares),), 0.01)
    said = doubts([Session(0, 1000, 100.0, 9, (True,), (shares[0],))], weights, TYPICAL)
    assert [why.code for why in said] == ["match.mostly_differs", "match.out_of_order"]
    for why in (*said, *doubts([], weights, TYPICAL)):
        for locale in ("en", "zh"):
            text = why.text(locale)
            assert field_word(field, locale) in text
            assert field not in text or field_word(field, locale) == field
    for locale in ("en", "zh"):
        for level in ("exact", "swapped"):
            assert level_word(level, locale) in said[1].text(locale)
