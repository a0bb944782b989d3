from datetime import date

import pytest

from custseg.pipeline.actions import actions
from custseg.tiering import ServiceBook

DAY = date(2026, 6, 30).toordinal() - date(1970, 1, 1).toordinal()


def due(people, intervals=None):
    return actions(people, intervals=intervals or {"high": 30, "low": 90}, as_of=DAY)


def person(id_, **columns):
    base = {"customer_id": id_, "lifecycle": "active", "tier": "high", "contact_days": 31}
    return {**base, **columns}


@pytest.mark.parametrize(
    ("lifecycle", "tier", "action"),
    [
        ("potential", "low", "convert"),
        ("dormant", "high", "win_back"),
        ("active", "high", "keep"),
        ("active", "low", "care"),
    ],
)
def test_what_is_due_follows_class_and_tier(lifecycle, tier, action):
    (row,) = due([person(1, lifecycle=lifecycle, tier=tier, contact_days=None)]).table
    assert row["action"] == action
    assert row["next_contact_due"] == date(2026, 6, 30)


def test_the_interval_of_the_tier_decides_when():
    listed = due([person(1, contact_days=29), person(2, contact_days=30), person(3)]).table
    assert [row["customer_id"] for row in listed] == [2, 3]
    assert listed[1]["next_contact_due"] == date(2026, 6, 29)


def test_a_tier_without_an_interval_is_left_in_peace():
    assert due([person(1)], {"high": None}).table == []


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"do_not_contact": True}, "do_not_contact"),
        ({"do_not_contact": "是"}, "do_not_contact"),
        ({"do_not_contact": "perhaps"}, "do_not_contact"),
        ({"consent": False}, "no_consent"),
        ({"consent": None}, "consent_unknown"),
        ({"consent": True, "do_not_contact": 1}, "do_not_contact"),
    ],
)
def test_nobody_is_contacted_against_their_will(columns, reason):
    found = due([person(1, **columns)])
    assert found.table == []
    assert found.withheld == {reason: 1}


def test_consent_given_is_consent():
    found = due([person(1, consent="同意", do_not_contact=None)])
    assert found.counts == {"keep": 1}
    assert "keep" in found.text()
    assert "维系服务" in found.text("zh")


def test_a_book_of_services_decides_what_is_due_and_when():
    people = [
        person(1, consent=True, as_of="2026-06-30"),
        person(2, consent=True, as_of="2026-06-30", lifecycle="dormant", complaints=2),
        person(3, consent=True, as_of="2026-06-30", contact_days=2),
        person(4, consent=False, as_of="2026-06-30"),
    ]
    found = due(ServiceBook().fit(people).apply(people), {"high": 1, "low": 1})
    assert [row["customer_id"] for row in found.table] == [1, 2]
    assert found.counts == {"win_back_complaint": 1, "keep": 1}
    assert found.withheld == {"no_consent": 1}


def test_without_any_promise_everybody_is_due_every_90_days():
    """A review of tiers promises no service; its customers are not forgotten for that."""
    people = [person(1, contact_days=89), person(2, contact_days=90), person(3, contact_days=None)]
    listed = actions(people, intervals={}, as_of=DAY).table
    assert [row["customer_id"] for row in listed] == [2, 3]
