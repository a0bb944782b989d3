from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import attrs
import pytest

from custseg.classify import DaysSince, StateLadder, Step
from custseg.classify.strategies.joining import Joined, renamed, within
from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.rules import F

LATE = Step(F("recency_days") >= F("limit"), "dormant", "no_order")


@attrs.frozen
class Limit(RowModel):
    """A signal: the same limit for everybody."""

    needs: ClassVar[Mapping[str, str]] = {"frequency": "number"}

    days: float
    tag: str = ""

    @property
    def gives(self):
        return {f"limit{self.tag}": "number"}

    def kernel(self, cols):
        return {f"limit{self.tag}": 0 * cols["frequency"] + self.days}


@attrs.frozen
class Stubborn(RowModel):
    """A signal that cannot be renamed."""

    needs: ClassVar[Mapping[str, str]] = {"frequency": "number"}
    gives: ClassVar[Mapping[str, str]] = {"limit": "number"}

    days: float


def test_signals_that_are_equal_are_one():
    joined = Joined.of([StateLadder((LATE,), signals=(Limit(30),)) for _ in range(3)])
    assert joined.signals == (Limit(30),)
    assert [one.needs for one in joined.ladders] == [joined.ladders[0].needs] * 3


def test_signals_that_differ_give_columns_of_their_own():
    joined = Joined.of(StateLadder((LATE,), signals=(Limit(days),)) for days in (30, 60, 30, 90))
    assert joined.signals == (Limit(30), Limit(60, "_2"), Limit(90, "_3"))
    limits = [one.steps[0].when.value.field for one in joined.ladders]
    assert limits == ["limit", "limit_2", "limit", "limit_3"]


def test_clocks_of_different_days_are_told_apart():
    clocks = DaysSince("past", "end"), DaysSince("past", "renewal")
    gone = Step(F("past") > 0, "dormant", "contract_over")
    joined = Joined.of(StateLadder((gone,), signals=(clock,)) for clock in clocks)
    assert joined.signals == (clocks[0], DaysSince("past_2", "renewal"))
    assert joined.ladders[1].steps[0].when == (F("past_2") > 0)


def test_a_signal_that_cannot_be_renamed_is_refused():
    ladders = [StateLadder((LATE,), signals=(Stubborn(days),)) for days in (30, 60)]
    assert Joined.of(ladders[:1] * 2).signals == (Stubborn(30),)
    with pytest.raises(ConfigError, match="different signals that give"):
        Joined.of(ladders)


def test_days_frozen_for_one_of_two_that_count_silence_are_refused():
    window = (date(2026, 2, 16), date(2026, 2, 23))
    silent = Step(F("recency_days") >= 90, "dormant", "no_order")
    free, frozen = StateLadder((silent,)), StateLadder((silent,), frozen=(window,))
    paying = StateLadder((Step(F("plan") == "paid", "active", "pays"),))
    assert Joined.of([frozen, paying]).frozen == (window,)
    with pytest.raises(ConfigError, match="put Freeze around them all"):
        Joined.of([frozen, free])


def test_one_state_of_ones_own_has_one_class():
    asleep, awake = (
        StateLadder((Step(F("plan") == "x", "resting", "rests"),), classes={"resting": one})
        for one in ("dormant", "active")
    )
    assert Joined.of([asleep, asleep]).classes == {"resting": "dormant"}
    with pytest.raises(ConfigError, match="'resting' is dormant in one strategy and active"):
        Joined.of([asleep, awake])


def test_renaming_reaches_every_comparison():
    condition = ((F("a") > 2 * F("b")) | F("b").is_missing()) & ~F("a").one_of(1, 2)
    names = {"a": "x", "b": "y"}
    expected = ((F("x") > 2 * F("y")) | F("y").is_missing()) & ~F("x").one_of(1, 2)
    assert renamed(condition, names) == expected
    assert renamed(condition, {}) == condition


def test_whoever_is_within_gets_no_further():
    ladder = StateLadder((LATE,), "active", "in_time")
    steps = within(F("region") == "east", ladder)
    assert [step.reason for step in steps] == ["no_order", "in_time"]
    assert steps[-1].when == (F("region") == "east")
