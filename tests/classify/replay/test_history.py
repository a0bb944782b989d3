import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from anyladder import EVERY_DAY, FINER, MODELS, NAMES, PEOPLE, SPANNED, contacts, day, orders
from custseg.classify import (
    FixedDays,
    Hysteresis,
    Lifecycle,
    LifecycleModel,
    StateLadder,
    Step,
    states_asof,
    transitions,
)
from custseg.errors import ConfigError
from custseg.rules import F


def told(model, as_of, log, talks):
    """The states by the profile of that day."""
    rows = cs.profile(PEOPLE, transactions=log, interactions=talks, names=NAMES, as_of=as_of)
    return {row["customer_id"]: row["lifecycle_state"] for row in model.apply(rows)}


@pytest.mark.parametrize("model", [*MODELS, SPANNED])
@given(orders, contacts, st.lists(day, min_size=1, max_size=4, unique=True).map(sorted))
def test_a_replay_says_what_the_profile_of_each_day_says(model, log, talks, days):
    made = cs.TransactionLog.of(log, NAMES)
    grid = states_asof(made, days, model, customers=PEOPLE, interactions=talks)
    found = [
        {who: grid.words[state] for who, state in zip(grid.ids.keys.ids(), row, strict=True)}
        for row in grid.states.tolist()
    ]
    assert found == [told(model, as_of, log, talks) for as_of in days]


@given(orders, st.sampled_from([(0, 12), (3, 6), (0, 40)]))
def test_a_replay_with_hysteresis_is_a_nightly_run(log, limits):
    grace, dwell = limits
    model = LifecycleModel(FINER, Hysteresis(grace, dwell, 0.2))
    made = cs.TransactionLog.of(log, NAMES)
    people = [{"customer_id": row["customer_id"]} for row in PEOPLE]
    grid = states_asof(made, EVERY_DAY, model, customers=people)
    order = grid.ids.keys.ids()
    kept = {}
    for as_of, states in zip(EVERY_DAY, grid.states.tolist(), strict=True):
        rows = cs.profile(people, transactions=log, names=NAMES, as_of=as_of)
        rows = [{**row, **kept.get(row["customer_id"], {})} for row in rows]
        done = {row["customer_id"]: row for row in model.apply(rows)}
        assert [grid.words[s] for s in states] == [done[w]["lifecycle_state"] for w in order]
        kept = {
            who: {
                "lifecycle_state_previous": row["lifecycle_state"],
                "lifecycle_since_previous": row["lifecycle_since"],
            }
            for who, row in done.items()
        }


@given(orders)
def test_transitions_are_where_states_of_consecutive_days_differ(log):
    model = MODELS[0]
    made = cs.TransactionLog.of(log, NAMES)
    rows = transitions(made, model, until=EVERY_DAY[-1])
    grid = states_asof(made, EVERY_DAY, model)
    words = (*grid.words, None)
    days = grid.states.T.tolist()
    expected = [
        (EVERY_DAY[i].toordinal(), who, words[before], words[state])
        for who, states in zip(made.ids.keys.ids(), days, strict=True)
        for i, (before, state) in enumerate(zip([-1, *states], states, strict=False))
        if before != state
    ]
    found = [(row["on"].toordinal(), row["customer_id"], row["from"], row["to"]) for row in rows]
    expected.sort(key=lambda one: (one[0], made.ids.keys.ids().index(one[1])))
    assert found == expected
    later = transitions(made, model, start=EVERY_DAY[30], until=EVERY_DAY[-1])
    first = EVERY_DAY[30].toordinal()
    assert len(later) == sum(one[0] >= first for one in expected)
    people = transitions(made, model, until=EVERY_DAY[-1], customers=PEOPLE[:2])
    assert sum(row["from"] is None for row in people) == 0
    moves = [(row["on"].toordinal(), row["customer_id"], row["to"]) for row in people]
    assert sorted(moves) == sorted((one[0], one[1], one[3]) for one in expected if one[1] in "ab")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_answers_are_of_the_kind_that_went_in(kind):
    rows = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 4.0}]
    table = everykind.as_table(
        kind, rows, {"customer_id": "text", "paid_at": "text", "amount": "number"}
    )
    log = cs.TransactionLog.of(table, NAMES)
    model = Lifecycle(FixedDays(90)).fit([])
    grid = states_asof(log, ["2026-01-01", "2026-02-01"], model).table
    assert [row["lifecycle"] for row in everykind.as_records(grid)] == ["active"]
    moved = everykind.as_records(transitions(log, model, until="2026-12-31"))
    assert [(row["from"], row["to"]) for row in moved] == [(None, "active"), ("active", "dormant")]


def test_what_a_replay_cannot_know_is_refused():
    log = cs.TransactionLog.of([{"customer_id": "a", "paid_at": "2026-01-05", "amount": 4}], NAMES)
    by_money = LifecycleModel(StateLadder((Step(F("revenue") > 9, "active", "recent_order"),)))
    with pytest.raises(ConfigError, match="'revenue' cannot be told for days in the past"):
        states_asof(log, ["2026-02-01"], by_money)
    both = Step(F("recency_days") > 0.5 * F("tenure_days"), "dormant", "no_order")
    with pytest.raises(ConfigError, match="both grow day by day"):
        states_asof(log, ["2026-02-01"], LifecycleModel(StateLadder((both,), "active")))
    with pytest.raises(ConfigError, match="each later than the one before"):
        states_asof(log, ["2026-02-01", "2026-01-01"])
