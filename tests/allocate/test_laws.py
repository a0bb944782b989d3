"""Laws of allocation, on tables of every shape that hypothesis finds."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.allocate import Allocation, First, Greedy, Limits, Match, Senior, Stay
from custseg.errors import CapacityError
from everykind import KINDS, as_records, as_table

REGIONS = st.sampled_from(["n", "s", "w", None])
PERSON = st.fixed_dictionaries(
    {
        "region": REGIONS,
        "tier": st.sampled_from(["low", "medium", "high", None]),
        "owner": st.sampled_from(["R0", "R1", "R9", None]),
        "revenue": st.sampled_from([0.0, 1.0, 2.5, None]),
        "do_not_assign": st.sampled_from([0.0, 1.0, None]),
    }
)
REP = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["n", "s", "n;s", None]),
        "seniority": st.sampled_from([1.0, 2.0, 9.0, None]),
        "capacity": st.integers(0, 5).map(float),
        "load": st.sampled_from([0.0, 1.0, 7.0, None]),
    }
)
PEOPLE_KINDS = {
    "customer_id": "text",
    "region": "text",
    "tier": "text",
    "owner": "text",
    "revenue": "number",
    "do_not_assign": "number",
}
TEAM_KINDS = {
    "rep_id": "text",
    "region": "text",
    "seniority": "number",
    "capacity": "number",
    "load": "number",
}


def named(key, prefix, rows):
    return [{key: f"{prefix}{i}", **row} for i, row in enumerate(rows)]


PEOPLE = st.lists(PERSON, max_size=12).map(lambda rows: named("customer_id", "C", rows))
TEAM = st.lists(REP, max_size=4).map(lambda rows: named("rep_id", "R", rows))
FLAGS = st.booleans()
SPECS = st.builds(
    Allocation,
    wishes=st.builds(
        lambda territory, lock: (
            Match("region", required=territory, separator=";"),
            Senior(),
            Stay(required=lock),
        ),
        FLAGS,
        FLAGS,
    ),
    weights=st.sampled_from([(), (40, 20, 15), (0, 1, 0)]),
    limits=st.sampled_from([Limits(), Limits(None), Limits(default=2)]),
    priority=st.sampled_from([(), ("revenue",), (First("revenue", smallest=True),)]),
    solver=st.sampled_from([Greedy(), Greedy("priority")]),
)


def owners(table):
    return {r["customer_id"]: (r["owner"], r["owner_reason"]) for r in as_records(table)}


@given(PEOPLE, TEAM, SPECS)
def test_a_capacity_is_never_exceeded_by_what_is_given(people, team, spec):
    plan = spec.assign(people, team)
    for load in plan.loads:
        carried = load.after - load.given
        assert load.capacity is None or load.given <= max(0, load.capacity - carried)
    if spec.limits.capacity is None:
        assert "capacity_full" not in plan.totals["unassigned"]


@given(PEOPLE, TEAM, SPECS)
def test_everybody_has_an_owner_or_a_reason(people, team, spec):
    plan = spec.assign(people, team)
    left = {u.customer_id: u.reason.code for u in plan.unassigned}
    for customer, (owner, why) in owners(plan.table).items():
        assert (owner is None) == (customer in left)
        assert left.get(customer, why) == why
        assert plan.explain(customer).decision == {"owner": owner, "owner_reason": why}
    assert plan.totals["assigned"] + len(left) == len(people)
    assert sum(load.given for load in plan.loads) == plan.totals["assigned"]
    assert plan.totals["points"] <= plan.totals["points_bound"] + 1e-6


@given(PEOPLE, TEAM, SPECS)
def test_a_required_wish_is_never_broken(people, team, spec):
    areas = {rep["rep_id"]: (rep["region"] or "").split(";") for rep in team}
    plan = spec.assign(people, team)
    for row in plan.table:
        if row["owner"] is None or not spec.wishes[0].required:
            continue
        assert row["region"] in areas[row["owner"]]
        assert not row["do_not_assign"]


@given(PEOPLE, TEAM, SPECS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(people, team, spec, chance):
    expected = owners(spec.assign(people, team).table)
    chance.shuffle(mixed := list(people))
    chance.shuffle(crew := list(team))
    plan = spec.assign(mixed, crew)
    assert owners(plan.table) == expected
    assert [row["customer_id"] for row in plan.table] == [row["customer_id"] for row in mixed]


@pytest.mark.parametrize("kind", KINDS)
@given(people=PEOPLE, team=TEAM, spec=SPECS)
def test_every_kind_gives_the_same_owners(kind, people, team, spec):
    expected = owners(spec.assign(people, team).table)
    found = spec.assign(as_table(kind, people, PEOPLE_KINDS), as_table(kind, team, TEAM_KINDS))
    assert owners(found.table) == expected


@given(PEOPLE, TEAM, SPECS)
def test_the_input_is_not_changed(people, team, spec):
    before = copy.deepcopy((people, team))
    spec.assign(people, team)
    assert (people, team) == before


@given(SPECS)
def test_settings_come_back_through_json(spec):
    assert cs.load(json.dumps(cs.dump(spec))) == spec
    assert cs.load(json.dumps(cs.dump(spec.fit()))) == spec.fit()


@given(PEOPLE, TEAM)
def test_removing_a_representative_without_places_changes_nothing(people, team):
    spec = Allocation(wishes=[Match("region", separator=";")])
    idle = {"rep_id": "idle", "region": "n", "seniority": 1.0, "capacity": 0.0, "load": 0.0}
    assert (
        owners(spec.assign(people, [*team, idle]).table).items()
        <= {
            customer: (owner, "capacity_full" if why == "no_eligible_rep" else why)
            for customer, (owner, why) in owners(spec.assign(people, team).table).items()
        }.items()
    )


@given(PEOPLE, TEAM, st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_minimums_are_reached_or_refused(people, team, least):
    spec = Allocation(wishes=[Match("region")], limits=Limits(minimum="least"))
    crew = [{**rep, "least": n} for rep, n in zip(team, least, strict=False)]
    try:
        plan = spec.assign(people, crew)
    except CapacityError:
        return
    wanted = {rep["rep_id"]: rep["least"] for rep in crew}
    assert all(load.after >= wanted[load.rep_id] for load in plan.loads)
