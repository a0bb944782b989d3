"""Matcher: entity ids, reports and explanations."""

import json

import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.errors import DataError, MissingColumnError
from custseg.match import CompositeKey, Dedupe, ExactKey, Matcher
from everykind import KINDS, as_records, as_table

EMAIL = ExactKey("email", read="email")
PHONE = ExactKey("phone", read="phone", region="CN")
NAME = ExactKey("name", read="name")
BOTH = CompositeKey((PHONE, NAME))
CHAIN = [
    {"id": "r3", "email": "a@x.cn", "phone": None, "name": "Wu Lei"},
    {"id": "r2", "email": "a@x.cn", "phone": "13800138000", "name": "Wu Lei"},
    {"id": "r1", "email": None, "phone": "13800138000", "name": "Wu Lei"},
    {"id": "r0", "email": None, "phone": "13800138000", "name": "Li Na"},
]
KIND_OF = {"id": "text", "email": "text", "phone": "text", "name": "text"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same_answer(kind):
    matcher = Dedupe((EMAIL, BOTH), id="id").fit(as_table(kind, CHAIN, KIND_OF))
    found = as_records(matcher.apply(as_table(kind, CHAIN, KIND_OF)))
    if kind == "duckdb":  # a relation has no order
        place = {row["id"]: at for at, row in enumerate(CHAIN)}
        found.sort(key=lambda row: place[row["id"]])
    assert [row["entity_id"] for row in found] == ["r1", "r1", "r1", "r0"]
    assert [row["match_rule"] for row in found] == ["email", "email", "phone+name", None]
    assert [row["id"] for row in found] == [row["id"] for row in CHAIN]


def test_a_pandas_table_keeps_its_index_and_types():
    table = pd.DataFrame({"id": [7, 3], "email": ["a@x.cn", "A@x.cn"]}, index=[10, 20])
    found = Matcher((EMAIL,)).apply(table)
    assert found.index.tolist() == [10, 20]
    assert found["entity_id"].dtype == table["id"].dtype
    assert found["entity_id"].tolist() == [3, 3]
    assert "entity_id" not in table.columns


def test_ids_keep_their_type_and_leading_zeros():
    table = pl.DataFrame({"id": ["00017", "0009"], "email": ["a@x.cn", "a@x.cn"]})
    assert Matcher((EMAIL,)).apply(table)["entity_id"].to_list() == ["00017", "00017"]


def test_numbers_are_ordered_as_numbers():
    table = [{"id": 10, "email": "a@x.cn"}, {"id": 9, "email": "a@x.cn"}]
    assert [row["entity_id"] for row in Matcher((EMAIL,)).apply(table)] == [9, 9]


def test_phones_that_came_as_numbers_are_read():
    table = pd.DataFrame({"id": [1, 2, 3], "phone": [13800138000, 13800138000, None]})
    assert Matcher((PHONE,)).apply(table)["entity_id"].tolist() == [1, 1, 3]


def test_records_without_an_id_find_their_customer():
    people = [{"id": None, "email": "a@x.cn"}, {"id": 4, "email": "a@x.cn"}, {"id": None}]
    done = Matcher((EMAIL,), id="id").run(people)
    assert [row["entity_id"] for row in done.table] == [4, 4, None]
    assert done.report.without_id == 2


def test_without_ids_rows_are_counted():
    people = [{"email": "a@x.cn"}, {"email": "b@x.cn"}, {"email": "a@x.cn"}]
    assert [row["entity_id"] for row in Matcher((EMAIL,)).apply(people)] == [0, 1, 0]


def test_two_records_of_one_id_are_refused_or_merged():
    people = [{"id": 1, "email": "a@x.cn"}, {"id": 1, "email": "b@x.cn"}, {"id": 2, "email": None}]
    with pytest.raises(DataError, match=r"row 1.*repeated_ids"):
        Matcher((EMAIL,)).apply(people)
    done = Matcher((EMAIL,), repeated_ids="merge").run(people)
    assert [row["entity_id"] for row in done.table] == [1, 1, 2]
    assert [row["match_rule"] for row in done.table] == ["same_id", "same_id", None]


def test_a_switchboard_joins_nobody_and_is_reported():
    people = [{"id": i, "phone": "010-62345678", "name": f"Li {i % 30}"} for i in range(60)]
    done = Dedupe((PHONE,), cap=50).fit(people).run(people)
    assert done.report.entities == 60
    (skipped,) = done.report.skipped
    assert (skipped.rule, skipped.records) == ("phone", 60)
    assert "62345678" not in done.report.text("zh") + json.dumps(done.report.as_dict())
    assert "62345678" in done.report.text(values=True)
    assert "62345678" in json.dumps(done.report.as_dict(values=True))


def test_the_report_counts_records_customers_and_keys():
    report = Dedupe((EMAIL, BOTH), id="id").fit(CHAIN).report(CHAIN)
    assert (report.records, report.entities, report.doubles, report.largest) == (4, 2, 2, 3)
    assert report.sizes == ((1, 1), (3, 1))
    assert [(r.rule, r.records, r.shared) for r in report.rules] == [
        ("email", 2, 2),
        ("phone+name", 3, 2),
    ]
    assert report.without_key == 0
    assert "<table>" in report._repr_html_()
    assert "客户数: 2" in report.text("zh")


@pytest.mark.parametrize("make", [list, lambda: pd.DataFrame({"id": [], "email": []})])
def test_no_records_are_an_answer(make):
    matcher = Dedupe((EMAIL,)).fit(make())
    done = matcher.run(make())
    assert len(done.table) == 0
    assert done.report.entities == 0


def test_one_record_is_one_customer():
    done = Dedupe((EMAIL,)).fit([{"id": 1, "email": "a@x.cn"}]).run([{"id": 1, "email": "a@x.cn"}])
    assert done.table == [{"id": 1, "email": "a@x.cn", "entity_id": 1, "match_rule": None}]


def test_all_missing_is_everyone_alone():
    people = [{"id": i, "email": None} for i in range(3)]
    done = Matcher((EMAIL,)).run(people)
    assert done.report.without_key == done.report.entities == 3


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="email"):
        Matcher((EMAIL,)).apply([{"id": 1}])


def test_an_iterator_of_records_is_read_once():
    assert len(cs.match.dedupe(iter(CHAIN), "person", locale="zh")) == 4


def test_a_matcher_is_plain_data():
    matcher = Dedupe.preset("contact", locale="zh").fit(CHAIN)
    assert cs.load(json.dumps(cs.dump(matcher))) == matcher
    assert cs.dump(matcher)["schema_version"] == 1


def test_an_explanation_says_which_keys_agree():
    matcher = Matcher((EMAIL, BOTH))
    said = matcher.explain(CHAIN[1], CHAIN[2])
    assert said.decision == {"pair": "same_customer", "match_rule": "phone+name"}
    assert [reason.code for reason in said.reasons] == ["match.agrees", "match.missing"]
    assert "同一客户" in said.text("zh")
    assert "138" not in said.text() + json.dumps(said.as_dict())
    assert "+8613800138000" in json.dumps(said.as_dict(values=True))


def test_an_explanation_of_strangers_says_what_differs():
    said = Matcher((EMAIL, BOTH)).explain(CHAIN[1], CHAIN[3])
    assert said.decision == {"pair": "other_customer", "match_rule": None}
    assert [r.code for r in said.reasons] == ["match.differs", "match.missing"]


def test_an_explanation_takes_records_that_lack_keys():
    assert Matcher((EMAIL,)).explain({}, {"email": "a@x.cn"}).decision["match_rule"] is None
