import json

import numpy as np
import pytest

import custseg as cs
from custseg import frames
from custseg.classify import FixedDays, GapLimits, Lifecycle, OwnCadence
from custseg.classify.strategies.cadence import stages_of
from custseg.classify.strategies.learned import Enough
from custseg.errors import ConfigError
from custseg.lifetime import MBGCNBDModel, MBGNBDModel


@pytest.fixture(scope="module")
def people():
    names = cs.Names(at="date")
    return cs.profile(transactions=cs.datasets.cdnow(), names=names, as_of="1997-09-30")


def limit(model, frequency, age):
    row = {"frequency": frequency, "recency_days": 0, "tenure_days": age, "gap_last_days": None}
    return model.ladder.signals[0].one(row)["dormant_limit_days"]


def test_the_rhythm_is_the_customers_own_with_many_orders_and_that_of_all_with_few(people):
    model = Lifecycle(OwnCadence()).fit(people)
    signal = model.ladder.signals[0]
    assert isinstance(signal, GapLimits)
    assert isinstance(signal.purchases, MBGNBDModel)
    for gap in (5, 20, 60):
        exponential = gap * np.log(10)
        assert abs(limit(model, 101, 100 * gap) - exponential) < 0.1 * exponential + 2
    r, alpha = signal.purchases.r, signal.purchases.alpha
    assert limit(model, 1, 0) == np.ceil(alpha * (10 ** (1 / r) - 1))


def test_a_weekly_buyers_silence_is_not_a_yearly_buyers(people):
    model = Lifecycle(OwnCadence(at_risk=0.8, churned=0.99)).fit(people)
    weekly, yearly = {"frequency": 26, "tenure_days": 235}, {"frequency": 4, "tenure_days": 1155}
    states = [model.one({**row, "recency_days": 60})["lifecycle_state"] for row in (weekly, yearly)]
    assert states == ["churned", "active"]


def erlang(stages, seed, size=4_000):
    """Profiles of customers whose gaps have so many stages."""
    chance = np.random.default_rng(seed)
    rows = []
    for n in chance.integers(2, 9, size):
        gaps = chance.gamma(stages, chance.gamma(2.0, 5.0), n)
        rows.append({"frequency": n + 1, "gap_cv": gaps.std(ddof=1) / gaps.mean()})
    return rows


@pytest.mark.parametrize("stages", [1, 2, 3, 6])
def test_regularity_is_told_from_the_variation_of_gaps(stages):
    rows = erlang(stages, seed=stages)
    assert stages_of(frames.table([*rows, {"frequency": 2, "gap_cv": None}])) == stages
    n = np.array([row["frequency"] - 1 for row in rows])
    mean = np.mean(
        [row["gap_cv"] ** 2 - k for row, k in zip(rows, n / (n * stages + 1), strict=True)]
    )
    assert abs(mean) < 0.02


def test_without_gaps_to_tell_from_they_are_taken_as_random():
    assert stages_of(frames.table([{"frequency": 2, "gap_cv": None}])) == 1


def test_regular_gaps_have_shorter_limits(people):
    limits = []
    for stages in (1, 2, 4):
        model = Lifecycle(OwnCadence(stages=stages)).fit(people)
        limits.append(limit(model, 21, 400))
    assert limits == sorted(limits, reverse=True)
    told = Lifecycle(OwnCadence(stages=None)).fit(people).ladder.signals[0].purchases
    assert told == Lifecycle(OwnCadence()).fit(people).ladder.signals[0].purchases
    assert isinstance(
        Lifecycle(OwnCadence(stages=2)).fit(people).ladder.signals[0].purchases, MBGCNBDModel
    )


def test_too_few_data_are_a_stated_fallback(people):
    model = Lifecycle(OwnCadence(stages=None, fallback=FixedDays(60))).fit(people[:50])
    assert not model.ladder.derived
    why = model.explain({"frequency": 1, "recency_days": 60})
    assert why.reasons[0].settings["lacking"] == "few_buyers"
    assert Lifecycle(OwnCadence(enough=Enough(buyers=300))).fit(people[:300]).ladder.derived
    assert Lifecycle(OwnCadence(stages=None)).fit([]).one({"frequency": 1, "recency_days": 1})


def test_returns_are_judged_by_the_limit_that_stood_then(people):
    model = Lifecycle(OwnCadence(reactivated_for=30)).fit(people)
    stood = limit(model, 26, 260)
    row = {"frequency": 27, "recency_days": 3, "gap_last_days": stood}
    back = {**row, "tenure_days": 260 + stood + 3}
    assert model.one(back)["lifecycle_state"] == "reactivated"
    sooner = {**back, "gap_last_days": stood - 1, "tenure_days": back["tenure_days"] - 1}
    assert model.one(sooner)["lifecycle_state"] == "active"


def test_sentences_name_the_share_and_values_the_limit(people):
    model = Lifecycle(OwnCadence(0.95)).fit(people)
    row = {"frequency": 26, "recency_days": 90, "tenure_days": 350}
    why = model.explain(row)
    assert why.text().endswith(
        "the silence is longer than 95% of this customer's gaps are to be expected"
    )
    assert why.text("zh").endswith("沉默天数超过该客户预期购买间隔的 95% 分位")
    days = f"{limit(model, 26, 260):.0f}"
    assert f"days of silence until dormant = {days}" in why.text(values=True)
    assert days not in why.text()


@pytest.mark.parametrize("settings", [{"stages": 0}, {"dormant": 0.0}, {"at_risk": 0.95}])
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(ConfigError):
        OwnCadence(**settings)


def test_spec_and_model_survive_json(people):
    spec = Lifecycle(OwnCadence(0.95, at_risk=0.8, stages=2, enough=Enough(recent_days=60)))
    for thing in (spec, spec.fit(people)):
        assert cs.load(json.dumps(cs.dump(thing))) == thing
