from datetime import UTC, date, datetime

import duckdb
import pandas as pd
import polars as pl
import pytest

import custseg as cs
from anysea import NOW, ago, customer
from custseg.allocate import (
    NoFollowUp,
    NoOpportunity,
    Pool,
    PoolColumns,
    Pools,
    Protection,
    WorkCalendar,
)
from custseg.errors import ConfigError, CustsegError
from custseg.rules import F

SEA = Pool(clocks=[NoFollowUp(30, levels={"high": 60})], protection=Protection(), remind_before=3)


def test_an_engine_decides_it_in_sql():
    rows = [customer(customer_id=n, last_follow_up=ago(n)) for n in (10, 28, 31)]
    frame = pl.DataFrame(rows)  # noqa: F841 - DuckDB reads it by its name
    sql = SEA.on(NOW).to_sql(table="frame")
    told = duckdb.sql(sql).order("customer_id").select("pool_state").fetchall()
    assert told == [("private",), ("remind",), ("due",)]


def test_a_lazy_table_stays_lazy():
    lazy = SEA.on(NOW).apply(pl.DataFrame([customer()]).lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect()["pool_reason"].to_list() == ["no_follow_up"]


def test_where_a_follow_up_protects_longer_than_receipt_it_is_computed_instead():
    sea = Pool(protection=Protection(default=3, extend=9, maximum=None))
    model = sea.on(NOW)
    assert model.rules() == {}
    row = customer(received_at=ago(5), last_follow_up=ago(6), locked=0)
    assert model.one(row)["pool_state"] == sea.one(row, NOW)["pool_state"] == "due"
    with pytest.raises(CustsegError, match="no SQL form"):
        model.to_sql()


def test_it_comes_back_from_its_document():
    model = SEA.on(date(2026, 6, 30))
    assert cs.load(cs.dump(model)) == model == SEA.on("2026-06-30")


@pytest.mark.parametrize(
    ("told", "english", "chinese"),
    [
        ({"tier": "high"}, "no follow-up for more than 60 days", "超过 60 天未跟进"),
        ({"last_follow_up": ago(29)}, "returns to the pool within 3 days", "3 天内将回收进公海"),
        ({"won": 2}, "won customers stay", "已成交客户不回收"),
        ({"locked": 1}, "locked to its owner", "已被负责人锁定"),
        ({"owner": None}, "it is in the public pool", "没有负责人，在公海中"),
    ],
)
def test_it_explains_itself_and_shows_values_only_when_asked(told, english, chinese):
    why = SEA.explain(customer(**told), NOW)
    assert english in why.text()
    assert chinese in why.text("zh")
    assert str(ago(500)) not in why.text()
    assert str(ago(500)) in why.text(values=True) or told.keys() & {"owner"}


def test_protection_is_explained_by_its_days():
    sea = Pool(clocks=[NoFollowUp(5)], protection=Protection(10, 3, 20))
    why = sea.explain(customer(received_at=ago(8)), NOW)
    assert "protected: 10 days from receipt, 3 from a follow-up, at most 20" in why.text()


def test_a_customer_of_no_pool_is_explained_too():

    sea = Pools([Pool(when=F("tier") == "x", clocks=[NoOpportunity(3)])], columns=PoolColumns())
    assert "it belongs to no pool" in sea.explain(customer(), NOW).text()


def test_an_unknown_level_is_unknown_to_the_rules_as_well():
    sea = Pool(clocks=[NoFollowUp(levels={"high": 3}, spares=())])
    row = customer(tier=None)
    assert sea.on(NOW).one(row)["pool_reason"] == "level_unknown"
    assert sea.one(row, NOW)["pool_reason"] == "level_unknown"


def test_of_two_clocks_of_one_kind_the_one_that_decided_gives_the_days():
    sea = Pool(clocks=[NoFollowUp(14), NoFollowUp(30, spares=())])
    assert "more than 30 days" in sea.explain(customer(won=1), NOW).text()
    assert "more than 14 days" in sea.explain(customer(), NOW).text()


@pytest.mark.parametrize("level", [1, 1.0, "1"], ids=repr)
def test_a_level_by_number_has_its_days_in_the_reason(level):
    sea = Pool(clocks=[NoFollowUp(14, levels={"1": 3})])
    assert "more than 3 days" in sea.explain(customer(tier=level), NOW).text()


def test_a_reason_says_that_working_days_are_counted():
    sea = Pool(clocks=[NoFollowUp(14)], calendar=WorkCalendar())
    assert sea.explain(customer(), NOW).text().endswith("only working days count")


@pytest.mark.parametrize(
    "day", [datetime(2026, 6, 30, 23, tzinfo=UTC), pd.Timestamp(NOW), "2026-06-30"]
)
def test_a_day_is_a_day_however_it_is_written(day):
    made = Pool(clocks=[NoFollowUp(14)]).on(day)
    assert type(made.as_of) is date
    assert made.as_of == NOW


@pytest.mark.parametrize("day", [None, float("nan")])
def test_no_day_is_refused(day):
    with pytest.raises(ConfigError, match="needs a day"):
        Pool(clocks=[NoFollowUp(14)]).recycle([customer()], day)
