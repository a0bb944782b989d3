"""Who is kept apart."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Avoid, DoNotAssign
from custseg.errors import ConfigError

NAN = np.nan


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)


def same(found, expected):
    return np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_competitors_that_a_representative_serves():
    people = {"competitors": codes("Acme;Globex", None, "Initech")}
    team = {"accounts": codes("Acme", "Globex; Hooli", None)}
    found = Avoid.preset("competitor").points(people, team)
    assert same(found, [[NAN, NAN, 0], [0, 0, 0], [0, 0, 0]])


def test_a_complaint_takes_points_away_only_where_there_is_one():
    people = {"complaint_about": codes("R1", None, ";")}
    team = {"rep_id": codes("R1", "R2")}
    assert same(Avoid.preset("complaint").points(people, team), [[0, 1], [0, 0], [0, 0]])


def test_pairs_that_may_not_be():
    people = {"customer_id": codes("C1", "C2", "C3")}
    team = {"rep_id": codes("R1", "R2")}
    wish = DoNotAssign([("C1", "R2"), ("C1", "R1"), ("C3", "R9"), ("C9", "R1")])
    assert same(wish.points(people, team), [[NAN, NAN], [0, 0], [0, 0]])
    at, points = wish.classes(people, team)
    assert len(points) == 2, "a class for each set of those who are barred"
    assert wish == DoNotAssign(reversed(wish.pairs))
    assert at.tolist() == [1, 0, 0]


def test_ids_of_pairs_may_be_numbers():
    people, team = {"customer_id": codes("7", "8")}, {"rep_id": codes("1", "2")}
    assert same(DoNotAssign([(7, 2)]).points(people, team), [[0, NAN], [0, 0]])


def test_no_pairs_keep_nobody_apart():
    people, team = {"customer_id": codes("C1")}, {"rep_id": codes("R1")}
    assert same(DoNotAssign([]).points(people, team), [[0]])


def test_there_are_only_these_presets():
    with pytest.raises(ConfigError, match="preset"):
        Avoid.preset("friend")


@pytest.mark.parametrize("pairs", [("C1", "R1"), [("C1", "R1", "R2")], [("C1",)], ["AB"]])
def test_what_is_no_list_of_pairs_is_refused(pairs):
    with pytest.raises(ConfigError, match="must be pairs"):
        DoNotAssign(pairs)
