"""Public pools: days and rules agree, time only ever returns more, a forecast comes true."""

from datetime import date, timedelta

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import everykind
from custseg.allocate import (
    NoDeal,
    NoFollowUp,
    NoOpportunity,
    Pool,
    PoolColumns,
    Pools,
    Protection,
    WorkCalendar,
)
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.rules import F

NOW = date(2026, 6, 30)
FEW = settings(max_examples=40, deadline=None)
LEVELS = ("A", "B", None)


def days(least, most):
    return st.none() | st.integers(least, most).map(lambda n: NOW - timedelta(n))


def people(least=0):
    """Customers whose dates lie before today, or also some days after it."""
    row = st.fixed_dictionaries(
        {
            "owner": st.sampled_from(["R1", "R2", None]),
            "received_at": days(least, 40),
            "last_follow_up": days(least, 40),
            "won": st.sampled_from([0, 0, 0, 1, None]),
            "open_opportunities": st.sampled_from([0, 0, 2, None]),
            "locked": st.sampled_from([0, 0, 0, 1, None]),
            "tier": st.sampled_from(LEVELS),
            "visited": days(least, 40),
        }
    )
    rows = st.lists(row, min_size=1, max_size=12)
    return rows.map(lambda some: [{"customer_id": n, **one} for n, one in enumerate(some)])


@st.composite
def limits(draw):
    levels = draw(st.dictionaries(st.sampled_from(["A", "B"]), st.integers(0, 25), max_size=2))
    some = draw(st.integers(0, 25) | st.none()) if levels else draw(st.integers(0, 25))
    spares = draw(st.sets(st.sampled_from(["won", "opportunity"])))
    return {"days": some, "levels": levels, "spares": tuple(sorted(spares))}


@st.composite
def pools(draw):
    kinds = draw(st.lists(st.sampled_from([NoFollowUp, NoOpportunity, NoDeal]), max_size=3))
    clocks = [kind(**draw(limits())) for kind in dict.fromkeys(kinds)]
    safe = None
    if not clocks or draw(st.booleans()):
        default, extend = draw(st.integers(0, 12)), draw(st.integers(0, 12))
        most = draw(st.none() | st.integers(default, 30))
        safe = Protection(default, extend, most, recycles=draw(st.booleans()))
    return Pool(
        clocks=clocks,
        protection=safe,
        exempt=draw(st.sampled_from([None, F("tier") == "B"])),
        remind_before=draw(st.none() | st.integers(1, 6)),
        calendar=draw(st.sampled_from([None, WorkCalendar(holidays=["2026-06-19"])])),
    )


@st.composite
def seas(draw):
    first = draw(pools())
    if draw(st.booleans()):
        return first
    rest = draw(pools())
    first = attrs.evolve(first, name="first", when=F("owner") == "R1")
    return Pools([first, attrs.evolve(rest, when=draw(st.sampled_from([None, F("won") <= 0])))])


def states(sea, rows, day):
    return {
        row["customer_id"]: (row["pool"], row["pool_state"], row["pool_reason"])
        for row in sea.recycle(rows, day).table
    }


@FEW
@given(seas(), people(least=-10))
def test_plain_rules_decide_as_days_do(sea, rows):
    model = sea.on(NOW)
    found = states(sea, rows, NOW)
    for row in rows:
        one = model.one(row)
        assert (one["pool"], one["pool_state"], one["pool_reason"]) == found[row["customer_id"]]
    for row in model.apply(rows):
        assert (row["pool"], row["pool_state"], row["pool_reason"]) == found[row["customer_id"]]


@FEW
@given(seas(), people(), st.integers(1, 30))
def test_a_customer_returns_on_the_day_that_was_told_and_not_before(sea, rows, ahead):
    soon = sea.simulate(rows, NOW, days=30)
    due = set()
    for day in range(ahead + 1):
        when = NOW + timedelta(day)
        now = {row["customer_id"] for row in sea.recycle(rows, when).due}
        assert due <= now, "time only ever returns more"
        foretold = {row["customer_id"] for row in soon.table if row["returns_on"] <= when}
        assert now == foretold
        due = now
    assert sum(list(soon.by_day.values())[: ahead + 1]) == len(due)


@FEW
@given(seas(), people())
def test_what_is_told_to_return_a_customer_does_so_on_the_day(sea, rows):
    soon = sea.simulate(rows, NOW, days=20)
    told = soon.daily("pool_reason")
    found = {}
    for row in soon.table:
        day = max(row["returns_on"], NOW)
        _, state, reason = states(sea, rows, day)[row["customer_id"]]
        assert state == "due"
        found.setdefault(reason, [0] * 21)[(day - NOW).days] += 1
    assert told == {reason: tuple(many) for reason, many in found.items()}
    assert {reason: sum(many) for reason, many in told.items()} == {
        reason: held["customers"] for reason, held in soon.by("pool_reason").items()
    }


@FEW
@given(seas(), people(least=-10))
def test_what_has_returned_returns_only_once_and_the_history_tells_of_each(sea, rows):
    done = sea.recycle(rows, NOW)
    assert sea.recycle(done.released, NOW).due == []
    assert len(done.events) == len(done.due)
    counted = sum(sum(held.values()) for held in done.counts.values())
    assert counted == len(rows), "nobody is lost"


@FEW
@given(seas(), people())
def test_reminders_come_between_the_day_of_reminding_and_the_return(sea, rows):
    done = sea.recycle(rows, NOW)
    for row in done.table:
        if row["remind_on"] is not None and row["pool_state"] in {"remind", "private"}:
            told = row["remind_on"] <= NOW < row["returns_on"]
            assert (row["pool_state"] == "remind") == told


@FEW
@given(
    st.integers(0, 10),
    st.integers(0, 10),
    st.none() | st.integers(0, 12),
    st.lists(st.integers(0, 30), max_size=8),
)
def test_protection_is_what_somebody_counts_who_looks_every_day(default, extend, more, acts):
    most = None if more is None else default + more
    until = default
    for day in sorted(acts):  # a follow-up counts only while it is still protected
        if day <= until:
            until = max(until, day + extend if most is None else min(day + extend, most))
    sea = Pool(protection=Protection(default, extend, most))
    start = NOW - timedelta(30)
    row = {"customer_id": 1, "owner": "R", "received_at": start, "won": 0}
    told = [{"customer_id": 1, "at": start + timedelta(day)} for day in acts]
    (found,) = sea.recycle([row], NOW, activities=told or [{"customer_id": 2, "at": NOW}]).table
    assert found["protected_until"] == start + timedelta(until)


@FEW
@given(st.integers(0, 60), st.integers(1, 30), st.sets(st.integers(1, 7), min_size=1))
def test_working_days_are_counted_as_on_a_wall_calendar(start, wanted, weekdays):
    calendar = WorkCalendar(weekdays, holidays=["2026-07-06", "2026-07-07"])
    zero = (date(2026, 6, 1) - date(1970, 1, 1)).days
    count = DayCount.of(calendar, zero, zero + 60, most=40)
    day, left = zero + start, wanted
    while left:
        day += 1
        left -= calendar.works(float(day))
    later = float(count.later(np.array([zero + start], dtype=float), wanted)[0])
    assert later == day
    for aim in (day - 1, day, day + 1):
        reached = later >= aim
        assert reached == (zero + start >= count.earlier(np.array([float(aim)]), wanted)[0])


def told(row, names):
    """The answers on one customer; days as texts, for kinds of table have their own."""
    days = {"returns_on", "protected_until"}
    return [str(row[n])[:10] if n in days and row[n] is not None else row[n] for n in names]


@pytest.mark.parametrize("kind", everykind.KINDS)
@settings(max_examples=3, deadline=None)
@given(rows=people(least=-5))
def test_every_kind_of_table_gives_the_same(kind, rows):
    sea = Pool(
        clocks=[NoFollowUp(10, levels={"A": 20}), NoDeal(25)],
        protection=Protection(5, 2, 9),
        remind_before=3,
    )
    numbers = ("customer_id", "won", "open_opportunities", "locked")
    kinds = {name: "number" if name in numbers else "text" for name in rows[0]}
    plain = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows
    ]
    names = ("pool", "in_pool", "pool_state", "pool_reason", "returns_on", "protected_until")
    expected = [told(row, names) for row in sea.recycle(rows, NOW).table]
    table = everykind.as_table(kind, plain, kinds)
    found = everykind.as_records(sea.recycle(table, NOW).table)
    assert [told(row, names) for row in found] == expected
    model = Pools([sea], columns=PoolColumns()).on(NOW)
    ruled = everykind.as_records(model.apply(everykind.as_table(kind, plain, kinds)))
    assert [row["pool_reason"] for row in ruled] == [row[3] for row in expected]
