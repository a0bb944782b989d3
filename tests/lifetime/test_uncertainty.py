import numpy as np
import pandas as pd
import polars as pl
import pytest

from anybuying import differing
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import crossings
from custseg.lifetime import (
    MBGNBD,
    BGNBDModel,
    Bootstrap,
    Fitting,
    GammaGamma,
    MBGCNBDModel,
    MBGNBDModel,
    ParetoNBDModel,
    Terms,
    bootstrap,
    estimate_interval,
    lifetime_value,
    outcome_interval,
)
from custseg.lifetime.uncertainty import moved

NOBODY = Fitting(0.0, 1.0)
MBG = MBGNBDModel(fitting=NOBODY, r=0.525, alpha=6.183, a=0.891, b=1.614)
TRUE = MBGNBDModel(fitting=NOBODY, r=0.8, alpha=10.0, a=0.8, b=2.5)
MODELS = (
    MBG,
    BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=0.793, b=2.426),
    ParetoNBDModel(fitting=NOBODY, r=0.553, alpha=10.578, s=0.606, beta=11.669),
    MBGCNBDModel(fitting=NOBODY, r=1.33, alpha=2.81, a=0.42, b=0.79, k=2),
)
ROWS = [
    {"frequency": 2, "recency": 30.43, "T": 38.86},
    {"frequency": 0, "recency": 0.0, "T": 38.86},
    {"frequency": 25, "recency": 29.0, "T": 29.5},
]
SHOP = differing(600, seed=8, first=1).assign(monetary_value=lambda d: 20.0 + d["age"])
SHOP.loc[SHOP["frequency"] == 0, "monetary_value"] = 0.0


def base(size, *, rng):
    """Customers of ``TRUE``, and what each buys in 60 days more."""
    age = np.floor(rng.uniform(60, 160, size))
    pace, p = rng.gamma(0.8, 1 / 10.0, size), rng.beta(0.8, 2.5, size)
    x, last, later, time = (np.zeros(size) for _ in range(4))
    alive = rng.random(size) > p
    while alive.any():
        time = np.where(alive, time + rng.exponential(1, size) / pace, time)
        alive &= time <= age + 60
        seen = alive & (time <= age)
        x, last = x + seen, np.where(seen, time, last)
        later += alive & ~seen
        alive &= rng.random(size) > p
    columns = {"frequency": x, "recency": last, "T": age, "later": later}
    return pd.DataFrame(columns)


def test_purchases_lie_within_as_often_as_said():
    """Of 20,000 customers, the model known: whole counts hold a little more than the level."""
    seen = base(20_000, rng=np.random.default_rng(4))
    for level in (0.5, 0.9):
        interval = outcome_interval(TRUE, seen, horizon=60, level=level)
        share = interval.holds(seen["later"].to_numpy()).mean()
        assert level - 0.01 < share
        narrower = (interval.low < seen["later"]) & (seen["later"] < interval.high)
        assert narrower.mean() < level


def test_averages_lie_within_as_often_as_said():
    """Eighty bases of 400 customers: the true average of one of them, the model fitted."""
    rng, held = np.random.default_rng(5), []
    asked = [{"frequency": 3, "recency": 40.0, "T": 60.0}]
    for _ in range(80):
        model = MBGNBD().fit(base(400, rng=rng))
        held.append(
            [
                estimate_interval(
                    model, lambda m: m.expected_purchases(asked, horizon=60), level=0.9
                ).holds(TRUE.expected_purchases(asked, horizon=60))[0],
                estimate_interval(
                    model, lambda m: m.p_no_purchase(asked, horizon=60), scale="chance"
                ).holds(TRUE.p_no_purchase(asked, horizon=60))[0],
            ]
        )
    assert (np.mean(held, axis=0) >= 0.82).all()
    assert (np.mean(held, axis=0) <= 0.98).all()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_an_outcome_is_what_the_chances_of_counts_say(model):
    interval = outcome_interval(model, ROWS, horizon=39, level=0.8)
    chances = np.array([model.p_purchases(ROWS, n, horizon=39) for n in range(80)])
    below = np.cumsum(chances, axis=0)
    for i in range(len(ROWS)):
        low, high = int(interval.low[i]), int(interval.high[i])
        assert (below[low - 1, i] if low else 0.0) <= 0.1 + 1e-12 < below[low, i] + 2e-12
        assert (below[high - 1, i] if high else 0.0) < 0.9 <= below[high, i] + 1e-12


def test_who_is_not_known_has_no_outcome():
    wrong = [{"frequency": 1, "recency": 0.0, "T": 3.0}, ROWS[0]]
    interval = outcome_interval(MBG, wrong, horizon=39)
    assert np.isnan(interval.low).tolist() == [True, False]
    assert np.isnan(interval.high).tolist() == [True, False]
    assert outcome_interval(MBG, [], horizon=39).low.tolist() == []


def test_more_customers_narrow_the_average_and_not_the_outcome():
    rng = np.random.default_rng(6)
    few, many = (MBGNBD().fit(base(size, rng=rng)) for size in (500, 20_000))

    def width(interval):
        return interval.high - interval.low

    averages = [
        width(estimate_interval(m, lambda m: m.expected_purchases(ROWS, horizon=60)))
        for m in (few, many)
    ]
    assert (averages[1] < averages[0] / 3).all()
    outcomes = [width(outcome_interval(m, ROWS, horizon=60)) for m in (few, many)]
    np.testing.assert_allclose(outcomes[1], outcomes[0], rtol=0.15)


def test_both_ways_to_estimate_agree():
    """By the covariance and by drawing customers anew: ends within a quarter of the width."""
    drawn = bootstrap(MBGNBD(), SHOP, draws=120, seed=3)

    def ask(model):
        return model.expected_purchases(ROWS, horizon=60)

    quick, slow = estimate_interval(drawn.model, ask), estimate_interval(drawn, ask)
    width = slow.high - slow.low
    assert (np.abs(quick.low - slow.low) < width / 4).all()
    assert (np.abs(quick.high - slow.high) < width / 4).all()
    wide = outcome_interval(drawn, ROWS, horizon=60)
    narrow = outcome_interval(drawn.model, ROWS, horizon=60)
    assert (wide.high - wide.low >= narrow.high - narrow.low - 1).all()


def test_the_delta_method_is_exact_for_a_logarithm():
    """log(r / alpha) is a sum of parameters, so its variance is one of the covariance."""
    model = MBGNBD().fit(SHOP)
    rows = np.array(model.fitting.covariance)
    spread = np.sqrt(rows[0, 0] + rows[1, 1] - 2 * rows[0, 1])
    interval = estimate_interval(model, lambda m: m.r / m.alpha, level=0.95)
    ends = model.r / model.alpha * np.exp(np.array([-1, 1]) * 1.959964 * spread)
    assert [float(interval.low), float(interval.high)] == pytest.approx(ends, rel=1e-6)


def test_lifetime_value_has_both_errors():
    purchases, spend = MBGNBD().fit(SHOP), GammaGamma().fit(SHOP)
    rows = SHOP[:3].to_dict("records")

    def ask(one, other):
        return lifetime_value(rows, one, other, terms=Terms())

    both = estimate_interval((purchases, spend), ask)
    alone = estimate_interval(purchases, lambda one: ask(one, spend))
    other = estimate_interval(spend, lambda one: ask(purchases, one))
    logs = [np.log(i.high / i.low) ** 2 for i in (both, alone, other)]
    np.testing.assert_allclose(logs[0], logs[1] + logs[2], rtol=1e-6)
    assert both.holds(ask(purchases, spend)).all()
    costly = Terms(retention_cost=30.0)
    plain = estimate_interval(
        (purchases, spend),
        lambda one, other: lifetime_value(rows, one, other, terms=costly),
        scale="plain",
    )
    assert (plain.low < plain.high).all()
    assert (plain.low < 0).any()


def test_covariates_are_unsure_too():
    rows = SHOP[:3].to_dict("records")
    model = MBGNBD(buying="age", leaving="channel", baseline={"channel": "shop"}).fit(SHOP)
    same = moved(model, np.zeros(7))
    assert same == model
    far = moved(model, np.array([0, 0, 0, 0, 0.01, 0, 0.0]))
    assert far.params["alpha.age"] == model.params["alpha.age"] + 0.01
    interval = estimate_interval(model, lambda m: m.expected_purchases(rows, horizon=60))
    assert interval.holds(model.expected_purchases(rows, horizon=60)).all()


def test_what_nobody_knows_is_not_told():
    with pytest.raises(NotEnoughDataError, match="nobody knows how sure"):
        estimate_interval(MBG, lambda m: m.r)
    limited = MBGNBDModel(fitting=Fitting(-1.0, 9.0, (), ("a",)), r=1.0, alpha=2.0, a=1e-5, b=1.0)
    with pytest.raises(NotEnoughDataError, match=r"\['a'\]"):
        estimate_interval(limited, lambda m: m.r)


def test_questions_without_meaning_are_refused():
    model = MBGNBD().fit(SHOP)
    for ask in (
        lambda: estimate_interval(model, lambda m: m.r, level=1.0),
        lambda: estimate_interval(model, lambda m: m.r, scale="log"),
        lambda: estimate_interval(model, lambda m: -m.r),
        lambda: estimate_interval(model, lambda m: m.r + 9, scale="chance"),
        lambda: outcome_interval(model, ROWS, horizon=-1),
        lambda: outcome_interval(model, ROWS, horizon=9, level=0.0),
        lambda: outcome_interval(Bootstrap(model, (model,)), ROWS, horizon=float("inf")),
    ):
        with pytest.raises(ConfigError):
            ask()


def test_a_lazy_summary_is_fetched_once_whatever_the_number_of_draws():
    drawn = Bootstrap(MBG, (MBG, TRUE, MBG))
    lazy = pl.DataFrame(ROWS).with_columns(note=pl.lit("not read")).lazy()
    with crossings() as account:
        found = outcome_interval(drawn, lazy, horizon=39)
    assert [one.columns for one in account] == [tuple(MBG.needs)]
    expected = outcome_interval(drawn, ROWS, horizon=39)
    np.testing.assert_array_equal(found.low, expected.low)
    np.testing.assert_array_equal(found.high, expected.high)


@pytest.mark.parametrize("source", [MBG, Bootstrap(MBG, (MBG, TRUE))])
def test_averages_are_asked_of_customers_in_memory(source):
    lazy = pl.DataFrame(ROWS).lazy()
    if source is MBG:
        source = MBGNBD().fit(SHOP)
    with pytest.raises(ConfigError, match=r"LazyFrame.*in memory"):
        estimate_interval(source, lambda model: model.p_alive(lazy))
