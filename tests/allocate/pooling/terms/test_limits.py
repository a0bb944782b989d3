import pytest

from custseg.allocate import Pool, PoolLimit, Pools
from custseg.errors import ConfigError


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "either most"),
        ({"most": 3, "column": "places"}, "either most"),
        ({"most": -1}, "0 or more, got -1"),
        ({"most": 2.5}, "whole number of 0 or more, got 2.5"),
        ({"column": "places", "by": "team"}, "one number for all"),
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
    ],
)
def test_settings_of_a_pool_are_checked(wrong, told):
    with pytest.raises(ConfigError, match=told):
        Pool(**wrong)


@pytest.mark.parametrize("pools", [[], [Pool(), Pool()]])
def test_pools_have_different_names(pools):
    with pytest.raises(ConfigError, match="different names"):
        Pools(pools)
