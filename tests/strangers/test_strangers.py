"""Strategies written from the public documentation work wherever ours do."""

import json

import pytest

import custseg as cs
from custseg.allocate import Allocation
from custseg.classify import Lifecycle
from custseg.match import Dedupe, Merge
from custseg.scoring import Factor, Scorecard
from custseg.tiering import TierPlan
from strangers.golden_age import GoldenAge
from strangers.jumps import WidestGaps
from strangers.lunar import LunarRhythm
from strangers.majority import MajorityInitial
from strangers.nearby import SameFloor
from strangers.plates import NumberPlate
from strangers.rotation import Rotation

STRANGERS = [
    LunarRhythm(times=3.0),
    WidestGaps(),
    GoldenAge(best=250.0),
    NumberPlate(),
    MajorityInitial(fold=False),
    SameFloor(floors=4.0),
    Rotation(),
]
PEOPLE = [
    {"customer_id": "a", "name": "Li Wei", "plate": "沪A·12345", "floor": 1.0},
    {"customer_id": "b", "name": "Lee Wei", "plate": "沪 A 12345", "floor": None},
    {"customer_id": "c", "name": "Anna Smith", "plate": "B-MW 1", "floor": 7.0},
    {"customer_id": "d", "name": "Tom Jones", "plate": None, "floor": 3.0},
]
ORDERS = [
    {"customer_id": "a", "paid_at": "2026-06-20", "amount": 900.0},
    {"customer_id": "b", "paid_at": "2026-06-01", "amount": 300.0},
    {"customer_id": "c", "paid_at": "2025-06-01", "amount": 200.0},
]
REPS = [
    {"rep_id": "R1", "floor": 1.0, "capacity": 1},
    {"rep_id": "R2", "floor": 6.0, "capacity": 1},
]
PARTS = {
    "lifecycle": Lifecycle(STRANGERS[0]),
    "tier": TierPlan(STRANGERS[1]),
    "scorecard": Scorecard((Factor("revenue", worth=100, curve=STRANGERS[2]),)),
    "dedupe": Dedupe((STRANGERS[3],)),
    "merge": Merge({"name": STRANGERS[4]}),
    "allocation": Allocation(wishes=(STRANGERS[5],), solver=STRANGERS[6]),
}


def named(made):
    return type(made).__name__


@pytest.mark.parametrize("stranger", STRANGERS, ids=named)
def test_it_keeps_the_laws(stranger):
    assert "document" in cs.checks.check(stranger)


@pytest.mark.parametrize("stranger", STRANGERS, ids=named)
def test_it_comes_back_from_its_document(stranger):
    assert cs.load(cs.dump(stranger)) == stranger
    assert cs.load(json.dumps(cs.dump(stranger))) == stranger
    assert cs.schema(cs.dump(stranger)["kind"])["properties"]


def job(parts):
    tables = {"customers": PEOPLE, "transactions": ORDERS, "reps": REPS, "as_of": "2026-06-30"}
    pipeline = cs.Pipeline(**{"dedupe": None, **parts})
    return pipeline, tables


@pytest.mark.parametrize("parts", [*({n: p} for n, p in PARTS.items()), PARTS], ids="-".join)
def test_it_works_in_a_pipeline_and_its_policy_is_plain_data(parts):
    pipeline, tables = job(parts)
    assert cs.load(json.dumps(cs.dump(pipeline))) == pipeline
    policy = pipeline.fit(**tables)
    back = cs.load(json.dumps(cs.dump(policy)))
    assert back == policy
    assert back.hash == policy.hash
    run = policy.run(**tables)
    assert back.run(**tables).customers == run.customers
    decided = [name for model in policy.models.values() for name in model.gives]
    for row in run.customers:
        bare = {name: value for name, value in row.items() if name not in decided}
        assert {n: back.one(bare)[n] for n in decided} == {n: row[n] for n in decided}
        assert run.explain(row["customer_id"]).text("zh")


def test_what_the_strangers_decided():
    pipeline, tables = job(PARTS)
    run = pipeline.run(**tables)
    rows = {row["customer_id"]: row for row in run.customers}
    assert set(rows) == {"a", "c", "d"}
    assert rows["a"]["name"] == "Lee Wei"
    assert rows["a"]["revenue"] == 1200.0
    assert [rows[key]["lifecycle"] for key in "acd"] == ["active", "active", "potential"]
    assert [rows[key]["tier"] for key in "acd"] == ["high", "medium", "low"]
    assert (rows["a"]["owner"], rows["c"]["owner"], rows["d"]["owner"]) == ("R1", "R2", None)
