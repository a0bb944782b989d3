"""Both sides read into arrays."""

import numpy as np
import pytest

from custseg.allocate import Allocation, First, Stay
from custseg.errors import MissingColumnError
from custseg.frames import table
from custseg.rules import F

TEAM = [{"rep_id": "R2", "capacity": 2}, {"rep_id": "R1", "capacity": 1}]
PEOPLE = [
    {"customer_id": "c", "kin": None, "owner": "R2", "revenue": 1, "do_not_assign": "perhaps"},
    {"customer_id": "a", "kin": "A", "owner": "gone", "revenue": 2, "do_not_assign": "no"},
    {"customer_id": "b", "kin": "B", "owner": None, "revenue": 3, "do_not_assign": None},
    {"customer_id": "d", "kin": "A", "owner": "R1", "revenue": 0, "do_not_assign": ""},
]


def read(people=PEOPLE, team=TEAM, **settings):
    return Allocation(**settings).problem(table(people), table(team), None)


def test_families_stand_where_their_first_member_does():
    problem = read(together="kin", priority=[First("revenue")])
    assert list(problem.score.people.ids) == ["b", "a", "d", "c"]
    assert problem.families.tolist() == [0, 1, 1, 2]
    assert problem.score.people.rows.tolist() == [2, 1, 3, 0]


def test_owners_of_before_and_those_who_are_gone():
    problem = read()
    assert list(problem.score.people.ids) == ["a", "b", "c", "d"]
    assert problem.present.tolist() == [-1, -1, 1, 0]  # R1, R2 by id
    assert problem.strays.tolist() == [True, False, False, False]
    assert problem.places.hi.tolist() == [1, 2]


def test_what_says_neither_yes_nor_no_is_barred():
    assert read().barred.tolist() == [False, False, True, False]


def test_a_wish_may_name_another_column_of_the_owner():
    people = [{**row, "keeper": "R1"} for row in PEOPLE]
    assert read(people, wishes=[Stay("keeper")]).present.tolist() == [0] * 4


def test_locks_need_an_owner_to_stay_with():
    bare = [{"customer_id": 1, "signed": 1}]
    with pytest.raises(MissingColumnError, match="owner"):
        read(bare, locked=F("signed") == 1)


@pytest.mark.parametrize("turn", [slice(None), slice(None, None, -1)])
def test_nothing_depends_on_rows(turn):
    first, second = read(together="kin"), read(PEOPLE[turn], TEAM[turn], together="kin")
    assert list(first.score.people.ids) == list(second.score.people.ids)
    for name in ("families", "present", "strays", "barred"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
