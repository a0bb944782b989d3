from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.checks.kinds import contents, kinds
from custseg.errors import ConfigError
from custseg.tiering import RFM, rfm_measures

END = date(2026, 6, 30)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.sampled_from("abcd"),
            "at": st.integers(-400, 20).map(lambda days: END + timedelta(days)),
            "amount": st.sampled_from([10.05, 0.0, 3.0, -3.0, -10.05, 99.99]),
        }
    ),
    min_size=1,
    max_size=25,
)
MONEY = ("recency_days", "tenure_days", "orders", "frequency", "revenue", "average_order")


def measured(rows, window=None, refunds="net"):
    log = cs.TransactionLog.of(rows, conventions=cs.Conventions(refunds=refunds))
    return rfm_measures(log, as_of=END, window_days=window)


@given(ROWS, st.sampled_from(["net", "net_day", "ignore"]))
def test_without_a_window_it_is_what_a_profile_says_of_buyers(rows, refunds):
    how = cs.Conventions(refunds=refunds)
    profile = cs.profile(transactions=rows, conventions=how, as_of=END)
    wanted = {row["customer_id"]: row for row in profile if row["frequency"]}
    found = {row["customer_id"]: row for row in measured(rows, None, refunds)}
    assert found.keys() == wanted.keys()
    for name, row in found.items():
        assert [row[column] for column in MONEY] == [wanted[name][column] for column in MONEY]
        assert row["as_of"] == wanted[name]["as_of"]


@given(ROWS, st.integers(1, 500), st.sampled_from(["net", "net_day", "ignore"]))
def test_a_window_counts_its_own_days_and_keeps_the_last_purchase(rows, window, refunds):
    first = END - timedelta(window)
    whole = {row["customer_id"]: row for row in measured(rows, None, refunds)}
    inside = [row for row in rows if first < row["at"]]
    recent = {row["customer_id"]: row for row in measured(inside, None, refunds)} if inside else {}
    for name, row in ((row["customer_id"], row) for row in measured(rows, window, refunds)):
        assert row["recency_days"] == whole[name]["recency_days"]
        assert row["tenure_days"] == whole[name]["tenure_days"]
        if name in recent:
            for column in ("orders", "frequency", "revenue"):
                assert row[column] == recent[name][column]
        else:
            assert (row["orders"], row["frequency"]) == (0, 0)


@given(ROWS)
def test_nothing_later_matters(rows):
    early = [row for row in rows if row["at"] <= END]
    known = {row["customer_id"]: row for row in measured(early, 90)} if early else {}
    assert {row["customer_id"]: row for row in measured(rows, 90)} == known


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, random):
    mixed = [*rows]
    random.shuffle(mixed)
    found = {row["customer_id"]: row for row in measured(mixed, 180)}
    assert found == {row["customer_id"]: row for row in measured(rows, 180)}


def test_only_refunds_are_no_purchase():
    rows = [{"customer_id": "a", "at": END, "amount": -5.0}]
    assert measured(rows) == []


def test_a_refund_in_the_window_of_a_purchase_before_it():
    rows = [
        {"customer_id": "a", "at": date(2025, 1, 1), "amount": 50.0},
        {"customer_id": "a", "at": date(2026, 6, 1), "amount": -20.0},
    ]
    (row,) = measured(rows, 90)
    assert (row["orders"], row["revenue"], row["average_order"]) == (0, -20.0, 0.0)
    assert row["recency_days"] == (END - date(2025, 1, 1)).days


def test_every_kind_of_table_gives_the_same():
    rows = [
        {"customer_id": f"{i % 7:03}", "at": END - timedelta(i), "amount": 1.5 * i}
        for i in range(40)
    ]
    found = {
        name: contents(rfm_measures(cs.TransactionLog.of(made), as_of=END, window_days=30))
        for name, made in kinds(rows)
    }
    assert all(each == found["records"] for each in found.values())


def test_order_ids_are_not_in_a_log_so_orders_are_not_known():
    rows = [{"customer_id": "a", "at": END, "amount": 5.0, "order_id": 1}]
    log = cs.TransactionLog.of(rows, cs.Names(order="order_id"))
    (row,) = rfm_measures(log, as_of=END)
    assert (row["orders"], row["average_order"], row["frequency"]) == (None, None, 1)


def test_without_amounts_money_is_not_known():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": END}], cs.Names(amount=""))
    (row,) = rfm_measures(log, as_of=END)
    assert (row["orders"], row["revenue"], row["average_order"]) == (1, None, None)


def test_nobody():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": END, "amount": 5.0}])
    assert rfm_measures(log, as_of="2020-01-01") == []


@pytest.mark.parametrize("window", [0, -5, "365", 1.5, True])
def test_a_window_is_a_whole_number_of_days(window):
    log = cs.TransactionLog.of([{"customer_id": "a", "at": END, "amount": 5.0}])
    with pytest.raises(ConfigError, match="window_days: must be a whole number of 1 or more"):
        rfm_measures(log, as_of=END, window_days=window)


def test_it_is_what_rfm_reads():
    rows = [
        {"customer_id": str(i % 20), "at": END - timedelta(i * 3), "amount": 1.5 * i}
        for i in range(90)
    ]
    people = measured(rows, 365)
    assert {row["segment"] for row in RFM().fit(people).apply(people)} - {None}
