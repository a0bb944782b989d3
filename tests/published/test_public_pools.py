"""Public pools as others run them: a dated example of protection, and the rules of an open CRM.

Sources: the help page 21.1 of the CRM Hongquan (hb-zg.com), its example day by day; WukongCRM
11.0 (WuKongOpenSource/WukongCRM-11.0-JAVA), `CrmCustomerPoolMapper.xml`, `CrmBackLogMapper.xml`,
`CrmCustomerMapper.xml` (queryOutDays), `CrmCustomerServiceImpl.getCustomersByIds`,
`CrmCustomerSettingServiceImpl`: what they decide, told anew here in the words of the tests.
"""

from datetime import date, timedelta

import pytest

from custseg.allocate import (
    NoDeal,
    NoFollowUp,
    NoOpportunity,
    Pool,
    PoolColumns,
    PoolLimit,
    Pools,
    Protection,
)
from custseg.rules import F

CLAIMED = date(2019, 3, 25)
NOW = date(2026, 6, 30)


def april(day):
    return date(2019, 4, day)


# ------------------------------------------------------------------ protection, day by day

ACTS = [date(2019, 3, 28), april(2), april(5), april(8), april(11), april(14)]
UNTIL = {  # the day of a follow-up -> the last protected day from then on
    CLAIMED: april(4),
    date(2019, 3, 28): april(4),
    april(2): april(5),
    april(5): april(8),
    april(8): april(11),
    april(11): april(14),
    april(14): april(14),
}


@pytest.mark.parametrize("passed", range(30))
def test_ten_days_three_more_with_each_follow_up_twenty_at_most(passed):
    today = CLAIMED + timedelta(passed)
    sea = Pool(protection=Protection(default=10, extend=3, maximum=20))
    last = max((day for day in ACTS if day <= today), default=None)
    row = {"customer_id": 1, "owner": "R", "received_at": CLAIMED, "won": 0, "locked": None}
    expected = UNTIL[max(day for day in UNTIL if day <= today)]
    told = sea.one({**row, "last_follow_up": last}, today)
    acts = [{"customer_id": 1, "at": day} for day in ACTS]
    (listed,) = sea.recycle([row], today, activities=acts).table
    for found in (told, listed):
        assert found["protected_until"] == expected
        assert found["returns_on"] == expected + timedelta(1)
        assert (found["pool_state"] == "due") == (today > april(14))
    ruled = sea.on(today).one({**row, "last_follow_up": last})
    assert ruled["pool_state"] == told["pool_state"]


def test_without_a_follow_up_it_is_gone_after_the_tenth_day():
    sea = Pool(protection=Protection())
    row = {"customer_id": 1, "owner": "R", "received_at": CLAIMED, "won": 0}
    row["last_follow_up"] = date(2019, 3, 28)
    states = [sea.one(row, april(day))["pool_state"] for day in (3, 4, 5)]
    assert states == ["private", "private", "due"]


def test_a_follow_up_after_the_protection_has_lapsed_is_too_late():
    sea = Pool(protection=Protection())
    row = {"customer_id": 1, "owner": "R", "received_at": CLAIMED, "won": 0}
    late = [{"customer_id": 1, "at": day} for day in (april(5), april(6))]
    (found,) = sea.recycle([row], april(6), activities=late).table
    assert (found["pool_state"], found["protected_until"]) == ("due", april(4))


# ------------------------------------------------------------------ the clocks of WukongCRM


def customer(**told):
    usual = {"customer_id": 1, "owner": "R1", "received_at": NOW - timedelta(500), "won": 0}
    return {**usual, "last_follow_up": None, "open_opportunities": 0, "locked": 0, **told}


def returns(sea, row):
    return sea.recycle([row], NOW).table[0]["pool_state"] == "due"


def ago(days):
    return NOW - timedelta(days)


@pytest.mark.parametrize(("days", "gone"), [(29, False), (30, False), (31, True)])
def test_the_clock_of_follow_ups_passes_after_more_than_its_days(days, gone):
    sea = Pool(clocks=[NoFollowUp(30)])
    assert returns(sea, customer(last_follow_up=ago(days))) is gone
    assert returns(sea, customer(received_at=ago(days))) is gone
    assert returns(sea, customer(received_at=ago(days), last_follow_up=ago(200))) is gone
    assert returns(sea, customer(received_at=ago(400), last_follow_up=ago(days))) is gone


@pytest.mark.parametrize(("days", "gone"), [(90, False), (91, True)])
def test_the_clocks_of_opportunities_and_deals_run_from_receipt(days, gone):
    row = customer(received_at=ago(days), last_follow_up=NOW)
    assert returns(Pool(clocks=[NoOpportunity(90)]), row) is gone
    assert returns(Pool(clocks=[NoDeal(90)]), row) is gone


def test_an_opportunity_stops_its_clock_and_a_deal_its_own():
    sea = Pool(clocks=[NoOpportunity(90)])
    assert not returns(sea, customer(open_opportunities=2))
    assert not returns(Pool(clocks=[NoDeal(90)]), customer(won=1))
    assert returns(Pool(clocks=[NoDeal(90)]), customer(open_opportunities=2))


@pytest.mark.parametrize("clock", [NoFollowUp, NoOpportunity])
def test_won_customers_enter_the_pool_only_where_that_is_set(clock):
    assert not returns(Pool(clocks=[clock(30)]), customer(won=1))
    assert returns(Pool(clocks=[clock(30, spares=())]), customer(won=1))


@pytest.mark.parametrize("clock", [NoFollowUp, NoDeal])
def test_customers_with_an_opportunity_enter_only_where_that_is_set(clock):
    row = customer(open_opportunities=1)
    assert returns(Pool(clocks=[clock(30)]), row)
    assert not returns(Pool(clocks=[clock(30, spares="opportunity")]), row)


def test_each_level_has_days_of_its_own_and_others_have_no_clock():
    sea = Pool(clocks=[NoFollowUp(levels={"A": 60, "B": 30})])
    row = customer(last_follow_up=ago(45))
    found = {level: returns(sea, {**row, "tier": level}) for level in ("A", "B", "C")}
    assert found == {"A": False, "B": True, "C": False}


def test_locked_customers_and_those_without_an_owner_are_left_alone():
    sea = Pool(clocks=[NoFollowUp(30)])
    assert not returns(sea, customer(locked=1))
    assert not returns(sea, customer(owner=None))


def test_one_clock_is_enough_and_the_first_one_gives_the_reason():
    sea = Pool(clocks=[NoFollowUp(30), NoDeal(90)])
    assert sea.one(customer(last_follow_up=NOW), NOW)["pool_reason"] == "no_deal"
    assert sea.one(customer(), NOW)["pool_reason"] == "no_follow_up"


def test_a_pool_takes_the_customers_of_its_members_only():
    sea = Pools([Pool(when=F("owner").one_of("R1", "R2"), clocks=[NoFollowUp(30)])])
    found = [sea.one(customer(owner=owner), NOW)["pool_state"] for owner in ("R1", "R9")]
    assert found == ["due", "private"]


@pytest.mark.parametrize(("days", "told"), [(26, False), (27, True), (30, True), (31, False)])
def test_reminders_from_three_days_before_the_last_day_to_the_last_day(days, told):
    """There the last day is day 30 and "3 days before" day 27; here days before the return."""
    sea = Pool(clocks=[NoFollowUp(30)], remind_before=3 + 1)
    rows = sea.remind([customer(last_follow_up=ago(days))], NOW)
    assert bool(rows) is told


# ------------------------------------------------------------------ claims of WukongCRM

TEAM = [{"rep_id": name} for name in ("R1", "R2", "boss")]


def pooled(size, **told):
    return [customer(customer_id=n, owner=None, **told) for n in range(size)]


def test_claims_of_a_day_are_counted_by_pool_and_person_and_start_anew_the_next_day():
    sea = Pool(claims_a_day=2, admins="boss")
    asked = [{"customer_id": n, "rep_id": "R1", "at": f"2026-06-30 10:0{n}"} for n in range(3)]
    done = sea.claim_all(asked, [], customers=pooled(4), reps=TEAM, at=NOW)
    assert [one.code for one in done.verdicts] == ["granted", "granted", "claims_used"]
    assert done.verdicts[2].possible_on == NOW + timedelta(1)
    later = sea.claim(3, "R1", done.events, customers=pooled(4), reps=TEAM, at=NOW)
    assert later.code == "claims_used"
    tomorrow = NOW + timedelta(1)
    assert sea.claim(3, "R1", done.events, customers=pooled(4), reps=TEAM, at=tomorrow).granted
    assert done.desk.assign(3, "R1", by="boss").granted, "an admin's gift is no claim"


@pytest.mark.parametrize(("days", "granted"), [(6, False), (7, False), (8, True)])
def test_the_previous_owner_waits_until_more_than_its_days_have_passed(days, granted):
    lost = {"customer_id": 0, "at": ago(days), "event": "recycled", "from_rep": "R1"}
    history = [{**lost, "to_rep": None, "pool": "pool"}]
    sea = Pool(cool_off=7, admins="boss")
    desk = sea.desk(pooled(1), TEAM, history, at=NOW)
    assert desk.claim(0, "R1").granted is granted
    assert desk.claim(0, "R2").granted
    assert desk.assign(0, "R1", by="boss").granted, "an admin may give it back at once"
    if not granted:
        assert desk.claim(0, "R1").possible_on == ago(days) + timedelta(8)


def test_a_holding_limit_counts_won_customers_only_where_that_is_set():
    mine = [customer(customer_id=f"m{n}", won=n % 2) for n in range(4)]
    free = pooled(1)
    every = Pool(limits=[PoolLimit(4)]).desk([*mine, *free], TEAM, [], at=NOW)
    unwon = Pool(limits=[PoolLimit(4, counts="open")]).desk([*mine, *free], TEAM, [], at=NOW)
    assert every.claim(0, "R1").code == "holding_full"
    assert unwon.claim(0, "R1").granted
    assert unwon.used("R1") == (("open", 2, 4),)


def test_a_lock_limit_holds_for_locks_alone():
    mine = [customer(customer_id=n, locked=n < 2) for n in range(4)]
    desk = Pool(limits=[PoolLimit(2, counts="locked")]).desk(mine, TEAM, [], at=NOW)
    refused = desk.lock(3, by="R1")
    assert refused.reasons[0].text() == "2 of 2 locks are used (R1): unlock one first"
    freed = desk.after(desk.unlock(0, by="R1"))
    assert freed.lock(3, by="R1").granted


def test_only_admins_of_the_pool_hand_its_customers_out():
    desk = Pool(admins="boss").desk(pooled(1), TEAM, [], at=NOW)
    assert desk.assign(0, "R1", by="boss").granted
    assert desk.assign(0, "R1", by="R2").code == "not_admin"


def test_the_return_writes_who_had_it_and_when():
    sea = Pools([Pool(name="north", clocks=[NoFollowUp(30)])], columns=PoolColumns(locked=None))
    done = sea.recycle([customer()], NOW)
    assert done.events == [
        {
            "customer_id": 1,
            "at": NOW,
            "event": "recycled",
            "from_rep": "R1",
            "to_rep": None,
            "pool": "north",
            "why": "no_follow_up",
        }
    ]
    (row,) = done.released
    assert (row["owner"], row["previous_owner"]) == (None, "R1")
