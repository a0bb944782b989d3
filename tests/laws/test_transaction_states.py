"""Yesterday's state and today's transactions are all transactions, to the last bit."""

import json
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.errors import DataError
from custseg.features import TransactionState
from everykind import as_records
from plainprofile import AS_OF, logs

KINDS = [name for name, _ in kinds([{"a": 1}])]
FULL = {"customer_id": "a", "paid_at": datetime(2026, 3, 3, 9), "amount": 5.0, "order_id": "9"}  # noqa: DTZ001 - local time
FULL |= {"product": "pen", "category": "home", "channel": "shop", "cost": 2.5}
FULL |= {"due_at": FULL["paid_at"], "settled_at": FULL["paid_at"], "payment_method": "card"}
HOW = st.sampled_from(["net", "net_day", "ignore"])
DAYS = st.integers(-60, 60).map(lambda days: AS_OF + timedelta(days))
MORE = ("gap_mean", "gap_median", "gap_cv", "gap_last", "gap_max", "log_gaps")
MORE += ("revenue", "gross", "refunds", "revenue_trend")
PEOPLE = [{"customer_id": who} for who in ("007", "a", "b", "c", "x", "张三")]
LADDER = cs.classify.Lifecycle(
    cs.classify.FixedDays(30, at_risk_after=15, churned_after=90, new_for=5, reactivated_for=5)
).fit([])


def states_of(batches, how):
    """A state of each batch; the batches are numbered."""
    conventions = cs.Conventions(refunds=how)
    return [
        TransactionState.of(rows, conventions=conventions, batch=f"day {i}")
        for i, rows in enumerate(batches)
    ]


def merged(states):
    first, *others = states
    for other in others:
        first = first.merged(other)
    return first


def by_customer(rows):
    return {row["customer_id"]: row for row in rows}


def same(state, whole, as_of):
    """Whether a state says what all transactions say, customer by customer."""
    mine, theirs = (log.summary(as_of=as_of, also=MORE) for log in (state, whole))
    np.testing.assert_equal(by_customer(mine), by_customer(theirs))


@given(st.lists(logs, min_size=1, max_size=4), HOW, st.lists(DAYS, min_size=1, max_size=3))
def test_day_by_day_is_all_at_once(batches, how, days):
    every = [row for rows in batches for row in rows]
    conventions = cs.Conventions(refunds=how)
    whole = cs.TransactionLog.of(every, conventions=conventions)
    state = merged(states_of(batches, how))
    assert state.report.rows == len(every)
    assert state.report == whole.report or state.report.as_dict() == whole.report.as_dict()
    for day in days:
        same(state, whole, day)
        for part in (state, whole):
            assert len(part) == len(whole)
        profiled = [
            cs.profile(PEOPLE, transactions=log, conventions=conventions, as_of=day)
            for log in (state, every)
        ]
        if every:  # an empty list says of its columns that it has all of them
            np.testing.assert_equal(*profiled)


@given(st.lists(logs, min_size=2, max_size=4), HOW, st.permutations(range(4)), DAYS)
def test_states_are_merged_in_any_order(batches, how, order, day):
    states = states_of(batches, how)
    shuffled = [states[i] for i in order if i < len(states)]
    left = merged(states)
    right = shuffled[0].merged(merged(shuffled[1:]))
    same(left, right, day)
    assert left.header()["batches"] == right.header()["batches"]
    assert left.report.rows == right.report.rows
    conventions = left.conventions
    np.testing.assert_equal(
        *(
            cs.profile(PEOPLE, transactions=state, conventions=conventions, as_of=day)
            for state in (left, right)
        )
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10)
@given(batches=st.lists(logs, min_size=2, max_size=2), day=DAYS)
def test_what_was_kept_goes_on(kind, batches, day):
    yesterday, today = ([FULL, *rows] for rows in batches)
    state = TransactionState.of(as_kind(kind, yesterday), batch="yesterday")
    document = json.loads(json.dumps(state.header()))
    kept = TransactionState.of_table(state.table(), document)
    grown = kept.append(as_kind(kind, today), batch="today")
    every = [*yesterday, *today]
    whole = cs.TransactionLog.of(every)
    mine = as_records(grown.summary(as_of=day, also=MORE))
    np.testing.assert_equal(by_customer(mine), by_customer(whole.summary(as_of=day, also=MORE)))
    made, anew = (
        by_customer(as_records(cs.profile(transactions=log, as_of=day)))
        for log in (grown, as_kind(kind, every))
    )
    assert made.keys() == anew.keys()
    for who, row in anew.items():
        np.testing.assert_equal({name: made[who][name] for name in row}, row)


@given(st.lists(logs, min_size=2, max_size=3), st.lists(DAYS, min_size=1, max_size=3, unique=True))
def test_lifecycle_states_are_those_of_all(batches, days):
    every = [row for rows in batches for row in rows]
    whole, state = cs.TransactionLog.of(every), merged(states_of(batches, "net"))
    tables = [cs.classify.states_asof(log, sorted(days), LADDER).table for log in (whole, state)]
    one, two = ({(r["customer_id"], r["as_of"]): r for r in table} for table in tables)
    assert one == two


@given(logs)
def test_a_batch_is_taken_in_once(rows):
    state = TransactionState.of(rows)
    if not len(state):  # where no transaction is usable, none would count twice
        return
    with pytest.raises(DataError, match="taken in already"):
        state.append(rows[::-1])
    assert state.append(rows, batch="again").repeated
