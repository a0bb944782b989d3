"""The most valuable to the most experienced, and the ladder of seniority."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes, Days
from custseg.allocate import Senior, Seniority
from custseg.errors import ConfigError, DataError

NAN = np.nan
TIERS = ("low", "medium", "high")
EVERYBODY = {"tier": Codes(np.array([0, 1, 2, -1]), TIERS)}
LADDER = ({"high": 5, "medium": 3}, {"high": 4, "medium": 2}, {"high": 3})


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)


def same(found, expected):
    return np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


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


def test_days_are_no_numbers():
    with pytest.raises(DataError, match="seniority"):
        Senior().points({"tier": codes("low")}, {"seniority": Days(np.array([1.0]))})


def test_seniority_must_be_numbers():
    with pytest.raises(DataError, match="seniority"):
        Senior().points({"tier": codes("low")}, {"seniority": codes("senior")})


def team(*years):
    return {"seniority": np.array(years, dtype=float)}


def eligible(wish, reps):
    return (~np.isnan(wish.points(EVERYBODY, reps))).tolist()


def test_a_rung_opens_only_where_nobody_fits_the_stricter_one():
    gate = Seniority(LADDER, required=True)
    assert eligible(gate, team(5, 4, 2)) == [
        [True, True, True],
        [True, True, False],
        [True, False, False],
        [True, True, True],
    ]
    assert eligible(gate, team(4, 3, 2))[2] == [True, False, False]
    assert eligible(gate, team(3, 2, 2))[2] == [True, False, False]
    assert eligible(gate, team(2, 1, 2))[1:3] == [[True, False, True], [False, False, False]]


def test_points_fall_by_rung():
    found = Seniority(LADDER).points(EVERYBODY, team(5, 4, 3, 2, NAN))
    third = 1 / 3
    assert np.allclose(found[2], [1, 2 * third, third, 0, 0])
    assert np.allclose(found[1], [1, 1, 1, 2 * third, third])
    assert found[0].tolist() == found[3].tolist() == [0.0] * 5


def test_levels_in_words_count_from_one():
    reps = {"level": Codes(np.array([0, 1, -1]), ("junior", "senior"))}
    wish = Seniority([{"high": 2}], rep_column="level", levels=("junior", "senior"))
    assert wish.points(EVERYBODY, reps)[2].tolist() == [0.0, 1.0, 0.0]
    with pytest.raises(DataError, match="level"):
        wish.points(EVERYBODY, {"level": Codes(np.array([0]), ("boss",))})


@given(st.lists(st.one_of(st.just(NAN), st.integers(0, 6).map(float)), max_size=6))
def test_more_people_on_the_team_never_lower_the_bar(years):
    gate = Seniority(LADDER, required=True)
    before = np.array(eligible(gate, team(*years)), dtype=bool).reshape(4, -1)
    after = np.array(eligible(gate, team(*years, 5.0)), dtype=bool)[:, :-1]
    assert not (after & ~before).any()


@pytest.mark.parametrize(
    "rungs",
    [(), [{"high": 3}, {"high": 4}], [{"medium": 1}, {"high": 1}], [{"gold": 1}], [{"high": NAN}]],
)
def test_what_is_no_ladder_is_refused(rungs):
    with pytest.raises(ConfigError, match="rungs"):
        Seniority(rungs)


def test_pairs_and_mappings_are_the_same_ladder():
    wish = Seniority(LADDER)
    assert Seniority(wish.rungs) == wish
    assert attrs.evolve(wish, required=True).rungs == wish.rungs
    with pytest.raises(DataError, match="tier"):
        wish.points({"tier": Codes(np.array([0]), ("gold",))}, team(1))


def test_one_rung_is_a_ladder():
    assert Seniority({"high": 5}) == Seniority([{"high": 5}])
