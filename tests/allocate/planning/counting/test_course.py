"""Plans of lazy tables: the same owners as in memory, and how few rows leave the engine."""

import duckdb
import polars as pl
import pytest
from tests.anyowners import ASKED, COLUMNS, SINGLE, agreed, people, team
from tests.everykind import LAZY, as_records, as_table

from custseg.allocate import Allocation, Greedy, Match
from custseg.errors import DataError
from custseg.frames import crossings

PEOPLE = people(1500)
TIGHT, WIDE = team(6, 120), team(6, 900)
WRITTEN = ("owner", "owner_reason", "owner_rule", "pool")


def owners(table):
    return {
        row["customer_id"]: {name: row[name] for name in WRITTEN if name in row}
        for row in as_records(table)
    }


@pytest.mark.parametrize("kind", LAZY)
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("reps", [TIGHT, WIDE], ids=["tight", "wide"])
def test_owners_are_those_of_the_plan_in_memory(kind, asked, reps):
    eager = ASKED[asked].assign(PEOPLE, reps)
    with crossings() as account:
        plan = ASKED[asked].assign(as_table(kind, PEOPLE, COLUMNS), reps)
        assert owners(plan.table) == owners(eager.table)
    assert plan.by_classes
    agreed(plan, eager)
    fetched = [one for one in account if not one.sums and not one.streamed]
    assert fetched == []


@pytest.mark.parametrize("kind", LAZY)
@pytest.mark.parametrize("asked", SINGLE)
def test_what_needs_single_customers_streams_what_is_read(kind, asked):
    eager = SINGLE[asked].assign(PEOPLE, TIGHT)
    with crossings() as account:
        plan = SINGLE[asked].assign(as_table(kind, PEOPLE, COLUMNS), TIGHT)
    assert not plan.by_classes
    agreed(plan, eager)
    (fetched,) = [one for one in account if not one.sums and not one.streamed]
    assert "tier" not in fetched.columns
    assert owners(plan.table) == owners(eager.table)
    assert plan.hash == eager.hash
    assert plan.explain("C00007").text() == eager.explain("C00007").text()


def test_a_solver_that_shares_no_classes_streams():
    asked = Allocation(wishes=[Match("region")], solver=Greedy())
    plan = asked.assign(as_table("polars-lazy", PEOPLE, COLUMNS), WIDE)
    assert not plan.by_classes
    assert owners(plan.table) == owners(asked.assign(PEOPLE, WIDE).table)


def test_too_many_classes_stream(monkeypatch):
    monkeypatch.setattr("custseg.allocate.planning.counting.course.MOST", 10)
    plan = ASKED["wishes"].assign(as_table("polars-lazy", PEOPLE, COLUMNS), WIDE)
    assert not plan.by_classes
    assert owners(plan.table) == owners(ASKED["wishes"].assign(PEOPLE, WIDE).table)


@pytest.mark.parametrize("kind", LAZY)
def test_few_customers_a_class_are_planned_as_in_memory(kind):
    few, reps = people(60, 1), team(20, 4)
    plan = ASKED["wishes"].assign(as_table(kind, few, COLUMNS), reps)
    eager = ASKED["wishes"].assign(few, reps)
    assert not plan.by_classes
    assert owners(plan.table) == owners(eager.table)
    agreed(plan, eager)


def test_words_that_make_no_difference_make_no_classes():
    some = [{"region": f"nobody's {k}", "revenue": float(k)} for k in range(40)]
    some += [{"region": "N", "revenue": float(k)} for k in range(10)]
    some = [
        {**dict.fromkeys(COLUMNS), "customer_id": f"{k:03d}", **one} for k, one in enumerate(some)
    ]
    asked = Allocation(wishes=[Match("region")], priority=["revenue"])
    plan = asked.assign(as_table("duckdb", some, COLUMNS), team(4, 9))
    assert plan.by_classes
    assert owners(plan.table) == owners(asked.assign(some, team(4, 9)).table)


@pytest.mark.parametrize(("places", "most"), [(9000, 1500), (2000, 15_000)])
def test_what_leaves_the_engine_is_as_large_as_the_classes(places, most):
    many = people(30_000)
    with crossings() as account:
        ASKED["wishes"].assign(as_table("duckdb", many, COLUMNS), team(6, places))
    assert 0 < sum(one.rows for one in account if one.sums) < most


def test_ids_that_are_numbers_come_back_as_numbers():
    some = [{"customer_id": k, "region": "NS"[k % 2]} for k in range(40)]
    reps = [{"rep_id": 7 + k, "region": "NS"[k], "capacity": 9} for k in range(2)]
    asked = Allocation(wishes=[Match("region", required=True)])
    held = pl.DataFrame(some)
    for lazy in (held.lazy(), duckdb.connect().from_arrow(held.to_arrow())):
        plan = asked.assign(lazy, reps)
        found = {row["customer_id"]: row["owner"] for row in as_records(plan.table)}
        eager = {row["customer_id"]: row["owner"] for row in asked.assign(some, reps).table}
        assert found == eager
        assert plan.explain(0).decision["owner"] == 7


@pytest.mark.parametrize("kind", LAZY)
def test_ids_that_are_missing_or_twice_are_refused(kind):
    asked = ASKED["wishes"]
    twice = [*PEOPLE, {**PEOPLE[0], "region": "S"}]
    with pytest.raises(DataError, match="stands in row"):
        asked.assign(as_table(kind, twice, COLUMNS), WIDE)
    with pytest.raises(DataError, match="every row needs an id"):
        asked.assign(as_table(kind, [{**PEOPLE[0], "customer_id": None}], COLUMNS), WIDE)


@pytest.mark.parametrize("kind", LAZY)
def test_nobody_and_no_team(kind):
    asked = ASKED["wishes"]
    empty = asked.assign(as_table(kind, [], COLUMNS), WIDE)
    assert as_records(empty.table) == []
    agreed(empty, asked.assign([], WIDE))
    alone = Allocation().assign(as_table(kind, PEOPLE[:9], COLUMNS), [])
    assert {row["owner_reason"] for row in as_records(alone.table)} <= {
        "no_eligible_rep",
        "do_not_assign",
    }
