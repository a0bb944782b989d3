"""What prices tell about one decision: who is next, and what would change it."""

import attrs
import pytest

from custseg.allocate import Allocation, Exact, Greedy, Load, Match, Senior
from custseg.rules import F

TEAM = [
    {"rep_id": "R1", "region": "n", "seniority": 9, "capacity": 1},
    {"rep_id": "R2", "region": "s", "seniority": 1, "capacity": 4},
]
PEOPLE = [
    {"customer_id": "a", "region": "n", "tier": "high", "revenue": 2.0},
    {"customer_id": "b", "region": "n", "tier": "low", "revenue": 1.0},
]
SPEC = Allocation(wishes=[Match("region"), Senior()], weights=[3, 1], solver=Exact())


def test_who_is_passed_over_sees_what_the_place_is_worth_to_others():
    plan = SPEC.assign(PEOPLE, TEAM)
    why = plan.explain("b")
    assert why.decision["owner"] == "R2"
    first = why.candidates[0]
    assert (first.rep_id, first.dropped.code) == ("R1", "rep_full")
    assert first.price == plan.prices["R1"] > 0
    assert why.runner_up == first


def test_the_owner_has_most_points_less_price():
    plan = SPEC.assign(PEOPLE, TEAM)
    for customer in "ab":
        why = plan.explain(customer)
        own = sum(t.points * t.weight for t in why.terms) - why.price
        assert all(c.net is None or c.net <= own + 1e-9 for c in why.candidates)


def test_a_flip_is_what_the_others_lose():
    plan = SPEC.assign(PEOPLE, TEAM)
    # b gains 0.5 with R1, but then a loses 1.0 with R2.
    assert (plan.explain("b").flip.rep_id, plan.explain("b").flip.by) == ("R1", 0.5)
    assert (plan.explain("a").flip.rep_id, plan.explain("a").flip.by) == ("R2", 0.5)


def test_a_solver_without_prices_makes_no_claims():
    why = Allocation(wishes=[Match("region")], solver=Greedy()).assign(PEOPLE, TEAM).explain("a")
    assert (why.price, why.flip) == (None, None)
    assert all(c.price is None for c in why.candidates)


def test_prices_of_loads_count_by_what_the_customer_weighs():
    people = [{"customer_id": k, "region": "n", "revenue": 10.0 * (k + 1)} for k in range(6)]
    team = [{**rep, "capacity": 6} for rep in TEAM]
    spec = Allocation(wishes=[Match("region")], loads=[Load("revenue", high=110.0)], solver=Exact())
    plan = spec.assign(people, team)
    worth = dict(zip(["R1", "R2"], plan.outcome.solution.load_prices[0].tolist(), strict=True))
    why = plan.explain(0)
    prices = {c.rep_id: c.price for c in why.candidates} | {why.decision["owner"]: why.price}
    for rep, price in prices.items():
        due = max(plan.prices[rep] + 10.0 * worth[rep], 0.0)  # nobody is paid without a minimum
        assert price == pytest.approx(due, abs=1e-6)


def test_words():
    why = SPEC.assign(PEOPLE, TEAM).explain("b")
    assert "what a place is worth to others" in why.text()
    assert why.text().splitlines()[-1].startswith("  would go to R1 if it fitted")
    assert "则改由其负责" in why.text("zh")


def kin(*regions, **more):
    return [
        {"customer_id": k, "region": region, "kin": "A", "tier": "low", "revenue": 10.0, **more}
        for k, region in enumerate(regions)
    ]


def test_a_lock_is_said_before_the_wishes():
    people = [{**row, "owner": "R2"} for row in kin("n", "n")]
    people[0]["signed"], people[1]["signed"] = 1, 0
    spec = attrs.evolve(SPEC, together="kin", locked=F("signed") == 1)
    plan = spec.assign(people, TEAM)
    assert "is locked" in plan.explain(0).text()
    assert "已锁定" in plan.explain(0).text("zh")
    assert "a locked member of its family" in plan.explain(1).text()


def test_of_families_and_loads_it_is_said_what_stands_in_the_way_of_each():
    tight = [{**TEAM[0], "capacity": 2}, {**TEAM[1], "capacity": 9}]
    spec = attrs.evolve(SPEC, together="kin", loads=[])
    plan = spec.assign(kin("n", "s", "s"), tight)
    said = {c.rep_id: c.dropped for c in plan.explain(0).candidates}
    assert said["R1"].code == "rep_small"
    assert said["R1"].text() == "2 places left, too few for the family of 3"
    over = attrs.evolve(SPEC, loads=[Load("revenue", high=15.0)])
    left = over.assign(kin("n", "n", "n"), [{**rep, "capacity": 9} for rep in TEAM])
    (out,) = left.unassigned
    codes = {c.dropped.code for c in left.explain(out.customer_id).candidates}
    assert codes == {"rep_overloaded"}


def test_who_fits_one_better_but_not_the_family_is_passed_over_for_it():
    rows = kin("n", "s", "s")
    team = [{**rep, "capacity": 9} for rep in TEAM]
    plan = attrs.evolve(SPEC, together="kin").assign(rows, team)
    said = plan.explain(0)
    assert said.decision["owner"] == "R2"
    assert said.runner_up.dropped.code == "family_elsewhere"
