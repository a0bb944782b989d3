"""The same word on both sides."""

import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.allocate import Match
from custseg.errors import DataError

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


@pytest.mark.parametrize("column", [np.array([1.0]), Days(np.array([1.0]))])
def test_a_column_of_another_kind_is_refused(column):
    with pytest.raises(DataError, match="region"):
        Match("region").points({"region": column}, {"region": codes("a")})
