import json
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
import everykind
from anyladder import EVERY_DAY, FINER, MODELS, NAMES, PEOPLE, START, contacts, orders
from custseg.classify import (
    FixedDays,
    Hysteresis,
    Lifecycle,
    LifecycleModel,
    customer_states,
    states_asof,
)

FAR = [START + timedelta(n) for n in range(160)]
CALM = [*MODELS, LifecycleModel(FINER, Hysteresis(3, 12))]


def runs(states):
    """State and first day of each run of equal ones."""
    found, at = [], 0
    for state, same in groupby(states):
        found.append((state, FAR[at]))
        at += len(list(same))
    return found


@pytest.mark.parametrize("model", CALM)
@settings(max_examples=max(10, settings().max_examples // 3))
@given(orders, contacts, st.sampled_from(EVERY_DAY[20:]))
def test_since_before_and_next_are_those_of_a_daily_replay(model, log, talks, as_of):
    known = [row for row in log if row["paid_at"] <= as_of]
    talked = [row for row in talks if row["paid_at"] <= as_of]
    made = cs.TransactionLog.of(known, NAMES)
    rows = customer_states(made, model, as_of=as_of, customers=PEOPLE, interactions=talked)
    grid = states_asof(made, FAR, model, customers=PEOPLE, interactions=talked)
    today = FAR.index(as_of)
    by_id = {row["customer_id"]: row for row in rows}
    for who, daily in zip(grid.ids.keys.ids(), grid.states.T.tolist(), strict=True):
        row, words = by_id[who], (*grid.words, None)
        *before, (state, since) = runs(daily[: today + 1])
        assert row["lifecycle_state"] == words[state]
        # whoever has been so from the beginning on is so since an unknown day
        assert row["lifecycle_since"] in ({since} if before else {None, START})
        following = runs(daily)[len(before) + 1 :]
        if following:
            assert (row["next_state"], row["next_transition_date"]) == (
                words[following[0][0]],
                following[0][1],
            )
        else:
            assert row["next_transition_date"] is None or row["next_transition_date"] > FAR[-1]


@pytest.mark.parametrize("model", CALM)
@settings(max_examples=max(10, settings().max_examples // 3))
@given(orders, st.sampled_from(EVERY_DAY[20:]))
def test_of_buyers_the_whole_past_is_known(model, log, as_of):
    model = LifecycleModel(FINER, model.calm)
    made = cs.TransactionLog.of(log, NAMES)
    grid = states_asof(made, FAR[: FAR.index(as_of) + 1], model)
    by_id = {row["customer_id"]: row for row in customer_states(made, model, as_of=as_of)}
    words = (*grid.words, None)
    for who, daily in zip(grid.ids.keys.ids(), grid.states.T.tolist(), strict=True):
        if daily[-1] < 0:
            assert who not in by_id
            continue
        row, past = by_id[who], runs(daily)
        before = past[-2][0] if len(past) > 1 else -1
        assert (row["lifecycle_since"], row["previous_state"]) == (past[-1][1], words[before])
        assert row["days_in_state"] == (as_of - past[-1][1]).days


def test_a_row_says_why_and_what_to_expect():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    model = Lifecycle(FixedDays(90)).fit([])
    rows = customer_states(log, model, as_of="1998-06-30")
    assert len(rows) == 2357
    asleep = next(row for row in rows if row["lifecycle"] == "dormant")
    assert json.loads(asleep["lifecycle_settings"]) == {"dormant_after": 90}
    assert asleep["confidence"] == asleep["p_no_purchase"] > 0.5
    awake = next(row for row in rows if row["lifecycle"] == "active")
    assert awake["confidence"] == 1 - awake["p_no_purchase"]
    assert awake["expected_next_date"] > date(1998, 6, 30)
    assert awake["next_state"] == "dormant"
    assert awake["next_transition_date"] == awake["last_purchase"] + timedelta(90)


def test_too_few_customers_tell_nothing_of_the_future():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    (row,) = customer_states(log, Lifecycle(FixedDays(90)), as_of="2026-02-01")
    unknown = ("p_no_purchase", "expected_next_date", "overdue_ratio", "confidence")
    assert [row[name] for name in unknown] == [None] * 4


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table(kind):
    rows = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 4.0}]
    kinds = {"customer_id": "text", "paid_at": "text", "amount": "number"}
    log = cs.TransactionLog.of(everykind.as_table(kind, rows, kinds), NAMES)
    made = customer_states(log, Lifecycle(FixedDays(90)), as_of="2026-06-01")
    (row,) = everykind.as_records(made)
    plain = customer_states(
        cs.TransactionLog.of(rows, NAMES), Lifecycle(FixedDays(90)), as_of="2026-06-01"
    )[0]
    assert {name: str(value)[:10] for name, value in row.items()} == {
        name: str(value)[:10] for name, value in plain.items()
    }
