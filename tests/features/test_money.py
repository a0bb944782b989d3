import pytest

import custseg as cs
from custseg.features import profile_report

DAY = {"customer_id": "a", "at": "2026-01-05"}


def profiled(*rows, as_of="2026-01-31"):
    return cs.profile([{"customer_id": "a"}], transactions=[*rows], as_of=as_of)[0]


def test_lines_of_an_order_are_one_order():
    row = profiled(
        {**DAY, "amount": 1, "order_id": "x"},
        {**DAY, "amount": 2, "order_id": "x"},
        {**DAY, "amount": 3, "order_id": "y"},
        {**DAY, "amount": 4, "order_id": None},
        {**DAY, "amount": 5, "order_id": None},
    )
    assert (row["orders"], row["average_order"]) == (4, 3.75)


def test_an_order_that_was_only_refunded_is_none():
    row = profiled({**DAY, "amount": -3, "order_id": "x"})
    assert (row["orders"], row["revenue"], row["refunds"]) == (0, -3.0, 3.0)
    assert row["average_order"] == 0.0


def test_a_gift_is_a_purchase():
    row = profiled({**DAY, "amount": 0})
    assert (row["orders"], row["frequency"], row["revenue"]) == (1, 1, 0.0)


@pytest.mark.parametrize(("day", "counts"), [("2025-01-31", 0.0), ("2025-02-01", 7.0)])
def test_the_last_365_days_end_with_the_day(day, counts):
    assert profiled({"customer_id": "a", "at": day, "amount": 7})["revenue_365d"] == counts


def test_a_margin_is_over_what_is_known():
    rows = [{**DAY, "amount": 10, "cost": 4}, {**DAY, "amount": 20, "cost": None}]
    done = profile_report([{"customer_id": "a"}], transactions=rows, as_of="2026-01-31")
    assert done.table[0]["margin"] == 6.0
    assert done.report.tables[0].notes == {"cost_unknown": 1}


def test_no_cost_known_is_no_margin_known_and_no_sale_is_none():
    rows = [{**DAY, "amount": 10, "cost": None}]
    people = [{"customer_id": "a"}, {"customer_id": "b"}]
    found = cs.profile(people, transactions=rows, as_of="2026-01-31")
    assert [row["margin"] for row in found] == [None, 0.0]


def test_amounts_finer_than_a_unit_are_rounded_and_counted():
    rows = [{**DAY, "amount": 0.123456}, {**DAY, "amount": 0.1234}]
    done = profile_report([{"customer_id": "a"}], transactions=rows, as_of="2026-01-31")
    assert done.table[0]["revenue"] == 0.2469
    assert done.report.tables[0].notes == {"amount_rounded": 1}
