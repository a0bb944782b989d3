import pytest

from custseg.match import PairExplanation, WeightPart
from custseg.plot import match_waterfall

WHY = PairExplanation(
    "pair",
    {"pair": "same_customer"},
    parts=(
        WeightPart("prior", "", -1100),
        WeightPart("name", "else", -231, values={"name": ("Li Na", "Wang Wei")}),
        WeightPart("phone", "exact", 1264),
        WeightPart("email", "missing", 0),
    ),
)


def bars(ax):
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    return {
        name: (bar.get_x(), bar.get_width()) for name, bar in zip(names, ax.patches, strict=True)
    }


def test_each_bar_begins_where_the_last_ended_and_the_last_is_the_weight():
    found = bars(match_waterfall(WHY))
    reached = 0.0
    for name, (left, width) in list(found.items())[:-1]:
        assert left == pytest.approx(reached), name
        reached += width
    assert found["weight"] == (0.0, WHY.weight)
    assert reached == pytest.approx(WHY.weight)


def test_what_any_two_records_have_comes_first_and_what_says_nothing_not_at_all():
    names = list(bars(match_waterfall(WHY)))
    assert [name.replace("\n", " ") for name in names] == [
        "two records taken at random",
        "phone: the same",
        "name: different",
        "weight",
    ]


def test_no_value_is_shown():
    ax = match_waterfall(WHY)
    texts = [text.get_text() for text in ax.findobj() if hasattr(text, "get_text")]
    assert "+12.64" in texts
    assert not [text for text in texts if "Li Na" in text]


def test_in_chinese():
    ax = match_waterfall(WHY, locale="zh")
    assert ax.get_title(loc="left") == "为什么是同一客户，或者不是"
    assert "电话：相同" in [tick.get_text() for tick in ax.get_yticklabels()]
