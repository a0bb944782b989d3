import pytest

import custseg as cs
import everykind
from custseg.errors import DataError
from custseg.plot import nine_box
from custseg.tiering import NineBox

LEVELS = ("low", "medium", "high")
ROWS = [
    {"value_level": v, "potential_level": p, "paid": paid}
    for v, p, paid in [
        ("high", "low", 2_500_000.0),
        ("high", "low", 1000.0),
        ("low", "high", 10.0),
        ("low", None, None),
        (None, "medium", None),
    ]
]
KINDS = {"value_level": "text", "potential_level": "text", "paid": "number"}


def cells(ax):
    return [text.get_text() for text in ax.texts if text.get_ha() == "center"]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_cells_say_how_many_how_much_and_what_they_get(kind):
    drawn = cells(nine_box(everykind.as_table(kind, ROWS, KINDS), money="paid"))
    assert len(drawn) == 4 * 4, "with a row of prospects and a column of unknown potential"
    assert drawn[0] == "2\n40 % · 2.50 M\nVIP service"
    assert drawn[10] == "1\n20 % · 10\ndevelopment plan"
    assert drawn[11] == "1\n20 % · -\ndigital only", "served as the lowest; unknown is not 0"
    assert drawn[13] == "1\n20 % · -\nfirst purchase care"


def test_rows_have_the_highest_value_on_top():
    ax = nine_box(ROWS[:3])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["high", "medium", "low"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["low", "medium", "high"]
    assert [text.get_text() for text in ax.texts if text.get_ha() == "right"][:3] == ["2", "0", "1"]


def test_it_says_what_the_box_says():
    box = NineBox()
    drawn = cells(nine_box([], box))
    for i, level in enumerate(reversed(LEVELS)):
        for j, potential in enumerate(LEVELS):
            decided = box.one({"value_level": level, "potential_level": potential})
            assert drawn[3 * i + j] == f"0\n{cs.label(decided['service'])}"


def test_nobody_and_one():
    rows = [{"value_level": None, "potential_level": None}]
    assert cells(nine_box(rows))[-1] == "1\n100 %"
    ax = nine_box([], locale="zh")
    ax.figure.canvas.draw()
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["高", "中", "低"]


def test_a_box_of_ones_own():
    box = NineBox.preset("marcus")
    rows = [{"value_level": box.value_levels[0], "potential_level": box.potential_levels[-1]}]
    rows = [{box.value: rows[0]["value_level"], box.potential: rows[0]["potential_level"]}]
    assert len(cells(nine_box(rows, box))) == len(box.value_levels) * len(box.potential_levels)


def test_a_level_that_is_none_is_refused():
    with pytest.raises(DataError, match="no level of the box") as error:
        nine_box([{"value_level": "hihg", "potential_level": "low"}])
    assert "Did you mean 'high'?" in str(error.value)


def test_money_that_is_not_known_is_counted():
    note = " ".join(nine_box(ROWS, money="paid").texts[-1].get_text().split())
    assert note.endswith("the sum of paid; not known of 2")
    assert "not known" not in nine_box(ROWS[:3], money="paid").texts[-1].get_text()


def test_endless_money_is_refused():
    with pytest.raises(DataError, match="endless"):
        nine_box([{**ROWS[0], "paid": float("inf")}], money="paid")


@pytest.mark.parametrize(
    ("paid", "said"),
    [(9999.0, "9,999"), (13_100.0, "1.3 万"), (-3_220_000.0, "-322.0 万"), (2.5e8, "2.50 亿")],
)
def test_chinese_counts_in_tens_of_thousands(paid, said):
    ax = nine_box([{**ROWS[0], "paid": paid}], money="paid", locale="zh")
    assert cells(ax)[0].splitlines()[1] == f"100 % · {said}"
