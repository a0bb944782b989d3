import json
import random

import pytest

import everykind
from custseg.classify import Membership, lint
from custseg.errors import MissingColumnError
from custseg.frames import crossings
from custseg.rules import Bands, F, Ladder

NEEDS = {"customer_id": "text", "region": "text", "age": "number", "性别": "text"}
PEOPLE = [
    {"customer_id": "1", "region": "North", "age": 17.0, "性别": "女"},
    {"customer_id": "2", "region": "North", "age": 70.0, "性别": "M"},
    {"customer_id": "3", "region": "south", "age": None, "性别": "无"},
    {"customer_id": "4", "region": None, "age": None, "性别": None},
    {"customer_id": "5", "region": "west", "age": 40.0, "性别": "男/女"},
    {"customer_id": "6", "region": "west", "age": 40.0, "性别": "qq"},
]
RULE = Ladder(
    (
        (F("region").one_of("North", "Suoth"), "regional"),
        (F("age") < 18, "young"),
        (F("region") == "North", "again"),
        ((F("age") >= 18) & (F("region") == "east"), "eastern"),
    )
)


def found(report, name):
    return [dict(why.settings) for why in report.found(name)]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table_gives_the_same_report(kind):
    expected = lint(Membership("g", RULE), PEOPLE)
    made = everykind.as_table(kind, PEOPLE, NEEDS)
    assert lint(Membership("g", RULE), made).as_dict(values=True) == expected.as_dict(values=True)
    shuffled = random.Random(4).sample(PEOPLE, len(PEOPLE))
    turned = lint(Membership("g", RULE).fit(shuffled), shuffled)
    assert turned.as_dict(values=True) == expected.as_dict(values=True)


def test_a_lazy_table_gives_only_the_columns_that_are_read():
    with crossings() as crossed:
        lint(Membership("g", RULE), everykind.as_table("duckdb", PEOPLE, NEEDS))
    assert [one.columns for one in crossed] == [("region", "age")]


def test_who_is_in_no_group_and_what_those_lack():
    report = lint(Membership("g", RULE), PEOPLE)
    assert (report.rows, report.grouped, report.coverage) == (6, 2, 2 / 6)
    assert report.groups == {"regional": 2}
    assert found(report, "without_group") == [{"rows": 4}]
    assert found(report, "missing_where") == [
        {"column": "region", "rows": 1, "of": 4},
        {"column": "age", "rows": 2, "of": 4},
    ]


def test_a_group_that_stands_for_none_is_none():
    rule = Bands("age", (18.0,), ("minor", "adult"), missing="unknown")
    report = lint(Membership("g", rule), PEOPLE)
    assert report.groups == {"minor": 1, "adult": 3, "unknown": 2}
    assert report.coverage == 4 / 6
    assert lint(Membership("g", rule), PEOPLE, unknown=()).coverage == 1


def test_overlaps_are_counted():
    report = lint(Membership("g", RULE), PEOPLE)
    pairs = [(f["one"], f["other"], f["rows"]) for f in found(report, "overlap")]
    assert pairs == [("regional", "young", 1), ("regional", "again", 2), ("young", "again", 1)]
    assert not report.found("can_overlap")


def test_rules_that_hold_of_nobody_or_decide_nothing():
    report = lint(Membership("g", RULE), PEOPLE)
    assert found(report, "never_met") == [{"step": 4, "group": "eastern"}]
    assert found(report, "never_decides") == [
        {"step": 2, "group": "young", "rows": 1},
        {"step": 3, "group": "again", "rows": 2},
    ]
    assert [f["step"] for f in found(report, "unreachable")] == [3]


def test_texts_that_never_occur_and_what_was_meant():
    report = lint(Membership("g", RULE), [*PEOPLE, {**PEOPLE[0], "region": "South"}])
    assert found(report, "absent_word") == [
        {"field": "region", "word": "Suoth"},
        {"field": "region", "word": "east"},
    ]
    nearest = [dict(why.values) for why in report.found("absent_word")]
    assert nearest == [{"nearest": "South"}, {"nearest": "west"}]
    assert "South" not in report.text() + json.dumps(report.as_dict())
    assert "nearest = South" in report.text(values=True)


def test_texts_that_could_not_be_read():
    texts = ["Helthcare", "IT/金融", "无", "qq", "qq", "教育", None]
    rows = [{"industry": text} for text in texts]
    report = lint(Membership.preset("industry"), rows)
    assert report.groups == {"information": 1, "education": 1, "unknown": 5}
    seen = {
        name: (why.settings["rows"], why.settings["texts"], why.values["most"])
        for name in ("placeholder", "unread", "doubtful")
        for why in report.found(name)
    }
    assert seen == {
        "placeholder": (1, 1, "无"),
        "unread": (3, 2, "qq, Helthcare (healthcare?)"),
        "doubtful": (1, 1, "IT/金融"),
    }
    assert not [text for text in texts[:4] if text in report.text()]


def test_groups_that_may_overlap():
    rule = Ladder(((F("age") < 18, "young"), (F("region") == "North", "northern")))
    report = lint(Membership("g", rule, match="all"), PEOPLE)
    assert report.groups == {"young": 1, "northern": 2}
    assert report.grouped == 2
    assert not report.found("never_decides")
    assert [f["rows"] for f in found(report, "overlap")] == [1]


def test_no_rows():
    report = lint(Membership("g", RULE), everykind.as_table("arrow", [], NEEDS))
    assert (report.rows, report.coverage, report.groups) == (0, None, {})
    assert "g: 0 customers, - of them in a group" in report.text()


def test_a_column_that_is_not_there():
    with pytest.raises(MissingColumnError, match="regin"):
        lint(Membership("g", RULE), [{"regin": "x", "age": 1}])


def test_clean_rules_have_a_clean_report():
    rule = Bands("x", (18.0,), ("minor", "adult"), missing="unknown")
    assert lint(Membership("g", rule)).clean
    assert lint(Membership("g", rule), [{"x": 3}, {"x": 30}]).clean
