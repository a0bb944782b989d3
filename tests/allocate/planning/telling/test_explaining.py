"""What prices tell about one decision: who is next, and what would change it."""

import pytest

from custseg.allocate import Allocation, Exact, Greedy, Load, Match, Senior

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
        assert price == pytest.approx(plan.prices[rep] + 10.0 * worth[rep], abs=1e-6)


def test_words():
    why = SPEC.assign(PEOPLE, TEAM).explain("b")
    assert "what a place is worth to others" in why.text()
    assert why.text().splitlines()[-1].startswith("  would go to R1 if it fitted")
    assert "则改由其负责" in why.text("zh")
