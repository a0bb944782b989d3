import pytest

from anysea import NOW, ago, customer, found
from custseg.allocate import NoDeal, NoFollowUp, NoOpportunity, Pool
from custseg.allocate.pooling.terms.clocks import ending
from custseg.errors import ConfigError

KINDS = (NoFollowUp, NoOpportunity, NoDeal)


@pytest.mark.parametrize("kind", KINDS)
def test_a_clock_needs_days(kind):
    with pytest.raises(ConfigError, match="needs days, for all or by level"):
        kind()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", [{"days": -1}, {"levels": {"high": -1}}])
def test_days_are_not_below_zero(kind, wrong):
    with pytest.raises(ConfigError, match="0 or more days, got -1"):
        kind(**wrong)


def test_days_of_zero_return_on_the_next_day():
    sea = Pool(clocks=[NoFollowUp(0)])
    assert found(sea, last_follow_up=ago(0)) == ("private", "in_time")
    assert found(sea, last_follow_up=ago(1)) == ("due", "no_follow_up")


def test_days_for_all_count_for_levels_without_their_own_and_for_unknown_ones():
    sea = Pool(clocks=[NoFollowUp(10, levels={"high": 30})])
    told = {
        level: found(sea, tier=level, last_follow_up=ago(20)) for level in ("high", "low", None)
    }
    assert told["high"] == ("private", "in_time")
    assert told["low"] == told[None] == ("due", "no_follow_up")


def test_with_days_by_level_only_an_unknown_level_is_told_and_another_has_no_clock():
    sea = Pool(clocks=[NoFollowUp(levels={"high": 30})])
    assert found(sea, tier=None) == ("unknown", "level_unknown")
    assert found(sea, tier="low") == ("private", "no_clock")


def test_a_column_of_ones_own_spares_too():
    sea = Pool(clocks=[NoDeal(30, spares="vip")])
    (row,) = sea.recycle([customer(vip=1)], ago(0)).table
    assert (row["pool_state"], row["pool_reason"]) == ("exempt", "spared")


def test_each_clock_that_is_stopped_says_so_once():
    assert NoOpportunity(3, spares=("opportunity", "won")).stops == ("opportunity", "won")
    assert NoDeal(3, spares=("won",)).stops == ("won",)
    assert ending(("won",)).starts == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", [14.5, "14", True, 10**7])
def test_days_are_whole_and_of_a_century_at_most(kind, wrong):
    with pytest.raises(ConfigError, match=r"days: must be .* days"):
        kind(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_a_level_may_be_a_number(kind):
    sea = Pool(clocks=[kind(5, levels={1: 300})])
    row = customer(tier=1, received_at=ago(20))
    assert kind(5, levels={1: 300}) == kind(5, levels={"1": 300})
    assert sea.one(row, NOW)["pool_state"] == sea.on(NOW).one(row)["pool_state"] == "private"
