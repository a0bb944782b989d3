"""Quality beyond filled and valid: shared, contradicting and old values, and what to mend first."""

import json
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custseg.clean import Agreement, Cleaner, QualityRules, quality
from custseg.errors import MissingColumnError
from custseg.labels import label
from custseg.rules import F

ROWS = [
    {
        "id": "a",
        "phone": "021-62345678",
        "email": "a@b.cn",
        "city": "广州",
        "province": "广东",
        "id_card": "11010519491231002x",
        "birthday": "1949-12-30",
        "gender": "女",
        "updated_at": "2024-01-01",
        "revenue": 100.0,
    },
    {
        "id": "b",
        "phone": "13800138000",
        "email": "n/a",
        "city": "苏州",
        "province": "江苏省",
        "id_card": None,
        "birthday": None,
        "gender": "男",
        "updated_at": "2026-06-01",
        "revenue": 900.0,
    },
    {
        "id": "c",
        "phone": "+86 138 0013 8000",
        "email": None,
        "city": "深圳",
        "province": "江苏省",
        "id_card": None,
        "birthday": None,
        "gender": None,
        "updated_at": None,
        "revenue": None,
    },
]
SPEC = Cleaner({"phone": "phone", "email": "email"}, "CN", id="id")
FOUND = quality(ROWS, SPEC, as_of="2026-06-30")
KINDS = {
    "records": list,
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "polars lazy": lambda rows: pl.DataFrame(rows).lazy(),
    "arrow": pa.Table.from_pylist,
    "duckdb": lambda rows: duckdb.from_arrow(pa.Table.from_pylist(rows)),
}


def of(found, problem):
    return {fix.column: fix for fix in found.fixes if fix.problem == problem}


def test_what_a_record_lost_and_its_score_add_up_to_one():
    total = sum(FOUND.lost.values()) + FOUND.score
    assert total == pytest.approx([1.0, 1.0, 1.0])


def test_each_dimension_takes_what_it_says():
    lost = FOUND.lost
    assert lost["completeness"].tolist() == [0.0, 0.5, 0.5]
    # The second and third hold one number; it counts half, of a weight of one half.
    assert lost["uniqueness"].tolist() == [0.0, 0.25, 0.25]
    # A landline of Shanghai: neither of Guangzhou nor of Guangdong, so it counts a quarter.
    assert lost["consistency"].tolist() == [0.375, 0.0, 0.0]
    age = 911
    stale = 0.5 * (1 - 2 ** (-age / 994)) + 0.125 * (1 - 2 ** (-age / 2900))
    assert lost["freshness"][0] == pytest.approx(stale)
    assert lost["freshness"][2] == pytest.approx(0.25 * 0.5)


def test_rules_across_fields():
    told = {rule.name: (int(rule.told.sum()), int(rule.broken.sum())) for rule in FOUND.agreements}
    assert told == {
        "city_in_province": (3, 1),
        "phone_in_city": (1, 1),
        "phone_in_province": (1, 1),
    }
    cards = Cleaner({"id_card": "id_card"}, id="id")
    told = {rule.name: rule.broken.tolist() for rule in quality(ROWS, cards).agreements}
    assert told["birthday_on_card"] == [True, False, False]
    assert told["gender_on_card"] == [False, False, False]


@pytest.mark.parametrize(
    ("phone", "country", "broken"),
    [
        ("+8613800138000", "China", False),
        ("+8613800138000", "DE", True),
        ("+85223456789", "China", False),
        ("+14168047091", "United States", False),
        ("+447700900123", "GB", False),
        ("+8613800138000", None, False),
        ("12", "DE", False),
    ],
)
def test_a_telephone_and_its_country(phone, country, broken):
    found = quality([{"phone": phone, "country": country}])
    assert found.agreements[0].broken.tolist() == [broken]


def test_own_rules_are_conditions_and_the_unknown_breaks_none():
    rules = QualityRules(agreements=(Agreement("big", F("revenue") > 500),), recognise=False)
    found = quality(ROWS, SPEC, rules=rules)
    (rule,) = found.agreements
    assert (rule.told.tolist(), rule.broken.tolist()) == ([True, True, False], [True, False, False])
    assert of(found, "big")["revenue"].records == 1
    assert "big: " not in found.text()
    assert "big" in found.text()


def test_a_value_of_a_crowd_is_no_value():
    rows = [{"phone": "13800138000"} for _ in range(4)]
    assert quality(rows, rules=QualityRules(crowd=4)).score.tolist() == [0.0] * 4
    assert quality(rows, rules=QualityRules(crowd=5)).score.tolist() == [0.5] * 4


@pytest.mark.parametrize("phone", ["021-62345678", "400-800-1234", "021-62345678-801"])
def test_a_switchboard_may_be_shared(phone):
    assert quality([{"phone": phone}] * 3, Cleaner.preset("zh")).lost["uniqueness"].sum() == 0


def test_what_to_mend_first_by_gain_and_by_value():
    assert [fix.gain for fix in FOUND.fixes] == sorted(
        (fix.gain for fix in FOUND.fixes), reverse=True
    )
    found = quality(ROWS, SPEC, rules=QualityRules(value="revenue"), as_of="2026-06-30")
    told = [(fix.column, fix.problem, fix.value) for fix in found.fixes[:2]]
    # Both concern the same customer's revenue: the first in order of the fields.
    assert told == [("phone", "shared", 900.0), ("email", "placeholder", 900.0)]
    assert of(found, "missing")["email"].value == 0.0
    assert of(found, "overdue")["email"].value == 100.0
    worst = found.records(ranked=True)
    assert [row["customer"] for row in worst] == ["b", "a", "c"]
    assert worst[0]["fix_field"] == "email"


def test_examples_only_when_asked():
    for shown in (FOUND.text(), FOUND.html(), json.dumps(FOUND.as_dict()), repr(FOUND.fixes)):
        assert "8000" not in shown
    assert FOUND.as_dict(values=True)["fixes"][0]["example"] is not None
    assert "6234" in FOUND.text(values=True)
    assert "6234" in FOUND.html(values=True)


def test_due_says_which_field_of_whom_and_when():
    due = FOUND.due()
    assert [(row["customer"], row["field"], row["reason"]) for row in due] == [
        ("a", "email", "overdue"),
        ("a", "phone", "overdue"),
        ("c", "phone", "undated"),
    ]
    assert due[0]["verified"] == date(2024, 1, 1)
    assert due[0]["due"] == date(2024, 6, 1)
    assert due[0]["days_overdue"] == 759
    ahead = FOUND.due(until="2028-01-01")
    assert [row["customer"] for row in ahead] == ["a", "a", "c", "b"]


def test_limits_and_dates_of_a_field():
    rows = [{"phone": "13800138000", "seen": "2026-06-01", "updated_at": "2020-01-01"}]
    rules = QualityRules(limits={"phone": 20}, updated={"phone": "seen"})
    (row,) = quality(rows, rules=rules, as_of="2026-06-30").due()
    assert row["due"] == date(2026, 6, 21)
    rules = QualityRules(limits={"phone": 40}, updated={"phone": "seen"})
    assert quality(rows, rules=rules, as_of="2026-06-30").due() == []
    with pytest.raises(MissingColumnError):
        quality(rows, rules=QualityRules(updated={"phone": "sene"}), as_of="2026-06-30").due()


def test_a_verification_day_of_the_field_goes_before_that_of_the_record():
    row = {"phone": "13800138000", "phone_verified_at": "2026-06-01", "updated_at": "2020-01-01"}
    assert quality([row], as_of="2026-06-30").ages["phone"].by == "phone_verified_at"
    row = {"phone": "13800138000", "modified_at": "2026-06-01", "verified_at": "2020-01-01"}
    assert quality([row], as_of="2026-06-30").ages["phone"].by == "verified_at"


def test_without_a_day_nothing_is_old():
    found = quality(ROWS, SPEC)
    assert found.ages == {}
    assert "freshness" not in found.dimensions
    by_column = quality([{**row, "as_of": "2026-06-30"} for row in ROWS], SPEC)
    assert by_column.score.tolist() == FOUND.score.tolist()


def test_the_day_of_the_record_is_no_field():
    found = quality([{"phone": "13800138000", "updated_at": "2026-01-01"}])
    assert found.weight("updated_at") == 0
    assert quality([{"phone": "13800138000", "updated_at": None}]).mean == 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same(kind):
    found = quality(KINDS[kind](ROWS), SPEC, as_of="2026-06-30")
    assert found.score.tolist() == FOUND.score.tolist()
    assert json.dumps(found.as_dict()) == json.dumps(FOUND.as_dict())
    assert type(found.attach()) is type(KINDS[kind](ROWS))
    assert type(found.due()) is type(KINDS[kind](ROWS))
    assert type(found.records()) is type(KINDS[kind](ROWS))


def test_rows_in_another_order_change_nothing():
    back = quality(ROWS[::-1], SPEC, as_of="2026-06-30")
    assert back.score.tolist() == FOUND.score.tolist()[::-1]
    assert back.as_dict() == FOUND.as_dict()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_text_and_html_are_in_words(locale):
    for shown in (FOUND.text(locale), FOUND.html(locale)):
        for code in ("score", "fixes", "due", "shared", "phone_in_city", "freshness"):
            assert label(f"clean.{code}", locale) in shown
        assert "clean." not in shown
    escaped = quality([{"<b>": "x"}]).html(locale)
    assert "<b>" not in escaped
    assert "&lt;b&gt;" in escaped


def test_no_rows():
    found = quality([], Cleaner({"phone": "phone"}))
    assert found.mean_score is None
    assert found.fixes == ()
    assert found.dimensions == {}
    assert np.asarray(found.score).tolist() == []
    assert found.text()


def test_numbers_days_flags_and_empty_columns_count():
    rows = [
        {"revenue": 1.5, "born": date(2000, 1, 1), "vip": True, "void": None, "tags": [1]},
        {"revenue": None, "born": None, "vip": None, "void": None, "tags": []},
    ]
    found = quality(rows)
    held = {field.column: (field.kind, field.missing, field.unique) for field in found.fields}
    assert held == {
        "revenue": ("number", 1, 1),
        "born": ("date", 1, 1),
        "vip": ("boolean", 1, 1),
        "void": ("text", 2, 0),
    }
    assert found.score.tolist() == [0.75, 0.0]
    json.dumps(found.as_dict(values=True))


@pytest.mark.parametrize(
    "made", [list, pd.DataFrame, pl.DataFrame], ids=["records", "pandas", "polars"]
)
def test_an_infinite_number_cannot_be_right(made):
    found = quality(made([{"n": float("inf")}, {"n": -2.0}, {"n": 0.0}]))
    assert found.field("n").problems == {"not_finite": 1}
    assert found.score.tolist() == [0.0, 1.0, 1.0]


def test_the_day_looked_at_and_days_of_verification_weigh_nothing():
    rows = [{"email": "a@b.cn", "email_verified_at": "2026-01-01", "as_of": "2026-02-01"}]
    found = quality(rows)
    assert [field.weight for field in found.fields] == [1.0, 0.0, 0.0]


def test_a_record_without_a_day_to_look_at_loses_no_freshness():
    held = {"email": "a@b.cn", "updated_at": "2020-01-01"}
    found = quality([held | {"as_of": None}, held | {"email": "c@b.cn", "as_of": "2026-01-01"}])
    assert found.score[0] == 1.0 > found.score[1]


@pytest.mark.parametrize("made", list(KINDS.values()), ids=list(KINDS))
def test_records_without_an_id_of_their_own_are_told(made):
    rows = [{"id": one, "email": f"{i}@b.cn"} for i, one in enumerate(["a", "a", None, " ", "b"])]
    found = quality(made(rows))
    told = [(fix.column, fix.problem, fix.records, fix.gain) for fix in found.fixes]
    assert told == [("id", "missing", 2, 0.0), ("id", "shared", 2, 0.0)]
    assert found.score.tolist() == [1.0] * 5


@pytest.mark.parametrize(
    "rules",
    [
        QualityRules({"fone": 3}),
        QualityRules(limits={"fone": 3}),
        QualityRules(updated={"fone": "day"}),
        QualityRules(personal=("fone",)),
    ],
)
def test_a_field_that_rules_name_must_be_there(rules):
    with pytest.raises(MissingColumnError, match="fone"):
        quality([{"phone": "1", "day": "2026-01-01"}], rules=rules)


def test_a_weight_of_no_column_is_told():
    with pytest.raises(MissingColumnError, match="fone"):
        quality([{"phone": "1"}], Cleaner({"phone": "phone"}, weights={"fone": 2}))


def test_values_below_nothing_and_without_end_put_nothing_at_risk():
    rows = [
        {"phone": "12", "email": "a@b.cn", "v": -5.0},
        {"phone": "13800138000", "email": None, "v": 3.0},
        {"phone": "13900139000", "email": "c@b.cn", "v": -9.0},
        {"phone": "13", "email": None, "v": float("inf")},
    ]
    spec = Cleaner({"phone": "phone", "email": "email"}, weights={"v": 0})
    found = quality(rows, spec, rules=QualityRules(value="v"))
    assert {(fix.column, fix.value) for fix in found.fixes} == {("email", 3.0), ("phone", 0.0)}
    assert [row["row"] for row in found.records(ranked=True)] == [1, 0, 2, 3]


def test_gain_is_what_the_mean_score_gains_once_mended():
    before = [{"phone": "12", "email": "a@b.cn"}, {"phone": "13800138000", "email": None}]
    found = quality(before)
    for fix in found.fixes:
        mended = [dict(row) for row in before]
        mended[0 if fix.column == "phone" else 1][fix.column] = (
            "13900139000" if fix.column == "phone" else "c@b.cn"
        )
        assert quality(mended).mean_score - found.mean_score == pytest.approx(fix.gain)
