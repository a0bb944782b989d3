from datetime import date

import pytest

import custseg as cs
from custseg.pipeline.nextstep import next_step

DAY = date(2026, 6, 30)
ROW = {"lifecycle": "active", "tier": "high", "contact_days": 10.0, "consent": True}


@pytest.fixture(scope="module")
def run():
    crm = cs.datasets.crm(160, seed=3)
    tables = {name: rows for name, rows in crm.tables().items() if name != "truth"}
    return cs.Pipeline().run(**tables, as_of=crm.recipe.end)


def test_each_customer_hears_what_the_list_of_actions_says(run):
    listed = {row["customer_id"]: row for row in run.actions.table}
    found = {"next_due": 0, "next_due_now": 0, "next_later": 0, "next_withheld": 0}
    for row in run.customers:
        step = run.policy.explain(row).next
        found[step.code] += 1
        action = listed.get(row["customer_id"])
        assert (action is not None) == step.code.startswith("next_due"), step
        if action is not None:
            assert step.settings["action"] == action["action"]
        if step.code == "next_due":
            assert step.settings["day"] == action["next_contact_due"].isoformat()
    assert found["next_due"] + found["next_due_now"] == len(listed)
    assert all(found.values())


def test_a_day_to_come_is_told_and_a_day_gone_by_too():
    assert next_step(ROW, {"high": 30}, DAY).text() == (
        "Next: keep and serve. The next contact is due on 2026-07-20."
    )
    assert next_step({**ROW, "contact_days": 45.0}, {"high": 30}, DAY).text("zh") == (
        "下一步：维系服务。2026-06-15 起即应联系，现已到期。"
    )


def test_no_contact_that_is_known_is_due_now():
    assert next_step({**ROW, "contact_days": None}, {"high": 30}, DAY).code == "next_due_now"
    assert next_step({"tier": "low"}, {}, DAY).settings == {"action": "care"}


def test_a_tier_without_contacts_of_our_own_has_no_day():
    assert next_step(ROW, {"high": None}, DAY).text() == "Next: no contact is planned."


@pytest.mark.parametrize("due", [10.0, 400.0, None])
def test_whoever_must_not_be_contacted_is_not(due):
    barred = {**ROW, "contact_days": due, "do_not_contact": True}
    step = next_step(barred, {"high": 30}, DAY)
    assert step.settings == {"why": "do_not_contact"}
    assert "do not contact" in step.text()


def book(**told):
    plain = {"action": "win_back", "contact_due": "now", "due_reason": "due_interval"}
    return {**ROW, "next_contact_due": date(2026, 6, 1), **plain, **told}


def test_a_book_of_services_has_decided_already():
    assert next_step(book(), {}, DAY).settings == {"action": "win_back", "day": "2026-06-01"}
    assert next_step(book(next_contact_due=None), {}, DAY).code == "next_due_now"
    later = book(next_contact_due=date(2026, 9, 1), contact_due="later")
    assert next_step(later, {}, DAY).code == "next_later"
    assert next_step(book(due_reason="no_consent"), {}, DAY).code == "next_withheld"
    none = book(action=None, contact_due=None, next_contact_due=None)
    assert next_step(none, {}, DAY).code == "next_nothing"
