import pytest

from anysea import NOW, customer
from custseg.allocate import NoFollowUp, Pool, PoolLimit, Pools
from custseg.errors import ConfigError


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "either most"),
        ({"most": 3, "column": "places"}, "either most"),
        ({"most": -1}, "0 or more, got -1"),
        ({"most": 2.5}, "whole number of 0 or more, got 2.5"),
        ({"column": "places", "by": "team"}, "one number for all"),
        ({"most": 3, "counts": "won"}, "must be one of .*got 'won'"),
    ],
)
def test_a_limit_has_one_number(wrong, told):
    with pytest.raises(ConfigError, match=told):
        PoolLimit(**wrong)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"claims_a_day": -1}, "claims_a_day: must be 0 or more"),
        ({"remind_before": 0}, "1 or more days, got 0"),
        ({"cool_off": 0}, "1 or more days, got 0"),
        ({"name": ""}, "needs a name"),
        ({"clocks": [30]}, r"clocks such as NoFollowUp\(30\), got int"),
        ({"clocks": 30}, "got int"),
    ],
)
def test_settings_of_a_pool_are_checked(wrong, told):
    with pytest.raises(ConfigError, match=told):
        Pool(**wrong)


@pytest.mark.parametrize("pools", [[], [Pool(), Pool()]])
def test_pools_have_different_names(pools):
    with pytest.raises(ConfigError, match="different names"):
        Pools(pools)


def test_one_clock_and_one_limit_need_no_list():
    sea = Pool(clocks=NoFollowUp(3), limits=PoolLimit(2))
    assert (sea.clocks, sea.limits) == ((NoFollowUp(3),), (PoolLimit(2),))
    assert Pools(sea, limits=PoolLimit(2)).limits == (PoolLimit(2),)


@pytest.mark.parametrize("who", [7, [7.0], "7", ["7"]], ids=["number", "float", "text", "list"])
def test_people_are_named_by_number_too(who):
    free, team = [customer(owner=None)], [{"rep_id": 7}, {"rep_id": 8}]
    desk = Pool(members=who, admins=who).desk(free, team, [], at=NOW)
    assert desk.claim(1, 7).granted
    assert desk.claim(1, 8).code == "not_member"
    assert desk.assign(1, 8, by=7).granted
