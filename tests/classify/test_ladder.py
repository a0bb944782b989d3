import pytest

from custseg.classify import StateLadder, Step
from custseg.classify.ladder import CLASSES, STATES
from custseg.errors import ConfigError
from custseg.rules import F

calm = Step(F("risk") < 0.5, "at_risk", "calm")


def test_every_state_belongs_to_one_of_the_three_classes():
    assert set(STATES.values()) == set(CLASSES)
    assert all(STATES[name] == name for name in CLASSES)


def test_states_stand_in_the_order_of_a_life():
    steps = (
        Step(F("risk") > 0.9, "churned", "gone"),
        calm,
        Step(F("age_days") < 30, "new", "newcomer"),
    )
    ladder = StateLadder(steps, otherwise="potential")
    assert ladder.states == ("potential", "new", "at_risk", "churned")
    assert [ladder.class_of(s) for s in ladder.states] == [
        "potential",
        "active",
        "active",
        "dormant",
    ]


def test_a_state_of_ones_own_names_its_class():
    ladder = StateLadder((Step(F("risk") < 0.1, "loyal", "calm"),), classes={"loyal": "active"})
    assert ladder.class_of("loyal") == "active"
    assert ladder.states == ("potential", "loyal")


def test_a_state_without_a_class_is_refused():
    with pytest.raises(ConfigError, match=r"'at_rsk' belongs to no class.*Did you mean 'at_risk'"):
        StateLadder((Step(F("risk") < 0.5, "at_rsk", "calm"),))
    with pytest.raises(ConfigError, match="'asleep' belongs to no class"):
        StateLadder((), otherwise="asleep")


def test_a_class_of_a_known_state_cannot_be_changed():
    with pytest.raises(ConfigError, match="class of state 'churned' must be dormant"):
        StateLadder((calm,), classes={"churned": "active"})
    with pytest.raises(ConfigError, match="must be one of"):
        StateLadder((calm,), classes={"loyal": "awake"})


def test_trees_share_the_conditions():
    ladder = StateLadder((calm,), otherwise="dormant", reason="restless")
    assert ladder.by_class().words == CLASSES
    assert ladder.by_state().words == ("at_risk", "dormant")
    assert ladder.by_reason().words == ("calm", "restless")
    assert (ladder.given, ladder.reasons) == (("at_risk", "dormant"), ("calm", "restless"))
