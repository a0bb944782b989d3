"""Every awkward column has an answer or a typed error: never a warning, never garbage.

Each test is a case in which one or more published packages raise, warn, or answer by row order;
the threads that tell of it are named.
"""

import warnings
from datetime import date
from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import (
    RFM,
    AtLeast,
    Axis,
    Crossed,
    Currency,
    Cuts,
    HeadTail,
    Pareto,
    Quantiles,
    Quota,
    Thresholds,
    TierPlan,
    fitted,
)

LEARNERS = {
    "quantiles": Quantiles.of(3),
    "up": Quantiles.of(3, "up"),
    "middle": Quantiles.of(3, "middle"),
    "pareto": Pareto(),
    "pareto down": Pareto(ties="down"),
    "quota": Quota((4, 2)),
    "quota up": Quota((4, 2), "up"),
    "head/tail": HeadTail(most=3),
}
every = pytest.mark.parametrize("cutter", LEARNERS.values(), ids=LEARNERS.keys())


def rows(*values):
    return [{"spent": value} for value in values]


def bands(cutter, given_rows):
    return [
        row["band"]
        for row in fitted(cutter, given_rows, value="spent").on("spent").apply(given_rows)
    ]


@every
@pytest.mark.parametrize("n", [1, 2, 30])
def test_all_equal_is_one_class_and_the_labels_stay(cutter, n):
    """pandas#47156: qcut of equal values gives NaN for all of them; pandas#22669 raises."""
    cuts = fitted(cutter, rows(*[7.0] * n), value="spent")
    frame = pd.DataFrame({"spent": [7.0] * n})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        got = cuts.on("spent").apply(frame)["band"]
    assert got.nunique(dropna=False) == 1
    assert got.notna().all()
    assert got.cat.ordered
    assert tuple(got.cat.categories) == cuts.words()


@every
def test_fewer_distinct_values_than_classes(cutter):
    """jenkspy and ckwrap raise; sklearn#12774 warns and drops classes."""
    got = bands(cutter, rows(1, 1, 1, 9, 9))
    assert None not in got
    assert len(set(got)) <= 2
    assert got[0] == got[1] == got[2]
    assert got[3] == got[4]


@every
def test_no_rows_are_not_enough_to_learn_from_but_enough_to_apply_to(cutter):
    with pytest.raises(NotEnoughDataError):
        cutter.cuts(np.array([]))
    with pytest.raises(NotEnoughDataError, match="'spent'"):
        fitted(cutter, rows(None), value="spent")
    model = Cuts((1.0, 2.0)).on("spent")
    assert model.apply([]) == []
    empty = model.apply(pd.DataFrame({"spent": pd.Series([], dtype=float)}))
    assert empty["band"].cat.categories.tolist() == ["low", "medium", "high"]


@every
def test_one_customer_has_a_class(cutter):
    assert len(set(bands(cutter, rows(5)))) == 1
    stored = AtLeast(2, cutter, fitted(cutter, rows(1, 2, 3), value="spent"))
    assert fitted(stored, rows(5), value="spent").learnt.fallback


@every
@pytest.mark.parametrize("lost", [None, float("nan"), pd.NA, Decimal("NaN"), np.float32("nan")])
def test_what_is_missing_moves_no_cut_and_has_no_class(cutter, lost):
    """mapclassify answers [20, 20, nan]; kmeans1d and ckwrap put NaN into a class."""
    given_rows = rows(1, 2, 3, 4, 50)
    cuts = fitted(cutter, given_rows, value="spent")
    assert fitted(cutter, [*given_rows, *rows(lost)], value="spent") == cuts
    assert cuts.on("spent").one({"spent": lost})["band"] is None
    assert cuts.on("spent", unknown="unknown").one({"spent": lost})["band"] == "unknown"
    plan = TierPlan(cutter, value="spent", tiers=cuts.words())
    assert plan.fit(given_rows).one({"spent": lost})["tier"] == cuts.words()[0]


@every
@pytest.mark.parametrize("wild", [float("inf"), float("-inf")])
def test_infinity_is_refused_when_learning_and_in_an_end_class_when_applied(cutter, wild):
    """Rust's ckmeans accepts it."""
    with pytest.raises(DataError, match="1 of 3 values are infinite"):
        fitted(cutter, rows(1, 2, wild), value="spent")
    cuts = fitted(cutter, rows(1, 2, 30), value="spent")
    assert cuts.on("spent").one({"spent": wild})["band"] == cuts.words()[-1 if wild > 0 else 0]


def test_negative_and_zero_go_by_policy_and_are_reported():
    """openretailscience knows three policies for zero and none for less."""
    given_rows = rows(-30, 0, 10, 20, 70)
    kept = fitted(Pareto(), given_rows, value="spent")
    assert kept.learnt.refunds == -30
    assert (kept.learnt.negative, kept.learnt.zero) == (1, 1)
    own = fitted(Pareto(), given_rows, value="spent", refunds="own", zero="own")
    got = [row["band"] for row in own.on("spent").apply(given_rows)]
    assert got == ["negative", "zero", "medium", "high", "high"]
    for policy in ({"refunds": "refuse"}, {"zero": "refuse"}):
        with pytest.raises(DataError, match="1 values are"):
            fitted(Pareto(), given_rows, value="spent", **policy)


def test_shares_of_the_sum_leave_refunds_out():
    """A cumulative sum over refunds rises above 100 % and falls again."""
    with_refunds, without = rows(80, 15, 5, -90), rows(80, 15, 5)
    assert fitted(Pareto(), with_refunds, value="spent") == fitted(Pareto(), without, value="spent")


@every
@given(values=st.lists(st.integers(0, 4).map(float), min_size=1, max_size=30).filter(any))
def test_equal_customers_are_equal(cutter, values):
    """pandas' rank("first") with qcut and SQL's ntile tell equal customers apart by row."""
    said = dict[float, set[str]]()
    for value, word in zip(values, bands(cutter, rows(*values)), strict=True):
        said.setdefault(value, set()).add(word)
    assert all(len(words) == 1 for words in said.values())


@pytest.mark.parametrize("ties", ["ordinal", "first", "dense"])
def test_there_is_no_rank_by_row_order(ties):
    with pytest.raises(ConfigError, match=r"never told apart.*Quota"):
        Quantiles(ties=ties)


def test_the_side_of_an_interval_is_said():
    """ "1000 and more is gold" is closed on the left; quantiles are (lo, hi]."""
    assert Thresholds((1000,)).cuts(np.array([])).label(1000) == "high"
    assert Thresholds((1000,), "right").cuts(np.array([])).label(1000) == "low"
    assert Quantiles((0.5,)).cuts(np.array([1.0, 2.0, 3.0])).closed == "right"
    assert Cuts((1000,), "right").counted(np.array([1.0])).text().count("<= 1,000") == 1


def test_equal_quantiles_keep_the_meaning_of_scores():
    """pandas#15069: dropping equal edges renumbers the classes; classes 1, 3, 4 and 5 stay such."""
    orders = np.array([1.0] * 10 + [2.0] * 4 + [3.0] * 3 + [5.0] * 3)
    cuts = Quantiles.of(5).cuts(orders)
    assert sorted({cuts.label(x) for x in orders}) == ["1", "3", "4", "5"]
    people = [{"orders": x, "recency_days": 1.0, "revenue": 1.0} for x in orders]
    named = [{**p, "frequency": p["orders"]} for p in people]
    kept = RFM(5).fit(named).apply(named)
    renumbered = RFM(5, compact=True).fit(named).apply(named)
    assert {row["frequency_score"] for row in kept} == {1, 3, 4, 5}
    assert {row["frequency_score"] for row in renumbered} == {1, 2, 3, 4}


def test_money_is_exact_and_comes_back_in_its_unit():
    """Ten times 0.1 is 1: floats that are added up in order say 0.9999999999999999."""
    decimals = [Decimal("0.10")] * 8 + [Decimal("0.20")]
    cents = [10] * 8 + [20]
    assert fitted(Pareto((0.2,)), rows(*decimals), value="spent").points == (0.2,)
    assert fitted(Pareto((0.2,)), rows(*cents), value="spent").points == (20.0,)
    huge = [9_007_199_254_740_991, 1]
    assert fitted(Pareto((0.5,)), rows(*huge), value="spent").points == (9_007_199_254_740_991.0,)
    table = pl.DataFrame({"spent": pl.Series([Decimal("1.05"), Decimal("2.10"), Decimal("9.00")])})
    assert fitted(Quantiles((0.5,), "up"), table, value="spent").points == (2.1,)


def test_currencies_are_never_mixed_in_silence():
    mixed = [{"spent": 5.0, "paid_in": "EUR"}, {"spent": 800.0, "paid_in": "JPY"}]
    with pytest.raises(DataError, match=r"cannot be compared.*rates"):
        fitted(Quantiles((0.5,)), mixed, value="spent", currency="paid_in")
    rates = Currency("EUR", "paid_in", {"JPY": 1 / 160})
    model = fitted(Quantiles((0.5,), "up"), mixed, value="spent", currency=rates).on("spent")
    assert [row["band"] for row in model.apply(mixed)] == ["high", "high"]  # 800 yen are 5 euros
    other = model.one({"spent": 5.0, "paid_in": "USD"})
    assert (other["band"], other["band_reason"]) == (None, "other_currency")


def test_what_comes_after_the_day_moves_no_cut_and_there_is_no_hidden_today():
    orders = [
        {"customer_id": "a", "date": "2026-01-05", "amount": 80.0},
        {"customer_id": "b", "date": "2026-02-05", "amount": 20.0},
    ]
    later = {"customer_id": "b", "date": "2026-08-01", "amount": 9000.0}
    names = cs.Names(at="date")
    people, again = (
        cs.profile(transactions=some, names=names, as_of="2026-06-30")
        for some in (orders, [*orders, later])
    )
    cuts = fitted(Pareto((0.8,)), people, value="revenue")
    assert fitted(Pareto((0.8,)), again, value="revenue") == cuts
    assert cuts.learnt.as_of == date(2026, 6, 30)
    with pytest.raises(TypeError, match="as_of"):
        cs.profile(transactions=orders, names=names)


def test_the_better_direction_is_declared_never_guessed_from_a_name():
    """PyPI's rfm and others look for "recency" in the name of the column."""
    rising = Axis("recency_score", Quantiles((0.5,)), ("a", "b"))
    assert rising.better == ("a", "b")
    falling = Axis("recency_score", Quantiles((0.5,)), ("a", "b"), falling=True)
    assert falling.better == ("b", "a")
    spec = Crossed(falling, Axis("n", Quantiles((0.5,)), ("1", "2")))
    model = spec.fit([{"recency_score": 1.0, "n": 1.0}, {"recency_score": 2.0, "n": 2.0}])
    assert model.gives["abc_xyz"] == ("b1", "b2", "a1", "a2")


def test_too_few_customers_get_stored_points():
    """Klaviyo answers for no fewer than 500 buyers."""
    guarded = AtLeast(500, Quantiles.of(3), Cuts((100.0, 1000.0)))
    cuts = fitted(guarded, rows(*range(499)), value="spent")
    assert cuts.points == (100.0, 1000.0)
    assert cuts.learnt.fallback
    assert not fitted(guarded, rows(*range(500)), value="spent").learnt.fallback


def test_labels_are_ordered_by_class_not_by_appearance():
    """polars' qcut gives categories whose codes follow the order of appearance."""
    falling = [1000.0, 100.0, 1.0]
    frame = Cuts((100.0, 1000.0)).on("x").apply(pl.DataFrame({"x": falling}))
    assert frame["band"].dtype == pl.Enum(["low", "medium", "high"])
    assert frame["band"].to_physical().to_list() == [2, 1, 0]
    relation = Cuts((100.0, 1000.0)).on("x").apply(duckdb.sql("SELECT 1000.0 AS x"))
    assert str(relation.types[1]) == "ENUM('low', 'medium', 'high')"


@every
@given(values=st.lists(st.integers(1, 9).map(float), min_size=2, max_size=20), rng=st.randoms())
def test_the_order_of_rows_decides_nothing(cutter, values, rng):
    turned = list(values)
    rng.shuffle(turned)
    assert fitted(cutter, rows(*turned), value="spent") == fitted(
        cutter, rows(*values), value="spent"
    )


@pytest.mark.parametrize("cutter", [Quantiles.of(3), Pareto(), HeadTail()])
def test_weights(cutter):
    """numpy#28589: weights of 0 only."""
    values, none = np.array([1.0, 2.0, 30.0]), np.zeros(3)
    with pytest.raises(NotEnoughDataError, match="no value has a weight above 0"):
        cutter.cuts(values, none)
    with pytest.raises(DataError, match="not below 0"):
        cutter.cuts(values, np.array([1.0, -1.0, 1.0]))
    some = cutter.cuts(values, np.array([1.0, 1.0, 0.0]))
    assert some == cutter.cuts(values[:2], np.ones(2)) == cutter.cuts(values[:2])
