from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.errors import DataError, MissingColumnError
from custseg.scoring import DealNames, Deals

DAY = "2026-06-30"
STAGES = {"lead": 0.1, "offer": 0.3, "contract": 0.8}
HAND = Deals(stages=STAGES, prior=0.3).fit([]).on(DAY)


def deal(stage="offer", amount=1000.0, opened="2026-06-01", **more):
    return {"deal_id": "d", "stage": stage, "amount": amount, "opened_at": opened, **more}


def past(rows=120, *, lost_every=3, days=30, **more):
    """Closed deals, one in three of them lost, all open for some days."""
    start = date(2026, 1, 1).toordinal()
    return [
        {
            **deal("lost" if i % lost_every == 0 else "won", 100.0 * (1 + i % 7)),
            "deal_id": i,
            "opened_at": date.fromordinal(start + i % 40),
            "closed_at": date.fromordinal(start + i % 40 + 1 + i * 7 % days),
            **{name: values[i % len(values)] for name, values in more.items()},
        }
        for i in range(rows)
    ]


MODEL = Deals().fit(past(), as_of=DAY)


def test_without_history_stages_have_the_chance_that_was_said():
    assert HAND.one(deal("lead"))["win_probability"] == pytest.approx(0.1, abs=1e-3)
    assert HAND.one(deal("contract"))["win_probability"] == pytest.approx(0.8, abs=1e-3)
    assert HAND.one(deal("dinner"))["win_probability"] == pytest.approx(0.3, abs=1e-3)
    assert HAND.one(deal(None))["win_probability"] == pytest.approx(0.3, abs=1e-3)


def test_without_history_and_stages_there_is_the_prior():
    model = Deals(prior=0.4).fit([]).on(DAY)
    assert model.card is None
    assert model.one(deal())["win_probability"] == 0.4
    assert model.explain(deal()).text() == "chance to be won: 40%"


def test_expected_value_and_gain():
    said = HAND.one(deal("contract", 1000.0))
    assert said["expected_value"] == pytest.approx(800, abs=1)
    lifted = 4 * 2.718281828**0.2
    assert said["expected_gain"] == pytest.approx(1000 * (lifted / (1 + lifted) - 0.8), abs=0.5)


def test_the_chance_is_never_0_or_1():
    all_won = Deals().fit(past(lost_every=10**9), as_of=DAY)
    all_lost = Deals().fit([{**row, "stage": "lost"} for row in past()], as_of=DAY)
    assert 0.5 < all_won.one(deal())["win_probability"] < 1
    assert 0 < all_lost.one(deal())["win_probability"] < 0.2


def test_one_closed_deal_moves_the_chance_a_little():
    one = Deals(prior=0.25, prior_deals=20).fit(past(2)[1:], as_of=DAY)
    assert one.one(deal())["win_probability"] == pytest.approx(6 / 21, abs=1e-6)


@pytest.mark.parametrize("stage", ["won", "Closed Lost", "输单", "archived", "closed"])
def test_what_is_over_has_no_chance(stage):
    spec = Deals(conventions=cs.Conventions(closed_stages="archived"))
    said = spec.fit(past(), as_of=DAY).one(deal(stage))
    assert said["deal_state"] == "closed"
    assert said["win_probability"] is said["expected_value"] is said["deal_age_days"] is None


def test_what_closes_later_is_open_today():
    said = MODEL.one(deal("won", closed_at="2026-07-01"))
    assert said["win_probability"] > 0
    assert MODEL.one(deal("won", closed_at=DAY))["deal_state"] == "closed"
    assert MODEL.one(deal("offer", closed_at=DAY))["deal_state"] == "closed"


def test_what_is_opened_later_is_nothing_yet():
    said = MODEL.one(deal(opened="2026-07-01"))
    assert said["win_probability"] is said["deal_state"] is None


def test_states_the_gravest_first():
    late = {"expected_close": "2026-06-29", "expected_close_previous": "2026-06-01"}
    put_off = {"expected_close": "2026-07-30", "expected_close_previous": "2026-07-01"}
    early = {"expected_close": DAY, "expected_close_previous": "2026-07-01"}
    assert MODEL.age_limit is not None
    fresh, old = "2026-06-29", "2026-01-01"
    assert MODEL.one(deal(opened=fresh, **late))["deal_state"] == "overdue"
    assert MODEL.one(deal(opened=old, **put_off))["deal_state"] == "slipping"
    assert MODEL.one(deal(opened=old, **early))["deal_state"] == "stuck"
    assert MODEL.one(deal(opened=fresh, **early))["deal_state"] == "on_track"
    assert MODEL.one(deal(opened=fresh))["deal_state"] == "on_track"
    assert MODEL.one(deal(opened=None))["deal_state"] is None


def test_a_stage_has_a_limit_of_its_own():
    names = DealNames(outcome="outcome")
    rows = [
        {**row, "outcome": row["stage"], "stage": "offer", "stage_since": row["closed_at"]}
        for row in past()
    ]
    model = Deals(names=names).fit(rows, as_of=DAY)
    assert model.stage_limits == {"offer": 0.0}
    stay = {"outcome": None, "stage_since": "2026-06-29"}
    assert model.one(deal(opened="2026-06-20", **stay))["deal_state"] == "stuck"
    assert model.one(deal("lead", opened="2026-06-20", **stay))["deal_state"] == "on_track"
    why = model.explain(deal(opened="2026-06-20", **stay))
    assert why.reasons[0].code == "deal_stuck_stage"
    assert why.reasons[0].values == {"days": 1.0}


def test_the_limit_is_that_of_most_won_deals():
    won = sorted(
        (row["closed_at"] - row["opened_at"]).days for row in past() if row["stage"] == "won"
    )
    assert MODEL.age_limit == won[int(0.8 * len(won) + 0.999) - 1]


def test_amounts_of_other_currencies_are_converted_or_unknown():
    how = cs.Conventions(currency="CNY", rates={"USD": 7.0})
    model = Deals(conventions=how).fit([]).on(DAY)
    yuan, dollar, euro = (model.one(deal(currency=c)) for c in ("CNY", "usd", "EUR"))
    assert dollar["expected_value"] == pytest.approx(7 * yuan["expected_value"])
    assert euro["expected_value"] is euro["expected_gain"] is None
    assert euro["win_probability"] == yuan["win_probability"]


@pytest.mark.parametrize("how", [{}, {"currency": "CNY"}])
def test_mixed_currencies_without_rates_are_refused(how):
    rows = past(currency=("CNY", "USD"))
    with pytest.raises(DataError, match="rate"):
        Deals(conventions=cs.Conventions(**how)).fit(rows, as_of=DAY)
    assert Deals().fit(past(currency=("CNY",)), as_of=DAY).typical is not None


def test_where_the_amount_is_unknown_a_typical_one_orders_the_calls():
    said = MODEL.one(deal(amount=None))
    assert said["expected_value"] is None
    assert said["expected_gain"] > 0


def test_columns_that_the_past_had_must_be_there():
    with pytest.raises(MissingColumnError, match="amount"):
        MODEL.one({"stage": "offer", "opened_at": "2026-06-01"})
    with pytest.raises(MissingColumnError, match="opened_at"):
        MODEL.one({"stage": "offer", "amount": 3})


def test_a_row_may_say_its_own_day():
    model = Deals().fit(past())
    assert model.as_of is None
    assert model.one({**deal(), "as_of": "2026-06-11"})["deal_age_days"] == 10
    assert model.one({**deal(), "as_of": None})["win_probability"] is None


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_tables_are_as_records(kind):
    rows = [deal(), deal("won"), deal(None, None, None), deal("lead", 5.0, "2026-01-01")]
    rows = [{**row, "closed_at": None} for row in rows]
    found = MODEL.apply(kind(rows))
    told = [MODEL.one(row)["win_probability"] for row in rows]
    assert pd.Series(found["win_probability"].to_list()).replace({np.nan: None}).to_list() == told


def test_a_model_is_data():
    spec = Deals(("product",), STAGES, names=DealNames(opened="engage_date"), lifts=MODEL.lifts)
    assert cs.load(cs.dump(spec)) == spec
    assert cs.load(cs.dump(MODEL)) == MODEL
    assert cs.load(cs.dump(HAND)) == HAND


def test_reasons_in_both_languages():
    said = MODEL.explain(deal(opened="2026-01-01", expected_close="2026-06-01"))
    assert said.text().startswith("chance to be won: ")
    assert "overdue" in said.text()
    assert "预计成交日已过" in said.text("zh")
    assert "[days = 29]" in said.text(values=True)
    assert said.why is None
    hand = HAND.explain(deal("contract"))
    told = hand.as_dict()["card"]["decision"]["probability"]
    assert told == hand.decision["win_probability"]
    closed = MODEL.explain(deal("won"))
    assert closed.text() == "no chance to be told, closed"
    assert closed.why is None
