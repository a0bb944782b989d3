"""What one card gives that another does not."""

import json

import attrs
import pytest
from hypothesis import given

from anycard import scorecards
from custseg.scoring import Bins, Categories, Factor, Levels, Ramp, Scorecard
from custseg.scoring.card.difference import difference

HAND = Scorecard(
    (
        Factor("visits", worth=10, curve=Ramp(0, 10)),
        Factor("source", worth=5, curve=Categories({"fair": 1, "talk": 0.4})),
    )
)


@given(scorecards())
def test_a_card_differs_in_nothing_from_itself(card):
    assert not card.diff(card).moves


def test_lines_and_bands_are_compared_where_either_turns():
    bands = Factor("visits", curve=Bins((5,), (0, 20)))
    found = HAND.diff(attrs.evolve(HAND, factors=(bands, HAND.factors[1])))
    assert [(m.low, m.high, m.points) for m in found.moves] == [
        (0.0, 5.0, -2.5),
        (5.0, 10.0, 12.5),
        (10.0, None, 10.0),
    ]
    assert found.text().splitlines()[1] == "  visits, 0 to < 5: -2.5"
    assert found.text("zh") != found.text()


def test_words_others_and_missing_are_told_apart():
    words = Factor("source", curve=Levels({"fair": 5, "ad": -1}, otherwise=0.5, missing=2))
    moves = difference([HAND.factors[1]], [words]).moves
    assert {(m.where, m.word): m.points for m in moves} == {
        ("word", "talk"): -1.5,
        ("word", "ad"): -1.0,
        ("other", None): 0.5,
        ("missing", None): 2.0,
    }


def test_factors_of_one_card_only_are_named():
    less = attrs.evolve(HAND, factors=HAND.factors[:1])
    assert less.diff(HAND).added == ("source",)
    found = HAND.diff(less)
    assert found.removed == ("source",)
    assert {m.word: m.points for m in found.moves} == {"fair": -5.0, "talk": -2.0}
    assert json.loads(json.dumps(found.as_dict()))["removed"] == ["source"]
    assert "talk" in found._repr_html_()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_no_difference_has_its_sentence(locale):
    assert HAND.diff(HAND).text(locale)


def test_another_start_is_a_difference_of_its_own():
    found = HAND.diff(attrs.evolve(HAND, base=2.5))
    assert [(m.factor, m.points, m.low, m.high) for m in found.moves] == [
        ("score_base", 2.5, None, None)
    ]
    assert "start, all values: +2.5" in found.text()
    assert "起始分，全部取值：+2.5" in found.text("zh")


def test_bands_of_very_large_numbers_are_compared_inside():
    old, new = (Factor("x", curve=Bins((1e17,), (low, 9))) for low in (0, 7))
    assert [(m.high, m.points) for m in difference([old], [new]).moves] == [(1e17, 7.0)]
