import numpy as np
import pytest

from anysea import NOW, ago, customer, found
from custseg.allocate import NoFollowUp, Pool, Protection
from custseg.errors import ConfigError


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"default": -1}, "protection.default: must be 0 or more days, got -1"),
        ({"extend": -2}, "protection.extend: must be 0 or more days, got -2"),
        ({"default": 10, "maximum": 9}, "must not be below the default of 10 days, got 9"),
    ],
)
def test_days_that_contradict_one_another_are_refused(wrong, told):
    with pytest.raises(ConfigError, match=told):
        Protection(**wrong)


def test_a_follow_up_of_an_earlier_owner_protects_nothing():
    safe = Protection(default=2, extend=9, maximum=None)
    assert safe.until(np.array([10.0]), np.array([9.0])).tolist() == [12.0]
    assert safe.until(np.array([10.0]), np.array([11.0])).tolist() == [20.0]


def test_a_clock_waits_for_the_end_of_the_protection():
    sea = Pool(clocks=[NoFollowUp(5)], protection=Protection(10))
    assert found(sea, received_at=ago(6)) == ("exempt", "protected")
    assert found(sea, received_at=ago(11)) == ("due", "no_follow_up")
    (row,) = sea.recycle([customer(received_at=ago(6))], NOW).table
    assert row["returns_on"] == ago(-5)


def test_the_end_of_the_protection_returns_by_itself_only_where_it_is_asked_to():
    quiet = Pool(clocks=[NoFollowUp(50)], protection=Protection(10))
    loud = Pool(clocks=[NoFollowUp(50)], protection=Protection(10, recycles=True))
    assert found(quiet, received_at=ago(20)) == ("private", "in_time")
    assert found(loud, received_at=ago(20)) == ("due", "protection_over")
    assert found(loud, received_at=ago(20), won=1) == ("exempt", "won")


def test_who_is_soon_unprotected_is_reminded_though_the_clock_has_passed():
    sea = Pool(clocks=[NoFollowUp(5)], protection=Protection(10), remind_before=3)
    assert found(sea, received_at=ago(7)) == ("exempt", "protected")
    assert found(sea, received_at=ago(8)) == ("remind", "no_follow_up")
