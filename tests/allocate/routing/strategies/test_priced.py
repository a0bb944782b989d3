"""Prices: they age, they follow the use of capacity, they lead near the best."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from custseg.allocate import Match, PriceGuided, Router, RouterState
from custseg.errors import ConfigError, MissingColumnError

AT = "2026-06-30T09:00"
TEAM = [
    {"rep_id": 1, "region": "north", "capacity": 4},
    {"rep_id": 2, "region": "south", "capacity": 4},
]
LEAD = {"lead_id": 1, "region": "north"}


def levels(strategy, state=None, at=AT):
    found = Router(strategy, wishes=[Match("region")]).route(LEAD, TEAM, state, at=at)
    return {c.rep_id: c.level for c in found.explanation.candidates}


def test_a_price_is_taken_from_the_points():
    assert levels(PriceGuided({"1": 0.3})) == {1: -0.7, 2: 0.0}
    assert levels(PriceGuided({"1": 1.3})) == {1: 0.3, 2: 0.0}


def test_old_prices_fade():
    old = PriceGuided({"1": 0.8}, solved=date(2026, 6, 20), half_life=10)
    assert levels(old)[1] == pytest.approx(-0.6)
    assert levels(old, at="2026-06-10")[1] == pytest.approx(-0.2)  # before its day: as it was


def test_prices_follow_the_use_of_capacity_and_never_fall_below_zero():
    moving = PriceGuided({"1": 0.3, "2": 0.05}, follow=1)
    state = RouterState.of(held={1: 2})  # 1 has used half, both together a quarter
    assert levels(moving, state) == {1: pytest.approx(0.3 + 0.25 - 1), 2: 0.0}


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"prices": {"a": float("nan")}}, "price-guided.prices"),
        ({"follow": -1}, "price-guided.follow"),
        ({"half_life": 3}, "price-guided.half_life"),
        ({"half_life": 0, "solved": date(2026, 1, 1)}, "price-guided.half_life"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, path):
    with pytest.raises(ConfigError) as error:
        PriceGuided(**settings)
    assert error.value.path == path


def test_two_sets_of_prices_on_one_team_of_the_same_router_do_not_mix():
    first, second = PriceGuided({"1": 1.5}), PriceGuided({"1": 0.5})
    assert levels(first)[1] == 0.5
    assert levels(second)[1] == -0.5


def test_a_tenth_of_the_leads_teaches_enough():
    """At least 99 % of the best in hindsight; the best who has room is worse."""
    sys.path.append(str(Path(__file__).parents[4] / "benchmarks"))
    bench = pytest.importorskip("_allocation_router")
    points, hi = bench.instance(3000, 30)
    rows = {row["way"]: row["share"] for row in bench.run(points, hi, (0.1,))}
    assert rows["prices of the first 10%, following"] >= 0.99
    assert rows["prices of the first 10%, following"] > rows["best with room"]
    assert rows["round robin"] < 0.6
    assert np.isclose(rows["all known before"], 1)


def test_by_default_prices_follow_where_there_is_a_capacity():
    state = RouterState.of(held={1: 2})
    fixed = {1: -0.7, 2: 0.05}
    prices = {"1": 0.3, "2": 0.05}
    assert levels(PriceGuided(prices, follow=0), state) == fixed
    assert levels(PriceGuided(prices), state) == levels(PriceGuided(prices, follow=1), state)
    assert levels(PriceGuided(prices), state) != fixed
    bare = [{"rep_id": rep["rep_id"], "region": rep["region"]} for rep in TEAM]
    found = Router(PriceGuided(prices), wishes=[Match("region")]).route(LEAD, bare, state, at=AT)
    assert {c.rep_id: c.level for c in found.explanation.candidates} == fixed
    with pytest.raises(MissingColumnError, match="places"):
        Router(PriceGuided(prices, capacity="places")).team(bare)


def test_a_price_below_zero_of_who_must_have_more_stays():
    """A minimum that costs: the plan pays to reach it, and so does the router."""
    assert levels(PriceGuided({"2": -0.4}))[2] == -0.4
    used = levels(PriceGuided({"2": -0.4}), RouterState.of(held={2: 2}))
    assert used[2] == pytest.approx(-0.15)
