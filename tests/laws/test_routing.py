"""Laws of the router, on any leads and teams: turns, weights, caps, hashes, states."""

import json
from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.allocate import (
    Cap,
    CreditLevel,
    DailyQuota,
    HasRoom,
    LeastLoaded,
    LongestWaiting,
    Match,
    MostRoom,
    PriceGuided,
    RateLimit,
    RoundRobin,
    Router,
    RouterState,
    RoutingEvent,
    SmoothWeighted,
    StickyHash,
)

START = datetime.fromisoformat("2026-06-29T08:00")
TEAM = st.lists(
    st.fixed_dictionaries(
        {
            "rep_id": st.sampled_from("abcdefg"),
            "weight": st.integers(1, 5),
            "capacity": st.integers(0, 6),
            "load": st.none() | st.integers(0, 3),
            "region": st.sampled_from(["north", "south", None]),
        }
    ),
    min_size=1,
    unique_by=lambda rep: rep["rep_id"],
)
GAPS = st.lists(st.sampled_from([0, 0, 1, 7, 26, 24 * 8]), max_size=25)
STRATEGIES = st.sampled_from(
    [
        RoundRobin(),
        RoundRobin("count"),
        SmoothWeighted(),
        LongestWaiting(),
        LeastLoaded(),
        LeastLoaded(relative=True),
        MostRoom(),
        CreditLevel(),
        CreditLevel(weight="weight"),
        StickyHash(),
        PriceGuided({"a": 0.4, "b": 0.2}, follow=1),
    ]
)
GUARDS = st.lists(
    st.sampled_from(
        [HasRoom(), Cap(1), Cap(3, "week"), Cap("capacity", "month"), RateLimit(2, 25)]
    ),
    max_size=3,
)
EVENTS = st.sampled_from(["given", "closed", "no_show", "cancelled", "away", "back"])


def coming(gaps):
    """Leads with these hours between them."""
    leads, at = [], START
    for i, gap in enumerate(gaps):
        at += timedelta(hours=gap)
        region = ("north", "south", "islands")[i % 3]
        leads.append({"lead_id": f"{i:03d}", "at": at.isoformat(), "region": region})
    return leads


def stored(state):
    """As a CRM stores it."""
    again = cs.load(json.dumps(cs.dump(state)))
    assert again == state
    return again


@given(STRATEGIES, GUARDS, TEAM, GAPS, st.data())
def test_one_by_one_stored_in_between_is_all_at_once_in_any_order(
    strategy, guards, team, gaps, data
):
    router = Router(strategy, guards=guards, wishes=[Match("region")], cycle="month")
    leads, state, owners = coming(gaps), RouterState(), []
    for lead in leads:
        reps = data.draw(st.permutations(team))
        found = router.route(lead, reps, state, at=lead["at"])
        state = stored(found.state)
        owners.append(found.rep_id)
    turned = data.draw(st.permutations(leads))
    batch = router.route_all(turned, data.draw(st.permutations(team)), at_column="at")
    told = {row["lead_id"]: row["owner"] for row in batch.table}
    assert [told[lead["lead_id"]] for lead in leads] == owners
    assert batch.state == state
    assert sum(batch.given.values()) + sum(batch.left.values()) == len(leads)


@given(GUARDS, TEAM, GAPS)
def test_no_limit_is_ever_exceeded(guards, team, gaps):
    batch = Router(LeastLoaded(), guards=guards).route_all(coming(gaps), team, at_column="at")
    for rep in team:
        mine = [row["at"] for row in batch.table if row["owner"] == rep["rep_id"]]
        times = [datetime.fromisoformat(at) for at in mine]
        if HasRoom() in guards:
            assert not mine or len(mine) + (rep["load"] or 0) <= rep["capacity"]
        if Cap(1) in guards:
            assert len({at.date() for at in times}) == len(times)
        if Cap(3, "week") in guards:
            weeks = [at.isocalendar()[:2] for at in times]
            assert all(weeks.count(week) <= 3 for week in weeks)
        if Cap("capacity", "month") in guards:
            months = [(at.year, at.month) for at in times]
            assert all(months.count(month) <= rep["capacity"] for month in months)
        if RateLimit(2, 25) in guards:
            day = timedelta(hours=25)
            assert all(sum(at - day < t <= at for t in times) <= 2 for at in times)


@given(TEAM, st.integers(1, 4))
def test_after_whole_circles_everybody_had_the_weight(team, circles):
    total = sum(rep["weight"] for rep in team)
    leads = [{"lead_id": i} for i in range(circles * total)]
    given_ = Router(SmoothWeighted()).route_all(leads, team, at="2026-06-30").given
    assert given_ == {rep["rep_id"]: circles * rep["weight"] for rep in sorted_(team)}
    turns = [{"lead_id": i} for i in range(circles * len(team))]
    for strategy in (RoundRobin(), RoundRobin("count"), LongestWaiting()):
        shares = Router(strategy).route_all(turns, team, at="2026-06-30").given
        assert set(shares.values()) == {circles}


@given(TEAM, st.integers(0, 60))
def test_within_a_circle_nobody_is_more_than_one_off_the_turn(team, count):
    leads = [{"lead_id": i} for i in range(count)]
    for strategy in (RoundRobin(), RoundRobin("count"), CreditLevel()):
        shares = Router(strategy).route_all(leads, team, at="2026-06-30").given.values()
        assert max(shares) - min(shares) <= 1


def sorted_(team):
    return sorted(team, key=lambda rep: rep["rep_id"])


@given(TEAM.filter(lambda team: len(team) > 1), st.booleans())
def test_who_leaves_moves_only_the_own_customers(team, weighted):
    router = Router(StickyHash("account", weight="weight" if weighted else None))
    leads = [{"lead_id": i, "account": f"A{i % 40}"} for i in range(60)]
    before = router.route_all(leads, team, at="2026-06-30").table
    gone = team[0]["rep_id"]
    after = router.route_all(leads, team[1:], at="2026-06-30").table
    for was, now in zip(before, after, strict=True):
        assert was["owner"] == now["owner"] or was["owner"] == gone
    by_account = {}
    for row in before:
        assert by_account.setdefault(row["account"], row["owner"]) == row["owner"]


def test_the_hash_shares_by_weight():
    team = [{"rep_id": f"R{i}", "weight": 1 + i % 3} for i in range(9)]
    leads = [{"lead_id": i} for i in range(9_000)]
    given_ = Router(StickyHash(weight="weight")).route_all(leads, team, at="2026-06-30").given
    for rep in team:
        assert given_[rep["rep_id"]] == pytest.approx(500 * rep["weight"], rel=0.15)


@given(STRATEGIES, TEAM, st.lists(st.tuples(EVENTS, st.integers(0, 6)), max_size=12), st.data())
def test_events_and_changes_of_the_team_keep_states_whole(strategy, team, events, data):
    """States stay storable, hold nothing below zero, and know each of the team."""
    router, state = Router(strategy, guards=[RateLimit(3, 5)]), RouterState()
    for hour, (what, who) in enumerate(events):
        some = data.draw(st.lists(st.sampled_from(team), min_size=1, unique_by=id))
        at = (START + timedelta(hours=hour)).isoformat()
        rep = some[who % len(some)]["rep_id"]
        state = stored(router.record(RoutingEvent(what, rep), some, state, at=at))
        found = router.route({"lead_id": hour}, some, state, at=at)
        state = stored(found.state)
        assert {rep["rep_id"] for rep in some} <= set(state.reps)
        assert min((*state.held, *state.given, 0)) == 0
        assert all(len(past) <= 2 * (hour + 1) for past in state.recent)
        if found.rep_id is None:
            codes = {c.dropped.code for c in found.explanation.candidates}
            assert codes <= {"rep_on_leave", "rate_limit", "not_next"}


@given(st.sampled_from([RateLimit(2, 25), DailyQuota("capacity", 1), Cap(1)]), TEAM)
def test_the_state_does_not_grow_with_the_leads(guard, team):
    router = Router(guards=[guard])
    sizes = []
    for count in (40, 400):
        leads = coming([6] * count)
        state = router.route_all(leads, team, at_column="at").state
        sizes.append(len(json.dumps(cs.dump(state))))
        bound = 6 if guard.window else 0
        assert max(len(past) for past in state.recent) <= bound
    assert sizes[1] <= 1.5 * sizes[0] + 50


@given(TEAM.filter(lambda team: len(team) > 1), st.integers(5, 30))
def test_who_is_new_is_not_flooded(team, count):
    """A newcomer begins at the average level of the others, and gets a fair share from then."""
    for strategy in (CreditLevel(), RoundRobin("count")):
        router = Router(strategy)
        leads = [{"lead_id": i} for i in range(count * (len(team) - 1))]
        state = router.route_all(leads, team[1:], at="2026-06-30").state
        more = [{"lead_id": i} for i in range(3 * len(team))]
        given_ = router.route_all(more, team, state, at="2026-06-30").given
        assert set(given_.values()) == {3}


@given(STRATEGIES, TEAM)
def test_a_lead_that_comes_late_counts_at_the_moment_of_the_last(strategy, team):
    router = Router(strategy, guards=[Cap(5)])
    first = router.route({"lead_id": 1}, team, at="2026-06-30T09:00")
    late = router.route({"lead_id": 2}, team, first.state, at="2026-06-29T09:00")
    assert late.state.at == first.state.at
    assert late.moved_clock
    on_time = router.route({"lead_id": 2}, team, first.state, at="2026-06-30T09:00")
    assert attrs.asdict(on_time.state) == attrs.asdict(late.state)
