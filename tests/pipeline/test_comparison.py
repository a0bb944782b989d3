import pytest

import custseg as cs
from custseg.errors import DataError
from custseg.pipeline import diff

ORDERS = [
    {"customer_id": str(i), "paid_at": "2026-06-01", "amount": 100.0 * i} for i in range(1, 9)
]


def policy(cut):
    plan = cs.tiering.TierPlan(cs.tiering.Thresholds((cut,)), tiers=("low", "high"))
    return cs.Pipeline(tier=plan).fit(transactions=ORDERS, as_of="2026-06-30")


def test_who_changes_and_why():
    before = policy(500.0).run(transactions=ORDERS, as_of="2026-06-30")
    after = policy(700.0).run(transactions=ORDERS[::-1], as_of="2026-06-30")
    found = diff(before, after)
    moved = {c.customer for c in found.changes if c.decision == "tier"}
    assert moved == {"5", "6"}
    assert found.flows["tier", "high", "low"] == 2
    one, two = found.explain("5")
    assert "500" in one.text()
    assert "700" in two.text()
    assert "500" not in str(found.as_dict()["flows"])
    assert "高级客户" in found.text("zh")


def test_runs_about_others_are_refused():
    one = policy(500.0)
    before = one.run(transactions=ORDERS, as_of="2026-06-30")
    with pytest.raises(DataError, match="different customers"):
        diff(before, one.run(transactions=ORDERS[1:], as_of="2026-06-30"))
    with pytest.raises(DataError, match="different days"):
        diff(before, one.run(transactions=ORDERS, as_of="2026-06-29"))
