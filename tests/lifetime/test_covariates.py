import json

import numpy as np
import polars as pl
import pytest

import custseg as cs
from anybuying import TRUE, differing
from custseg import frames
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.lifetime import (
    BGNBD,
    MBGNBD,
    BGNBDModel,
    History,
    MBGNBDModel,
    Outlook,
    lifetime_value,
)
from custseg.lifetime.beta_geometric import Likelihood as Plain
from custseg.lifetime.design import Design
from custseg.lifetime.effects import Traits
from custseg.lifetime.learning import ridge
from custseg.lifetime.patterns import Patterns

ASKED = {"buying": ("age", "channel"), "leaving": "channel", "baseline": {"channel": "shop"}}
NAMES = ("frequency", "recency", "T")
SPECS = (BGNBD(**ASKED), MBGNBD(**ASKED))
BOTH = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: type(spec).__name__)


BASES = [differing(6000, seed=11, first=first) for first in (0, 1)]
SHOP = BASES[1][:1200]
RECORDS = SHOP.to_dict("records")


@pytest.fixture(scope="module")
def model():
    return MBGNBD(**ASKED).fit(SHOP)


@pytest.mark.parametrize(("spec", "base"), [*zip(SPECS, BASES, strict=True)], ids=["BG", "MBG"])
def test_coefficients_come_back(spec, base):
    """The true values lie within three standard errors."""
    found = spec.fit(base)
    centred = {**TRUE, "alpha": TRUE["alpha"] * np.exp(-0.02 * (base["age"].mean() - 40))}
    assert found.params.keys() == TRUE.keys()
    for name, error in found.standard_errors.items():
        assert abs(found.params[name] - centred[name]) < 3 * error, name
    without = type(spec)().fit(base)
    assert found.log_likelihood > without.log_likelihood + 50
    assert found.aic < without.aic


@pytest.mark.parametrize("first", [0, 1])
def test_the_gradient_is_that_of_the_likelihood(first):
    known = History.read({name: BASES[first][name].to_numpy() for name in NAMES})
    weight = np.random.default_rng(0).random(len(known.age))
    traits = Traits.read(BASES[first], ("age", "channel"), ASKED["baseline"], weight).traits
    values = [trait.values for trait in traits]
    objective = Design.of(known, weight, (values, values), first=first).objective
    held = ridge(objective, np.full(10, 0.3), 0.7)
    theta = np.random.default_rng(1).normal(0, 0.5, 10)
    _, gradient = held(theta)
    for n, step in enumerate(1e-5 * np.eye(10)):
        slope = (held(theta + step)[0] - held(theta - step)[0]) / 2e-5
        assert gradient[n] == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("first", [0, 1])
def test_without_covariates_it_is_the_plain_likelihood(first):
    known = History.read({name: BASES[first][name].to_numpy() for name in NAMES})
    theta = np.log([0.7, 12.0, 0.9, 2.0])
    seen = Patterns.of(known.frequency, known.recency, known.age)
    plain, slope = Plain.of(seen, 1, first).objective(theta)
    own, gradient = Design.of(known, np.ones_like(known.age), ((), ()), first=first).objective(
        theta
    )
    assert own == pytest.approx(plain, rel=1e-13)
    np.testing.assert_allclose(gradient, slope, rtol=1e-9, atol=1e-13)


@BOTH
def test_every_answer_is_that_of_the_customers_own_parameters(spec):
    found = spec.fit(SHOP)
    kind = {BGNBD: BGNBDModel, MBGNBD: MBGNBDModel}[type(spec)]
    params, (years, *_) = found.params, found.effects
    for row in RECORDS[:12]:
        online = row["channel"] == "online"
        faster = params["alpha.age"] * (row["age"] - years.centre)
        faster += params["alpha.channel=online"] * online
        plain = kind(
            fitting=found.fitting,
            r=params["r"],
            alpha=params["alpha"] * np.exp(-faster),
            a=params["a"] * np.exp(params["a.channel=online"] * online),
            b=params["b"] * np.exp(params["b.channel=online"] * online),
        )
        for ask in (
            lambda m, some: m.p_alive(some, after=9.0),
            lambda m, some: m.p_no_purchase(some, horizon=50),
            lambda m, some: m.p_purchases(some, 2, horizon=50),
            lambda m, some: m.expected_purchases(some, horizon=90, start=3),
            lambda m, some: m.expected_purchases(some, horizon=1e6),
            lambda m, some: m.next_purchase(some),
            lambda m, some: m.silence_quantile(some, share=0.1),
            lambda m, some: m.silence_until(some, probability=0.9, horizon=50),
            lambda m, some: lifetime_value(some, m, 10.0),
            lambda m, some: lifetime_value(some, m, 10.0, months=None),
        ):
            together = ask(found, RECORDS[:12])[RECORDS.index(row)]
            assert together == pytest.approx(ask(plain, [row])[0], rel=1e-12)


@BOTH
def test_rows_tables_and_weights_are_as_without_covariates(spec):
    expected = spec.fit(SHOP)
    assert spec.fit(SHOP[::-1]) == expected
    assert spec.fit(pl.DataFrame(SHOP)) == expected
    assert spec.fit(iter(RECORDS)) == expected
    rng = np.random.default_rng(2)
    counted = SHOP.assign(n=rng.integers(0, 4, len(SHOP)))
    weighed = type(spec)("n", **ASKED).fit(counted)
    repeated = spec.fit(counted.loc[counted.index.repeat(counted["n"])])
    assert list(weighed.params.values()) == pytest.approx(list(repeated.params.values()), rel=1e-5)
    assert weighed.log_likelihood == pytest.approx(repeated.log_likelihood, rel=1e-10)


@BOTH
def test_a_fitted_model_is_json(spec):
    found = spec.fit(SHOP)
    assert cs.load(json.dumps(cs.dump(found))) == found
    assert cs.load(json.dumps(cs.dump(spec))) == spec
    for name, (low, high) in found.intervals().items():
        assert low < found.params[name] < high
    assert found.levels == {"channel": ("shop", "online")}


def test_units_do_not_matter(model):
    """Ages in months and times in weeks: coefficients by the month, the same answers."""
    other = SHOP.assign(age=SHOP["age"] * 12, recency=SHOP["recency"] / 7, T=SHOP["T"] / 7)
    for penalty in (0.0, 2.0):
        spec = MBGNBD(**ASKED, penalty=penalty)
        days, weeks = spec.fit(SHOP), spec.fit(other)
        assert weeks.params["alpha.age"] == pytest.approx(days.params["alpha.age"] / 12, rel=1e-4)
        assert weeks.params["alpha"] == pytest.approx(days.params["alpha"] / 7, rel=1e-4)
        np.testing.assert_allclose(
            weeks.p_no_purchase(other, horizon=10), days.p_no_purchase(SHOP, horizon=70), rtol=1e-5
        )


def test_who_is_not_known_has_no_answer(model):
    row = RECORDS[0]
    odd = [{**row, "age": None}, {**row, "channel": None}, {**row, "channel": "fax"}, row]
    assert np.isnan(model.p_alive(odd)).tolist() == [True, True, True, False]
    with pytest.raises(MissingColumnError, match="age"):
        model.p_alive([{"frequency": 0, "recency": 0.0, "T": 3.0}])
    with pytest.raises(MissingColumnError, match="age"):
        model.p_alive(History.read({name: np.zeros(1) for name in NAMES}))


def test_an_outlook_reads_the_covariates(model):
    outlook = Outlook(purchases=model, horizon=30.0)
    told = outlook.apply(RECORDS[:5])
    assert [row["p_alive"] for row in told] == model.p_alive(RECORDS[:5]).tolist()
    assert outlook.one(RECORDS[3]) == told[3]
    assert cs.load(cs.dump(outlook)) == outlook


def test_coefficients_are_told_with_their_errors(model):
    rows = model.coefficients()
    assert [row["parameter"] for row in rows] == ["alpha", "alpha", "a", "b"]
    online = rows[1]
    assert (online["column"], online["level"]) == ("channel", "online")
    assert online["standard_error"] == model.standard_errors["alpha.channel=online"]
    z = online["coefficient"] / online["standard_error"]
    assert online["p"] == pytest.approx(1 - np.vectorize(_normal)(abs(z)), rel=1e-3)


def _normal(z):
    """The share of a normal distribution within z deviations, by a sum."""
    at = np.linspace(-z, z, 20001)
    return np.trapezoid(np.exp(-(at**2) / 2), at) / np.sqrt(2 * np.pi)


@pytest.mark.parametrize(
    ("spec", "change", "error", "told"),
    [
        (MBGNBD(buying="age"), {"age": None}, DataError, "row 7: a covariate must be a number"),
        (MBGNBD(buying="channel"), {}, DataError, "baseline="),
        (MBGNBD(**ASKED), {"channel": None}, DataError, "row 7: is missing"),
        (MBGNBD(buying="height"), {}, MissingColumnError, "height"),
    ],
)
def test_covariates_that_cannot_be_read_are_named(spec, change, error, told):
    rows = [{**row, **(change if n == 7 else {})} for n, row in enumerate(RECORDS)]
    with pytest.raises(error, match=told):
        spec.fit(rows)


def test_covariates_that_tell_nothing_are_refused():
    with pytest.raises(NotEnoughDataError, match="same for all"):
        MBGNBD(buying="age").fit(SHOP.assign(age=40))
    with pytest.raises(NotEnoughDataError, match=r"\['age', 'months'\] follow from one another"):
        MBGNBD(buying=("age", "months")).fit(SHOP.assign(months=SHOP["age"] * 12 + 3))
    with pytest.raises(ConfigError, match="fax"):
        MBGNBD(buying="channel", baseline={"channel": "fax"}).fit(SHOP)


@pytest.mark.parametrize(
    "settings",
    [
        {"baseline": {"channel": "shop"}},
        {"buying": ("T",)},
        {"penalty": -1.0},
        {"penalty": float("nan")},
    ],
)
def test_settings_without_meaning_are_refused(settings):
    with pytest.raises(ConfigError):
        BGNBD(**settings)


def test_a_penalty_holds_back_what_few_customers_do_not():
    few = SHOP[:45]
    found = [MBGNBD(repeaters=5, penalty=strength).fit(few) for strength in (0.0, 1.0, 1e4)]
    away = [
        sum(np.log(m.params[n]) ** 2 for n in ("r", "a", "b"))
        + np.log(m.params["alpha"] / few["T"].mean()) ** 2
        for m in found
    ]
    assert away[0] > away[1] > away[2]
    assert away[2] < 0.01
    assert found[0].log_likelihood > found[1].log_likelihood > found[2].log_likelihood
    errors = [max(np.array(list(m.standard_errors.values())) / [*m.params.values()]) for m in found]
    assert errors[0] > errors[1] > errors[2]


def test_a_penalty_tells_what_the_data_alone_do_not():
    """Who never leave: without a prior a parameter goes to its limit and nothing is sure."""
    stay = SHOP[SHOP["frequency"] > 0].assign(recency=lambda d: d["T"], T=lambda d: d["T"] + 1)
    assert MBGNBD().fit(stay).fitting.at_limit
    held = MBGNBD(penalty=0.1).fit(stay)
    assert not held.fitting.at_limit
    assert all(error > 0 for error in held.standard_errors.values())


def test_a_penalty_holds_back_coefficients():
    strong = MBGNBD(**ASKED, penalty=1e5).fit(SHOP)
    assert all(abs(strong.params[n]) < 0.05 for n in TRUE if "." in n)


def test_many_customers_start_where_a_sample_ends():
    rng = np.random.default_rng(5)
    base = BASES[1]
    many = base.iloc[rng.integers(0, len(base), 100_000)].reset_index(drop=True)
    many["T"] += rng.random(len(many))
    found = MBGNBD(buying="age").fit(many)
    assert found.params["alpha.age"] == pytest.approx(0.02, abs=0.006)
    assert frames.table(many).size == found.fitting.customers
