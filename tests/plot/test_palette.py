import pytest

from custseg.classify import STATES
from custseg.plot.palette import (
    BACK,
    CAME,
    FELL,
    LESS,
    LOST,
    MORE,
    ROSE,
    STATE_COLOURS,
    STAYED,
    WENT,
    WON,
    brightness,
    colours,
    ranked,
)
from eyes import SEEN_BY, linear, nearest


def test_every_known_state_has_a_colour():
    assert STATE_COLOURS.keys() == STATES.keys()


@pytest.mark.parametrize("eye", SEEN_BY)
@pytest.mark.parametrize(
    "some",
    [
        tuple(STATE_COLOURS.values()),
        (WON, BACK, LOST, MORE, LESS),
        (ROSE, FELL, STAYED, CAME, WENT),
        tuple(ranked(["low", "medium", "high", "top"]).values()),
    ],
)
def test_no_two_colours_look_alike_to_anybody(eye, some):
    """A distance of 2.3 is just seen; areas side by side want several times as much."""
    assert nearest(some, eye) > 12


@pytest.mark.parametrize("paper", ["#ffffff", "#14181d"])
def test_colours_stand_out_from_the_ground(paper):
    ground = brightness(tuple(int(paper[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    for colour in STATE_COLOURS.values():
        light = float(linear(colour) @ (0.2126, 0.7152, 0.0722))
        low, high = sorted((light, ground))
        assert (high + 0.05) / (low + 0.05) > 1.2


def test_a_state_of_ones_own_has_the_same_colour_everywhere():
    alone = colours(["sleepy"])["sleepy"]
    assert colours(["active", "sleepy", "dormant"])["sleepy"] == alone
    assert alone not in STATE_COLOURS.values()


def test_many_states_of_ones_own_differ_while_colours_last():
    assert len(set(colours([f"state {i}" for i in range(6)]).values())) == 6
    assert len(colours([f"state {i}" for i in range(9)])) == 9


@pytest.mark.parametrize("many", [1, 2, 3, 5, 9])
def test_a_higher_tier_is_darker(many):
    shades = list(ranked([str(i) for i in range(many)]).values())
    light = [
        brightness(tuple(int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5))) for shade in shades
    ]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == many


def test_no_tiers_have_no_colours():
    assert ranked([]) == {}
