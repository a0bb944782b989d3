"""What a plan of customers in an engine can be asked: all that one in memory can."""

import json

import duckdb
import polars as pl
import pytest
from tests.anyowners import ASKED, COLUMNS, people, team
from tests.everykind import LAZY, as_table

from custseg.allocate import Allocation, Match
from custseg.errors import DataError

PEOPLE, TEAM = people(300, 1), team(6, 20)


@pytest.mark.parametrize("kind", LAZY)
def test_who_waits_stands_in_order_of_priority(kind):
    plan = ASKED["wishes"].assign(as_table(kind, PEOPLE, COLUMNS), TEAM)
    assert plan.unassigned == ASKED["wishes"].assign(PEOPLE, TEAM).unassigned


@pytest.mark.parametrize("kind", LAZY)
def test_an_id_that_nobody_has_is_refused_as_in_memory(kind):
    plan = ASKED["wishes"].assign(as_table(kind, PEOPLE, COLUMNS), TEAM)
    assert plan.by_classes
    for strange in (17, None, "nobody", float("nan"), [1]):
        with pytest.raises(DataError, match="no customer has the id asked for"):
            plan.explain(strange)


def test_long_ids_are_told_apart():
    some = [{"customer_id": 2**53 + k, "region": "NS"[k % 2]} for k in range(9)]
    asked, held = Allocation(wishes=[Match("region")]), pl.DataFrame(some)
    eager = asked.assign(some, TEAM)
    for lazy in (held.lazy(), duckdb.connect().from_arrow(held.to_arrow())):
        plan = asked.assign(lazy, TEAM)
        for one in some:
            told = eager.explain(one["customer_id"]).text()
            assert plan.explain(one["customer_id"]).text() == told


def test_the_plan_is_told_in_words_and_plain_data():
    plan = ASKED["rules"].assign(as_table("polars-lazy", PEOPLE, COLUMNS), TEAM)
    eager = ASKED["rules"].assign(PEOPLE, TEAM)
    told = json.loads(json.dumps(plan.as_dict()))
    assert told == {name: eager.as_dict()[name] for name in told}
    assert "R1" in plan.text("zh")
    assert "R1" in plan._repr_html_()
