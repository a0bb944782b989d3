"""Odoo CRM: its assignment scenarios that do not rest on chance, replayed on the router.

Source: odoo/odoo, ``addons/crm/tests/test_crm_lead_assignment.py`` and
``crm_team_member.py`` (``_get_assignment_quota``). Odoo breaks ties at random; here ids do.
"""

from datetime import datetime, timedelta

import pytest

from custseg.allocate import (
    Cap,
    DailyQuota,
    LongestWaiting,
    Match,
    RoundRobin,
    Router,
    RouterState,
    SmoothWeighted,
)
from custseg.rules import F

AT = "2026-06-30T09:00"


def leads(count, **values):
    return [{"lead_id": f"{i:04d}", **values} for i in range(count)]


def member(name, most, **values):
    return {"rep_id": name, "assignment_max": most, **values}


@pytest.mark.parametrize(
    ("monthly", "daily"), [(45, 2), (15, 1), (30, 1), (60, 2), (150, 5), (14, 0)]
)
def test_the_daily_quota_rounds_halves_up(monthly, daily):
    team = [member("m1", monthly)]
    batch = Router(guards=[DailyQuota()]).route_all(leads(10), team, at=AT)
    assert batch.given == {"m1": daily}
    tomorrow = Router(guards=[DailyQuota()]).route_all(
        leads(10), team, batch.state, at="2026-07-01T09:00"
    )
    assert tomorrow.given == {"m1": daily}


def test_a_quota_below_zero_and_a_forced_run():
    """45 a month are 2 a day; 30 today leave -28; a forced run gives 2 again."""
    team = [member("m1", 45)]
    free, bound = Router(guards=[Cap(99)]), Router(guards=[DailyQuota()])
    assert DailyQuota().left(bound.team(team).desk(RouterState(), AT)).tolist() == [2]
    kept = Router(guards=[DailyQuota(), Cap(99)], keep="always")  # thirty that were hers already
    state = kept.route_all(leads(30, owner="m1"), team, at=AT).state
    assert DailyQuota().left(bound.team(team).desk(state, AT)).tolist() == [-28]
    assert bound.route_all(leads(3), team, state, at=AT).given == {"m1": 0}
    later = "2026-06-30T10:00"
    forced = Router(guards=[DailyQuota(since=later)])
    assert DailyQuota(since=later).left(forced.team(team).desk(state, later)).tolist() == [2]
    assert forced.route_all(leads(9), team, state, at=later).given == {"m1": 2}
    assert free.route_all(leads(9), team, state, at=later).given == {"m1": 9}


def test_archived_opted_out_and_zero_get_none_and_a_forced_run_adds_two():
    team = [member("m2", 0), member("m3", 45)]  # m1 is archived, and so not of the team
    state = (
        Router(keep="always", guards=[DailyQuota()])
        .route_all(leads(12, owner="m3"), team, at=AT)
        .state
    )
    counts = []
    for hour in (10, 11):
        at = f"2026-06-30T{hour}:00"
        batch = Router(guards=[DailyQuota(since=at)]).route_all(leads(7), team, state, at=at)
        state = batch.state
        counts.append((batch.given["m2"], state.given[1]))
    assert counts == [(0, 14), (0, 16)]


def test_five_members_take_exactly_their_daily_part():
    quotas = {"a1": 45, "a2": 15, "a3": 15, "b1": 30, "b2": 60}
    team = [member(name, most) for name, most in quotas.items()]
    batch = Router(LongestWaiting(), guards=[DailyQuota()]).route_all(leads(150), team, at=AT)
    assert batch.given == {"a1": 2, "a2": 1, "a3": 1, "b1": 1, "b2": 2}
    assert batch.left == {"nobody_free": 143}


def test_who_prefers_a_kind_of_lead_gets_it_first():
    """11 leads, 8 of them tagged, three members of 150 a month: 5, 3 and 3."""
    team = [
        member("m1", 150, prefers="preferred"),
        member("m2", 150, prefers=None),
        member("m3", 150, prefers=None),
    ]
    some = leads(11, tag=None)
    for lead in some[:8]:
        lead["tag"] = "preferred"
    router = Router(wishes=[Match("tag", "prefers")], guards=[DailyQuota()])
    batch = router.route_all(some, team, at=AT)
    assert batch.given == {"m1": 5, "m2": 3, "m3": 3}
    assert {row["tag"] for row in batch.table if row["owner"] == "m1"} == {"preferred"}


def test_won_lost_and_owned_are_never_given_away_and_no_stage_is():
    """Six leads: won, three without a stage, lost, and one that somebody of another team has."""
    router = Router(
        when=(F("stage").is_missing() | ~F("stage").one_of("won", "lost"))
        & F("owner").is_missing(),
        guards=[DailyQuota()],
    )
    stages = ("won", None, None, None, "lost", "new")
    held = (None, None, None, None, None, "manager")
    some = [
        {**lead, "stage": stage, "owner": owner}
        for lead, stage, owner in zip(leads(6), stages, held, strict=True)
    ]
    batch = router.route_all(some, [member("m1", 45), member("m2", 45)], at=AT)
    assert [row["owner"] for row in batch.table[:5]] == [None, "m1", "m2", "m1", None]
    assert batch.left == {"not_routed": 3}


def test_a_merged_lead_keeps_the_owner_of_its_master():
    """The duplicate's master belongs to who is over the quota: it stays there."""
    team = [member("manager", 0), member("salesman", 10)]
    router = Router(owners=["master_owner"], keep="always", guards=[DailyQuota()])
    found = router.route({"lead_id": 1, "master_owner": "manager"}, team, at=AT)
    assert (found.rep_id, found.reason.code) == ("manager", "returning_owner")
    assert router.route({"lead_id": 2, "master_owner": None}, team, at=AT).rep_id is None
    fresh = router.route({"lead_id": 2, "master_owner": "gone"}, [member("salesman", 30)], at=AT)
    assert fresh.rep_id == "salesman"


def test_who_is_over_the_maximum_gets_none():
    """30 a month, 30 had this month and 2 today."""
    team = [member("m1", 30, a_month=30)]
    router = Router(keep="always", guards=[DailyQuota(), Cap("a_month", "month")])
    state = router.route_all(leads(30, owner="m1"), team, at="2026-06-29T10:00").state
    assert (
        router.route({"lead_id": 1, "owner": None}, team, state, at="2026-06-30T12:00").rep_id
        is None
    )
    july = router.route({"lead_id": 1, "owner": None}, team, state, at="2026-07-01T12:00")
    assert july.rep_id == "m1"


def test_teams_share_by_their_capacity():
    """600 leads, teams of 75, 90 and 135 a month; the third takes those with a country only."""
    teams = [
        {"rep_id": name, "weight": most, "takes": takes}
        for name, most, takes in (
            ("t1", 75, "be;fr;-"),
            ("t2", 90, "be;fr;-"),
            ("t3", 135, "be;fr"),
        )
    ]
    some = leads(600)
    for i, lead in enumerate(some):
        lead["country"] = ("be", "fr", "-")[i % 3]
    router = Router(
        SmoothWeighted(), gates=[Match("country", "takes", required=True, separator=";")]
    )
    given = router.route_all(some, teams, at=AT).given
    assert sum(given.values()) == 600
    for name, most in (("t1", 75), ("t2", 90), ("t3", 135)):
        assert 0.5 <= given[name] / 600 / (most / 300) <= 1.5
    assert not [
        row
        for row in router.route_all(some, teams, at=AT).table
        if row["country"] == "-" and row["owner"] == "t3"
    ]


def test_one_lead_a_day_does_not_favour_the_first_member():
    """30 days with one lead each: Odoo's draw gave 11 and 19; turns give 15 and 15."""
    team = [member("senior", 150), member("junior", 150)]
    start = datetime.fromisoformat("2026-01-01T08:00")
    some = [
        {"lead_id": f"{run:02d}", "at": (start + timedelta(hours=25 * run)).isoformat()}
        for run in range(30)
    ]
    batch = Router(RoundRobin(), guards=[DailyQuota()]).route_all(some, team, at_column="at")
    assert batch.given == {"junior": 15, "senior": 15}
