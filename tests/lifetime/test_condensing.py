"""Fits on lazy summaries: from distinct rows counted in the engine, equal to those in memory."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import custseg as cs
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import crossings
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    ShiftedBetaGeometric,
    bootstrap,
    data_gate,
    frequency_correlation,
    profile_intervals,
)

LOG = cs.TransactionLog.of(pl.from_dicts(cs.datasets.cdnow()), cs.Names(at="date"))
WEEKS = LOG.summary(as_of="1997-09-30", unit="week", also="log_gaps").to_arrow()
MONTHS = LOG.summary(as_of="1997-09-30", unit="period", merge="month").to_arrow()


def lazily(held):
    return duckdb.connect().from_arrow(held)


def alike(found, expected):
    assert found.params.keys() == expected.params.keys()
    for name, value in expected.params.items():
        assert found.params[name] == pytest.approx(value, rel=1e-9), name
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, rel=1e-12)
    assert found.fitting.customers == expected.fitting.customers
    assert found.fitting.data == expected.fitting.data


SPECS = {
    "BG/NBD": BGNBD(),
    "MBG/NBD": MBGNBD(),
    "MBG/NBD held back": MBGNBD(penalty=0.5),
    "Pareto/NBD": ParetoNBD(),
    "MBG/CNBD": MBGCNBD(k=2),
    "Gamma-Gamma": GammaGamma(),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_fit_is_that_of_the_summary_in_memory(name):
    with crossings() as account:
        found = SPECS[name].fit(lazily(WEEKS))
    alike(found, SPECS[name].fit(WEEKS))
    (crossed,) = account
    assert crossed.sums
    assert crossed.rows < WEEKS.num_rows


def test_spending_without_a_pattern_ends_at_the_same_place_of_the_same_ridge():
    chance = np.random.default_rng(0)
    often, spent = chance.integers(0, 6, 400), np.round(chance.uniform(5, 50, 400), 2)
    held = pa.table({"frequency": often.astype(float), "monetary_value": spent})
    expected = GammaGamma().fit(held)
    assert expected.fitting.at_limit == ("q", "v")
    assert GammaGamma().fit(lazily(held)) == expected


def test_times_of_a_service_are_told_from_patterns_too():
    alike(BGBB().fit(lazily(MONTHS)), BGBB().fit(MONTHS))


def test_covariates_are_part_of_the_pattern():
    odd = pa.array([f"{int(who) % 3}" for who in WEEKS["customer_id"].to_pylist()])
    people = WEEKS.append_column("group", odd)
    spec = MBGNBD(buying="group", baseline={"group": "0"})
    alike(spec.fit(lazily(people)), spec.fit(people))


def test_a_weight_counts_as_often_as_its_row():
    twice = pa.concat_tables([WEEKS, WEEKS.slice(0, 900)])
    held = twice.append_column("many", pa.array([2.0] * twice.num_rows))
    alike(BGNBD(weight="many").fit(lazily(held)), BGNBD(weight="many").fit(held))
    named = held.rename_columns({"many": "n"})  # also where it is called as the count is
    alike(BGNBD(weight="n").fit(lazily(named)), BGNBD(weight="n").fit(named))


def test_contracts_are_told_from_tenures():
    rows = [
        {"tenure": tenure, "churned": int(tenure < 6)}
        for tenure, many in enumerate([131, 126, 90, 60, 42, 500], 1)
        for _ in range(many)
    ]
    held = pa.Table.from_pylist(rows)
    alike(ShiftedBetaGeometric().fit(lazily(held)), ShiftedBetaGeometric().fit(held))


def test_an_impossible_row_is_refused_without_a_number_that_is_not_its_own():
    odd = pa.table({"frequency": [0.0, 3.0], "recency": [0.0, 9.0], "T": [5.0, 2.0]})
    with pytest.raises(DataError, match="no such customer is possible") as caught:
        BGNBD().fit(lazily(odd))
    assert caught.value.row is None
    with pytest.raises(NotEnoughDataError, match="no rows"):
        BGNBD().fit(lazily(odd.slice(0, 0)))


def test_what_is_asked_before_and_after_a_fit_is_counted_in_the_engine_too():
    shop = lazily(WEEKS)
    assert data_gate(shop, unit="week") == data_gate(WEEKS, unit="week")
    assert frequency_correlation(shop) == pytest.approx(frequency_correlation(WEEKS), rel=1e-9)
    found, expected = profile_intervals(BGNBD(), shop), profile_intervals(BGNBD(), WEEKS)
    for name, ends in expected.items():
        assert found[name] == pytest.approx(ends, rel=1e-6)
    drawn = bootstrap(MBGNBD(), shop, draws=20, seed=3)
    low, high = drawn.intervals(0.9)["r"]
    assert low < MBGNBD().fit(WEEKS).r < high
