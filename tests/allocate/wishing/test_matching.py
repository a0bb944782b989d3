"""Words in common: the same on both sides, or as many as are needed."""

import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.allocate import Match, Skills
from custseg.errors import ConfigError, DataError

NAN = np.nan
PEOPLE = {"required_skills": Codes(np.array([0, 1, -1, 2]), ("crm;erp;crm", "erp", " ; "))}
TEAM = {"skills": Codes(np.array([0, 1, -1]), ("crm", "erp; crm"))}


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


@pytest.mark.parametrize(
    ("needed", "required", "expected"),
    [
        ("all", False, [[0.5, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        ("all", True, [[NAN, 1, NAN], [NAN, 1, NAN], [0, 0, 0], [0, 0, 0]]),
        ("any", False, [[1, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        ("any", True, [[1, 1, NAN], [NAN, 1, NAN], [0, 0, 0], [0, 0, 0]]),
    ],
)
def test_all_or_any_as_gate_or_as_points(needed, required, expected):
    found = Skills(needed=needed, required=required).points(PEOPLE, TEAM)
    assert np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_all_or_any_and_nothing_else():
    with pytest.raises(ConfigError, match="needed"):
        Skills(needed="some")
