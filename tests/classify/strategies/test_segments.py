import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import BySegment, Contract, FixedDays, Lifecycle, OneTime, StateLadder, Step
from custseg.errors import MissingColumnError
from custseg.rules import F

STRICT, USUAL = FixedDays(60, at_risk_after=30), FixedDays(180)
TIERS = BySegment("tier_previous", {"high": STRICT, "medium": FixedDays(90)}, otherwise=USUAL)
days = st.none() | st.integers(0, 400)


@attrs.frozen
class Longest:
    """Dormant beyond the longest silence of whom it learns from."""

    def ladder(self, table):
        quiet = table.read({"recency_days": "number"})["recency_days"] if table.size else [0.0]
        limit = float(max(quiet))
        late = Step(F("recency_days") > limit, "dormant", "no_order", {"dormant_after": limit})
        return StateLadder((late,), "active", "recent_order")


@given(
    st.fixed_dictionaries(
        {
            "frequency": st.none() | st.integers(0, 3),
            "recency_days": days,
            "tier_previous": st.sampled_from(["high", "medium", "low", "", None]),
        }
    )
)
def test_each_segment_by_its_strategy(record):
    strategy = TIERS.strategies.get(record["tier_previous"], USUAL)
    said = Lifecycle(TIERS).fit([]).one(record)
    alone = Lifecycle(strategy).fit([]).one(record)
    assert said["lifecycle"] == alone["lifecycle"]
    assert said["lifecycle_reason"] == alone["lifecycle_reason"]


def test_each_strategy_learns_from_its_own_customers():
    rows = [
        {"recency_days": silence, "region": region}
        for region, silence in (("east", 5), ("east", 7), ("west", 20), ("south", 40), (None, 50))
    ]
    spec = BySegment("region", {"east": Longest(), "west": Longest()}, otherwise=Longest())
    ladder = Lifecycle(spec).fit(rows).ladder
    assert [one.settings.get("dormant_after") for one in ladder.steps] == [7, None, 20, None, 50]
    for_all = Lifecycle(attrs.evolve(spec, otherwise=Longest())).fit(rows[:3]).ladder
    assert for_all.steps[-1].settings == {"dormant_after": 20}


def test_a_missing_segment_column_is_named():
    with pytest.raises(MissingColumnError, match="tier_previous"):
        Lifecycle(TIERS).fit([{"frequency": 1, "recency_days": 2}])


def test_signals_of_segments_do_not_meet():
    spec = BySegment("kind", {"a": Contract("end_a"), "b": Contract("end_b")}, otherwise=USUAL)
    model = Lifecycle(spec).fit([])
    assert {"end_a", "end_b", "as_of", "recency_days"} <= set(model.needs)
    assert cs.load(json.dumps(cs.dump(spec))) == spec
    assert cs.load(json.dumps(cs.dump(model))) == model


@given(st.none() | st.integers(0, 4), days)
def test_one_time_buyers_have_a_rule_of_their_own(frequency, recency):
    spec = OneTime(once=STRICT, otherwise=USUAL)
    record = {"frequency": frequency, "recency_days": recency}
    alone = Lifecycle(STRICT if frequency == 1 else USUAL).fit([]).one(record)
    assert Lifecycle(spec).fit([]).one(record)["lifecycle_reason"] == alone["lifecycle_reason"]


@pytest.mark.parametrize(
    ("recency", "state"),
    [(119, "active"), (120, "at_risk"), (180, "dormant"), (239, "dormant"), (240, "churned")],
)
def test_the_published_days_for_one_time_buyers(recency, state):
    said = Lifecycle(OneTime()).fit([]).one({"frequency": 1, "recency_days": recency})
    assert said["lifecycle_state"] == state


def test_rules_without_signals_become_sql():
    assert "tier_previous" in Lifecycle(TIERS).fit([]).to_sql()
