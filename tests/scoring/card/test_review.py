import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import ConfigError
from custseg.scoring import GradeReview, Grades

SCALE = Grades((80, 60, 40))
REVIEW = GradeReview(SCALE, margin=3)
KINDS = {"score": "number", "score_previous": "number", "grade_previous": "text"}

scores = st.none() | st.integers(0, 10_000).map(lambda n: n / 100)
records = st.fixed_dictionaries(
    {
        "score": scores,
        "score_previous": scores,
        "grade_previous": st.none() | st.sampled_from([*SCALE.names, "old scale"]),
    }
)


def expected(row):
    """Written out: the edge of a better grade is raised, that of one held is lowered."""
    score, held = row["score"], row["grade_previous"]
    if score is None:
        return None
    for place, name in enumerate(SCALE.names[:-1]):
        margin = 0
        if held in SCALE.names:
            margin = 3 if SCALE.names.index(held) > place else -3
        if score >= SCALE.edges[place] + margin:
            return name
    return SCALE.names[-1]


@given(records)
def test_a_grade_changes_only_when_an_edge_is_passed_by_the_margin(row):
    said = REVIEW.one(row)
    assert said["grade"] == expected(row)
    order = dict(zip(SCALE.names, (3, 2, 1, 0), strict=True))
    held = row["grade_previous"]
    if said["grade"] is None or held not in order:
        assert said["grade_trend"] is None
    else:
        moved = order[said["grade"]] - order[held]
        assert said["grade_trend"] == ("up" if moved > 0 else "down" if moved else "steady")


@given(records)
def test_the_change_is_exact(row):
    change = REVIEW.one(row)["score_change"]
    if None in (row["score"], row["score_previous"]):
        assert change is None
    else:
        assert round(100 * change) == round(100 * row["score"]) - round(100 * row["score_previous"])
        assert change == round(change, 2)


@given(st.lists(st.floats(-2.9, 2.9), min_size=2, max_size=20))
def test_noise_within_the_margin_changes_no_grade(noise):
    grade = "B"
    for wobble in noise:
        row = {"score": 60 + wobble, "score_previous": 60, "grade_previous": grade}
        grade = REVIEW.one(row)["grade"]
    assert grade == "B"


ROWS = [
    {"score": 82.99, "score_previous": 79.5, "grade_previous": "B"},
    {"score": 83.0, "score_previous": 79.5, "grade_previous": "B"},
    {"score": 56.99, "score_previous": 61.0, "grade_previous": "B"},
    {"score": 80.0, "score_previous": None, "grade_previous": None},
    {"score": None, "score_previous": 61.0, "grade_previous": "B"},
]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_every_kind_of_table_is_reviewed_the_same(kind):
    found = REVIEW.apply(everykind.as_table(kind, ROWS, KINDS))
    found = everykind.as_records(found)
    assert [row["grade"] for row in found] == ["B", "A", "C", "A", None]
    assert [row["score_change"] for row in found] == [3.49, 3.5, -4.01, None, None]
    assert [row["grade_trend"] for row in found] == ["steady", "up", "down", None, None]


def test_why_a_grade_stands_in_both_languages():
    why = REVIEW.explain(ROWS[0])
    assert why.text().splitlines() == [
        "grade: B",
        "  - the better grade A begins at 80, and takes 3 more",
        "  - grade B begins at 60, and is lost 3 below that",
    ]
    assert "更高的 A 级从 80 分起，需再高出 3 分" in why.text("zh")
    assert [reason.code for reason in REVIEW.explain(ROWS[4]).reasons] == ["score_unknown"]
    assert [reason.code for reason in REVIEW.explain(ROWS[3]).reasons] == ["grade_held_to"]


@pytest.mark.parametrize("margin", [-1, float("nan")])
def test_a_margin_that_cannot_be_is_refused(margin):
    with pytest.raises(ConfigError, match="margin must"):
        GradeReview(margin=margin)
