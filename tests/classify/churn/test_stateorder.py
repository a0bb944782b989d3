from datetime import date

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from anyladder import EVERY_DAY, MODELS, NAMES, PEOPLE, contacts, orders
from custseg.classify import (
    FixedDays,
    Lifecycle,
    LifecycleModel,
    Seen,
    StateLadder,
    StateOrder,
    Step,
    customer_states,
)
from custseg.classify.replay.base import base_of
from custseg.frames import EPOCH
from custseg.lifetime import MBGNBD, MBGNBDModel
from custseg.model import RowModel
from custseg.rules import F


@attrs.frozen
class Limit(RowModel):
    purchases: MBGNBDModel
    horizon: float

    @property
    def needs(self):
        return {"frequency": "number"}

    @property
    def gives(self):
        return {"limit_days": "number"}

    def kernel(self, cols):
        return {"limit_days": 30.0 + 0 * cols["frequency"]}


def seen_on(log, on, **tables):
    day = on.toordinal() - EPOCH
    return Seen.of(base_of(log, np.array([day, day + 90]), **tables), day, 90)


@pytest.mark.parametrize("model", MODELS)
@given(orders, contacts, st.sampled_from(EVERY_DAY[20:]))
def test_the_state_comes_first(model, rows, talks, on):
    log = cs.TransactionLog.of(rows, NAMES)
    tables = {"customers": PEOPLE, "interactions": talks}
    seen = seen_on(log, on, **tables)
    order = dict(zip(list(seen.ids), StateOrder(model).risk(seen).tolist(), strict=True))
    for row in customer_states(log, model, as_of=on, **tables):
        who = row["customer_id"]
        if who in order:
            rank = model.ladder.rank(row["lifecycle_state"])
            assert rank <= order[who] <= rank + 1


@given(orders, st.sampled_from(EVERY_DAY[20:]))
def test_within_a_state_it_is_how_near_or_far_the_fall_is(rows, on):
    log = cs.TransactionLog.of(rows, NAMES)
    seen = seen_on(log, on)
    order = StateOrder(Lifecycle(FixedDays(20, at_risk_after=10, churned_after=40))).risk(seen)
    days = seen.column("recency_days")
    assert (np.argsort(order, kind="stable") == np.argsort(days, kind="stable")).all()


def test_a_strategy_that_asks_a_model_orders_by_its_chance():
    log = cs.TransactionLog.of(cs.datasets.cdnow()[::3], cs.Names(at="date"))
    model = MBGNBD().fit(log.summary(as_of="1997-12-31"))
    asleep = Step(F("recency_days") >= F("limit_days"), "dormant", "no_order")
    ladder = StateLadder((asleep,), "active", signals=(Limit(model, 90.0),))
    seen = seen_on(log, date(1997, 12, 31))
    order = StateOrder(LifecycleModel(ladder)).risk(seen)
    state = np.where(seen.column("recency_days") >= 30, 3, 1)
    chance = model.p_no_purchase(seen.history, horizon=90)
    assert order == pytest.approx(state + chance)
    assert StateOrder(LifecycleModel(ladder)).scale(seen) == "chance"
    assert StateOrder(Lifecycle(FixedDays(90))).scale(seen) == "days"
