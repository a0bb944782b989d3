"""The journey: a rep leaves; one call gives the plan, the reasons, the days and the way back."""

import json
import runpy
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

from custseg.allocate import MoveJournal

STORY = runpy.run_path(str(Path(__file__).parents[3] / "examples" / "rep_leaves.py"))


@cache
def told():
    people, team = STORY["company"](1_500, 20)
    return people, team, STORY["journey"](people, team, "R007")


def test_everybody_of_the_leaver_is_placed_or_stays_in_the_pool_with_a_reason():
    people, _, done = told()
    theirs = {row["customer_id"] for row in people if row["owner"] == "R007"}
    moves = {move.customer_id: move for move in done.moves}
    assert theirs <= set(moves)
    pooled = {customer for customer in theirs if moves[customer].after is None}
    assert all(moves[customer].why.code == "to_pool" for customer in pooled)
    assert all(moves[customer].why.code == "rep_leaves" for customer in theirs - pooled)
    assert sum(each.customers for each in done.blocked) == done.totals["pool"] > 0
    assert {each.reason.code for each in done.blocked} == {"capacity_full"}
    assert all("R007" not in each.reps for each in done.blocked)


def test_the_budget_is_kept_and_the_plan_is_proven_near_the_best_within_it():
    _, _, done = told()
    totals = done.totals
    assert totals["moved"] <= totals["budget"]
    assert totals["within_budget"]
    assert done.minimum.bound == done.minimum.found == 0
    assert totals["points"] > totals["points_least_moves"]
    assert totals["bound"] - totals["points"] <= 1e-3 * totals["points"]


def test_loads_and_fairness_are_told_before_and_after():
    people, team, done = told()
    after = Counter(row["owner"] for row in done.table)
    before = Counter(row["owner"] for row in people)
    for load in done.loads:
        assert (load.before, load.after) == (before[load.rep_id], after[load.rep_id])
    room = {rep["rep_id"]: rep["capacity"] for rep in team}
    assert all(after[name] <= room[name] for name in room)
    assert done.before.gini is not None
    assert done.after.gini is not None


def test_each_working_day_moves_its_share_and_keeps_the_capacities():
    people, team, done = told()
    room = {rep["rep_id"]: rep["capacity"] for rep in team}
    start = Counter(row["owner"] for row in people)
    days = sorted({move.day for move in done.moves})
    assert all(day.weekday() < 5 for day in days)
    per_day = Counter(move.day for move in done.moves if move.after is not None)
    over = set(done.totals["days_over_share"])
    assert all(n <= 100 or day.isoformat() in over for day, n in per_day.items())
    for day in days:
        held = Counter(row["owner"] for row in done.on(day))
        assert all(held[name] <= max(room[name], start[name]) for name in room)
    gains = [np.mean([m.gain for m in done.moves if m.day == day]) for day in days]
    assert gains[0] >= gains[-1]


def test_one_call_undoes_it_from_stored_json():
    people, _, done = told()
    stored = json.dumps(done.journal.as_dict())
    back = MoveJournal.of(json.loads(stored)).undo(done.table)
    assert [row["owner"] for row in back] == [row["owner"] for row in people]
