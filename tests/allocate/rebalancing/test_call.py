import json
from datetime import date

import attrs
import pytest

from custseg.allocate import (
    Allocation,
    Budget,
    Limits,
    Load,
    Match,
    Merged,
    Newcomer,
    OnLeave,
    Phases,
    Rebalancing,
    RepLeaves,
    Stay,
    Voice,
    rebalance,
)
from custseg.allocate.solving.optimal import Exact
from custseg.errors import ConfigError, DataError
from custseg.rules import F
from everykind import KINDS, as_records, as_table

DAY = "2026-06-30"
SPEC = Allocation(
    wishes=[Match("region", separator=";", code="same_territory"), Stay()],
    weights=[1, 9],
    priority=["revenue"],
    solver=Exact(),
)
KIND_OF = {"customer_id": "text", "region": "text", "owner": "text", "revenue": "number"}


def people(*rows):
    names = ("customer_id", "region", "owner", "revenue")
    return [dict(zip(names, row, strict=True)) for row in rows]


def team(**rooms):
    return [
        {"rep_id": name, "region": region, "capacity": room}
        for name, (region, room) in rooms.items()
    ]


TEAM = team(R1=("n", 3), R2=("s", 3), R3=("n;s", 3))
BOOK = people(
    ("a", "n", "R1", 50.0),
    ("b", "n", "R1", 40.0),
    ("c", "s", "R2", 30.0),
    ("d", "s", "R1", 20.0),
    ("e", "w", "R2", 10.0),
)
ALL = Rebalancing(moves=None)


def moved(done):
    return {m.customer_id: (m.before, m.after, m.why.code) for m in done.moves}


def test_whoever_gains_enough_moves_and_nobody_else():
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=ALL)
    assert set(moved(done)) == {"d"}
    before, after, why = moved(done)["d"]
    assert (before, why) == ("R1", "same_territory")
    assert after in {"R2", "R3"}
    assert done.totals["kept"] == 4
    assert done.totals["bound"] == pytest.approx(done.totals["points"], abs=1e-4)


def test_no_budget_is_left_for_it():
    none = Rebalancing(moves=Budget(count=0))
    assert rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=none).moves == ()
    dear = Rebalancing(moves=None, least_gain=2.0)
    assert rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=dear).moves == ()


def test_protected_customers_stay_whatever_the_gain():
    how = Rebalancing(moves=None, protected=F("revenue") == 20)
    assert rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=how).moves == ()


def test_who_came_a_short_time_ago_stays():
    book = [{**row, "owner_since": "2026-06-20"} for row in BOOK]
    how = Rebalancing(moves=None, settled=30)
    assert rebalance(book, TEAM, DAY, allocation=SPEC, settings=how).moves == ()
    assert rebalance(book, TEAM, "2026-07-20", allocation=SPEC, settings=how).moves != ()


def test_a_leaver_is_replaced_and_the_rest_is_calm():
    how = Rebalancing(moves=Budget(count=0))
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=how, events=[RepLeaves("R1")])
    assert set(moved(done)) == {"a", "b", "d"}
    assert {why for *_, why in moved(done).values()} == {"rep_leaves"}
    assert all(move.forced for move in done.moves)
    gone = next(load for load in done.loads if load.rep_id == "R1")
    assert (gone.before, gone.after, gone.state) == (3, 0, "leaves")
    assert "R1" in done.text()
    assert done.undo() != done.table
    assert [row["owner"] for row in done.undo()] == [row["owner"] for row in BOOK]


def test_who_has_an_owner_is_not_robbed_by_who_has_none():
    book = people(("x", "n", "R9", 900.0), ("a", "n", "R1", 1.0))
    done = rebalance(book, team(R1=("n", 1)), DAY, allocation=SPEC, settings=ALL)
    assert moved(done) == {"x": ("R9", None, "to_pool")}
    blocked = done.blocked[0]
    assert (blocked.reason.code, blocked.reps, blocked.customers) == ("capacity_full", ("R1",), 1)
    assert blocked.value == 900.0


def test_overflow_goes_by_the_least_gain_and_says_so():
    book = people(*[(f"c{i}", "n", "R1", float(i)) for i in range(5)])
    done = rebalance(book, TEAM, DAY, allocation=SPEC, settings=Rebalancing(moves=Budget(count=0)))
    assert len(done.moves) == 2
    assert {m.why.code for m in done.moves} == {"over_capacity"}
    assert done.minimum.proven
    assert not done.totals["within_budget"]


def test_leave_is_covered_and_the_owner_stays():
    crew = [{**rep, "on_leave_from": None, "on_leave_until": None} for rep in TEAM]
    crew[0] |= {"on_leave_from": "2026-06-20", "on_leave_until": "2026-07-10"}
    done = rebalance(BOOK, crew, DAY, allocation=SPEC, settings=Rebalancing(moves=Budget(count=0)))
    rows = {row["customer_id"]: row for row in done.table}
    assert done.moves == ()
    assert rows["a"]["owner"] == "R1"
    assert rows["a"]["cover_rep"] in {"R2", "R3"}
    assert rows["a"]["cover_from"] == date(2026, 6, 30)
    assert rows["a"]["cover_until"] == date(2026, 7, 10)
    assert rows["c"]["cover_rep"] is None
    assert done.totals["covered"] == 3


def test_leave_to_come_is_covered_from_its_first_day_and_only_for_whom_it_is_wanted():
    how = Rebalancing(moves=Budget(count=0), cover=F("revenue") >= 40)
    leave = OnLeave("R1", "2026-07-05", "2026-07-14")
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=how, events=[leave])
    rows = {row["customer_id"]: row for row in done.table}
    assert rows["a"]["cover_from"] == date(2026, 7, 5)
    assert rows["d"]["cover_rep"] is None
    assert done.totals["covered"] == 2


def test_stand_ins_need_room():
    crew = team(R1=("n", 3), R2=("s", 3))
    leave = OnLeave("R1", DAY, "2026-07-14")
    how = Rebalancing(moves=Budget(count=0))
    done = rebalance(BOOK, crew, DAY, allocation=SPEC, settings=how, events=[leave])
    assert (done.totals["covered"], done.totals["not_covered"]) == (1, 2)


def test_a_newcomer_has_room_by_tenure():
    crew = [*TEAM, {"rep_id": "R4", "region": "w", "capacity": 8}]
    book = people(*[(f"c{i}", "w", "R2", 1.0) for i in range(3)])
    new = Newcomer("R4", "2026-06-25")
    done = rebalance(book, crew, DAY, allocation=SPEC, settings=ALL, events=[new])
    assert sum(m.after == "R4" for m in done.moves) == 2
    assert next(load.capacity for load in done.loads if load.rep_id == "R4") == 2


@pytest.mark.parametrize(("keep", "owner"), [("into", "R2"), ("value", "R1"), ("longest", "R1")])
def test_merged_accounts_have_one_owner_by_the_stated_rule(keep, owner):
    since = {"a": "2020-01-01", "c": "2024-01-01"}
    book = [{**row, "owner_since": since.get(row["customer_id"])} for row in BOOK]
    merger = Merged(("a", "c"), into="c", keep=keep)
    how = Rebalancing(moves=Budget(count=0))
    crew = team(R1=("n", 4), R2=("s", 3))
    done = rebalance(book, crew, DAY, allocation=SPEC, settings=how, events=[merger])
    rows = {row["customer_id"]: row["owner"] for row in done.table}
    assert rows["a"] == rows["c"] == owner
    assert [m.why.code for m in done.moves] == ["merged_account"]
    assert "_together" not in done.table[0]
    assert [row["owner"] for row in done.undo()] == [row["owner"] for row in BOOK]


def test_a_complaint_parts_at_once_and_a_preference_gains():
    said = [
        {"customer_id": "a", "rep_id": "R1", "said": "complaint", "at": "2026-06-01"},
        {"customer_id": "c", "rep_id": "R3", "said": "preference", "at": "2026-06-01"},
        {"customer_id": "b", "rep_id": "R3", "said": "preference", "at": "2026-07-01"},
        {"customer_id": "z", "rep_id": "R3", "said": "preference", "at": "2026-06-01"},
    ]
    how = Rebalancing(moves=Budget(count=2))
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=how, feedback=said)
    assert moved(done)["a"] == ("R1", "R3", "customer_complaint")
    assert done.minimum.unfit == 1
    assert "b" not in moved(done)
    assert done.totals["voices"] == {"complaint": 1, "preference": 1}
    assert (done.totals["voices_later"], done.totals["voices_unknown_customers"]) == (1, 1)
    assert "preferred_rep" not in done.table[0]
    free = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=ALL, feedback=said)
    assert moved(free)["c"] == ("R2", "R3", "customer_preference")


def test_results_move_the_valuable_to_the_able():
    book = [{**row, "tier": "high" if row["revenue"] > 35 else "low"} for row in BOOK]
    crew = [
        {**rep, "won": won, "closed": 1000} for rep, won in zip(TEAM, (100, 100, 900), strict=True)
    ]
    done = rebalance(book, crew, DAY, allocation=SPEC, settings=ALL)
    assert moved(done)["a"] == ("R1", "R3", "results")
    without = attrs.evolve(ALL, signals=(Voice("request"),))
    assert "a" not in moved(rebalance(book, crew, DAY, allocation=SPEC, settings=without))


def test_days_and_halves():
    how = Rebalancing(moves=None, phases=Phases(count=1, start="2026-07-01", every=7))
    events = [RepLeaves("R1")]
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=how, events=events)
    days = sorted({move.day for move in done.moves})
    assert days[0] == date(2026, 7, 1)
    assert len(days) == len(done.moves)
    first = [row["owner"] for row in done.on(days[0])]
    assert sum(a != b["owner"] for a, b in zip(first, BOOK, strict=True)) == 1
    assert [row["owner"] for row in done.on(days[-1])] == [row["owner"] for row in done.table]
    assert done.journal.undo(done.on(days[0])) == BOOK


def test_evenings_above_a_load_are_told():
    book = people(("a", "n", "R1", 4.0), ("b", "s", "R2", 4.0))
    spec = attrs.evolve(SPEC, loads=(Load("revenue", high=4.0),), limits=Limits(None))
    swap = [{**row, "region": "s" if row["region"] == "n" else "n"} for row in book]
    crew = team(R1=("n", 3), R2=("s", 3))
    how = Rebalancing(moves=None, phases=Phases(count=1))
    done = rebalance(swap, crew, DAY, allocation=spec, settings=how)
    over = done.totals["days_over_load"]
    for day in done.totals["days"]:
        held = {rep["rep_id"]: 0.0 for rep in crew}
        for row in done.on(day):
            held[row["owner"]] += row["revenue"]
        assert (max(held.values()) > 4.0) == (day in over)


@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_table_comes_back_as_its_kind(kind):
    book = as_table(kind, BOOK, KIND_OF)
    done = rebalance(book, TEAM, DAY, allocation=SPEC, settings=ALL)
    plain = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=ALL)
    assert type(done.table) is type(book)
    owners = [row["owner"] for row in as_records(done.table)]
    assert owners == [row["owner"] for row in plain.table]
    back = [row["owner"] for row in as_records(done.undo())]
    assert back == [row["owner"] for row in BOOK]


def test_figures_are_plain():
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=ALL, events=[RepLeaves("R2")])
    data = json.loads(json.dumps(done.as_dict()))
    assert data["totals"]["moved"] == done.totals["moved"]
    assert sum(flow["count"] for flow in data["flows"]) == len(done.moves)
    curve = done.pareto([0.0, 1.0])
    assert curve[0].gain == 0.0
    assert curve[1].points >= curve[0].points
    assert curve[1].gap is not None
    html = done._repr_html_()
    assert "<table>" in html
    assert done.text("zh") != done.text()
    assert repr(done).startswith("<Rebalance: ")


def test_one_customer_is_explained():
    done = rebalance(BOOK, TEAM, DAY, allocation=SPEC, settings=ALL)
    assert done.explain("d").after == done.moves[0].after
    assert done.explain("a") is None
    assert "+1.000" in done.plan.explain("a").text()
    with pytest.raises(DataError, match="no customer"):
        done.explain("z")


def test_events_about_strangers_are_refused():
    with pytest.raises(DataError, match="R7"):
        rebalance(BOOK, TEAM, DAY, allocation=SPEC, events=[RepLeaves("R7")])
    with pytest.raises(DataError, match="1 accounts"):
        rebalance(BOOK, TEAM, DAY, allocation=SPEC, events=[Merged(("a", "z"), into="a")])
    free = attrs.evolve(SPEC, limits=Limits(None))
    crew = [{"rep_id": "R1", "region": "n"}]
    with pytest.raises(ConfigError, match="no capacity"):
        rebalance(BOOK, crew, DAY, allocation=free, events=[Newcomer("R1", DAY)])


def test_a_column_needed_inside_is_refused():
    with pytest.raises(ConfigError, match="_held"):
        rebalance([{**row, "_held": 1} for row in BOOK], TEAM, DAY, allocation=SPEC)


def test_without_owners_everybody_is_placed():
    book = [{k: v for k, v in row.items() if k != "owner"} for row in BOOK]
    done = rebalance(book, TEAM, DAY)
    assert done.totals["owned"] == 0
    assert done.totals["placed"] == 5
    assert {m.why.code for m in done.moves} == {"no_owner"}


@pytest.mark.parametrize(("book", "crew"), [([], TEAM), (BOOK, []), ([], [])])
def test_nobody_on_one_side(book, crew):
    done = rebalance(
        book, crew, DAY, allocation=attrs.evolve(SPEC, wishes=(), weights=(), priority=())
    )
    assert done.totals["moved"] == 0
    assert done.text()


def test_who_is_protected_with_an_owner_who_is_not_eligible_counts_nothing():
    strict = attrs.evolve(SPEC, wishes=[Match("region", required=True)], weights=())
    book = [{**row, "open": float(row["customer_id"] == "a")} for row in BOOK]
    book[0]["region"] = "s"
    how = Rebalancing(moves=Budget(share=0.2), protected=F("open") > 0)
    done = rebalance(book, team(R1=("n", 5), R2=("s", 5)), DAY, allocation=strict, settings=how)
    found = done.course.found
    assert done.table[0]["owner"] == "R1"
    assert 0 <= found.points <= found.bound <= 5
    assert done.totals["moved"] == done.minimum.found


CALM = [{"customer_id": k, "region": "n", "owner": 1 if k < 4 else 2} for k in range(8)]
CREW = [{"rep_id": k, "region": "n", "capacity": 8} for k in (1, 2, 3)]


def covers(*events, crew=CREW):
    done = rebalance(CALM, crew, DAY, events=events)
    return [row["cover_rep"] for row in done.table]


def test_stand_ins_may_be_away_at_other_times_but_not_on_a_day_of_the_leave():
    first = OnLeave("1", "2026-07-01", "2026-07-14")
    found = covers(
        first, OnLeave("2", "2026-07-15", "2026-07-16"), OnLeave("3", "2026-07-14", "2026-07-20")
    )
    assert found == [2] * 4 + [1] * 4


def test_leave_to_come_in_the_team_s_table_is_covered_and_keeps_from_standing_in():
    crew = [{**rep, "on_leave_from": None, "on_leave_until": None} for rep in CREW]
    crew[2] |= {"on_leave_from": "2026-07-03", "on_leave_until": "2026-07-10"}
    assert covers(OnLeave("1", "2026-07-01", "2026-07-14"), crew=crew)[:4] == [2] * 4
    crew[0] |= {"on_leave_from": "2026-07-01", "on_leave_until": "2026-07-02"}
    assert set(covers(crew=crew)[:4]) <= {2, 3}
    crew[0] |= {"on_leave_until": "2026-06-29", "on_leave_from": "2026-06-01"}
    assert covers(crew=crew)[:4] == [None] * 4


def test_two_events_of_one_kind_for_somebody_are_refused():
    with pytest.raises(ConfigError, match="two events"):
        covers(OnLeave("1", "2026-07-01", "2026-07-05"), OnLeave("1", "2026-08-01", "2026-08-05"))


def test_accounts_merged_twice_have_one_owner_and_are_told_as_changes():
    merged = [Merged(("0", "7"), into="0"), Merged(("7", "6"), into="6")]
    done = rebalance(CALM, CREW, DAY, events=merged)
    assert {row["owner"] for row in done.table if row["customer_id"] in (0, 6, 7)} == {2}
    assert [(m.customer_id, m.why.code, m.forced) for m in done.moves] == [
        (0, "merged_account", True)
    ]
    assert (done.totals["moved"], done.totals["kept"], done.totals["used"]) == (1, 7, 0)


def test_a_newcomer_s_minimum_is_never_above_the_ramped_capacity():
    crew = [{**rep, "least": 2} for rep in CREW]
    spec = Allocation(limits=Limits(minimum="least"))
    events = [Newcomer("3", "2026-07-15")]
    assert rebalance(CALM, crew, DAY, allocation=spec, events=events).moves == ()


def test_a_family_goes_together_and_says_so():
    spec = Allocation(wishes=[Match("region")], together="house")
    book = [
        {"customer_id": k, "region": region, "owner": "R1", "house": "h"}
        for k, region in enumerate("ssn")
    ]
    done = rebalance(book, team(R1=("n", 9), R2=("s", 9)), DAY, allocation=spec, settings=ALL)
    assert {m.customer_id: m.why.code for m in done.moves} == {
        0: "match",
        1: "match",
        2: "family_moves",
    }


def test_who_stays_with_a_protected_member_of_the_family_is_no_forced_move():
    spec = Allocation(wishes=[Match("region", required=True)], together="house")
    book = [
        {"customer_id": k, "region": region, "owner": "R1", "house": house, "open": k == 0}
        for k, (region, house) in enumerate([("s", "h"), ("s", "h"), ("s", "i"), ("n", "j")])
    ]
    how = Rebalancing(moves=None, protected=F("open") == 1)
    done = rebalance(book, team(R1=("n", 9), R2=("s", 9)), DAY, allocation=spec, settings=how)
    assert [move.customer_id for move in done.moves] == [2]
    assert (done.minimum.unfit, done.minimum.bound, done.minimum.found) == (1, 1, 1)
