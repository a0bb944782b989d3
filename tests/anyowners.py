"""Customers and teams for plans in engines: dirty on purpose, with more wishes than places."""

import numpy as np

from custseg.allocate import (
    Allocation,
    Classes,
    Exact,
    Fallback,
    First,
    Limits,
    Load,
    Match,
    Rule,
    RuleBook,
    Same,
    Senior,
    Stay,
)
from custseg.rules import F

COLUMNS = {
    "customer_id": "text",
    "region": "text",
    "industry": "text",
    "tier": "text",
    "owner": "text",
    "revenue": "number",
    "do_not_assign": "text",
    "group": "text",
}


def people(size, seed=0):
    """Customers in no order, with what goes wrong: nothing, blanks, quotes, equal revenues."""
    draw = np.random.default_rng(seed)
    regions = ["N", "S", "E", "W", "N;S", "o'er", " ", None]
    return [
        {
            "customer_id": f"C{number:05d}",
            "region": regions[draw.integers(len(regions))],
            "industry": ["it", "food", None][draw.integers(3)],
            "tier": ["low", "medium", "high"][draw.integers(3)],
            "owner": [None, "gone", "R1", "R2", "R5"][draw.integers(5)],
            "revenue": [None, 0.0, 5.0, 80.0, 80.0, 910.5][draw.integers(6)],
            "do_not_assign": ["no", None, "yes", "no", "no"][draw.integers(5)],
            "group": [None, "g1", "g2"][draw.integers(3)],
        }
        for number in draw.permutation(size).tolist()
    ]


def team(size, places):
    """Representatives, of whom one has no place at all."""
    return [
        {
            "rep_id": f"R{number}",
            "region": ["N", "S;W", "E", "o'er"][number % 4],
            "industry": ["it", "food"][number % 2],
            "seniority": number % 5,
            "capacity": 0 if number == 3 else places,
            "least": 1 if number == 1 else 0,
        }
        for number in range(1, size + 1)
    ]


BOOK = RuleBook(
    [
        Rule("key", (F("tier") == "high") & (F("revenue") >= 80), to=F("seniority") >= 3),
        Rule("home", F("region").is_present(), to=Same("region", separator=";")),
    ],
    Fallback(pool="public"),
)
HOME = Match("region", separator=";")
ASKED = {
    "wishes": Allocation(
        wishes=[Stay(), HOME, Match("industry"), Senior()],
        weights=[3, 2, 1, 1],
        priority=["revenue"],
    ),
    "required": Allocation(
        wishes=[Match("region", required=True, separator=";"), Match("industry")],
        gates=[Match("industry", required=True)],
        priority=[First("tier", words=("low", "medium", "high")), "revenue"],
        solver=Classes(),
        pool="rest",
    ),
    "rules": Allocation(
        rules=BOOK,
        wishes=[Match("industry")],
        limits=Limits(minimum="least"),
        shortfall="report",
    ),
    "locks": Allocation(
        wishes=[HOME], locked=F("revenue") > 500, priority=["revenue"], solver=Classes()
    ),
}
SINGLE = {
    "families": Allocation(wishes=[HOME], together="group", solver=Exact()),
    "loads": Allocation(wishes=[HOME], loads=[Load("revenue", high=9e9, missing=0.0)]),
}


def agreed(plan, eager):
    """Everything but the rows: what two plans of the same customers have to agree on."""
    assert dict(plan.totals) == dict(eager.totals)
    assert plan.loads == eager.loads
    assert plan.prices == eager.prices
    assert (plan.bound, plan.gap) == (eager.bound, eager.gap)
    assert [one.reason for one in plan.violations] == [one.reason for one in eager.violations]
    assert plan.fairness == eager.fairness
    assert plan.text().startswith(eager.text().split("\n  !")[0])
