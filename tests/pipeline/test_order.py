import attrs
import numpy as np
import pytest

from custseg.model import RowModel
from custseg.pipeline import Pipeline
from custseg.pipeline.order import idle, named, ordered
from custseg.rules import F, Ladder
from custseg.tiering import Thresholds, TierPlan


@attrs.frozen
class Doubled(RowModel):
    """Adds twice a column."""

    column: str = "revenue"
    into: str = "twice"

    @property
    def needs(self):
        return {self.column: "number"}

    @property
    def gives(self):
        return {self.into: "number"}

    def kernel(self, cols):
        return {self.into: np.asarray(cols[self.column]) * 2}

    def fit(self, data):
        return self


@attrs.frozen
class Served(RowModel):
    """Adds a service by the tier."""

    def rules(self):
        return {"service": Ladder(((F("tier") == "high", "gold"),), "plain")}

    def fit(self, data):
        return self


ORDERS = [
    {"customer_id": "a", "at": "2026-01-05", "amount": 60.0},
    {"customer_id": "b", "at": "2026-02-05", "amount": 40.0},
]
WORTH = (Doubled(), Doubled("twice", "fourfold"))
TIER = TierPlan(Thresholds((100.0, 200.0)), value="fourfold")
JOB = Pipeline(scorecard=None, worth=WORTH, tier=TIER, service=Served())


def test_each_part_reads_what_those_before_it_added():
    run = JOB.run(transactions=ORDERS, as_of="2026-06-30")
    found = {row["customer_id"]: (row["tier"], row["service"]) for row in run.customers}
    assert found == {"a": ("high", "gold"), "b": ("medium", "plain")}


def test_one_record_passes_the_same_parts():
    policy = JOB.fit(transactions=ORDERS, as_of="2026-06-30")
    assert list(policy.models) == ["lifecycle", "worth", "worth 2", "tier", "service"]
    row = JOB.run(transactions=ORDERS, as_of="2026-06-30").row("a")
    profile = {k: v for k, v in row.items() if k not in {"twice", "fourfold", "tier", "service"}}
    assert policy.one(profile)["service"] == "gold"


def test_steps_without_a_part_are_named():
    assert idle(Pipeline(lifecycle=None, scorecard=None, tier=None)) == (
        "classify",
        "score",
        "tier",
    )
    assert idle(JOB) == ("score",)


@pytest.mark.parametrize("many", [1, 3])
def test_every_part_keeps_a_name_of_its_own(many):
    job = attrs.evolve(JOB, worth=(Doubled(),) * many)
    assert len(named(ordered(job))) == 3 + many


def test_nobody_is_nothing_to_learn_from_and_no_fault():
    empty = [dict.fromkeys(ORDERS[0])][:0]
    people = [{"customer_id": "z"}]
    run = JOB.run(customers=people, transactions=empty, as_of="2026-06-30")
    assert [row["tier"] for row in run.customers] == ["low"]
