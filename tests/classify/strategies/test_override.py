import json
from datetime import date

import attrs
import pytest

import custseg as cs
from custseg.classify import STATES, FixedDays, Lifecycle, Override, StateLadder, Step
from custseg.rules import F

DAY = date(2026, 6, 30)
ROW = {
    "frequency": 2,
    "recency_days": 10,
    "as_of": DAY,
    "lifecycle_override": None,
    "lifecycle_override_until": None,
    "lifecycle_override_reason": None,
}
MODEL = Lifecycle(Override(FixedDays(90))).fit([])


@pytest.mark.parametrize("state", STATES)
def test_any_state_may_be_set(state):
    said = MODEL.one({**ROW, "lifecycle_override": state})
    assert (said["lifecycle_state"], said["lifecycle"]) == (state, STATES[state])
    assert said["lifecycle_reason"] == "override"


@pytest.mark.parametrize(
    ("until", "reason"),
    [(None, "override"), (DAY, "override"), (date(2026, 6, 29), "recent_order")],
)
def test_it_counts_to_the_end_of_its_last_day(until, reason):
    row = {**ROW, "lifecycle_override": "churned", "lifecycle_override_until": until}
    assert MODEL.one(row)["lifecycle_reason"] == reason


@pytest.mark.parametrize(
    ("since", "reason"),
    [(None, "override"), (DAY, "override"), (date(2026, 7, 1), "recent_order")],
)
def test_it_counts_from_its_first_day(since, reason):
    model = Lifecycle(Override(FixedDays(90), since="set_on", until=None, note=None)).fit([])
    row = {**ROW, "lifecycle_override": "churned", "set_on": since}
    assert model.one(row)["lifecycle_reason"] == reason
    assert "lifecycle_override_until" not in model.needs


@pytest.mark.parametrize("word", ["vip", "", None])
def test_what_is_no_state_changes_nothing(word):
    assert MODEL.one({**ROW, "lifecycle_override": word})["lifecycle_reason"] == "recent_order"


def test_why_it_was_set_is_shown_only_when_asked():
    row = {**ROW, "lifecycle_override": "dormant", "lifecycle_override_reason": "moved to Lyon"}
    why = MODEL.explain(row)
    assert why.reasons[0].code == "override_noted"
    assert why.text() == "lifecycle: dormant\n  - set by hand, for a reason that is on record"
    assert "Lyon" not in f"{why.as_dict()}{why.text('zh')}{why._repr_html_()}"
    assert "why it was set by hand = moved to Lyon" in why.text(values=True)


def test_states_of_ones_own_may_be_set():
    @attrs.frozen
    class Resting:
        def ladder(self, table):
            rests = Step(F("plan") == "rest", "resting", "rests")
            return StateLadder((rests,), "active", "pays", {"resting": "dormant"})

    model = Lifecycle(Override(Resting())).fit([])
    assert (
        model.one({**ROW, "plan": "x", "lifecycle_override": "resting"})["lifecycle"] == "dormant"
    )


def test_it_survives_json():
    for thing in (Override(FixedDays(30), note=None), MODEL):
        assert cs.load(json.dumps(cs.dump(thing))) == thing
