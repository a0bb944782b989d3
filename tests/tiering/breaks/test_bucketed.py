"""Breaks of a column in an engine: the same, and few rows leave it."""

import duckdb
import numpy as np
import polars as pl
import pytest

import custseg as cs
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import crossings, table
from custseg.frames.passes import ArrayPasses
from custseg.tiering import NaturalBreaks, TierPlan, fitted
from custseg.tiering.breaks import bucketed

ROWS = 60_000


def columns():
    rng = np.random.default_rng(7)
    money = np.round(rng.lognormal(4, 1.2, ROWS), 2)
    return {
        "money": money,
        "exact ties": np.arange(ROWS) * 1.0,
        "offset": rng.normal(0, 1, ROWS) + 1e9,
        "whale": np.append(money, 1e10),
        "two groups": np.concatenate((rng.normal(0, 1, ROWS), rng.normal(1e6, 1, ROWS))),
        "signs": rng.normal(0, 50, ROWS),
    }


@pytest.fixture(scope="module")
def known():
    return columns()


@pytest.fixture(params=["duckdb", "polars"])
def lazy(request):
    engine = duckdb.connect()

    def opened(values):
        frame = pl.DataFrame({"revenue": values})
        if request.param == "polars":
            return frame.lazy()
        engine.register("customers", frame.to_arrow())
        return engine.table("customers")

    yield opened
    engine.close()


@pytest.fixture(autouse=True)
def little_may_leave(monkeypatch):
    monkeypatch.setattr(bucketed, "_FEW", 4000)


@pytest.mark.parametrize("name", sorted(columns()))
@pytest.mark.parametrize("k", [3, 5])
def test_the_same_breaks_as_in_memory_to_the_last_bit(lazy, known, name, k):
    values = known[name]
    with crossings() as account:
        found = NaturalBreaks(k).by_passes(table(lazy(values)).passes("revenue"))
    assert found == NaturalBreaks(k).cuts(values)
    assert sum(one.rows for one in account) < (30_000 if name == "whale" else 10_000)
    assert len(account) <= 6


def test_a_plan_leaves_the_rows_where_they_are(lazy, known):
    data = lazy(known["money"])
    with crossings() as account:
        model = TierPlan(NaturalBreaks(3)).fit(data)
    assert model.cuts.points == NaturalBreaks(3).cuts(known["money"]).points
    assert all(one.rows < 5000 for one in account)
    assert fitted(NaturalBreaks(3), data, value="revenue").points == model.cuts.points


def test_limits_hold_in_an_engine_too(lazy, known):
    spec = NaturalBreaks(3, at_least=0.1)
    found = spec.by_passes(table(lazy(known["money"])).passes("revenue"))
    assert found == spec.cuts(known["money"])
    loose = NaturalBreaks(3, at_least=1)
    with crossings() as account:
        loose.by_passes(table(lazy(known["money"])).passes("revenue"))
    assert sum(one.rows for one in account) < 10_000


@pytest.mark.parametrize("values", [[5.0] * 9, [1.0, 2.0], [0.0, -0.0, 3.0]])
def test_few_values_are_fetched(values):
    cutter, column = NaturalBreaks(3), np.array(values)
    assert cutter.by_passes(ArrayPasses(column)) == cutter.cuts(column)


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e200, 1e307])
def test_numbers_of_any_size(monkeypatch, size):
    monkeypatch.setattr(bucketed, "_FEW", 10)
    column = np.random.default_rng(0).random(200) * size
    assert NaturalBreaks(3).by_passes(ArrayPasses(column)) == NaturalBreaks(3).cuts(column)


def test_no_value_and_infinity_are_errors():
    with pytest.raises(NotEnoughDataError, match="no value"):
        NaturalBreaks().by_passes(ArrayPasses(np.array([np.nan])))
    with pytest.raises(DataError, match="1 of 2 values are infinite"):
        NaturalBreaks().by_passes(ArrayPasses(np.array([1.0, np.inf])))


def test_a_stored_plan_of_breaks_is_the_same_plan():
    plan = TierPlan(NaturalBreaks(3, at_least=50))
    assert cs.load(cs.dump(plan)) == plan
