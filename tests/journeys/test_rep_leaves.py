"""Journey: a representative leaves, and 20,000 customers are shared out anew, from two files."""

import csv
import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from custseg.cli import main
from pageblocks import run_blocks

LEAVER = "R01"
ASK = [
    "--settings",
    "rules.toml",
    "--as-of",
    "2026-06-30",
    "--leaves",
    "R01",
    "--out",
    "plan",
    "--json",
]


def rows(path):
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """The files of the page, and the plan that the command makes of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("company"))
        run_blocks("en/journeys/rep-leaves.md", 2)
        given = Path("customers.csv").read_bytes()
        assert main(["rebalance", "customers.csv", "reps.csv", *ASK]) == 0
        assert Path("customers.csv").read_bytes() == given  # a dry run
        yield {
            "before": {row["customer_id"]: row for row in rows("customers.csv")},
            "after": {row["customer_id"]: row for row in rows("plan/customers.csv")},
            "reps": {row["rep_id"]: row for row in rows("reps.csv")},
            "moves": rows("plan/moves.csv"),
            "said": json.loads(Path("plan/rebalance.json").read_text(encoding="utf-8")),
        }


def test_nobody_keeps_the_leaver_and_the_rules_hold_for_all(plan):
    assert len(plan["after"]) == 20_000
    groups = defaultdict(set)
    for row in plan["after"].values():
        assert row["owner"] != LEAVER
        groups[row["group"] or row["customer_id"]].add(row["owner"])
        rep = plan["reps"].get(row["owner"])
        covered = rep is None or rep["territory"] == row["territory"]
        assert covered or row["move"] == ""  # who stays though nobody may is protected
    assert {len(owners) for owners in groups.values()} == {1}


def test_who_has_an_open_deal_or_came_lately_stays(plan):
    for name, row in plan["before"].items():
        if row["owner"] != LEAVER and (row["open_deals"] == "1" or row["owner_since"] > "2026-04"):
            assert plan["after"][name]["owner"] == row["owner"]


def test_each_move_has_a_reason_and_no_plan_moves_fewer(plan):
    changed = {
        name for name, row in plan["before"].items() if plan["after"][name]["owner"] != row["owner"]
    }
    assert changed == {move["customer_id"] for move in plan["moves"]}
    assert Counter(move["why"] for move in plan["moves"]) == {
        "rep_leaves": 1624,
        "not_eligible_now": 189,
        "to_pool": 44,
    }
    minimum = plan["said"]["minimum"]
    assert minimum["proven"]
    assert minimum["found"] == len(changed) - Counter(
        plan["before"][name]["owner"] for name in changed
    ).get(LEAVER)


def test_who_waits_is_told_with_the_limit_that_blocks_it(plan):
    waiting = [row for row in plan["after"].values() if row["owner"] == ""]
    (blocked,) = plan["said"]["blocked"]
    assert (blocked["customers"], blocked["reason"]) == (len(waiting), "capacity_full")
    held = Counter(row["owner"] for row in plan["after"].values())
    east = [
        name for name, rep in plan["reps"].items() if rep["territory"] == "east" and name != LEAVER
    ]
    assert blocked["reps"] == east
    assert all(held[name] == int(plan["reps"][name]["capacity"]) for name in east)
    assert {row["territory"] for row in waiting} == {"east"}


def test_each_evening_keeps_the_caps_and_each_working_day_its_share(plan):
    held = Counter(row["owner"] for row in plan["before"].values())
    room = {name: int(rep["capacity"]) for name, rep in plan["reps"].items()}
    days = defaultdict(list)
    for move in plan["moves"]:
        days[move["day"]].append(move)
    assert len(days) == 19
    for day in sorted(days):
        assert date.fromisoformat(day).weekday() < 5
        assert sum(1 for move in days[day] if move["after"]) <= 100
        for move in days[day]:
            held[move["before"]] -= 1
            held[move["after"]] += 1
        assert all(held[name] <= room[name] for name in room)
    assert held[LEAVER] == 0


def test_loads_and_their_gini_are_those_of_the_tables(plan):
    said, totals = plan["said"], plan["said"]["totals"]
    team = [name for name in plan["reps"] if name != LEAVER]
    room = {name: int(plan["reps"][name]["capacity"]) for name in team}
    for when in ("before", "after"):
        held = Counter(row["owner"] for row in plan[when].values())
        assert {load["rep_id"]: load[when] for load in said["loads"]} == {
            name: held[name] for name in plan["reps"]
        }
        filled = [held[name] / room[name] for name in team]
        apart = sum(abs(a - b) for a in filled for b in filled) / (2 * len(team) * sum(filled))
        assert totals[f"gini_{when}"] == pytest.approx(apart, abs=1e-6)


def test_one_command_takes_everybody_back_and_respects_what_happened_since(plan, capsys):
    assert main(["undo", "plan/customers.csv", "plan/rebalance.json"]) == 0
    back = {row["customer_id"]: row["owner"] for row in rows("plan/customers-undone.csv")}
    assert back == {name: row["owner"] for name, row in plan["before"].items()}
    taken = plan["moves"][0]["customer_id"]
    text = Path("plan/customers.csv").read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if one.startswith(taken))
    owner = plan["after"][taken]["owner"]
    Path("since.csv").write_text(text.replace(line, line.replace(owner, "R19", 1)), "utf-8")
    capsys.readouterr()
    assert main(["undo", "since.csv", "plan/rebalance.json"]) == 2
    assert "another owner since: 1" in capsys.readouterr().err
    assert main(["undo", "since.csv", "plan/rebalance.json", "--meanwhile", "keep"]) == 0
    kept = {row["customer_id"]: row["owner"] for row in rows("since-undone.csv")}
    assert kept == {**back, taken: "R19"}
