import pytest

import anyaudit
from custseg.errors import MissingColumnError
from custseg.plot import grade_heatmap
from custseg.scoring import Factor, GradeMatrix, Group, Ramp, Scorecard, audit

MATRIX = Scorecard(
    (
        Factor("x", worth=50, curve=Ramp(0, 99), group="fit"),
        Factor("y", worth=50, curve=Ramp(0, 9), group="engagement"),
    ),
    groups=(Group("fit"), Group("engagement")),
    grades=GradeMatrix(),
)


def test_cells_of_a_matrix_hold_counts_and_the_share_won():
    found = audit(MATRIX, anyaudit.ROWS, "won")
    ax = grade_heatmap(MATRIX, found)
    texts = [text.get_text().splitlines() for text in ax.texts[:9]]
    assert [text[0] for text in texts] == [a + b for a in "ABC" for b in "123"]
    counts = {one.grade: one for one in found.telling.grades}
    assert texts[0][1] == f"{counts['A1'].rows:,}"
    assert texts[0][2] == f"{100 * counts['A1'].rate:.0f} %"
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["30 +", "15 - 30", "< 15"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["35 +", "20 - 35", "< 20"]


def test_a_table_shows_shares_of_customers():
    scored = MATRIX.apply([{"x": 99, "y": 9}] * 3 + [{"x": 0, "y": 0}])
    texts = [text.get_text() for text in grade_heatmap(MATRIX, scored).texts[:9]]
    assert texts[0] == "A1\n3\n75 %"
    assert texts[1] == "A2"
    assert texts[8] == "C3\n1\n25 %"


def test_plain_grades_stand_in_one_line():
    ax = grade_heatmap(anyaudit.CARD, anyaudit.FOUND, locale="zh")
    assert [text.get_text()[0] for text in ax.texts[:4]] == list("ABCD")
    assert ax.get_title(loc="left") == "各等级的客户"


def test_a_table_without_grades_is_refused():
    with pytest.raises(MissingColumnError, match="grade"):
        grade_heatmap(MATRIX, [{"x": 1}])
