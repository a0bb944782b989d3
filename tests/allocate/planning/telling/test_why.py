"""Why one customer has this owner."""

import json

import pytest

from custseg.allocate import Allocation, Limits, Match, Senior

TEAM = [
    {"rep_id": "R1", "region": "n", "seniority": 9, "capacity": 1, "least": 0},
    {"rep_id": "R2", "region": "s", "seniority": 1, "capacity": 9, "least": 0},
    {"rep_id": "R3", "region": "n", "seniority": 1, "capacity": 9, "least": 0},
    {"rep_id": "R4", "region": "n", "seniority": 9, "capacity": 9, "on_leave_from": "2026-01-01"},
]
SPEC = Allocation(
    wishes=[Match("region", required=True, code="same_territory"), Senior()],
    weights=(3, 1),
    priority=["revenue"],
)
PEOPLE = [
    {"customer_id": "a", "region": "n", "tier": "high", "revenue": 2.0},
    {"customer_id": "b", "region": "n", "tier": "low", "revenue": 1.0},
    {"customer_id": "c", "region": "n", "tier": "low", "revenue": 0.0, "do_not_assign": 1},
]
PLAN = SPEC.assign(PEOPLE, TEAM, as_of="2026-06-30")


def dropped(why):
    return {c.rep_id: c.dropped and c.dropped.code for c in why.candidates}


def test_terms_add_up_to_the_points_of_the_owner():
    why = PLAN.explain("a")
    assert why.decision == {"owner": "R1", "owner_reason": "same_territory"}
    assert [(t.reason.code, t.weight) for t in why.terms] == [
        ("same_territory", 0.75),
        ("senior", 0.25),
    ]
    total = sum(t.points * t.weight for t in why.terms)
    assert total == pytest.approx(0.75 + 0.25 * 5 / 6)


def test_candidates_say_why_not():
    assert dropped(PLAN.explain("a")) == {"R4": "rep_on_leave", "R3": None, "R2": "not_eligible"}
    assert PLAN.explain("a").runner_up.rep_id == "R3"
    why = PLAN.explain("b")
    assert why.decision["owner"] == "R3"
    assert dropped(why) == {"R1": "rep_full", "R4": "rep_on_leave", "R2": "not_eligible"}
    assert why.runner_up.rep_id == "R1"


def test_a_customer_without_an_owner_has_candidates_too():
    plan = SPEC.assign(PEOPLE, TEAM[:1])
    why = plan.explain("b")
    assert why.decision == {"owner": None, "owner_reason": "capacity_full"}
    assert why.terms == ()
    assert dropped(why) == {"R1": "rep_full"}
    assert why.text().splitlines()[1] == "  - everybody who is eligible is full or on leave"


def test_who_may_not_be_assigned_has_no_candidates():
    assert PLAN.explain("c").candidates == ()
    assert PLAN.explain("c").reasons[0].code == "do_not_assign"


def test_a_better_one_may_be_passed_over_for_a_minimum():
    team = [{**rep, "least": 1} for rep in (TEAM[2], {**TEAM[1], "region": "n", "seniority": 2})]
    spec = Allocation(wishes=[Senior()], limits=Limits(minimum="least"))
    people = [{"customer_id": i, "tier": "low"} for i in "ab"]
    plan = spec.assign(people, team)
    second = next(row["customer_id"] for row in plan.table if row["owner"] == "R2")
    assert dropped(plan.explain(second)) == {"R3": "exchange"}


def test_plain_data_is_json_and_shows_no_field_values():
    data = PLAN.explain("b").as_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["runner_up"] == "R1"
    assert data["flip"] == {"rep_id": "R1", "by": pytest.approx(1 / 3, abs=2e-9)}
    assert data["candidates"][0]["dropped"] == {"code": "rep_full", "settings": {"places": 1}}
    shown = json.dumps(data) + PLAN.explain("b").text()
    assert '"n"' not in shown
    assert "low" not in shown


def test_text_in_both_languages():
    assert PLAN.explain("b").text().splitlines() == [
        "owner: R3",
        "  +0.750 covers the customer's region",
        "  +0.208 value tier fits seniority: the more valuable, the more experienced",
        "  R1: its only place is taken",
        "  R4: on leave",
        "  R2: not eligible, needs same territory (region)",
        "  would go to R1 if it fitted 0.333 better",
    ]
    assert PLAN.explain("a").text("zh").splitlines()[:2] == [
        "负责人: R1",
        "  +0.750 负责客户所在的地区",
    ]
    assert "fewer points (0.792)" in PLAN.explain("a").text()
    assert "on leave" in PLAN.explain("a")._repr_html_()


def test_a_wish_that_gives_nothing_is_not_told_as_a_reason():
    team = [{**TEAM[1], "capacity": 1, "on_leave_from": None}]
    spec = Allocation(wishes=[Match("region"), Senior()])
    why = spec.assign([{**PEOPLE[1], "region": "elsewhere"}], team).explain("b")
    assert [t.points for t in why.terms] == [0.0, 0.5]
    assert "region" not in why.text()
    assert len(why.as_dict()["terms"]) == 2
