"""Laws of rebalancing, on small teams of every shape that hypothesis finds."""

from datetime import date, timedelta
from itertools import product

import attrs
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import (
    Allocation,
    Budget,
    Limits,
    Load,
    Match,
    Phases,
    Rebalancing,
    RepLeaves,
    rebalance,
)
from custseg.allocate.solving.optimal import Exact
from custseg.rules import F

DAY = "2026-06-30"
OWNERS = st.sampled_from(["R0", "R1", "R2", "R9", None])
PERSON = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["n", "s", "w"]),
        "industry": st.sampled_from(["a", "b", None]),
        "owner": OWNERS,
        "revenue": st.sampled_from([0.0, 1.0, 2.5, None]),
        "open": st.sampled_from([0.0, 0.0, 1.0]),
        "family": st.sampled_from([None, None, "f", "g"]),
    }
)
REP = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["n", "s", "n;s", "n;s;w"]),
        "industry": st.sampled_from(["a", "b", "a;b"]),
        "capacity": st.integers(0, 5),
    }
)
PEOPLE = st.lists(PERSON, min_size=1, max_size=9).map(
    lambda rows: [{"customer_id": f"C{i}", **row} for i, row in enumerate(rows)]
)
TEAM = st.lists(REP, min_size=1, max_size=3).map(
    lambda rows: [{"rep_id": f"R{i}", **row} for i, row in enumerate(rows)]
)
SPEC = Allocation(
    wishes=[Match("region", separator=";"), Match("industry", separator=";")],
    weights=[3, 2],
    priority=["revenue"],
    solver=Exact(),
)
STRICT = attrs.evolve(
    SPEC, wishes=(Match("region", separator=";", required=True), *SPEC.wishes[1:])
)
SPECS = st.sampled_from([SPEC, STRICT])
SHARES = st.sampled_from([0.0, 0.2, 0.5, 1.0])


def done(people, team, share=1.0, spec=SPEC, **settings):
    moves = None if share is None else Budget(share=share)
    how = Rebalancing(moves=moves, **settings)
    return rebalance(people, team, DAY, allocation=spec, settings=how)


def owners(rows):
    return {row["customer_id"]: row["owner"] for row in rows}


def counts(rows, team):
    return {rep["rep_id"]: sum(row["owner"] == rep["rep_id"] for row in rows) for rep in team}


@given(PEOPLE, TEAM, SHARES, SPECS)
def test_no_more_moves_than_the_budget_or_than_are_forced(people, team, share, spec):
    result = done(people, team, share, spec)
    totals = result.totals
    allowed = int(share * totals["owned"])
    assert totals["moved"] <= max(allowed, result.minimum.found)
    assert totals["within_budget"] == (result.minimum.found <= allowed)
    assert result.minimum.bound <= result.minimum.found


@given(PEOPLE, TEAM, SPECS)
def test_a_larger_budget_never_gains_less(people, team, spec):
    curve = done(people, team, 0.5, spec).pareto([0.0, 0.2, 0.5, 0.8, 1.0])
    points = [point.points for point in curve]
    assert points == sorted(points)
    assert all(a.moved <= max(a.budget, curve[0].moved) for a in curve)


@given(PEOPLE, TEAM, SPECS)
def test_without_a_budget_for_moves_only_orphans_and_overflow_move(people, team, spec):
    result = done(people, team, 0.0, spec)
    least = result.minimum
    forced = least.unfit + least.overflow
    assert result.totals["moved"] == least.found >= forced
    if not least.unfit:  # who must leave may come first, and take the place of one who could stay
        assert least.found == forced


@given(PEOPLE, TEAM, SPECS)
def test_a_solved_plan_solved_again_moves_nobody(people, team, spec):
    first = done(people, team, None, spec)
    again = done([dict(row) for row in first.table], team, None, spec)
    assert again.moves == ()


@given(PEOPLE, TEAM, SHARES)
def test_families_stay_together_and_locks_hold(people, team, share):
    spec = attrs.evolve(SPEC, together="family")
    result = done(people, team, share, spec, protected=F("open") > 0)
    after = owners(result.table)
    reps = {rep["rep_id"] for rep in team}
    locked = {r["customer_id"]: r["owner"] for r in people if r["open"] and r["owner"] in reps}
    assert {customer: after[customer] for customer in locked} == locked
    for name in "fg":
        family = [row["customer_id"] for row in people if row["family"] == name]
        if not any(customer in locked for customer in family):
            assert len({after[customer] for customer in family}) <= 1


@given(PEOPLE, TEAM, SHARES, SPECS, st.integers(1, 3))
def test_every_evening_keeps_the_limits(people, team, share, spec, daily):
    result = done(people, team, share, spec, phases=Phases(count=daily))
    was = counts(people, team)
    last = result.course.days[-1] if result.moves else result.course.days[0]
    for day in range(result.course.days[0], last + 1):
        rows = result.on(date(1970, 1, 1) + timedelta(day))
        held = counts(rows, team)
        for rep in team:
            name = rep["rep_id"]
            assert held[name] <= max(rep["capacity"], was[name])
    assert owners(rows) == owners(result.table)


@given(PEOPLE, TEAM, SHARES, SPECS)
def test_undone_it_is_as_it_was(people, team, share, spec):
    result = done(people, team, share, spec)
    assert owners(result.undo()) == owners(people)
    assert owners(result.journal.undo(people)) == owners(people)


@given(PEOPLE, TEAM, SHARES, SPECS, st.randoms())
def test_the_order_of_rows_changes_nothing(people, team, share, spec, random):
    mixed, crew = people[:], team[:]
    random.shuffle(mixed)
    random.shuffle(crew)
    one, other = done(people, team, share, spec), done(mixed, crew, share, spec)
    assert owners(one.table) == owners(other.table)
    assert one.moves == other.moves


@given(PEOPLE.filter(lambda rows: len(rows) <= 5), TEAM, SHARES, SPECS)
def test_nobody_finds_more_than_the_bound(people, team, share, spec):
    result = done(people, team, share, spec)
    question, found = result.course.question, result.course.found
    if found.bound is None or not found.within:
        return
    points, present = question.points, question.present
    seated = found.at >= 0
    hi = question.problem.places.hi
    best = -1.0
    for at in product(range(-1, points.shape[1]), repeat=len(points)):
        plan = np.array(at)
        if ((plan >= 0) != seated).any() or (
            np.bincount(plan[seated], minlength=hi.size) > hi
        ).any():
            continue
        got = points[seated, plan[seated]]
        moved = ((present >= 0) & (plan != present)).sum()
        if not np.isnan(got).any() and moved <= result.course.budget:
            best = max(best, float(got.sum()))
    assert found.points <= best + 1e-9
    assert best <= found.bound + 1e-9


@given(PEOPLE, TEAM)
def test_who_leaves_leaves_no_customer_behind(people, team):
    how = Rebalancing(moves=Budget(share=0.0))
    result = rebalance(people, team, DAY, allocation=SPEC, settings=how, events=[RepLeaves("R0")])
    after = owners(result.table)
    assert "R0" not in after.values()
    assert {m.customer_id for m in result.moves if m.before == "R0"} == {
        row["customer_id"] for row in people if row["owner"] == "R0"
    }


@given(PEOPLE, TEAM)
def test_limits_without_capacity_force_nobody(people, team):
    spec = attrs.evolve(SPEC, limits=Limits(None))
    result = done(people, team, 0.0, spec)
    assert result.totals["moved"] == 0
    assert result.blocked == ()


@given(PEOPLE, TEAM, SHARES, SPECS)
def test_a_budget_of_value_is_kept(people, team, share, spec):
    how = Rebalancing(moves=Budget(share=share, value="revenue"))
    result = rebalance(people, team, DAY, allocation=spec, settings=how)
    totals = result.totals
    least = result.course.search.calmest().moved * result.course.unit
    assert totals["used"] <= max(totals["budget"], least) + 1e-6
    assert result.course.found.points >= result.course.search.calmest().points - 1e-9


@given(PEOPLE, TEAM, st.integers(1, 2))
def test_families_move_on_one_day(people, team, daily):
    spec = attrs.evolve(SPEC, together="family")
    result = done(people, team, 1.0, spec, phases=Phases(count=daily))
    days = {move.customer_id: move.day for move in result.moves if move.after is not None}
    for name in "fg":
        family = [row["customer_id"] for row in people if row["family"] == name]
        assert len({days[customer] for customer in family if customer in days}) <= 1


@given(PEOPLE, TEAM, SHARES)
def test_a_load_of_value_is_kept(people, team, share):
    people = [{**row, "revenue": row["revenue"] or 0.0} for row in people]
    spec = attrs.evolve(SPEC, loads=(Load("revenue", high=4.0),))
    result = done(people, team, share, spec)
    for rep in team:
        mine = [r["revenue"] for r in result.table if r["owner"] == rep["rep_id"]]
        assert sum(mine) <= 4.0 + 1e-9
