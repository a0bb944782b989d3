"""What tells customers apart for a plan, alone or among others."""

import numpy as np
from tests.anyowners import ASKED, people, team

from custseg.allocate.planning.counting.marking import marks, row_marks
from custseg.frames import table

PEOPLE = people(300)


def test_a_mark_is_the_same_alone_and_in_any_company():
    for asked in ASKED.values():
        reps = table(team(5, 9))
        whole = asked.problem(table(PEOPLE), reps, None)
        known = dict(zip(whole.score.people.ids, marks(whole).tolist(), strict=True))
        for part in (PEOPLE[:1], PEOPLE[40:90][::-1]):
            problem = asked.problem(table(part), reps, None)
            found = dict(zip(problem.score.people.ids, marks(problem).tolist(), strict=True))
            assert found == {one: known[one] for one in found}


def test_customers_of_whom_something_else_is_known_have_other_marks():
    reps = table(team(5, 9))
    one = {**PEOPLE[0], "owner": "R1", "do_not_assign": "no", "region": "N", "revenue": 900.0}
    others = [
        one,
        {**one, "customer_id": "other owner", "owner": "R2"},
        {**one, "customer_id": "owner who is gone", "owner": "gone"},
        {**one, "customer_id": "barred", "do_not_assign": "yes"},
        {**one, "customer_id": "region", "region": "S"},
        {**one, "customer_id": "not locked", "revenue": 1.0},
    ]
    problem = ASKED["locks"].problem(table(others), reps, None)
    assert len(set(marks(problem).tolist())) == len(others)
    assert len(set(marks(problem.part(np.zeros(9, dtype=np.intp))).tolist())) == 1


def test_points_that_are_equal_have_equal_marks():
    points = np.array([[0.0, np.nan, 1.0], [-0.0, -np.nan, 1.0], [1.0, np.nan, 0.0]])
    found = row_marks(points).tolist()
    assert found[0] == found[1] != found[2]
    few = np.array(np.meshgrid(*[[0.0, 1.0]] * 14)).reshape(14, -1).T
    assert len(set(row_marks(few).tolist())) == len(few)
