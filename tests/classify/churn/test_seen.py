from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given

import custseg as cs
from anychurn import CDNOW, NAMES, START, day, log_of, orders
from custseg.classify import Seen
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError
from custseg.frames import EPOCH
from custseg.lifetime import MBGNBD

MONEY = ("revenue", "gross", "refunds", "revenue_trend")


def seen_on(log, on, **more):
    at = on.toordinal() - EPOCH
    return Seen.of(base_of(log, np.array([at, at + 60])), at, 30, **more)


@given(orders, day)
def test_columns_are_those_of_a_profile(rows, on):
    log = log_of(rows)
    seen = seen_on(log, on)
    profile = cs.profile(
        transactions=[{"customer_id": "a", "date": START, "amount": 1.0}, *rows],
        names=NAMES,
        as_of=on,
    )
    by_id = {row["customer_id"]: row for row in profile}
    for name in ("frequency", "recency_days", "tenure_days", "gap_mean_days", "gap_cv", *MONEY):
        told = dict(zip(list(seen.ids), seen.column(name).tolist(), strict=True))
        for who, value in told.items():
            expected = by_id[who][name]
            assert value == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


@given(orders, day)
def test_a_history_is_that_of_a_summary(rows, on):
    log = log_of(rows)
    seen = seen_on(log, on)
    summary = {row["customer_id"]: row for row in log.summary(as_of=on)}
    history = seen.history
    for i, who in enumerate(list(seen.ids)):
        row = summary[who]
        assert history.frequency[i] == row["frequency"]
        assert (history.recency[i], history.age[i]) == (row["recency"], row["T"])


@given(orders, day)
def test_who_is_looked_at_is_chosen_by_what_was_known(rows, on):
    log = log_of(rows)
    every, often = seen_on(log, on), seen_on(log, on, least=3)
    lately = seen_on(log, on, within=10)
    assert often.who.tolist() == every.who[every.column("frequency") >= 3].tolist()
    assert lately.who.tolist() == every.who[every.column("recency_days") < 10].tolist()


def test_models_learn_from_everybody_and_once():
    log = cs.TransactionLog.of(CDNOW, NAMES)
    on = START.replace(year=1997, month=9, day=30)
    some, every = seen_on(log, on, least=2), seen_on(log, on)
    assert some.fitted(MBGNBD()) is some.fitted(MBGNBD())
    assert some.fitted(MBGNBD()).params == every.fitted(MBGNBD()).params
    assert every.fitted(MBGNBD()).params == MBGNBD().fit(log.summary(as_of=on)).params


def test_covariates_are_read_from_the_customers():
    log = cs.TransactionLog.of(CDNOW, NAMES)
    ids = dict.fromkeys(row["customer_id"] for row in CDNOW)
    people = [{"customer_id": who, "web": int(who) % 2} for who in ids]
    at = START.replace(year=1997, month=9, day=30).toordinal() - EPOCH
    seen = Seen.of(base_of(log, np.array([at, at + 60]), customers=people), at, 30)
    model = seen.fitted(MBGNBD(buying=("web",)))
    assert "web" in model.needs
    assert len(model.p_alive(seen.asked(model))) == seen.size


def test_a_column_of_the_future_is_refused():
    seen = seen_on(log_of([]), START + timedelta(3))
    with pytest.raises(ConfigError, match="'completeness' cannot be told"):
        seen.column("completeness")
