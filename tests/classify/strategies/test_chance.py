import json

import numpy as np
import pytest

import custseg as cs
from custseg.classify import ChanceLimits, FixedDays, Lifecycle, ModelProbability
from custseg.classify.strategies.learned import Enough
from custseg.errors import ConfigError, CustsegError
from custseg.lifetime import NEW_CUSTOMER, MBGNBDModel, ParetoNBD, ParetoNBDModel

FINER = ModelProbability(at_risk=0.75, churned=0.95)


@pytest.fixture(scope="module")
def people():
    names = cs.Names(at="date")
    return cs.profile(transactions=cs.datasets.cdnow(), names=names, as_of="1997-09-30")


@pytest.fixture(scope="module")
def model(people):
    return Lifecycle(FINER).fit(people)


def chance(model, rows, horizon=90):
    summary = [
        {
            "frequency": row["frequency"] - 1,
            "recency": row["tenure_days"] - row["recency_days"],
            "T": row["tenure_days"],
        }
        for row in rows
    ]
    return model.ladder.signals[0].purchases.p_no_purchase(summary, horizon=horizon)


def test_states_follow_from_the_chance_of_no_purchase(people, model):
    told = [row["lifecycle_state"] for row in model.apply(people)]
    at = chance(model, people)
    expected = np.array(["active", "at_risk", "dormant", "churned"])[
        np.searchsorted([0.75, 0.8, 0.95], at, side="right")
    ]
    bought_today = np.array([row["recency_days"] == 0 for row in people])
    assert (np.array(told) == np.where(bought_today, "active", expected)).all()


def test_it_is_the_model_of_the_whole_log(people, model):
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    fitted = cs.lifetime.MBGNBD().fit(log.summary(as_of="1997-09-30"))
    assert model.ladder.signals[0].purchases == fitted
    assert Lifecycle(FINER).fit(people[::-1]) == model


def test_dormant_customers_are_right_called_so(people, model):
    """On CDNOW few who are called dormant buy within the horizon, and many who are awake do."""
    rows = cs.datasets.cdnow()
    later = {r["customer_id"] for r in rows if "1997-10-01" <= str(r["date"])[:10] <= "1997-12-29"}
    told = model.apply(people)
    bought = {
        word: np.mean([row["customer_id"] in later for row in told if row["lifecycle"] == word])
        for word in ("active", "dormant")
    }
    assert bought["dormant"] < 0.12
    assert bought["active"] > 0.4


@pytest.mark.parametrize("rows", [[], 200])
def test_too_few_data_are_a_stated_fallback(people, rows):
    some = people[:rows] if rows else []
    model = Lifecycle(ModelProbability(fallback=FixedDays(60))).fit(some)
    assert "recency_days" in model.to_sql()
    plain = Lifecycle(FixedDays(60)).fit([])
    for row in ({"frequency": 1, "recency_days": n} for n in (59, 60, None)):
        assert model.one(row)["lifecycle"] == plain.one(row)["lifecycle"]
    why = model.explain({"frequency": 1, "recency_days": 60})
    assert why.reasons[0].code == "no_order_fallback"
    assert why.reasons[0].settings["needed"] == 500
    assert why.text().endswith(
        "no order for 60 days or more (plain days, for there is no model: "
        "too few customers have bought)"
    )


def test_a_profile_without_tenure_is_a_stated_fallback(people):
    bare = [{name: row[name] for name in ("frequency", "recency_days")} for row in people]
    model = Lifecycle(ModelProbability()).fit(bare)
    assert model.one(bare[0])["lifecycle_reason"].endswith("_fallback")


def test_a_horizon_too_short_for_how_rarely_people_buy_is_a_stated_fallback(people):
    fresh = Lifecycle(ModelProbability()).fit(people).ladder.signals[0].purchases
    at = {days: float(fresh.p_no_purchase(NEW_CUSTOMER, horizon=days)[0]) for days in (30, 90)}
    assert at[90] < 0.8 < at[30]
    model = Lifecycle(ModelProbability(30)).fit(people)
    assert model.ladder.steps[1].settings["lacking"] == "horizon_short"
    assert Lifecycle(ModelProbability(90, at_risk=at[90])).fit(people).ladder.signals == ()
    assert Lifecycle(ModelProbability(30, 0.95)).fit(people).ladder.derived


def test_the_day_of_an_order_is_never_dormant(people):
    model = Lifecycle(ModelProbability(90, 0.8)).fit(people)
    slow = {"frequency": 2, "recency_days": 0, "tenure_days": 20_000}
    assert chance(model, [slow])[0] > 0.8
    assert model.one(slow)["lifecycle"] == "active"
    assert model.one({**slow, "recency_days": 1, "tenure_days": 20_001})["lifecycle"] == "dormant"


def test_another_model_of_buying(people):
    model = Lifecycle(ModelProbability(model=ParetoNBD())).fit(people)
    assert isinstance(model.ladder.signals[0].purchases, ParetoNBDModel)
    row = {"frequency": 6, "recency_days": 20, "tenure_days": 220}
    assert model.one(row)["lifecycle"] == model.apply([row])[0]["lifecycle"] == "active"


def test_the_signal_holds_the_model_and_the_horizon(model):
    signal = model.ladder.signals[0]
    assert isinstance(signal, ChanceLimits)
    assert isinstance(signal.purchases, MBGNBDModel)
    assert signal.horizon == 90
    with pytest.raises(CustsegError, match="no SQL form"):
        model.to_sql()


def test_new_and_reactivated_customers(people):
    spec = ModelProbability(new_for=5, reactivated_for=20)
    model = Lifecycle(spec).fit(people)
    fresh = {"frequency": 1, "recency_days": 4, "tenure_days": 4, "gap_last_days": None}
    assert model.one(fresh)["lifecycle_state"] == "new"
    before = {"frequency": 2, "recency_days": 0, "tenure_days": 40, "gap_last_days": 40}
    stood = model.ladder.signals[0].one(before)["dormant_limit_days"]
    for gap, state in ((stood, "reactivated"), (stood - 1, "active")):
        back = {"frequency": 3, "recency_days": 2, "tenure_days": 42 + gap, "gap_last_days": gap}
        assert model.one(back)["lifecycle_state"] == state
        assert model.apply([back])[0]["lifecycle_state"] == state


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dormant": 0.0}, "strictly between 0 and 1"),
        ({"at_risk": 0.8}, "dormant must be above at_risk"),
        ({"horizon": 0}, "horizon must be above 0"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, message):
    with pytest.raises(ConfigError, match=message):
        ModelProbability(**settings)


def test_spec_and_model_survive_json(people, model):
    spec = ModelProbability(30, 0.95, enough=Enough(100, 90, 60), fallback=FixedDays(30, 9))
    for thing in (spec, Lifecycle(spec).fit(people), model):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


@pytest.mark.parametrize("code", ["chance", "cadence", "quantile"])
def test_every_reason_has_a_sentence_in_both_languages(code):
    for state in ("awake", "at_risk", "dormant", "churned"):
        for locale in ("en", "zh"):
            key = f"reason.{code}_{state}"
            assert cs.label(key, locale) != key
