"""Buckets of 24 hours: whoever is available soonest, and the strategy among those."""

import numpy as np
import pytest

from custseg.allocate import (
    AvailabilityBuckets,
    LeastLoaded,
    Router,
    RouterState,
    SmoothWeighted,
    StickyHash,
    WorkHours,
)
from custseg.errors import ConfigError


def test_the_strategy_decides_among_who_is_at_work_now():
    team = [
        {"rep_id": "a", "weight": 1, "hours": 0},
        {"rep_id": "b", "weight": 2, "hours": 0},
        {"rep_id": "c", "weight": 9, "hours": 1},
    ]
    router = Router(AvailabilityBuckets(SmoothWeighted(), WorkHours(wait="hours")))
    leads = [{"lead_id": i} for i in range(9)]
    assert router.route_all(leads, team, at="2026-06-30").given == {"a": 3, "b": 6, "c": 0}


@pytest.mark.parametrize(("hours", "bucket"), [(0, 0), (24, 1), (24.1, 2), (120, 5), (120.1, None)])
def test_buckets_are_24_hours(hours, bucket):
    team = [{"rep_id": "a", "hours": hours}, {"rep_id": "b", "hours": None}]
    strategy = AvailabilityBuckets(LeastLoaded(), WorkHours(wait="hours"))
    desk = Router(strategy).team(team).desk(RouterState(), "2026-06-30")
    found = strategy.buckets(desk)
    assert np.array_equal(found, [np.nan if bucket is None else bucket, np.nan], equal_nan=True)


def test_the_strategy_inside_reads_the_leads_as_it_does_alone():
    leads = [{"lead_id": i, "account": "X"} for i in range(6)]
    team = [{"rep_id": name, "hours": 0} for name in "abcd"]
    alone = StickyHash("account")
    inside = AvailabilityBuckets(alone, WorkHours(wait="hours"))
    owners = [
        [row["owner"] for row in Router(way).route_all(leads, team, at="2026-06-30").table]
        for way in (alone, inside)
    ]
    assert owners[0] == owners[1]
    assert len(set(owners[0])) == 1


def test_a_limit_beyond_the_buckets_is_refused():
    with pytest.raises(ConfigError, match="0 to 120"):
        AvailabilityBuckets(within=121)
