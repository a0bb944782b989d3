"""Who comes first, and why."""

import json
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import Allocation, PriorityTerm, Urgency
from custseg.errors import ConfigError, MissingColumnError

UNITS = ("customer", "lead", "opportunity")
AMOUNT = st.one_of(st.none(), st.floats(-10, 1e9), st.integers(0, 50).map(float))


def records(unit):
    needs = Urgency.preset(unit).needs
    return st.fixed_dictionaries(dict.fromkeys(needs, AMOUNT))


@given(st.sampled_from(UNITS).flatmap(lambda unit: st.tuples(st.just(unit), records(unit))))
def test_terms_add_up_exactly_and_are_the_rank(drawn):
    unit, record = drawn
    order = Urgency.preset(unit)
    columns = {k: np.array([np.nan if v is None else v]) for k, v in record.items()}
    why = order.explain(record)
    assert why.points == order.ranks(columns)[0]
    assert round(fsum(term.points for term in why.terms), 4) == why.points
    assert sum(round(term.points * 10_000) for term in why.terms) == round(why.points * 10_000)
    assert why.decision["urgency"] == why.points <= 100
    assert json.loads(json.dumps(why.as_dict()))["terms"][0]["points"] == why.terms[0].points


@pytest.mark.parametrize("unit", UNITS)
def test_the_weights_of_a_preset_are_a_hundred(unit):
    assert sum(term.weight for term in Urgency.preset(unit).terms) == 100


@given(records("customer"), st.integers(0, 5))
def test_open_complaints_raise_the_urgency(record, complaints):
    order = Urgency.preset("customer")
    fewer = order.explain({**record, "open_complaints": complaints}).points
    assert order.explain({**record, "open_complaints": complaints + 1}).points > fewer
    none = order.explain({**record, "open_complaints": None}).points
    assert none == order.explain({**record, "open_complaints": 0}).points


def test_what_is_missing_is_said_and_is_not_zero():
    order = Urgency([PriorityTerm("revenue", 30, half=10), PriorityTerm("orders", 10, full=5)])
    why = order.explain({"revenue": None, "orders": 1})
    assert [(term.reason.code, term.points) for term in why.terms] == [
        ("urgency_unknown", 15.0),
        ("urgent", 2.0),
    ]
    assert why.text() == (
        "urgency: 17\n  +15 revenue: not known, so 50% of 30 points\n  +2 orders (up to 10 points)"
    )
    assert "未知" in why.text("zh")
    with pytest.raises(MissingColumnError):
        order.explain({"revenue": 1})


def test_the_most_urgent_get_the_places():
    people = [
        {"customer_id": "rich", "revenue": 90.0, "open_complaints": 0},
        {"customer_id": "angry", "revenue": 80.0, "open_complaints": 3},
        {"customer_id": "poor", "revenue": 1.0, "open_complaints": 0},
    ]
    order = Urgency(
        [
            PriorityTerm("revenue", 30, half=50),
            PriorityTerm("open_complaints", 25, half=1, unknown=0),
        ]
    )
    spec = Allocation(priority=[order])
    owners = {}
    for places in (1, 2):
        plan = spec.assign(people, [{"rep_id": "R1", "capacity": places}])
        owners[places] = {r["customer_id"] for r in plan.table if r["owner"]}
    assert owners == {1: {"angry"}, 2: {"angry", "rich"}}


def test_terms_are_of_different_columns():
    term = PriorityTerm("revenue", 30, half=10)
    for terms in ((), (term, term)):
        with pytest.raises(ConfigError, match="different columns"):
            Urgency(terms)
    with pytest.raises(ConfigError, match="preset"):
        Urgency.preset("dog")
