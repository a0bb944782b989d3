"""Logs and their summaries, beside plain Python and on every kind of table."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.checks.kinds import kinds
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features.ledger import MONEY
from everykind import as_records
from plainprofile import AS_OF, logs

BOUGHT = [
    {"customer_id": "a", "paid_at": "2026-01-05", "amount": 40.0},
    {"customer_id": "a", "paid_at": "2026-01-15", "amount": 60.0},
    {"customer_id": "b", "paid_at": "2026-02-01", "amount": 10.0},
]
WORDS = ("frequency", "recency", "T", "monetary_value")


def summed(table):
    return {
        row["customer_id"]: tuple(float(row[word]) for word in WORDS) for row in as_records(table)
    }


@given(logs)
def test_a_summary_is_what_plain_python_says(log):
    found = summed(cs.TransactionLog.of(log).summary(as_of=AS_OF))
    assert found == plainprofile.summary(log)


@given(logs, st.data())
def test_every_kind_of_table_has_the_same_summary(log, data):
    log = [row for row in log if row["customer_id"]]
    kind, table = data.draw(st.sampled_from(list(kinds(log)))) if log else ("records", log)
    found = cs.TransactionLog.of(table).summary(as_of=AS_OF)
    assert summed(found) == plainprofile.summary(log), kind


@given(logs, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(log, chance):
    mixed = chance.sample(log, len(log))
    first, second = (cs.TransactionLog.of(rows).summary(as_of=AS_OF) for rows in (log, mixed))
    assert summed(first) == summed(second)


@given(logs)
def test_counts_add_up_to_the_input(log):
    made = cs.TransactionLog.of(log)
    report = made.until(AS_OF).report
    assert report.rows == len(log) == report.used + sum(report.left_out.values())
    assert report.used == sum(len(rows) for rows in plainprofile.counted(log).values())


@given(logs, logs)
def test_appending_is_reading_all_at_once(log, more):
    grown = cs.TransactionLog.of(log).append(more)
    once = cs.TransactionLog.of([*log, *more])
    assert summed(grown.summary(as_of=AS_OF)) == summed(once.summary(as_of=AS_OF))
    assert grown.report == once.report


@pytest.mark.parametrize("ids", [[3, 9, 3], [2**60 + 1, -5, 2**60 + 1], [1.5, 2.5, 1.5]])
def test_appending_keeps_numbers_apart(ids):
    def frame(some):
        return pd.DataFrame({"customer_id": some, "at": "2026-01-05", "amount": [1, 2, 3]})

    grown = cs.TransactionLog.of(frame(ids)).append(frame([ids[0] + 1, *ids[1:]]))
    found = grown.summary(as_of="2026-01-31")
    assert set(found["customer_id"]) == {*ids, ids[0] + 1}
    assert found["customer_id"].dtype == frame(ids)["customer_id"].dtype


def test_a_week_is_seven_days():
    row = cs.TransactionLog.of(BOUGHT).summary(as_of="2026-01-31", unit="week")[0]
    assert (row["frequency"], row["recency"], row["T"]) == (1, 10 / 7, 26 / 7)
    with pytest.raises(ConfigError, match=r"no unit 'weeks'.*Did you mean 'week'"):
        cs.TransactionLog.of(BOUGHT).summary(as_of="2026-01-31", unit="weeks")


def test_the_day_is_the_companys():
    rows = [{"customer_id": 1, "at": datetime(2026, 6, 30, 15, 59, tzinfo=UTC), "amount": 1}]
    later = [{**rows[0], "at": datetime(2026, 6, 30, 16, 0, tzinfo=UTC)}]
    how = cs.Conventions(tz="Asia/Shanghai")
    assert len(cs.TransactionLog.of(rows, conventions=how).summary(as_of="2026-06-30")) == 1
    assert not cs.TransactionLog.of(later, conventions=how).summary(as_of="2026-06-30")


def test_two_purchases_on_a_day_are_one_occasion_and_refunds_are_none():
    rows = [
        {"customer_id": "a", "at": "2026-01-05 09:00", "amount": 10},
        {"customer_id": "a", "at": "2026-01-05 18:00", "amount": 20},
        {"customer_id": "a", "at": "2026-01-09", "amount": -5},
        {"customer_id": "a", "at": "2026-01-12", "amount": 40},
        {"customer_id": "only refunds", "at": "2026-01-12", "amount": -40},
    ]
    found = cs.TransactionLog.of(rows).summary(as_of="2026-01-31")
    assert [tuple(row[word] for word in WORDS) for row in found] == [(1, 7.0, 26.0, 35.0)]


@pytest.mark.parametrize(
    "ids",
    [
        ["00017", "17", "张三"],
        [UUID(int=1), UUID(int=2), UUID(int=3)],
        [2**62, 5, -3],
        [Decimal("1.50"), Decimal(2), Decimal(3)],
    ],
)
def test_ids_come_back_as_they_went_in(ids):
    rows = [{"customer_id": i, "at": "2026-01-05", "amount": 1} for i in ids]
    found = [row["customer_id"] for row in cs.TransactionLog.of(rows).summary(as_of="2026-02-01")]
    assert sorted(found) == sorted(ids)
    assert {type(i) for i in found} == {type(i) for i in ids}


def test_rows_are_left_out_for_the_first_reason():
    rows = [
        {"customer_id": None, "at": "soon", "amount": "much"},
        {"customer_id": "a", "at": "soon", "amount": "much"},
        {"customer_id": "a", "at": None, "amount": "much"},
        {"customer_id": "a", "at": "2026-01-05", "amount": "much"},
        {"customer_id": "a", "at": "2026-01-05", "amount": None},
        {"customer_id": "a", "at": "2026-01-05", "amount": "1", "status": "Cancelled"},
        {"customer_id": "a", "at": "2026-01-05", "amount": "1", "status": "交易关闭"},
        {"customer_id": "a", "at": "2026-01-05", "amount": "1", "status": "done"},
    ]
    report = cs.TransactionLog.of(rows).report
    assert report.left_out == {
        "null_id": 1,
        "unreadable_time": 1,
        "missing_time": 1,
        "unreadable_amount": 1,
        "missing_amount": 1,
        "void": 2,
    }
    assert report.used == 1


def test_a_status_of_ones_own_voids():
    rows = [{**BOUGHT[0], "status": "Returned to sender"}]
    how = cs.Conventions(void_statuses="returned to sender")
    assert cs.TransactionLog.of(rows, conventions=how).report.left_out == {"void": 1}


def test_refunds_can_be_ignored():
    rows = [*BOUGHT, {"customer_id": "b", "paid_at": "2026-02-02", "amount": -4}]
    log = cs.TransactionLog.of(rows, conventions=cs.Conventions(refunds="ignore"))
    assert log.report.left_out == {"refund_ignored": 1}


def test_refunds_can_be_refused():
    rows = [{**BOUGHT[0], "customer_id": None, "amount": -1}, *BOUGHT]
    refused = cs.Conventions(refunds="error")
    assert len(cs.TransactionLog.of(rows, conventions=refused)) == 3
    with pytest.raises(DataError, match=r"column 'amount', row 2: 1 amounts are below 0") as told:
        cs.TransactionLog.of([*rows[:2], {**BOUGHT[1], "amount": -7.5}], conventions=refused)
    assert (told.value.column, told.value.row, "7.5" in str(told.value)) == ("amount", 2, False)


def test_later_refunds_do_not_matter_to_a_profile_that_refuses_them():
    rows = [*BOUGHT, {"customer_id": "b", "paid_at": "2026-02-02", "amount": -4}]
    refused = cs.Conventions(refunds="error")
    assert cs.profile(transactions=rows, conventions=refused, as_of="2026-02-01")
    with pytest.raises(DataError, match="refunds are refused"):
        cs.profile(transactions=rows, conventions=refused, as_of="2026-02-02")


def test_an_amount_is_pieces_times_price():
    rows = [{"customer_id": "a", "at": "2026-01-05", "quantity": 3, "unit_price": 0.1}]
    log = cs.TransactionLog.of(rows)
    assert log.rows.units.tolist() == [3000]
    assert cs.TransactionLog.of([{**rows[0], "amount": 9}]).rows.units.tolist() == [90_000]


def test_columns_that_are_needed_are_asked_for():
    with pytest.raises(MissingColumnError, match="no column 'amount'"):
        cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05"}])
    with pytest.raises(MissingColumnError, match="no column 'at'"):
        cs.TransactionLog.of([{"customer_id": "a", "amount": 1}])
    with pytest.raises(MissingColumnError, match=r"'paid_a'.*Did you mean 'paid_at'"):
        cs.TransactionLog.of(BOUGHT, cs.Names(at="paid_a"))


def test_purchases_without_money_can_be_counted():
    rows = [{name: row[name] for name in ("customer_id", "paid_at")} for row in BOUGHT]
    names, how = cs.Names(amount=""), cs.Conventions(refunds="net_day")
    for conventions in (None, how):
        log = cs.TransactionLog.of(rows, names, conventions=conventions)
        row = log.summary(as_of="2026-01-31", also=("gross", "revenue_trend", "gap_max"))[0]
        assert (row["frequency"], row["recency"], row["gap_max"]) == (1, 10.0, 10.0)
        assert {row[name] for name in ("monetary_value", "gross", "revenue_trend")} == {None}
        after = log.split(at="2026-01-10", until="2026-01-31").summary()[0]
        assert (after["frequency_holdout"], after["monetary_value_holdout"]) == (1, None)
        for table in (log, rows):
            given = None if table is log else conventions
            made = cs.profile(transactions=table, names=names, conventions=given, as_of=AS_OF)[0]
            assert (made["orders"], made["frequency"]) == (2, 2)
            assert {made[name] for name in MONEY} == {None}
    one = cs.TransactionLog.one(rows[:2], names, as_of=AS_OF)
    assert (one["frequency"], one["revenue"]) == (2, None)


def test_an_amount_that_is_there_can_be_passed_over():
    log = cs.TransactionLog.of(BOUGHT, cs.Names(amount=""))
    assert log.summary(as_of="2026-01-31")[0]["monetary_value"] is None
    priced = [{**row, "quantity": 2, "price": row["amount"]} for row in BOUGHT]
    log = cs.TransactionLog.of(priced, cs.Names(amount=""))
    assert log.summary(as_of="2026-01-31")[0]["monetary_value"] == 120.0


def test_moments_with_and_without_a_zone_are_not_mixed():
    rows = [*BOUGHT, {"customer_id": "c", "paid_at": "2026-01-05T00:00:00Z", "amount": 1}]
    with pytest.raises(DataError, match="column 'paid_at'"):
        cs.TransactionLog.of(rows)


def test_no_rows_have_no_summary():
    assert cs.TransactionLog.of([]).summary(as_of="2026-01-31") == []
    empty = pd.DataFrame({"customer_id": [], "at": pd.to_datetime([]), "amount": []})
    found = cs.TransactionLog.of(empty).summary(as_of="2026-01-31")
    assert list(found.columns) == ["customer_id", *WORDS]
    assert len(found) == 0


def test_a_summary_of_a_frame_has_types_to_count_on():
    found = cs.TransactionLog.of(pd.DataFrame(BOUGHT)).summary(as_of="2026-03-01")
    kinds_of = {name: found[name].dtype for name in WORDS}
    assert kinds_of == {
        "frequency": np.dtype("int64"),
        **dict.fromkeys(WORDS[1:], np.dtype("float64")),
    }
