"""Cut points found in an engine are those of the same values in memory, to the last bit."""

from fractions import Fraction

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import everykind
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import crossings, table
from custseg.tiering import Pareto, Quantiles
from custseg.tiering import ordered as home
from custseg.tiering.engine import middle_points, pareto_points, quantile_points

ENGINE = duckdb.connect()
NUMBER = {"x": "number"}
SOME = settings(max_examples=10, deadline=None)
KINDS = ["pandas", *everykind.LAZY]
SHARES = [Fraction(1, 10), Fraction(29, 100), Fraction(1, 2), Fraction(4, 5), Fraction(95, 100)]
AT = tuple(float(share) for share in SHARES)
SPEAKER = {"up": 0, "middle": 1, "down": 2}
MONEY = st.integers(-300, 3000).map(lambda cents: cents / 100)
FLOATS = st.floats(-1e9, 1e9, allow_subnormal=False)
VALUES = st.lists(st.one_of(st.none(), MONEY), min_size=1, max_size=60) | st.lists(
    st.one_of(st.none(), FLOATS, st.sampled_from([0.0, -0.0, 1.0, 1e300, 5e-324])),
    min_size=1,
    max_size=60,
)


def of(kind, values):
    rows = [{"x": value} for value in values]
    if kind == "duckdb":  # a connection of its own for each example costs more than the question
        return table(ENGINE.from_arrow(everykind.as_table("arrow", rows, NUMBER))).passes("x")
    return table(everykind.as_table(kind, rows, NUMBER)).passes("x")


def array(values):
    return np.array([np.nan if v is None else v for v in values])


@pytest.fixture(params=[250_000, 3], ids=["fetched", "split"])
def few(request, monkeypatch):
    """How many rows may have their distinct values fetched: few make more passes."""
    monkeypatch.setattr(home, "_FEW", request.param)
    monkeypatch.setattr(home, "_PARTS", max(request.param // 50, 8))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ties", ["down", "up", "middle"])
@pytest.mark.usefixtures("few")
def test_quantiles_are_those_in_memory(kind, ties):
    @SOME
    @given(values=VALUES.filter(lambda v: any(x is not None for x in v)))
    def holds(values):
        points = middle_points if ties == "middle" else quantile_points
        assert points(of(kind, values), SHARES) == Quantiles(AT, ties).cuts(array(values)).points

    holds()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ties", ["down", "up", "middle"])
@pytest.mark.usefixtures("few")
def test_shares_of_money_are_those_in_memory(kind, ties):
    @SOME
    @given(values=st.lists(st.one_of(st.none(), MONEY), max_size=60))
    def holds(values):
        values = [*values, 0.07]
        falling = SHARES[::-1]
        found = pareto_points(of(kind, values), falling, SPEAKER[ties])
        assert found == Pareto(AT, ties).cuts(array(values)).points

    holds()


def by_definition(values, share, speaker):
    """The smallest value before whose speaker less than a share of the sum is held."""
    largest = sorted((Fraction(v) for v in values if v > 0), reverse=True)
    inside = [max(largest) + 1]
    for value in sorted(set(largest), reverse=True):
        equal = largest.count(value)
        before = sum((v for v in largest if v > value), Fraction(0))
        before += Fraction(speaker, 2) * (equal - 1) * value
        if before < share * sum(largest):
            inside.append(value)
    return float(inside[-1]) if len(inside) > 1 else np.nextafter(float(largest[0]), np.inf)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("speaker", [0, 1, 2])
def test_shares_of_floats_are_exact(kind, speaker, monkeypatch):
    monkeypatch.setattr(home, "_FEW", 3)
    some = st.floats(1e-6, 1e9) | st.sampled_from([0.1, 0.2, 0.30000000000000004, 1 / 3])

    @SOME
    @given(values=st.lists(some, min_size=1, max_size=20), again=st.integers(1, 4))
    def holds(values, again):
        values = [*values * again, 1 / 3]
        found = pareto_points(of(kind, values), SHARES, speaker)
        assert found == tuple(by_definition(values, share, speaker) for share in SHARES)

    holds()


def test_numbers_of_any_size_are_weighed_exactly():
    values = [1e300, 1e-300, 1e-300]
    for kind in KINDS:
        assert pareto_points(of(kind, values), [Fraction(1, 2)], 0) == (1e300,)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_skewed_column_of_many_values_takes_three_passes_and_no_rows(kind, monkeypatch):
    monkeypatch.setattr(home, "_FEW", 2_000)
    values = np.exp(np.sin(np.arange(100_000.0)) * 4).round(4)
    with crossings() as account:
        found = quantile_points(of(kind, values.tolist()), SHARES)
    assert found == Quantiles(AT).cuts(values).points
    assert all(one.sums for one in account)
    assert len(account) <= 3
    assert max(one.rows for one in account) < 5_000


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_one_tight_cluster_and_a_whale_are_parted_in_a_few_passes(kind, monkeypatch):
    monkeypatch.setattr(home, "_FEW", 100)
    values = np.r_[1.0 + np.arange(20_000) * np.finfo(float).eps, 1e300]
    with crossings() as account:
        found = quantile_points(of(kind, values.tolist()), SHARES)
    assert found == Quantiles(AT).cuts(values).points
    assert len(account) <= 5


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("points", [quantile_points, middle_points])
def test_what_cannot_be_cut_is_refused_as_in_memory(kind, points):
    with pytest.raises(NotEnoughDataError, match=r"2 rows, all missing"):
        points(of(kind, [None, np.nan]), SHARES)
    with pytest.raises(DataError, match=r"1 of 2 values are infinite"):
        points(of(kind, [1.0, np.inf, None]), SHARES)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_above_zero_holds_no_share(kind):
    with pytest.raises(NotEnoughDataError, match="no value is above 0"):
        pareto_points(of(kind, [0.0, -1.0, None]), SHARES, 0)


def test_decimals_are_cut_where_they_are_cut_in_memory():
    query = "SELECT (i * 7919 % 10007)::DECIMAL(12, 2) / 7 + 0.01 AS x FROM range(20000) t(i)"
    relation = duckdb.sql(query).project("x::DECIMAL(12, 2) AS x")
    values = table(relation).select(["x"]).read({"x": "number"})["x"]
    passes = table(relation).passes("x")
    assert quantile_points(passes, SHARES) == Quantiles(AT).cuts(values).points
    found = pareto_points(passes, SHARES[::-1], 0)
    assert found == Pareto(AT).cuts(values).points


def test_whole_numbers_need_one_pass():
    frame = pl.LazyFrame({"n": [1] * 50 + list(range(1, 21))})
    with crossings() as account:
        quantile_points(table(frame).passes("n"), SHARES)
    assert len(account) == 1
