"""The most valuable to the most experienced."""

import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.allocate import Senior
from custseg.errors import ConfigError, DataError

NAN = np.nan


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
