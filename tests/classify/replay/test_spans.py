from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from anyladder import EVERY_DAY, NAMES, SPANNED, orders
from custseg.classify import DaysSince, StateLadder, Step, states_asof
from custseg.classify.replay.spans import Span, told
from custseg.rules import F, Test

TESTS = st.builds(
    Test,
    st.sampled_from(["frequency", "tenure_days", "recency_days"]),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
    st.integers(0, 6).map(float),
)
MANY = TESTS | st.builds(
    Test,
    st.just("frequency"),
    st.sampled_from(["in", "not in"]),
    st.lists(st.integers(0, 6).map(float), min_size=1).map(tuple),
)
CONDITIONS = st.recursive(
    MANY, lambda some: st.tuples(some, some).map(lambda two: two[0] & two[1] | two[1]), max_leaves=5
)


def holds(condition, frequency, tenure, recency):
    row = {"frequency": frequency, "tenure_days": tenure, "recency_days": recency, "r": 1.0}
    ladder = StateLadder((Step(condition, "active", "a"),), otherwise="dormant")
    columns = {name: np.array([value]) for name, value in row.items()}
    return int(ladder.place(columns, 1)[0]) == 0


@given(CONDITIONS, st.integers(1, 6), st.integers(0, 6), st.integers(0, 6))
def test_what_is_left_of_a_condition_says_the_same(condition, frequency, recency, more):
    silence, tenure = float(recency), float(recency + more)
    known = {
        "recency_days": (silence, silence),
        "frequency": (1.0, inf),
        "tenure_days": (silence, inf),
    }
    whole = holds(condition, float(frequency), tenure, silence)
    left = told(condition, known)
    assert whole == (left if isinstance(left, bool) else holds(left, frequency, tenure, silence))


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (F("frequency") < 1, False),
        (F("frequency") >= 1, True),
        (F("frequency").is_missing(), False),
        (F("tenure_days") < 30, False),
        (F("tenure_days") > 30, F("tenure_days") > 30),
        (F("frequency") == 0, F("frequency") == 0),
        (F("frequency") < F("gap_last_days"), F("frequency") < F("gap_last_days")),
    ],
)
def test_bounds_settle_what_they_can(condition, left):
    known = {"frequency": (1.0, inf), "tenure_days": (30.0, inf)}
    assert told(condition, known) == left


def test_a_signal_of_that_name_is_not_bound():
    step = Step(F("frequency") < 1, "dormant", "a")
    assert not Span.of(StateLadder((step,)), 0, 0.0).steps
    signal = DaysSince("frequency", "signed")
    assert Span.of(StateLadder((step,), signals=(signal,)), 0, 0.0).steps == (step.when,)


@given(orders, st.integers(1, 9))
def test_few_days_see_what_every_day_sees(log, step):
    made = cs.TransactionLog.of(log, NAMES)
    every = states_asof(made, EVERY_DAY, SPANNED)
    few = states_asof(made, EVERY_DAY[::step], SPANNED)
    assert few.states.tolist() == every.states[::step].tolist()
