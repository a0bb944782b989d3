"""Laws of an allocation with everything in it: rules, gates, families, locks, pools."""

import copy
from collections import Counter, defaultdict

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import Allocation, Greedy, Limits, Match, Senior, Stay
from custseg.allocate.ruling.book import RuleBook
from custseg.allocate.ruling.saying.rule import Fallback, Rule
from custseg.allocate.ruling.saying.targets import Same
from custseg.allocate.solving.optimal import Exact
from custseg.rules import F
from everykind import KINDS, as_records, as_table

PERSON = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["n", "s", "w", None]),
        "tier": st.sampled_from(["low", "medium", "high", None]),
        "owner": st.sampled_from(["R0", "R1", "R2", "R9", None]),
        "revenue": st.sampled_from([0.0, 1.0, 2.5, None]),
        "family": st.sampled_from(["F1", "F2", None, None]),
        "signed": st.sampled_from([0.0, 0.0, 1.0, None]),
        "do_not_assign": st.sampled_from([0.0, 0.0, 1.0, None]),
    }
)
REP = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["n", "s", "n;s", None]),
        "seniority": st.sampled_from([1.0, 2.0, 9.0, None]),
        "capacity": st.integers(0, 6).map(float),
    }
)
PEOPLE_KINDS = {
    "customer_id": "text",
    "region": "text",
    "tier": "text",
    "owner": "text",
    "revenue": "number",
    "family": "text",
    "signed": "number",
    "do_not_assign": "number",
}
TEAM_KINDS = {"rep_id": "text", "region": "text", "seniority": "number", "capacity": "number"}


def named(key, prefix, rows):
    return [{key: f"{prefix}{i}", **row} for i, row in enumerate(rows)]


PEOPLE = st.lists(PERSON, max_size=14).map(lambda rows: named("customer_id", "C", rows))
TEAM = st.lists(REP, max_size=4).map(lambda rows: named("rep_id", "R", rows))
BOOK = RuleBook(
    [
        Rule("big", when=F("tier") == "high", to=F("seniority") >= 2),
        Rule("home", when=F("region").is_present(), to=Same("region", separator=";")),
    ],
    fallback=Fallback(pool="public"),
)
SIGNED = F("signed") == 1
SPECS = st.builds(
    Allocation,
    rules=st.sampled_from([None, BOOK]),
    gates=st.sampled_from([(), (Match("region", separator=";", required=True),)]),
    wishes=st.just((Match("region", separator=";"), Senior(), Stay())),
    weights=st.sampled_from([(), (40.0, 20.0, 15.7)]),
    limits=st.sampled_from([Limits(), Limits(None)]),
    priority=st.sampled_from([(), ("revenue",)]),
    solver=st.sampled_from([Greedy(), Exact()]),
    together=st.sampled_from([None, "family"]),
    locked=st.sampled_from([None, SIGNED]),
    pool=st.sampled_from([None, "sea"]),
)


def decided(table):
    keys = ("owner", "owner_reason", "owner_rule", "pool")
    return {r["customer_id"]: tuple(r.get(k) for k in keys) for r in as_records(table)}


def settled(plan):
    return {r["customer_id"] for r in plan.table if r["owner_reason"] in SETTLED}


SETTLED = ("owner_locked", "with_family")


@given(PEOPLE, TEAM, SPECS)
def test_everybody_has_one_owner_or_a_reason_and_a_pool(people, team, spec):
    plan = spec.assign(people, team)
    left = {one.customer_id: one.reason.code for one in plan.unassigned}
    ids = {rep["rep_id"] for rep in team}
    for row in plan.table:
        assert row["owner"] in ids or row["owner"] is None
        assert (row["owner"] is None) == (row["customer_id"] in left)
        assert row["owner_reason"] == left.get(row["customer_id"], row["owner_reason"])
        if spec.pool is not None:
            stands = row["owner"] is None and not row["do_not_assign"]
            assert (row["pool"] is not None) == stands
    assert plan.totals["assigned"] + len(left) == len(people)
    assert "left_out" not in left.values()


@given(PEOPLE, TEAM, SPECS)
def test_places_are_exceeded_by_locks_alone_and_that_is_said(people, team, spec):
    plan = spec.assign(people, team)
    over = {rep for v in plan.violations if v.reason.code == "locked_over" for rep in v.reps}
    held = Counter(r["owner"] for r in plan.table if r["customer_id"] in settled(plan))
    for load in plan.loads:
        if load.capacity is not None and load.given > load.capacity:
            assert load.rep_id in over
            assert load.given == held[load.rep_id]


@given(PEOPLE, TEAM, SPECS)
def test_who_is_not_eligible_is_used_by_locks_alone(people, team, spec):
    plan = spec.assign(people, team)
    areas = {rep["rep_id"]: (rep["region"] or "").split(";") for rep in team}
    skill = {rep["rep_id"]: rep["seniority"] or 0 for rep in team}
    for row in plan.table:
        if row["owner"] is None or row["customer_id"] in settled(plan):
            continue
        assert not row["do_not_assign"]
        if spec.gates:
            assert row["region"] in areas[row["owner"]]
        if spec.rules is not None and row["tier"] == "high":
            assert skill[row["owner"]] >= 2
        elif spec.rules is not None:
            assert row["region"] in areas[row["owner"]]


@given(PEOPLE, TEAM, SPECS)
def test_locks_never_move(people, team, spec):
    spec = attrs.evolve(spec, locked=SIGNED)
    ids = {rep["rep_id"] for rep in team}
    before = {row["customer_id"]: row["owner"] for row in people}
    for row in spec.assign(people, team).table:
        if row["signed"] == 1 and before[row["customer_id"]] in ids:
            assert row["owner"] == before[row["customer_id"]]
            assert row["owner_reason"] == "owner_locked"


@given(PEOPLE, TEAM, SPECS)
def test_families_never_part_but_by_locks(people, team, spec):
    plan = attrs.evolve(spec, together="family").assign(people, team)
    torn = {c for v in plan.violations if v.reason.code == "family_torn" for c in v.customers}
    families = defaultdict(list)
    for row in plan.table:
        if row["family"] and not row["do_not_assign"]:
            families[row["family"]].append(row)
    for members in families.values():
        if not torn & {row["customer_id"] for row in members}:
            assert len({row["owner"] for row in members}) == 1


@given(PEOPLE, TEAM, SPECS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(people, team, spec, chance):
    plan = spec.assign(people, team)
    chance.shuffle(mixed := list(people))
    chance.shuffle(crew := list(team))
    again = spec.assign(mixed, crew)
    assert decided(again.table) == decided(plan.table)
    assert again.hash == plan.hash
    assert again.prices == plan.prices
    assert again.violations == plan.violations


@pytest.mark.parametrize("kind", KINDS)
@given(people=PEOPLE, team=TEAM, spec=SPECS)
def test_every_kind_gives_the_same_plan(kind, people, team, spec):
    plan = spec.assign(people, team)
    found = spec.assign(as_table(kind, people, PEOPLE_KINDS), as_table(kind, team, TEAM_KINDS))
    assert decided(found.table) == decided(plan.table)
    if not (people and team):  # a list of no records has no columns to read
        return
    if getattr(found, "pieces", None) is None:
        assert found.hash == plan.hash
        return
    turned = as_table(kind, people[::-1], PEOPLE_KINDS)  # of classes the ids are not read
    assert found.hash == spec.assign(turned, as_table(kind, team, TEAM_KINDS)).hash


@given(PEOPLE, TEAM, SPECS)
def test_the_input_is_not_changed(people, team, spec):
    before = copy.deepcopy((people, team))
    spec.assign(people, team)
    assert (people, team) == before


@given(PEOPLE, TEAM, SPECS)
def test_solving_a_solved_plan_moves_nobody(people, team, spec):
    spec = attrs.evolve(spec, solver=Exact(), together=None, weights=(40.0, 20.0, 15.7))
    once = spec.assign(people, team)
    again = spec.assign([dict(row) for row in once.table], team)
    assert again.totals["moved"] == 0
    assert [r["owner"] for r in again.table] == [r["owner"] for r in once.table]


@given(PEOPLE, TEAM, SPECS)
def test_a_representative_without_places_changes_nothing(people, team, spec):
    spec = attrs.evolve(spec, wishes=[Match("region", separator=";")], weights=(), limits=Limits())
    idle = {"rep_id": "idle", "region": "n", "seniority": 1.0, "capacity": 0.0}
    with_, without = spec.assign(people, [*team, idle]), spec.assign(people, team)
    assert [r["owner"] for r in with_.table] == [r["owner"] for r in without.table]


@given(PEOPLE, TEAM, SPECS)
def test_a_proof_is_never_below_the_points(people, team, spec):
    plan = spec.assign(people, team)
    if plan.bound is not None:
        assert plan.bound >= plan.outcome.solution.total
        assert plan.gap >= 0
    if isinstance(spec.solver, Exact) and spec.together is None:
        assert plan.gap == 0
