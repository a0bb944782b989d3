"""Relationships."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Relationship
from custseg.errors import ConfigError, DataError

TEAM = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}


def cells(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    at = np.array([-1 if t is None else words.index(t) for t in texts])
    return {"contacts_by_rep": Codes(at, words)}


def test_amounts_count_up_to_the_full_one():
    found = Relationship(full=4).points(cells("R1:1;R2:99", "R9:3; R2:-2", None, "R1:0"), TEAM)
    assert found.tolist() == [[0.25, 1.0], [0, 0], [0, 0], [0, 0]]


def test_years_with_the_present_owner():
    people = {
        "owner": Codes(np.array([0, 1, -1, 0, 0]), ("R2", "gone")),
        "owner_years": np.array([2.0, 9.0, 9.0, np.nan, 50.0]),
    }
    found = Relationship.preset("years").points(people, TEAM)
    assert found.tolist() == [[0, 0.4], [0, 0], [0, 0], [0, 0], [0, 1.0]]


def test_a_representative_may_have_a_colon_in_the_id():
    team = {"rep_id": Codes(np.array([0]), ("a:b",))}
    assert Relationship(full=2).points(cells("a:b:1"), team).tolist() == [[0.5]]


def test_amounts_of_ones_own_are_no_classes():
    many = cells(*(f"R1:{k}" for k in range(40)))
    wish = Relationship(full=40)
    assert wish.classes(many, TEAM) is None
    assert wish.points(many, TEAM)[:, 0].tolist() == [k / 40 for k in range(40)]
    at, points = wish.classes(cells(*["R1:1", "R2:1"] * 20), TEAM)
    assert len(points) == 2
    assert points[at][0].tolist() == [1 / 40, 0.0]


@pytest.mark.parametrize("text", ["R1", "R1:many", ":3", "R1:inf", "R1:1;nan"])
def test_what_lists_no_amounts_is_refused_with_its_row(text):
    with pytest.raises(DataError, match="row 2"):
        Relationship().points(cells("R1:1", None, text), TEAM)


def test_presets_and_amounts():
    assert Relationship.preset("deals").reason.code == "own_deals"
    with pytest.raises(ConfigError, match="preset"):
        Relationship.preset("friends")
    with pytest.raises(ConfigError, match="full"):
        Relationship(full=0)


def test_amounts_of_the_same_representative_add_up():
    people = {"contacts_by_rep": Codes(np.array([0]), ("R1:3;R2:9;R1:4;R2:-8",))}
    team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    assert Relationship(full=10).points(people, team).tolist() == [[0.7, 0.1]]
