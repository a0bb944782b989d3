import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import ConfigError
from custseg.scoring import Factor, GradeMatrix, Group, Ramp, Scorecard


def card(matrix, **settings):
    return Scorecard(
        (
            Factor("staff", worth=60, curve=Ramp(0, 60), group="fit"),
            Factor("visits", worth=60, curve=Ramp(0, 60), group="engagement"),
        ),
        groups=(Group("fit"), Group("engagement", high=40)),
        grades=matrix,
        **settings,
    )


@pytest.mark.parametrize(
    ("staff", "visits", "grade"),
    [
        (35, 30, "A1"),
        (34.99, 30, "B1"),
        (35, 29.99, "A2"),
        (20, 15, "B2"),
        (19.99, 14.99, "C3"),
        (0, 60, "C1"),
        (60, None, "A3"),
    ],
)
def test_a_point_on_an_edge_has_the_better_grade(staff, visits, grade):
    assert card(GradeMatrix()).one({"staff": staff, "visits": visits})["grade"] == grade


@given(st.integers(0, 60), st.integers(0, 60))
def test_limits_of_groups_count(staff, visits):
    hot = GradeMatrix(fit_edges=(30,), engagement_edges=(41,))
    assert card(hot).one({"staff": staff, "visits": visits})["grade"].endswith("2")


def test_any_number_of_rows_and_columns_and_cells_that_share_a_grade():
    matrix = GradeMatrix(
        fit_edges=(50, 40, 30),
        engagement_edges=(10,),
        cells=(("hot", "warm"), ("hot", "warm"), ("warm", "cold"), ("cold", "cold")),
    )
    assert matrix.names == ("hot", "warm", "cold")
    made = card(matrix)
    assert made.one({"staff": 45, "visits": 9})["grade"] == "warm"
    assert made.explain({"staff": 45, "visits": 10}).raises is None
    assert made.explain({"staff": 35, "visits": 9}).raises.grade == "warm"
    assert made.gives["grade"] == ("cold", "warm", "hot")


def test_grades_sort_by_fit_first():
    assert card(GradeMatrix()).gives["grade"] == (
        "C3", "C2", "C1", "B3", "B2", "B1", "A3", "A2", "A1",
    )  # fmt: skip


def test_a_matrix_comes_back_from_json():
    made = card(GradeMatrix(cells=(("a", "b", "c"), ("d", "e", "f"), ("g", "h", "h"))))
    assert cs.load(json.dumps(cs.dump(made))) == made


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: GradeMatrix(fit_edges=(20, 35)), "fit_edges must descend"),
        (lambda: GradeMatrix(engagement_edges=(9, 9)), "engagement_edges must descend"),
        (lambda: GradeMatrix("fit", "fit"), "a matrix has two groups, got 'fit' twice"),
        (
            lambda: GradeMatrix(cells=(("a", "b"),)),
            r"these edges make 3 rows of 3 cells, got rows of \[2\]",
        ),
        (
            lambda: card(GradeMatrix("fits", "engagement")),
            r"the grades read group 'fits'; the groups of the card are \['fit', 'engagement'\]",
        ),
    ],
    ids=range(5),
)
def test_a_matrix_that_cannot_be_is_refused(make, message):
    with pytest.raises(ConfigError, match=message):
        make()
