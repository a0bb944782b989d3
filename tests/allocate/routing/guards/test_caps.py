"""Caps a day, week and month, the rate limit, the daily part of a quota."""

import pytest

from custseg.allocate import Cap, DailyQuota, RateLimit, Router
from custseg.errors import ConfigError, DataError

ONE = [{"rep_id": "a", "most": 2, "assignment_max": 60}]


def taken(guard, moments, team=ONE):
    leads = [{"lead_id": i, "at": at} for i, at in enumerate(moments)]
    batch = Router(guards=[guard]).route_all(leads, team, at_column="at")
    return [row["owner"] is not None for row in batch.table]


@pytest.mark.parametrize(
    ("per", "late", "new"),
    [
        ("day", "2026-06-30T23:59:59", "2026-07-01"),
        ("week", "2026-07-05T23:59:59", "2026-07-06"),  # a Sunday, and a Monday
        ("month", "2026-06-30T23:59:59", "2026-07-01"),
    ],
)
def test_a_period_ends_at_midnight_of_its_last_day(per, late, new):
    first = "2026-06-29T08:00" if per != "day" else "2026-06-30T08:00"
    assert taken(Cap(1, per), [first, late, new]) == [True, False, True]


def test_a_cap_of_a_column_and_an_empty_cell():
    team = [{"rep_id": "a", "most": 2}, {"rep_id": "b", "most": None}]
    batch = Router(guards=[Cap("most")]).route_all(
        [{"lead_id": i} for i in range(9)], team, at="2026-06-30"
    )
    assert batch.given == {"a": 2, "b": 7}


def test_a_window_slides_and_its_far_end_is_open():
    hours = ["2026-06-30T08:00", "2026-06-30T09:00", "2026-06-30T09:59:59", "2026-06-30T10:00"]
    assert taken(RateLimit(2, hours=2), hours) == [True, True, False, True]
    assert taken(RateLimit("most", 2), hours) == [True, True, False, True]


def test_a_zero_gives_nothing():
    assert taken(Cap(0), ["2026-06-30"]) == [False]
    assert taken(RateLimit(0), ["2026-06-30"]) == [False]
    assert taken(DailyQuota(), ["2026-06-30"], [{"rep_id": "a", "assignment_max": None}]) == [False]


def test_a_quota_counts_24_hours_and_not_a_day():
    hours = ["2026-06-30T20:00", "2026-06-30T21:00", "2026-07-01T19:00", "2026-07-01T20:00"]
    assert taken(DailyQuota(), hours) == [True, True, False, True]


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda: Cap(-1), "cap.most"),
        (lambda: RateLimit(-1), "rate-limit.most"),
        (lambda: RateLimit(1, hours=0), "rate-limit.hours"),
        (lambda: DailyQuota(days=0), "daily-quota.days"),
    ],
)
def test_settings_that_cannot_be_are_refused(make, path):
    with pytest.raises(ConfigError) as error:
        make()
    assert error.value.path == path


def test_a_period_that_is_none_is_refused():
    with pytest.raises(ValueError, match="per"):
        Cap(1, "year")
    with pytest.raises(DataError, match="date that cannot be read"):
        DailyQuota(since="soon")


def test_a_reason_names_the_cap():
    found = Router(guards=[Cap(0, "week")]).route({"lead_id": 1}, ONE, at="2026-06-30")
    said = found.explanation
    assert "has had the 0 leads of this week" in said.text()
    assert "本周已有 0 条线索" in said.text("zh")


def test_before_its_moment_a_forced_run_is_none():
    guard = DailyQuota(since="2026-07-30T00:00")
    assert taken(guard, ["2026-06-30T08:00"] * 4) == [True, True, False, False]


@pytest.mark.parametrize("guard", [Cap, RateLimit])
def test_a_limit_that_is_no_number_is_refused(guard):
    with pytest.raises(ConfigError, match="must be 0 or more"):
        guard(float("nan"))
