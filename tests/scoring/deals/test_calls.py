import json
from uuid import UUID

import duckdb
import pandas as pd
import polars as pl
import pytest

from custseg.errors import ConfigError
from custseg.scoring import CallList, DealNames, Deals, call_list

MODEL = Deals(stages={"offer": 0.3, "contract": 0.8}).fit([]).on("2026-06-30")


def deal(name, amount, stage="offer", **more):
    return {"deal_id": name, "stage": stage, "amount": amount, **more}


DEALS = [
    deal("a", 100.0),
    deal("b", 900.0),
    deal("c", 500.0),
    deal("d", 500.0),
    deal("e", 500.0),
    deal("f", 99.0, "won"),
    deal("g", None),
]


def listed(found):
    return [(call.deal, call.rank) for call in found.calls]


def test_the_most_to_gain_comes_first_and_equals_share_a_place():
    found = call_list(DEALS, MODEL)
    assert listed(found) == [("b", 1), ("c", 2), ("d", 2), ("e", 2), ("a", 5)]
    assert found.left_out == {"closed": 1, "no_amount": 1}


@pytest.mark.parametrize("top", [2, 3, 4])
def test_a_cut_never_parts_equals(top):
    assert listed(call_list(DEALS, MODEL, top=top)) == [("b", 1), ("c", 2), ("d", 2), ("e", 2)]
    assert len(call_list(DEALS, MODEL, top=1).calls) == 1


def test_the_order_of_rows_is_all_the_same():
    assert listed(call_list(DEALS[::-1], MODEL, top=3)) == listed(call_list(DEALS, MODEL, top=3))


def test_trouble_comes_before_what_goes_well():
    late = deal("late", 500.0, expected_close="2026-06-01")
    well = deal("well", 500.0, expected_close="2026-07-30")
    found = call_list([well, late], MODEL)
    assert listed(found) == [("late", 1), ("well", 2)]
    assert found.calls[0].why.reasons[0].code == "deal_overdue"


def test_who_must_not_be_contacted_is_left_out_and_counted():
    rows = [deal("a", 5.0, consent="yes"), deal("b", 9.0, consent=None), deal("c", 7.0, consent="")]
    found = call_list(rows, MODEL)
    assert listed(found) == [("a", 1)]
    assert found.left_out == {"not_permitted": 2}


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, list], ids=["pd", "pl", "records"])
def test_the_list_is_a_table_of_the_same_kind(kind):
    table = call_list(kind(DEALS), MODEL, top=1).table()
    assert isinstance(table, kind)
    row = (
        table[0]
        if kind is list
        else table.to_dict("records")[0]
        if kind is pd.DataFrame
        else (table.to_dicts()[0])
    )
    assert (row["deal_id"], row["call_rank"]) == ("b", 1)
    assert row["expected_gain"] > 0


def test_words_in_both_languages():
    found = call_list(DEALS, MODEL, top=1)
    assert found.text().startswith("1. b, expected gain 39.")
    assert found.text().endswith("left out, no amount known in the company's money: 1")
    assert found.text("zh").startswith("1. b，预期增益 39.")
    assert "未列入（已结束）：1" in found.text("zh")
    assert found.as_dict()["calls"][0]["deal"] == "b"
    assert "expected gain" not in found._repr_html_()


def test_nothing_to_call():
    found = call_list([deal("f", 1.0, "lost")], MODEL)
    assert found.calls == ()
    assert found.table() == []
    assert CallList((), {}).table() == []
    assert call_list([], MODEL).calls == ()


def test_a_list_of_none_is_refused():
    with pytest.raises(ConfigError, match="top"):
        call_list(DEALS, MODEL, top=0)


def test_without_ids_the_customer_stands_for_the_deal():
    rows = [
        deal(None, 5.0, customer_id="C7"),
        deal("D1", 4.0, customer_id="C7"),
        deal(None, 3.0, customer_id=None),
    ]
    assert listed(call_list(rows, MODEL)) == [("C7", 1), ("D1", 2), (2, 3)]
    named = Deals(names=DealNames(customer="client")).fit([]).on("2026-06-30")
    assert listed(call_list([{"client": 8, "amount": 1.0}], named)) == [(8, 1)]


def test_ids_of_equals_go_by_number_before_text():
    rows = [deal(name, 5.0) for name in (10, 9, 100)]
    assert [call.deal for call in call_list(rows, MODEL).calls] == [9, 10, 100]


def test_what_is_not_open_yet_is_not_said_to_be_closed():
    rows = [deal("later", 5.0, opened_at="2026-07-01"), deal("won", 5.0, "won")]
    found = call_list(rows, MODEL)
    assert found.left_out == {"closed": 1, "not_open": 1}
    assert "尚未立项" in found.text("zh")


def test_records_that_come_one_by_one_are_listed():
    assert listed(call_list(iter(DEALS), MODEL)) == listed(call_list(DEALS, MODEL))


def test_the_list_is_plain_data():
    found = call_list([deal(UUID(int=7), 5.0), deal(UUID(int=8), 6.0)], MODEL)
    assert [call.deal for call in found.calls] == [UUID(int=8), UUID(int=7)]
    told = json.loads(json.dumps(found.as_dict()))
    assert told["calls"][1]["deal"] == str(UUID(int=7))


@pytest.mark.parametrize("lazy", [pl.DataFrame.lazy, pl.DataFrame.to_arrow, duckdb.from_arrow])
def test_other_kinds_of_tables_are_listed_alike(lazy):
    table = pl.DataFrame(DEALS)
    found = call_list(lazy(table.to_arrow() if lazy is duckdb.from_arrow else table), MODEL)
    assert listed(found) == listed(call_list(DEALS, MODEL))


def test_without_ids_the_row_is_the_deal():
    rows = [{"stage": "offer", "amount": 5.0}, {"stage": "offer", "amount": 9.0}]
    assert listed(call_list(rows, MODEL)) == [(1, 1), (0, 2)]
