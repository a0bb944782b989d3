"""Profiles, beside plain Python and at their edges."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.checks.kinds import kinds
from custseg.errors import DataError, MissingColumnError
from custseg.features import COLUMNS, Profiled, profile_report
from custseg.features.making import own_columns
from custseg.frames import crossings
from everykind import as_records
from plainprofile import AS_OF, logs

PEOPLE = [{"customer_id": who} for who in ("007", "a", "b", "nobody")]
ORDER = {"customer_id": "a", "paid_at": "2026-01-05", "amount": 40.0}
EVERYTHING = {
    "transactions": [ORDER],
    "interactions": [{"customer_id": "a", "at": "2026-01-06", "channel": "call"}],
    "feedback": [{"customer_id": "a", "at": "2026-01-07", "kind": "complaint", "text": "bad"}],
    "visits": [{"customer_id": "a", "at": "2026-01-08", "pages": 2, "clicks": 1}],
    "opportunities": [{"customer_id": "a", "stage": "lead", "opened_at": "2026-01-09"}],
}


def close(found, expected):
    if isinstance(expected, float) and found is not None:
        return found == pytest.approx(expected, rel=1e-12, abs=1e-9)
    if isinstance(expected, date):
        return pd.Timestamp(found) == pd.Timestamp(expected)
    return found == expected


def agrees(row, log, *, net_days=False):
    expected = plainprofile.profile(log, row["customer_id"], net_days=net_days)
    if not log:  # no row says that purchases have due days
        expected["overdue"] = None
    wrong = {k: (row[k], v) for k, v in expected.items() if not close(row[k], v)}
    assert not wrong, row["customer_id"]


@given(logs)
def test_a_profile_is_what_plain_python_says(log):
    rows = cs.profile(PEOPLE, transactions=log, as_of=AS_OF)
    assert [row["customer_id"] for row in rows] == [row["customer_id"] for row in PEOPLE]
    for row in rows:
        agrees(row, log)


@given(logs)
def test_days_that_leave_no_money_are_no_purchase_days(log):
    how = cs.Conventions(refunds="net_day")
    for row in cs.profile(PEOPLE, transactions=log, conventions=how, as_of=AS_OF):
        agrees(row, log, net_days=True)
        assert (row["orders"] == 0) == (row["frequency"] == 0)


def test_purchases_on_days_that_leave_no_money_are_told():
    rows = [ORDER, {**ORDER, "amount": -40.0}, {**ORDER, "customer_id": "b"}]
    how = cs.Conventions(refunds="net_day")
    done = profile_report(transactions=rows, conventions=how, as_of=AS_OF)
    assert [row["frequency"] for row in done.table] == [0, 1]
    assert done.report.table("transactions").notes == {"refund": 1, "day_without_money": 1}


@given(logs.filter(bool), st.data())
def test_every_kind_of_table_has_the_same_profile(log, data):
    name, table = data.draw(st.sampled_from(list(kinds(log))))
    people = dict(kinds(PEOPLE))[name]
    texts = [row["product"] for row in log]
    for row in as_records(cs.profile(people, transactions=table, as_of=AS_OF)):
        agrees(row, log)
    assert [row["product"] for row in log] == texts


@given(logs)
def test_without_customers_whoever_has_a_row_that_counts_is_one(log):
    rows = cs.profile(transactions=log, as_of=AS_OF)
    assert {row["customer_id"] for row in rows} == set(plainprofile.counted(log))
    for row in rows:
        agrees(row, log)


@given(logs, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(log, chance):
    rows = cs.profile(PEOPLE, transactions=log, as_of=AS_OF)
    mixed = cs.profile(PEOPLE, transactions=chance.sample(log, len(log)), as_of=AS_OF)
    assert rows == mixed


@given(logs)
def test_counts_add_up_to_the_input(log):
    report = profile_report(PEOPLE, transactions=log, as_of=AS_OF).report
    counted = report.table("transactions")
    assert counted.rows == len(log) == counted.used + sum(counted.left_out.values())
    known = {row["customer_id"] for row in PEOPLE}
    rows = plainprofile.counted(log)
    assert counted.used == sum(len(each) for who, each in rows.items() if who in known)


def test_tables_that_are_not_given_are_unknown_and_given_ones_are_evidence():
    people = [{"customer_id": "a"}, {"customer_id": "silent"}]
    bare = cs.profile(people, as_of=AS_OF)
    ours = {"customer_id", "as_of"}
    assert {name for name, value in bare[0].items() if value is not None} == ours
    silent = cs.profile(people, **EVERYTHING, as_of=AS_OF)[1]
    none = ("orders", "frequency", "revenue", "refunds", "average_order", "interactions")
    none += ("complaints", "visits", "open_opportunities")
    assert {silent[name] for name in none} == {0}
    unknown = ("recency_days", "tenure_days", "gap_mean_days", "contact_days", "satisfaction")
    unknown += ("sentiment", "click_rate", "margin", "products", "favourite_month", "referrals")
    assert {silent[name] for name in unknown} == {None}


def test_columns_stand_in_order_after_the_customers_own():
    table = cs.profile([{"customer_id": "a", "city": "上海"}], **EVERYTHING, as_of=AS_OF)
    assert list(table[0]) == ["customer_id", "city", *COLUMNS]


def test_before_all_data_everybody_is_potential():
    done = profile_report([{"customer_id": "a"}], **EVERYTHING, as_of="1999-12-31")
    assert done.table[0]["frequency"] == 0
    assert done.report.bought == 0
    assert {each.used for each in done.report.tables} == {0}
    assert "everybody is potential" in done.report.text()
    assert "全部为潜在客户" in done.report.text("zh")


@pytest.mark.parametrize("size", [0, 1])
@pytest.mark.parametrize(
    "frame", [list, pd.DataFrame, pl.DataFrame], ids=["records", "pandas", "polars"]
)
def test_tables_of_no_row_and_of_one_work(size, frame):
    people = [{"customer_id": "a", "name": "Li"}][:size]
    if frame is not list:
        people = frame(people or {"customer_id": [], "name": []})
    found = as_records(cs.profile(people, **EVERYTHING, as_of=AS_OF))
    assert [row["frequency"] for row in found] == [1][:size]


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_a_table_without_rows_is_evidence_of_none(name):
    row = cs.profile([{"customer_id": "a"}], **{name: []}, as_of=AS_OF)[0]
    first = {"transactions": "orders", "feedback": "complaints"}
    first |= {"opportunities": "open_opportunities"}
    assert row[first.get(name, name)] == 0


def test_a_customer_has_one_row():
    with pytest.raises(DataError, match="column 'customer_id', row 2: 1 customers come twice"):
        cs.profile([{"customer_id": c} for c in "aba"], as_of=AS_OF)
    with pytest.raises(DataError, match="row 1: a customer has no id"):
        cs.profile([{"customer_id": "a"}, {"customer_id": None}], as_of=AS_OF)


def test_somebody_has_to_be_profiled():
    with pytest.raises(DataError, match="there is nobody to profile"):
        cs.profile(as_of=AS_OF)
    with pytest.raises(DataError, match="there is nobody to profile"):
        cs.profile(visits=EVERYTHING["visits"], as_of=AS_OF)


def test_ids_of_another_type_are_refused():
    with pytest.raises(DataError, match="17 is not '17'"):
        cs.profile(
            [{"customer_id": 17}], transactions=[{**ORDER, "customer_id": "17"}], as_of=AS_OF
        )


def test_rows_of_strangers_are_counted():
    report = profile_report([{"customer_id": "x"}], **EVERYTHING, as_of=AS_OF).report
    assert {each.left_out["unknown_customer"] for each in report.tables} == {1}


def test_one_set_of_names_or_one_a_table():
    orders = [{"client": "a", "paid": "2026-01-05", "sum": 40.0}]
    people = [{"client": "a"}]
    names = cs.Names(customer="client", at="paid", amount="sum")
    one = cs.profile(people, transactions=orders, names=names, as_of=AS_OF)
    each = {"transactions": names, "customers": cs.Names(customer="client")}
    assert cs.profile(people, transactions=orders, names=each, as_of=AS_OF) == one
    with pytest.raises(MissingColumnError, match="'payd'"):
        cs.profile(people, transactions=orders, names=cs.Names("client", "payd"), as_of=AS_OF)


def test_a_frame_keeps_its_index_its_order_and_its_columns():
    people = pd.DataFrame({"customer_id": ["b", "a"], "vip": [True, False]}, index=[7, 3])
    found = cs.profile(people, **EVERYTHING, as_of=AS_OF)
    assert list(found.index) == [7, 3]
    assert list(found["frequency"]) == [0, 1]
    assert found["vip"].dtype == np.dtype("bool")
    assert list(people.columns) == ["customer_id", "vip"]


def test_customers_made_of_transactions_are_the_same_kind_of_table():
    orders = pl.DataFrame([ORDER, {**ORDER, "customer_id": "z"}])
    found = cs.profile(transactions=orders, as_of=AS_OF)
    assert isinstance(found, pl.DataFrame)
    assert found["customer_id"].to_list() == ["a", "z"]
    lazy = cs.profile(transactions=orders.lazy(), as_of=AS_OF)
    assert isinstance(lazy, pl.LazyFrame)


def test_what_was_profiled_before_is_replaced():
    people = [{"customer_id": "a", "name": "Li"}]
    once = cs.profile(people, **EVERYTHING, as_of=AS_OF)
    assert cs.profile(once, **EVERYTHING, as_of=AS_OF) == once
    assert own_columns(once[0], "customer_id") == ["name"]


def test_the_source_of_a_customer_goes_by_its_own_name():
    people = [{"customer_id": "b", "来源": "展会"}, {"customer_id": "a", "来源": None}]
    names = {"customers": cs.Names(source="来源")}
    once = cs.profile(people, names=names, as_of=AS_OF)
    assert [row["source"] for row in once] == ["展会", None]
    assert [row["completeness"] for row in once] == [1.0, 0.0]
    assert cs.profile(once, names=names, as_of=AS_OF) == once


def test_of_lazy_tables_only_the_columns_that_are_read_pass_by():
    people = pl.DataFrame({"customer_id": ["a", "b"], "city": ["x", "y"]}).lazy()
    orders = pl.DataFrame([{**ORDER, "remark": "z"}]).lazy()
    with crossings() as crossed:
        found = cs.profile(people, transactions=orders, as_of=AS_OF)
        assert isinstance(found, pl.LazyFrame)
        assert crossed == []
        found.collect()
    assert all(each.streamed for each in crossed)
    assert {each.columns for each in crossed} == {
        ("customer_id", "paid_at", "amount"),
        ("customer_id", "city"),
    }


def test_the_parts_of_a_profile_are_named():
    done = profile_report([{"customer_id": "a"}], as_of=AS_OF)
    assert isinstance(done, Profiled)
    assert done.report.customers == 1
    assert done.report.as_of == AS_OF
