import json
from datetime import date
from functools import reduce
from itertools import product

import attrs
import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.classify import AllOf, AnyOf, Contract, FixedDays, Lifecycle, StateLadder, Step
from custseg.errors import ConfigError
from custseg.rules import F

TODAY = date(2026, 6, 30)
STATES = ("potential", "lead", "new", "active", "at_risk", "reactivated", "dormant", "churned")
RANKS = dict(zip(STATES, (0, 0, 1, 1, 2, 1, 3, 4), strict=True))


@attrs.frozen
class Given:
    """Steps as they are given, on three columns that may be missing."""

    states: tuple[str, ...]
    otherwise: str
    name: str

    def ladder(self, table):
        columns = (F("a") > 0, (F("b") > 0) | F("a").is_missing(), F("c") > F("b"))
        steps = tuple(
            Step(when, state, f"{self.name}{i}", {"place": i})
            for i, (when, state) in enumerate(zip(columns, self.states, strict=False))
        )
        return StateLadder(steps, self.otherwise, f"{self.name}-else")


state = st.sampled_from(STATES)
values = st.none() | st.integers(-1, 1)
records = st.fixed_dictionaries(dict.fromkeys("abc", values))


@st.composite
def strategies(draw, name):
    return Given(tuple(draw(st.lists(state, max_size=3))), draw(state), name)


def alone(strategy, record):
    said = Lifecycle(strategy).fit([]).one(record)
    return said.get("lifecycle_state", said["lifecycle"]), said["lifecycle_reason"]


@given(strategies("x"), strategies("y"), strategies("z"), records)
def test_the_liveliest_and_the_sleepiest_of_all(first, second, third, record):
    parts = (first, second, third)
    told = [alone(part, record) for part in parts]

    def livelier(one, other):
        return other if (RANKS[other[0]] or 9) < (RANKS[one[0]] or 9) else one

    def sleepier(one, other):
        return other if RANKS[other[0]] > RANKS[one[0]] else one

    assert alone(AllOf(parts), record) == reduce(livelier, told)
    assert alone(AnyOf(parts), record) == reduce(sleepier, told)


def test_it_is_as_short_as_it_can_be():
    days = FixedDays(90)
    assert len(AllOf((days,)).ladder([]).steps) == len(days.ladder([]).steps)
    both = AllOf((days, FixedDays(120))).ladder([])
    assert len(both.steps) < (len(days.ladder([]).steps) + 1) ** 2


def test_silence_and_contact_as_two_strategies():
    contract = Contract()
    record = {"frequency": 2, "recency_days": 100, "as_of": TODAY}
    for days, end, all_say, any_says in (
        (100, "2026-12-31", "active", "dormant"),
        (100, "2026-01-31", "dormant", "dormant"),
        (10, "2026-01-31", "active", "dormant"),
        (10, None, "active", "active"),
        (100, None, "dormant", "dormant"),
    ):
        over = None if end is None else date.fromisoformat(end)
        row = {**record, "recency_days": days, "contract_end": over}
        for kind, expected in ((AllOf, all_say), (AnyOf, any_says)):
            model = Lifecycle(kind((FixedDays(90), contract))).fit([])
            assert model.one(row)["lifecycle"] == expected


def test_explanations_name_the_part_that_decided():
    model = Lifecycle(AnyOf((FixedDays(90), FixedDays(30, 10)))).fit([])
    why = model.explain({"frequency": 1, "recency_days": 40, "contact_days": 11})
    assert why.reasons[0].settings == {"dormant_after": 30, "contact_within": 10}
    assert why.text().endswith("no order for 30 days or more and no contact for 10 days or more")


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_they_nest_and_survive_json(kind):
    with pytest.raises(ConfigError, match="one strategy or more"):
        kind(())
    inner = AllOf((FixedDays(30), AnyOf((Contract(),))))
    spec = Lifecycle(kind((FixedDays(90), inner)))
    for thing in (spec, spec.fit([])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_sql_says_the_same():
    rows = [
        {"frequency": n, "recency_days": quiet, "contact_days": far}
        for n, quiet, far in product((None, 0, 1), (None, 10, 40, 100), (None, 5, 50))
    ]
    model = Lifecycle(AnyOf((FixedDays(90), FixedDays(30, 10)))).fit([])
    kinds = dict.fromkeys(rows[0], "number")
    customers = everykind.as_table("arrow", rows, kinds)
    with duckdb.connect() as warehouse:
        warehouse.register("customers", customers)
        found = warehouse.sql(model.to_sql()).to_arrow_table().to_pylist()
    assert found == [model.one(row) for row in rows]
