import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import FixedDays, Funnel, Lifecycle
from custseg.rules import F

EVIDENCE = ("open_opportunities", "interactions_inbound", "visits")
some = st.none() | st.integers(0, 2)


def told(funnel, **record):
    blank = dict.fromkeys(("frequency", "recency_days", "newsletter", *EVIDENCE))
    said = Lifecycle(funnel).fit([]).one({**blank, **record})
    return said["lifecycle_state"], said["lifecycle"], said["lifecycle_reason"]


@pytest.mark.parametrize("frequency", [0, None])
@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({}, "potential"),
        (dict.fromkeys(EVIDENCE, 0), "potential"),
        ({"visits": 3}, "subscriber"),
        ({"visits": 3, "interactions_inbound": 1}, "lead"),
        ({"visits": 3, "interactions_inbound": 1, "open_opportunities": 1}, "opportunity"),
        ({"open_opportunities": 1}, "opportunity"),
    ],
)
def test_the_nearest_to_a_purchase_counts(frequency, record, state):
    found, whole, _ = told(Funnel(), frequency=frequency, **record)
    assert (found, whole) == (state, "potential")


@given(
    st.integers(1, 3),
    st.none() | st.integers(0, 300),
    st.fixed_dictionaries(dict.fromkeys(EVIDENCE, some)),
)
def test_who_has_bought_is_left_to_the_strategy(frequency, recency, shown):
    record = {"frequency": frequency, "recency_days": recency}
    plain = Lifecycle(FixedDays(90)).fit([]).one(record)
    assert told(Funnel(FixedDays(90)), **record, **shown)[1:] == (
        plain["lifecycle"],
        plain["lifecycle_reason"],
    )


def test_conditions_of_ones_own_and_none():
    funnel = Funnel(lead=None, subscriber=F("newsletter") == "yes")
    assert told(funnel, frequency=0, newsletter="yes", interactions_inbound=5)[0] == "subscriber"
    assert told(funnel, frequency=0, visits=9) == ("potential", "potential", "never_bought")
    assert "visits" not in Lifecycle(funnel).fit([]).needs
    assert cs.load(json.dumps(cs.dump(funnel))) == funnel


def test_reasons_have_sentences():
    model = Lifecycle(Funnel()).fit([])
    record = {"frequency": 0, "recency_days": None, **dict.fromkeys(EVIDENCE, 1)}
    assert model.explain(record).text() == "lifecycle: potential\n  - an opportunity is open"
    for step in model.ladder.steps:
        for locale in ("en", "zh"):
            assert cs.label(f"reason.{step.reason}", locale) != f"reason.{step.reason}"
