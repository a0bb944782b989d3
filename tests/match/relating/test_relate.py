"""Related, but not the same: what is told of records that stay apart."""

import polars as pl
import pytest

from custseg.errors import MissingColumnError
from custseg.match import Dedupe, ExactKey
from everykind import KINDS, as_records, as_table

NAME = ExactKey("name", read="name")
EMAIL = ExactKey("email", read="email")
PEOPLE = Dedupe((EMAIL,), id="id", region="CN")
COLUMNS = ("id", "name", "company", "phone", "address", "email")


def record(number, **held):
    return {**dict.fromkeys(COLUMNS), "id": number, **held}


def told(rows, **settings):
    found = PEOPLE.fit(rows).related(rows, **settings)
    return [(r["left_id"], r["right_id"], r["relation"], r["shared"]) for r in found.table]


def firms(*names, **held):
    return [record(at, company=name, **held) for at, name in enumerate(names)]


def test_a_branch_belongs_to_its_company_and_to_other_branches():
    assert told(firms("腾讯科技（深圳）有限公司", "腾讯科技（深圳）有限公司北京分公司")) == [
        (0, 1, "branch", "company")
    ]
    assert told(firms("中国银行上海分行", "中国银行股份有限公司")) == [(0, 1, "branch", "company")]
    assert told(firms("Acme Ltd", "Acme Limited London Branch")) == [(0, 1, "branch", "company")]
    assert told(firms("Acme Ltd", "Acme Limited")) == []


def test_a_group_says_so_or_shares_more_than_its_brand():
    names = "海尔集团公司", "上海海尔贸易有限公司"
    assert told(firms(*names)) == [(0, 1, "group", "brand")]
    trades = "青岛海尔物流有限公司", "上海海尔贸易有限公司"
    assert told(firms(*trades)) == []
    assert told(firms(*trades, phone="0532-88931234"))[0] == (0, 1, "group", "brand")
    assert told(firms("Acme Group", "Acme Trading Ltd")) == [(0, 1, "group", "brand")]


def test_a_household_shares_an_address_or_a_phone_and_a_surname():
    home = "上海市南京路100号302室"
    two = [record(1, name="王建国", address=home), record(2, name="王小明", address=home)]
    assert told(two) == [(1, 2, "household", "address")]
    phone = [record(1, name="王建国", phone="13826458370"), record(2, name="王小明")]
    phone[1]["phone"] = "+86 138 2645 8370"
    assert told(phone) == [(1, 2, "household", "phone")]
    english = [record(1, name="John Smith"), record(2, name="Mary Smith"), record(3, name="Al Bo")]
    for row in english:
        row["address"] = "1 Main St, Ulm"
    assert told(english) == [(1, 2, "household", "address")]


def test_colleagues_of_one_name_are_no_household():
    rows = [record(1, name="王建国"), record(2, name="王小明")]
    for row in rows:
        row |= {"address": "上海市南京路100号", "company": "上海海尔贸易有限公司"}
    assert told(rows) == []


def test_one_family_name_at_two_firms_is_no_household():
    rows = [record(1, name="王建国", company="青岛海尔物流有限公司", phone="13826458370")]
    rows.append({**rows[0], "id": 2, "name": "王小明", "company": "上海万科房地产有限公司"})
    assert told(rows) == [(1, 2, "shared_mobile", "phone")]


def test_a_firm_in_the_column_of_names_is_no_person():
    home = "上海市南京路100号302室"
    rows = [
        record(at, name=f"王{word}贸易有限公司", address=home) for at, word in enumerate("雷明")
    ]
    assert told(rows) == []
    assert told(rows, names={"company": "name"}) == []


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(MissingColumnError):
        told([record(1)], names={"phone": "mobil"})


def test_an_address_without_a_number_tells_nothing():
    rows = [record(1, name="王建国", address="上海市"), record(2, name="王小明", address="上海市")]
    assert told(rows) == []


def test_a_shared_desk_is_a_switchboard_and_a_shared_mobile_is_a_mobile():
    rows = [record(1, name="王建国", phone="021-62345678 转 801"), record(2, name="李雷")]
    rows[1]["phone"] = "021-62345678"
    assert told(rows) == [(1, 2, "switchboard", "phone")]
    mobile = [record(at, name=name) for at, name in enumerate(("王建国", "李雷"))]
    for row in mobile:
        row["phone"] = "13826458370"
    assert told(mobile) == [(0, 1, "shared_mobile", "phone")]
    assert told(firms("青岛海尔物流有限公司", "上海万科房地产有限公司", phone="02162345678")) == [
        (0, 1, "switchboard", "phone")
    ]


def test_one_customer_is_no_relation_and_two_customers_are_told_once():
    phone = "13826458370"
    rows = [
        record(4, name="李雷", phone=phone, email="l@x.cn"),
        record(3, name="李雷", phone=phone, email="l@x.cn"),
        record(2, name="王建国", phone=phone),
    ]
    found = PEOPLE.fit(rows).related(rows)
    (row,) = found.table
    assert (row["left_entity"], row["right_entity"]) == (2, 3)
    assert (row["left_id"], row["right_id"], row["match_weight"]) == (2, 3, None)
    assert found.report.counts == (("shared_mobile", 1),)


def test_what_too_many_share_relates_nobody_and_is_counted():
    rows = [record(at, name=f"李{word}", phone="13826458370") for at, word in enumerate("雷明华")]
    assert told(rows, many=2) == []
    report = PEOPLE.fit(rows).related(rows, many=2).report
    assert [(crowd.relation, crowd.records) for crowd in report.crowds] == [
        ("household", 3),
        ("switchboard", 3),
        ("shared_mobile", 3),
    ]
    assert "3" in report.text("zh")
    assert report.as_dict()["crowds"][0]["values"] == 1
    assert "<table>" in report._repr_html_()


def test_names_in_two_columns_and_columns_called_otherwise():
    rows = [
        {"id": 1, "first": "John", "last": "Smith", "mail": None, "tel": "415-555-2671"},
        {"id": 2, "first": "Mary", "last": "SMITH", "mail": None, "tel": "(415) 555-2671"},
    ]
    names = {"given_name": "first", "surname": "last", "phone": "tel"}
    matcher = Dedupe((ExactKey("mail", read="email"),), id="id", region="US").fit(rows)
    (row,) = matcher.related(rows, names=names).table
    assert row["relation"] == "household"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_and_row_order(kind):
    rows = [
        record(1, name="王建国", phone="13826458370"),
        record(2, name="王小明", phone="13826458370"),
        record(3, name="李雷", phone="13826458370"),
    ]
    kinds = {**dict.fromkeys(COLUMNS, "text"), "id": "number"}
    answers = []
    for order in (rows, rows[::-1]):
        found = PEOPLE.fit(rows).related(as_table(kind, order, kinds))
        answers.append([tuple(row.values()) for row in as_records(found.table)])
    assert answers[0] == answers[1]
    assert [row[4] for row in answers[0]] == ["household", "shared_mobile", "shared_mobile"]


def test_no_records_and_no_columns_are_an_answer():
    assert told([]) == []
    bare = pl.DataFrame({"id": [1], "email": ["a@x.cn"]})
    assert PEOPLE.fit(bare).related(bare).table.height == 0


def test_weights_are_told_where_pairs_are_weighed():
    people = [
        {"id": 1, "name": "John Smith", "address": "1 Main St", "birthday": "1950-02-03"},
        {"id": 2, "name": "Mary Smith", "address": "1 Main St.", "birthday": "1985-07-08"},
    ]
    matcher = Dedupe.preset("person", locale="en").fit(people)
    (row,) = matcher.related(people).table
    assert row["match_weight"] < 0
