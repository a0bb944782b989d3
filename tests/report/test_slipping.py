import attrs
import pytest

import custseg as cs
from custseg.report.slipping import LIKELY, TOP, slipping_of


def test_the_named_are_those_with_the_most_at_risk(run):
    found = slipping_of(run, values=True)
    assert found.rule.horizon == 90
    assert len(found.named) == TOP
    rows = {row["customer_id"]: row for row in run.customers}
    at_risk = [one.at_risk for one in found.named]
    assert at_risk == sorted(at_risk, reverse=True)
    assert found.units >= sum(at_risk)
    for one in found.named:
        row = rows[one.customer]
        assert one.chance >= LIKELY
        assert one.name == row["name"]
        assert one.at_risk == round(row["revenue_365d"] * 10_000 * one.chance)
        assert one.owner == row["owner"]


def test_nobody_is_named_who_must_not_be_contacted(run):
    named = {one.customer for one in slipping_of(run).named}
    barred = [row for row in run.customers if row["do_not_contact"] or row["consent"] is not True]
    assert barred
    assert not named & {row["customer_id"] for row in barred}
    assert slipping_of(run).withheld > 0


def test_without_leave_no_value_is_held(run):
    for one in slipping_of(run).named:
        assert (one.name, one.units, one.at_risk, one.silent) == (None, None, None, None)


def orders(days, amount=100.0):
    return [
        {"customer_id": f"c{i}", "paid_at": f"2026-{6 - day // 30:02}-01", "amount": amount + i}
        for i, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("strategy", "state"),
    [
        (cs.classify.FixedDays(dormant_after=90), "dormant"),
        (cs.classify.FixedDays(dormant_after=120, at_risk_after=60), "at_risk"),
    ],
)
def test_where_no_model_tells_a_chance_the_state_does(strategy, state):
    job = cs.Pipeline(lifecycle=cs.classify.Lifecycle(strategy))
    run = job.run(transactions=orders([0, 0, 90, 90, 150]), as_of="2026-06-30")
    found = slipping_of(run, values=True)
    assert (found.rule.state, found.rule.horizon) == (state, None)
    column = "lifecycle" if state == "dormant" else "lifecycle_state"
    expected = {row["customer_id"] for row in run.customers if row[column] == state}
    assert {one.customer for one in found.named} == expected
    assert all(one.chance is None for one in found.named)


def test_a_chance_that_the_customers_carry_is_taken():
    people = [{"customer_id": i, "p_no_purchase": p} for i, p in enumerate([0.9, 0.2, None])]
    paid = [{"customer_id": i, "paid_at": "2026-06-01", "amount": 10.0} for i in range(3)]
    job = cs.Pipeline(cleaner=None, dedupe=None)
    found = slipping_of(job.run(customers=people, transactions=paid, as_of="2026-06-30"))
    assert [(one.customer, one.chance) for one in found.named] == [("0", 0.9)]


def test_without_money_nobody_is_at_risk():
    run = cs.Pipeline().run(customers=[{"customer_id": 1}], as_of="2026-06-30")
    found = slipping_of(run)
    assert (found.named, found.customers, found.units) == ((), 0, 0)
    bare = attrs.evolve(run, customers=[{"customer_id": 1, "lifecycle": "dormant"}])
    assert slipping_of(bare) is None
