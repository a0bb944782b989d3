"""Points of the wishes that come with custseg."""

import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.allocate import Match, Senior, Stay
from custseg.errors import ConfigError, DataError

NAN = np.nan


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)


def same(found, expected):
    return np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_match_compares_words_and_missing_matches_nothing():
    people, team = (
        {"region": codes("华东", "south", None)},
        {"region": codes("south", None, "华东")},
    )
    found = Match("region").points(people, team)
    assert same(found, [[0, 0, 1], [1, 0, 0], [0, 0, 0]])


def test_required_match_makes_the_others_ineligible():
    people, team = {"region": codes("a", None)}, {"area": codes("a", "b")}
    found = Match("region", "area", required=True).points(people, team)
    assert same(found, [[1, NAN], [NAN, NAN]])


def test_several_words_in_a_cell_need_one_in_common():
    people = {"speaks": codes("zh", "en; fr", "de", ";")}
    team = {"speaks": codes("fr;zh", "en ;de", ";;")}
    found = Match("speaks", separator=";").points(people, team)
    assert same(found, [[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]])


def test_without_a_separator_a_cell_is_one_word():
    team = {"speaks": codes("fr;zh")}
    assert same(Match("speaks").points({"speaks": codes("zh", "fr;zh")}, team), [[0], [1]])


def test_senior_puts_the_first_with_the_first():
    people = {"tier": codes("high", "medium", "low", None)}
    team = {"seniority": np.array([2.0, 30.0, 5.0, NAN])}
    found = Senior().points(people, team)
    assert same(found, [[0, 1, 0.5, 0], [0.5, 0.5, 1, 0], [1, 0, 0.5, 0], [0, 0, 0, 0]])


def test_senior_takes_words_on_both_sides():
    wish = Senior("grade", "level", tiers=("B", "A"), levels=("junior", "senior"))
    team = {"level": codes("senior", "junior")}
    assert same(wish.points({"grade": codes("A", "B")}, team), [[1, 0], [0, 1]])
    assert wish.rep_needs == {"level": "text"}


def test_senior_counts_places_not_years():
    people = {"tier": codes("high")}
    near = Senior().points(people, {"seniority": np.array([1.0, 2.0, 3.0])})
    far = Senior().points(people, {"seniority": np.array([1.0, 2.0, 40.0])})
    assert same(near, far)


@pytest.mark.parametrize("years", [[5.0], [5.0, 5.0], [NAN, 5.0]])
def test_equally_senior_makes_no_difference(years):
    found = Senior().points({"tier": codes("high", "low")}, {"seniority": np.array(years)})
    known = ~np.isnan(years)
    assert (found[:, known] == 0.5).all()
    assert (found[:, ~known] == 0).all()


def test_a_tier_that_is_not_on_the_scale_is_refused_with_its_row():
    with pytest.raises(DataError, match="low") as caught:
        Senior().points({"tier": codes("low", "platinum")}, {"seniority": np.array([1.0])})
    assert (caught.value.column, caught.value.row) == ("tier", 1)
    assert "platinum" not in str(caught.value)


def test_a_word_that_no_row_uses_is_no_matter():
    tiers = Codes(np.array([0]), ("low", "unused"))
    assert same(Senior().points({"tier": tiers}, {"seniority": np.array([1.0, 2.0])}), [[1, 0]])


@pytest.mark.parametrize("scale", [("high",), ("high", "high"), ()])
def test_a_scale_has_two_different_words(scale):
    with pytest.raises(ConfigError, match="tiers"):
        Senior(tiers=scale)


def test_levels_may_be_absent_but_not_single():
    with pytest.raises(ConfigError, match="levels"):
        Senior(levels=("junior",))


def test_stay_prefers_the_present_owner_and_knows_who_left():
    people = {"owner": codes("R2", None, "gone")}
    team = {"rep_id": codes("R1", "R2")}
    assert same(Stay().points(people, team), [[0, 1], [0, 0], [0, 0]])
    assert same(Stay(required=True).points(people, team), [[NAN, 1], [0, 0], [0, 0]])


@pytest.mark.parametrize("column", [np.array([1.0]), Days(np.array([1.0]))])
def test_a_column_of_another_kind_is_refused(column):
    with pytest.raises(DataError, match="region"):
        Match("region").points({"region": column}, {"region": codes("a")})


def test_days_are_no_numbers():
    with pytest.raises(DataError, match="seniority"):
        Senior().points({"tier": codes("low")}, {"seniority": Days(np.array([1.0]))})


def test_seniority_must_be_numbers():
    with pytest.raises(DataError, match="seniority"):
        Senior().points({"tier": codes("low")}, {"seniority": codes("senior")})
