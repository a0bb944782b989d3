from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
import everykind
from anyladder import EVERY_DAY, FINER, MODELS, NAMES, PEOPLE, contacts, orders
from custseg.classify import (
    FixedDays,
    Hysteresis,
    Lifecycle,
    LifecycleModel,
    advance,
    customer_states,
    due,
)
from custseg.errors import ConfigError, DataError

CALM = [LifecycleModel(FINER), LifecycleModel(FINER, Hysteresis(3, 12))]
STAYS = Lifecycle(FixedDays(90)).fit([])
EXPECTED = {"p_no_purchase", "expected_next_date", "overdue_ratio", "confidence"}
ORDER = {"customer_id": "a", "paid_at": "2026-01-05", "amount": 4.0}
moments = st.lists(st.sampled_from(EVERY_DAY), min_size=2, max_size=5, unique=True).map(sorted)


def by_id(rows):
    """States by customer, without what changes every day."""
    return {
        row["customer_id"]: {name: row[name] for name in row if name not in EXPECTED}
        for row in rows
    }


def upto(rows, day):
    return [row for row in rows if row["paid_at"] <= day]


def between(rows, before, day):
    return [row for row in rows if before < row["paid_at"] <= day]


def log_of(rows):
    return cs.TransactionLog.of(rows, NAMES)


@pytest.mark.parametrize("model", CALM)
@given(orders, moments)
def test_states_brought_forward_are_those_of_all_transactions(model, log, days):
    first, *later = days
    known = [row for row in log if row["paid_at"] <= first]
    states = customer_states(log_of(known), model, as_of=first)
    for before, day in zip(days, later, strict=False):
        new = [row for row in log if before < row["paid_at"] <= day]
        states = advance(states, log_of(new), model=model, as_of=day)
        known += new
        assert by_id(states) == by_id(customer_states(log_of(known), model, as_of=day))


@pytest.mark.parametrize("model", MODELS)
@given(orders, contacts, moments, st.booleans())
def test_contacts_and_customers_are_brought_forward_too(model, log, talks, days, told):
    first, *later = days
    people = {"customers": PEOPLE} if told or model.ladder.signals else {}
    known, talked = upto(log, first), upto(talks, first)
    states = customer_states(log_of(known), model, as_of=first, interactions=talked, **people)
    for before, day in zip(days, later, strict=False):
        new, met = between(log, before, day), between(talks, before, day)
        states = advance(states, log_of(new), model=model, as_of=day, interactions=met, **people)
        known, talked = upto(log, day), upto(talks, day)
        whole = customer_states(log_of(known), model, as_of=day, interactions=talked, **people)
        assert by_id(states) == by_id(whole)


def test_a_night_without_orders_needs_no_names():
    log = cs.TransactionLog.of(
        [{"who": "a", "paid_at": "2026-01-05", "amount": 4.0}],
        cs.Names(customer="who", at="paid_at"),
    )
    states = customer_states(log, STAYS, as_of="2026-02-01")
    (row,) = advance(states, model=STAYS, as_of="2026-06-01")
    assert (row["who"], row["lifecycle"]) == ("a", "dormant")
    assert advance([], model=STAYS, as_of="2026-06-01") == []


@settings(max_examples=max(10, settings().max_examples // 3))
@given(orders)
def test_an_event_at_a_time_and_a_nightly_queue_do_the_same(log):
    model, last = CALM[1], EVERY_DAY[-1]
    kept = {}
    for day in EVERY_DAY:
        queue = due(list(kept.values()), as_of=day)
        buyers = {row["customer_id"] for row in log if row["paid_at"] == day}
        for who in buyers | {row["customer_id"] for row in queue}:
            rows = [kept[who]] if who in kept else []
            new = [row for row in log if (row["customer_id"], row["paid_at"]) == (who, day)]
            for row in advance(rows, log_of(new), model=model, as_of=day):
                kept[who] = row
    final = advance(list(kept.values()), model=model, as_of=last)
    assert by_id(final) == by_id(customer_states(log_of(log), model, as_of=last))


def test_a_second_order_of_the_same_day_changes_nothing():
    states = customer_states(log_of([ORDER]), STAYS, as_of="2026-01-05")
    again = advance(states, log_of([ORDER]), model=STAYS, as_of="2026-01-05")
    assert by_id(again) == by_id(states)


def test_what_cannot_be_brought_forward_is_refused():
    states = customer_states(log_of([ORDER]), STAYS, as_of="2026-02-01")
    with pytest.raises(DataError, match="1 days of orders or contacts are not after"):
        advance(
            states, log_of([{**ORDER, "paid_at": "2026-01-20"}]), model=STAYS, as_of="2026-02-02"
        )
    with pytest.raises(ConfigError, match="not back"):
        advance(states, model=STAYS, as_of="2026-01-31")
    other = Lifecycle(FixedDays(30)).fit([])
    with pytest.raises(ConfigError, match="not the one that decided"):
        advance(states, model=other, as_of="2026-02-02")
    with pytest.raises(DataError, match="two rows"):
        advance([*states, *states], model=STAYS, as_of="2026-02-02")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table(kind):
    kinds = {"customer_id": "text", "paid_at": "text", "amount": "number"}
    log = log_of(everykind.as_table(kind, [ORDER], kinds))
    states = customer_states(log, STAYS, as_of="2026-02-01")
    rows = [{**ORDER, "customer_id": "b", "paid_at": "2026-04-01"}]
    new = log_of(everykind.as_table(kind, rows, kinds))
    assert len(everykind.as_records(due(states, as_of="2026-04-05"))) == 1
    after = everykind.as_records(advance(states, new, model=STAYS, as_of="2026-04-10"))
    assert [(row["customer_id"], row["lifecycle"]) for row in after] == [
        ("a", "dormant"),
        ("b", "active"),
    ]


def test_days_between_do_not_matter():
    states = customer_states(log_of([ORDER]), STAYS, as_of="2026-02-01")
    for ahead in (1, 30, 62, 63, 64, 400):
        (row,) = advance(states, model=STAYS, as_of=states[0]["as_of"] + timedelta(ahead))
        assert row["lifecycle"] == ("active" if ahead < 63 else "dormant")


def test_contacts_of_customers_who_are_not_known_yet_are_not_carried():
    """As the documentation says: who buys first later has had no contact before."""
    model = Lifecycle(FixedDays(90, contact_within=60)).fit([])
    log = cs.TransactionLog.of([ORDER], NAMES)
    states = customer_states(log, model, as_of="2026-01-10")
    met = [{"customer_id": "b", "paid_at": "2026-01-15"}]
    states = advance(states, model=model, as_of="2026-01-20", interactions=met)
    assert [row["customer_id"] for row in states] == ["a"]
    first = cs.TransactionLog.of([{**ORDER, "customer_id": "b", "paid_at": "2026-02-01"}], NAMES)
    row = by_id(advance(states, first, model=model, as_of="2026-02-01"))["b"]
    assert row["last_contact"] is None
