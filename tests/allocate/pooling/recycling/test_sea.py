from datetime import datetime

import pytest

from anysea import NOW, ago, customer, found
from custseg.allocate import NoDeal, NoFollowUp, NoOpportunity, Pool, PoolColumns, Pools
from custseg.errors import DataError, MissingColumnError
from custseg.rules import F

SEA = Pool(clocks=[NoFollowUp(30)], exempt=F("tier") == "vip", remind_before=3)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"owner": None}, ("in_pool", "in_pool")),
        ({"owner": ""}, ("in_pool", "in_pool")),
        ({"locked": 1}, ("exempt", "is_locked")),
        ({"locked": 1, "received_at": None}, ("exempt", "is_locked")),
        ({"tier": "vip"}, ("exempt", "exempt")),
        ({"received_at": None}, ("unknown", "no_received")),
        ({"received_at": ago(-1)}, ("unknown", "no_received")),
        ({"won": None}, ("unknown", "won_unknown")),
        ({"won": 3}, ("exempt", "won")),
        ({"last_follow_up": ago(27)}, ("private", "in_time")),
        ({"last_follow_up": ago(28)}, ("remind", "no_follow_up")),
        ({"last_follow_up": ago(31)}, ("due", "no_follow_up")),
        ({"last_follow_up": ago(-5)}, ("due", "no_follow_up")),
        ({"locked": None}, ("due", "no_follow_up")),
        ({"last_follow_up": datetime(2026, 5, 31, 23, 59)}, ("remind", "no_follow_up")),  # noqa: DTZ001
    ],
)
def test_where_a_customer_stands_and_why(told, expected):
    assert found(SEA, **told) == expected


def test_a_clock_that_runs_counts_more_than_one_that_nobody_knows_of():
    sea = Pool(clocks=[NoFollowUp(30), NoOpportunity(90)])
    assert found(sea, open_opportunities=None, last_follow_up=ago(1)) == ("private", "in_time")
    done = sea.recycle([customer(open_opportunities=None, last_follow_up=ago(1))], NOW)
    assert done.as_dict()["unknown"] == {"opportunity_unknown": 1}


def test_what_is_known_to_spare_counts_more_than_what_is_not_known():
    sea = Pool(clocks=[NoDeal(30, spares="opportunity")])
    assert found(sea, won=None, open_opportunities=1) == ("exempt", "with_opportunity")


def test_who_belongs_to_no_pool_never_returns():
    sea = Pools([Pool(when=F("tier") == "high", clocks=[NoFollowUp(1)])])
    assert found(sea, tier="low") == ("private", "no_pool")
    assert found(sea, tier=None) == ("private", "no_pool")


def test_a_customer_belongs_to_the_first_pool_that_wants_it():
    sea = Pools([Pool(name="a", when=F("tier") == "low"), Pool(name="b", clocks=[NoDeal(9)])])
    rows = sea.recycle([customer(), customer(tier="high")], NOW).table
    assert [(row["pool"], row["pool_state"]) for row in rows] == [("a", "private"), ("b", "due")]


def test_days_to_come_are_left_out_and_counted():
    rows = [customer(last_follow_up=ago(-n)) for n in (1, 2, 0)]
    assert SEA.recycle(rows, NOW).sea.future == {"last_follow_up": 2}


def test_a_lock_may_be_lacking_and_nothing_else():
    row = customer()
    del row["locked"]
    assert SEA.one(row, NOW)["pool_state"] == "due"
    named = Pools([SEA], columns=PoolColumns(locked="kept"))
    with pytest.raises(MissingColumnError, match="kept"):
        named.one(row, NOW)
    del row["won"]
    with pytest.raises(MissingColumnError, match="won"):
        SEA.one(row, NOW)


def test_a_day_that_is_none_is_refused_without_showing_it():
    with pytest.raises(DataError, match="received_at") as error:
        SEA.one(customer(received_at="soon"), NOW)
    assert "soon" not in str(error.value)


def test_nobody_and_nothing_known():
    assert SEA.recycle([], NOW).counts == {}
    bare = customer(received_at=None, won=None, tier=None, locked=None)
    assert found(SEA, **bare) == ("unknown", "no_received")
