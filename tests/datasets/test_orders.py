import datetime as dt
from collections import Counter
from functools import cache

import pytest

import custseg as cs
from custseg.datasets import Crm

END = dt.date(2026, 6, 30)


@cache
def crm(**options: object) -> Crm:
    return cs.datasets.crm(3_000, seed=5, **options)


def test_clean_orders_have_no_odd_rows() -> None:
    rows = crm(errors=0.0).transactions
    assert len({row["order_id"] for row in rows}) == len(rows)
    assert all(row["customer_id"] for row in rows)
    assert max(row["paid_at"].date() for row in rows) <= END
    assert min(row["paid_at"].date() for row in rows) >= dt.date(2024, 1, 1)


def test_odd_rows_are_few_and_all_kinds_occur() -> None:
    rows = crm().transactions
    odd = {
        "guest": sum(row["customer_id"] is None for row in rows),
        "future": sum(row["paid_at"].date() > END for row in rows),
        "repeated": len(rows) - len({row["order_id"] for row in rows}),
    }
    assert all(0 < count < 0.01 * len(rows) for count in odd.values())


def test_a_repeated_row_repeats_everything() -> None:
    seen: dict[str, dict[str, object]] = {}
    for row in crm().transactions:
        assert seen.setdefault(row["order_id"], row) == row


def test_refunds_are_negative_and_never_purchases() -> None:
    rows = crm().transactions
    refunds = [row for row in rows if row["amount"] < 0]
    assert 0.015 < len(refunds) / len(rows) < 0.05
    assert not [row for row in rows if row["amount"] == 0]
    assert all(row["cost"] is None or row["cost"] * row["amount"] > 0 for row in rows)


def test_somebody_has_nothing_but_a_refund() -> None:
    kinds: dict[str, set[bool]] = {}
    for row in crm(duplicates=0.0).transactions:
        if row["customer_id"] and row["paid_at"].date() <= END:
            kinds.setdefault(row["customer_id"], set()).add(row["amount"] > 0)
    only = {who for who, signs in kinds.items() if signs == {False}}
    assert only
    true = {row["customer_id"]: row["lifecycle"] for row in crm(duplicates=0.0).truth}
    assert {true[who] for who in only} == {"potential"}


def test_some_buy_twice_a_day() -> None:
    rows = crm(errors=0.0).transactions
    days = Counter((r["customer_id"], r["paid_at"].date()) for r in rows if r["amount"] > 0)
    assert sum(count > 1 for count in days.values()) > 0.02 * len(days)


def test_nobody_buys_before_the_record_was_made() -> None:
    made = {row["customer_id"]: row["created_at"] for row in crm().customers}
    for row in crm(errors=0.0).transactions:
        assert row["paid_at"] >= made[row["customer_id"]]


def test_cost_is_missing_on_some() -> None:
    rows = crm().transactions
    assert 0.08 < sum(row["cost"] is None for row in rows) / len(rows) < 0.16


@pytest.mark.parametrize(
    ("options", "currencies"),
    [
        ({}, {"CNY"}),
        ({"locale": "en"}, {"USD"}),
        ({"currencies": ("CNY", "EUR")}, {"CNY", "EUR"}),
    ],
)
def test_one_currency_unless_more_are_asked_for(
    options: dict[str, object], currencies: set[str]
) -> None:
    rows = cs.datasets.crm(400, **options).transactions
    assert {row["currency"] for row in rows} == currencies


@pytest.mark.parametrize("habit", ["weekly", "monthly"])
def test_gaps_are_those_of_the_truth(habit: str) -> None:
    made = crm(duplicates=0.0, errors=0.0)
    gap = {row["customer_id"]: row["gap_days"] for row in made.truth if row["habit"] == habit}
    days: dict[str, set[dt.date]] = {}
    for row in made.transactions:
        if row["amount"] > 0 and row["customer_id"] in gap:
            days.setdefault(row["customer_id"], set()).add(row["paid_at"].date())
    often = {who: found for who, found in days.items() if len(found) > 5}
    seen = sum((max(found) - min(found)).days / (len(found) - 1) for found in often.values())
    # A little below 1: who bought more than five times bought a little faster than meant.
    assert 0.85 < seen / sum(gap[who] for who in often) < 1.05
