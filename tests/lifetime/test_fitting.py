import json

import numpy as np
import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.errors import DataError, MissingColumnError, NotEnoughDataError
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    ShiftedBetaGeometric,
    compare,
    survivors,
)

SPECS = (BGNBD(), MBGNBD(), ParetoNBD(), MBGCNBD(2), GammaGamma())
WEIGHED = (
    BGNBD("n"),
    MBGNBD("n"),
    ParetoNBD("n"),
    MBGCNBD(2, weight="n"),
    GammaGamma("n"),
)


def simulated(size, *, seed=0, rate=(0.8, 10.0), leave=(0.8, 2.5), days=400):
    """Customers of BG/NBD, in whole days so that times lie on a grid."""
    rng = np.random.default_rng(seed)
    rows = []
    for n in range(size):
        age = float(rng.integers(days // 2, days))
        pace, p = rng.gamma(rate[0], 1 / rate[1]), rng.beta(*leave)
        when, x, last = 0.0, 0, 0.0
        while True:
            when += rng.exponential(1 / pace)
            if when > age - 1:
                break
            x, last = x + 1, max(float(np.ceil(when)), 1.0)
            if rng.random() < p:
                break
        money = float(rng.gamma(6.0, 5.0)) if x else 0.0
        row = {"frequency": x, "recency": last, "T": age, "monetary_value": money}
        rows.append({"customer_id": f"c{n}", **row})
    return rows


ROWS = simulated(1500)


def names(specs):
    return pytest.mark.parametrize("spec", specs, ids=lambda spec: type(spec).__name__)


@names(SPECS)
def test_the_order_of_rows_changes_nothing(spec):
    assert spec.fit(ROWS[::-1]) == spec.fit(ROWS)


@names(SPECS)
def test_every_kind_of_table_teaches_the_same(spec):
    frame = pd.DataFrame(ROWS)
    expected = spec.fit(ROWS)
    for table in (frame, pl.DataFrame(ROWS), pl.LazyFrame(ROWS), iter(ROWS)):
        assert spec.fit(table) == expected


@names(WEIGHED)
def test_a_weight_is_a_repetition(spec):
    weights = np.random.default_rng(1).integers(0, 4, len(ROWS)).tolist()
    weighed = spec.fit([{**row, "n": n} for row, n in zip(ROWS, weights, strict=True)])
    repeated = spec.fit(
        [{**row, "n": 1} for row, n in zip(ROWS, weights, strict=True) for _ in range(n)]
    )
    assert list(weighed.params.values()) == pytest.approx(list(repeated.params.values()), rel=1e-6)
    assert weighed.log_likelihood == pytest.approx(repeated.log_likelihood, rel=1e-10)
    assert weighed.fitting.customers == repeated.fitting.customers


@names(SPECS)
def test_a_fitted_model_is_json(spec):
    model = spec.fit(ROWS)
    assert cs.load(json.dumps(cs.dump(model))) == model
    assert all(error > 0 for error in model.standard_errors.values())
    assert all(low < model.params[name] < high for name, (low, high) in model.intervals().items())


@names(SPECS[:4])
def test_the_unit_of_time_does_not_matter(spec):
    weeks = [{**row, "recency": row["recency"] / 7, "T": row["T"] / 7} for row in ROWS]
    days, told = spec.fit(ROWS), spec.fit(weeks)
    one, other = (
        m.expected_purchases(r, horizon=h) for m, r, h in ((days, ROWS, 70), (told, weeks, 10))
    )
    np.testing.assert_allclose(one, other, rtol=1e-6)


def test_parameters_come_back():
    """The true values lie within three standard errors (and some for the rounding to days)."""
    model = BGNBD().fit(simulated(4000, seed=3, rate=(0.8, 40.0)))
    true = {"r": 0.8, "alpha": 40.0, "a": 0.8, "b": 2.5}
    errors = model.standard_errors
    assert all(abs(model.params[n] - true[n]) < 3.5 * errors[n] for n in true)


def test_many_customers_start_where_a_sample_ends():
    """A base large enough to be thinned ends at the same maximum."""
    rng = np.random.default_rng(5)
    base = simulated(2000, seed=5)
    rows = pd.DataFrame([base[i] for i in rng.integers(0, len(base), 120_000)])
    rows["T"] += rng.random(len(rows))  # no two customers alike
    model = MBGNBD().fit(rows)
    few = MBGNBD().fit(pd.DataFrame(base))
    assert model.log_likelihood / 120_000 == pytest.approx(few.log_likelihood / 2000, rel=0.05)
    assert max(model.standard_errors.values()) < max(few.standard_errors.values())


@names(SPECS)
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "no rows"),
        ([row for row in ROWS if row["frequency"] == 0], "0 .*have bought again"),
        (ROWS[:5], "have bought again"),
    ],
    ids=["empty", "one-time buyers", "few"],
)
def test_what_cannot_be_learned_is_said(spec, rows, told):
    with pytest.raises(NotEnoughDataError, match=told):
        spec.fit(rows)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"frequency": -1}, "frequency"),
        ({"frequency": 1.5}, "frequency"),
        ({"frequency": None}, "frequency"),
        ({"frequency": 0, "recency": 3.0}, "frequency"),
        ({"frequency": 2, "recency": 900.0}, "frequency"),
        ({"T": float("inf")}, "T"),
        ({"T": "old"}, "T"),
    ],
)
def test_impossible_rows_are_named(wrong, column):
    with pytest.raises(DataError) as error:
        MBGNBD().fit([*ROWS[:100], {**ROWS[100], **wrong}])
    assert (error.value.column, error.value.row) == (column, 100)


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="recency"):
        BGNBD().fit([{"frequency": 1, "T": 3}])


def test_refunds_that_eat_up_spend_are_named():
    with pytest.raises(DataError, match="refunds") as error:
        GammaGamma().fit([*ROWS, {"frequency": 2, "monetary_value": -3.0}])
    assert error.value.row == len(ROWS)


def test_bg_bb_wants_whole_chances():
    rows = [{"frequency": 1, "recency": 1, "T": n} for n in (2, 3, 4.5)]
    with pytest.raises(DataError, match="whole"):
        BGBB(repeaters=1).fit(rows)
    with pytest.raises(DataError, match="more than the chances"):
        BGBB(repeaters=1).fit([{"frequency": 3, "recency": 2, "T": 4}])


def test_renewals_need_cancellations():
    with pytest.raises(NotEnoughDataError, match="nobody has cancelled"):
        ShiftedBetaGeometric(weight="customers").fit(survivors([10, 10, 10]))
    with pytest.raises(NotEnoughDataError, match="one renewal"):
        ShiftedBetaGeometric(weight="customers").fit(survivors([10, 8]))


def test_what_the_data_do_not_hold_back_is_named():
    """Who all leave alike or never: no parameter is told as if it were known."""
    rows = simulated(400, seed=7, leave=(1e-6, 10.0))
    model = BGNBD().fit(rows)
    assert model.fitting.at_limit
    assert all(np.isnan(error) for error in model.standard_errors.values())
    assert (model.p_alive(rows) > 0.99).all()


def test_models_of_different_customers_are_not_compared():
    with pytest.raises(DataError, match="same customers"):
        compare({"a": BGNBD().fit(ROWS), "b": BGNBD().fit(ROWS[:1000])})
