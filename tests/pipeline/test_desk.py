import json

import pytest

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.pipeline.desk import dealing, sorting
from custseg.scoring import Deals, Triage
from custseg.scoring.deals.names import DealNames

CUSTOMERS = [
    {"customer_id": "a", "do_not_contact": False},
    {"customer_id": "b", "do_not_contact": True},
    {"customer_id": "c", "do_not_contact": False},
]
SAID = [
    {"customer_id": "a", "at": "2026-06-28", "text": "What are your opening hours?"},
    {"customer_id": "b", "at": "2026-06-29", "text": "充电器起火了，吓死人"},
    {"customer_id": "c", "at": "2026-07-02", "text": "too late to matter"},
]
DEALS = [
    {"customer_id": who, "deal_id": deal, "stage": stage, "amount": amount, "opened_at": day}
    for who, deal, stage, amount, day in (
        ("a", "D1", "offer", 100.0, "2026-06-01"),
        ("b", "D2", "offer", 900.0, "2026-06-01"),
        ("c", "D3", "offer", 500.0, "2026-06-01"),
        ("c", "D4", "won", 10.0, "2026-05-01"),
    )
]


def run(**changed):
    tables = {"customers": CUSTOMERS, "feedback": SAID, "opportunities": DEALS, **changed}
    return cs.Pipeline(dedupe=None).run(**tables, as_of="2026-06-30")


def test_grave_feedback_comes_first_and_nothing_later_matters():
    work = run().desk.worklist
    assert [row["customer_id"] for row in work.table] == ["b", "a"]
    assert work.left_out == {"after_as_of": 1}
    assert work.withheld == {"do_not_contact": 1}


def test_nobody_is_called_who_must_not_be():
    calls = run().desk.calls
    assert [call.deal for call in calls.calls] == ["D3", "D1"]
    assert calls.left_out == {"closed": 1, "not_permitted": 1}


def test_a_policy_keeps_what_sorts_and_what_scores():
    policy = run().policy
    again = cs.load(json.loads(json.dumps(cs.dump(policy))))
    assert again == policy
    done = again.run(customers=CUSTOMERS, feedback=SAID, opportunities=DEALS, as_of="2026-06-30")
    assert done.desk.as_dict() == run().desk.as_dict()


def test_ids_may_have_other_names_in_each_table():
    names = {
        "customers": cs.Names(customer="id"),
        "feedback": cs.Names(customer="who", text="words", at="day"),
    }
    people = [
        {"id": row["customer_id"], "do_not_contact": row["do_not_contact"]} for row in CUSTOMERS
    ]
    said = [{"who": r["customer_id"], "day": r["at"], "words": r["text"]} for r in SAID]
    done = cs.Pipeline(names=names, dedupe=None).run(
        customers=people, feedback=said, as_of="2026-06-30"
    )
    assert done.desk.worklist.withheld == {"do_not_contact": 1}
    assert len(done.desk.worklist.table) == 2


def test_harm_told_by_who_must_not_be_contacted_goes_to_who_answers_for_safety():
    assert run().desk.worklist.table[0]["action"] == "stop_harm_inside"


@pytest.mark.parametrize("kind", [n for n, _ in kinds([{"a": 1}]) if n != "generator"])
def test_any_kind_of_table_with_ids_as_numbers_says_the_same(kind):
    number = {"a": 1, "b": 2, "c": 3, "x": 9}
    undated = {"customer_id": "x", "at": None, "text": "太差了"}
    people = [{**row, "customer_id": number[row["customer_id"]]} for row in CUSTOMERS]
    said = [{**row, "customer_id": number[row["customer_id"]]} for row in (*SAID, SAID[0], undated)]
    given = {"customers": as_kind(kind, people), "feedback": as_kind(kind, said)}
    desk = cs.Pipeline(dedupe=None).run(**given, as_of="2026-06-30").desk
    plain = run(customers=people, feedback=said, opportunities=None).desk
    assert desk.as_dict() == plain.as_dict()
    assert sum(desk.worklist.counts.values()) == 4
    assert desk.pains.left_out["missing_time"] == 1


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_desk_is_told_and_written_as_plain_data(locale):
    desk = run().desk
    assert "D3" in desk.text(locale)
    assert set(desk.tables) == {"feedback", "calls"}
    assert json.loads(json.dumps(desk.as_dict()))["calls"]["calls"] == 2


def test_feedback_without_words_and_deals_without_stages_leave_the_desk_empty():
    scores = [{"customer_id": "a", "at": "2026-06-01", "score": 4, "scale": "stars"}]
    assert run(feedback=scores, opportunities=None).desk.parts == {}
    idle = cs.Pipeline(triage=None, deals=None, dedupe=None)
    done = idle.run(customers=CUSTOMERS, feedback=SAID, opportunities=DEALS, as_of="2026-06-30")
    assert (done.desk.parts, done.policy.triage, done.policy.deals) == ({}, None, None)


def test_names_that_were_set_stay():
    names = cs.Names(text="内容", at="日期", stage="阶段")
    triage = Triage(text="words", columns={"at": "said_at"})
    kept = sorting(triage, names, ("words", "said_at", "日期", "内容"))
    assert (kept.text, kept.columns["at"]) == ("words", "said_at")
    called = DealNames(stage="step")
    assert dealing(called, names, ("step", "阶段")).stage == "step"
    assert Deals().names == DealNames()
