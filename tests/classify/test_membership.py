import json

import pytest

import custseg as cs
import everykind
from custseg.classify import Membership
from custseg.errors import ConfigError
from custseg.rules import Bands, Choice, F, Ladder, Line

PEOPLE = [
    {"customer_id": "00017", "region": "华东", "frequency": 14.0, "age": 35.0},
    {"customer_id": "00018", "region": None, "frequency": 1.0, "age": None},
]
NEEDS = {"customer_id": "text", "region": "text", "frequency": "number", "age": "number"}
RULES = {
    "behaviour": Ladder(
        ((F("frequency") >= 12, "frequent"), (F("frequency") == 1, "one_off")), "occasional"
    ),
    "age_band": Bands("age", (18.0, 35.0, 60.0), ("minor", "young", "middle", "senior")),
    "market": Choice("region", (("华东", "east"), ("华南", "south")), "other", missing=None),
}
EXPECTED = {
    "behaviour": ["frequent", "one_off"],
    "age_band": ["middle", None],
    "market": ["east", None],
}


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("column", RULES)
def test_a_rule_of_ones_own_adds_a_column(kind, column):
    table = everykind.as_table(kind, PEOPLE, NEEDS)
    model = Membership(column, RULES[column]).fit(table)
    assert everykind.column(model.apply(table), column) == EXPECTED[column]
    assert [model.one(person)[column] for person in PEOPLE] == EXPECTED[column]


@pytest.mark.parametrize("column", RULES)
def test_spec_and_model_survive_json(column):
    spec = Membership(column, RULES[column])
    for thing in (spec, spec.fit([])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_the_decision_is_explained_by_its_column():
    why = Membership("behaviour", RULES["behaviour"]).fit([]).explain(PEOPLE[0])
    assert why.decision == {"behaviour": "frequent"}


def test_a_membership_has_a_name_and_words():
    with pytest.raises(ConfigError, match="name of the column"):
        Membership("", RULES["behaviour"])
    with pytest.raises(ConfigError, match="must give words"):
        Membership("points", Line("frequency", ((0.0, 0), (10.0, 100))))
