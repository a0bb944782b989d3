from dataclasses import dataclass
from types import SimpleNamespace
from typing import NamedTuple

import attrs
import pytest

import custseg as cs
from custseg.errors import DataError
from custseg.frames import as_mapping


@attrs.frozen
class Attrs:
    customer_id: str = "a"
    revenue: float = 5.0


@dataclass
class Data:
    customer_id: str = "a"
    revenue: float = 5.0


class Django:
    """What a model of Django tells of itself; the real one is in the example's tests."""

    _meta = SimpleNamespace(
        concrete_fields=[SimpleNamespace(attname="customer_id"), SimpleNamespace(attname="revenue")]
    )
    customer_id = "a"
    revenue = 5.0


class Named(NamedTuple):
    customer_id: str
    revenue: float


RECORDS = [Attrs(), Data(), Django(), Named("a", 5.0)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_the_stored_fields_of_an_object_are_its_record(record):
    assert as_mapping(record) == {"customer_id": "a", "revenue": 5.0}


def test_an_object_of_pydantic_is_a_record():
    pydantic = pytest.importorskip("pydantic")
    made = pydantic.create_model("Made", customer_id=(str, "a"), revenue=(float, 5.0))
    assert as_mapping(made()) == {"customer_id": "a", "revenue": 5.0}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_policy_decides_the_same_about_any_kind_of_record(record):
    tier = cs.tiering.TierPlan(cs.tiering.Thresholds((1.0, 3.0))).fit([])
    assert cs.Policy(tier=tier).one(record)["tier"] == "high"


def test_what_tells_no_fields_is_no_record():
    with pytest.raises(DataError, match="a record is a dict, attrs or dataclass object, got int"):
        as_mapping(3)
