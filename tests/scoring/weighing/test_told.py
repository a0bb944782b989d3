import numpy as np
import pandas as pd
import polars as pl
import pytest

from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.scoring import DataWeights
from custseg.scoring.weighing.scales import scale_of
from custseg.scoring.weighing.spreading import METHODS

PEOPLE = [{"revenue": 10.0 + i, "orders": 1.0 + i * i % 11, "age": 20.0 + i % 9} for i in range(30)]
COLUMNS = ("revenue", "orders", "age")


@pytest.mark.parametrize("method", METHODS)
def test_weights_sum_to_one_and_do_not_depend_on_order(method):
    spec = DataWeights(COLUMNS, method, lower="age")
    found = spec.weights(PEOPLE)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert all(share > 0 for share in found.shares.values())
    assert spec.weights(PEOPLE[::-1]) == found
    assert spec.weights(pd.DataFrame(PEOPLE)) == found
    assert spec.weights(pl.DataFrame(PEOPLE)) == found


@pytest.mark.parametrize("method", METHODS)
def test_a_column_of_one_value_counts_for_nothing(method):
    flat = [{**row, "orders": 4.0} for row in PEOPLE]
    found = DataWeights(COLUMNS, method).weights(flat)
    assert found.shares["orders"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("method", ["critic", "deviation", "entropy"])
def test_where_nothing_tells_customers_apart_there_are_no_weights(method):
    with pytest.raises(NotEnoughDataError, match="one value"):
        DataWeights(("revenue",), method).weights([{"revenue": 3}] * 5)


def test_what_another_column_repeats_counts_less():
    rows = [{"a": i, "b": i, "c": i * 7 % 30} for i in range(30)]
    shares = DataWeights(("a", "b", "c")).weights(rows).shares
    assert shares["c"] > shares["a"] == pytest.approx(shares["b"])


def test_lower_turns_the_scale_and_the_conflict_round():
    rows = [{"a": i, "b": 30 - i, "c": i * 7 % 30} for i in range(30)]
    as_is = DataWeights(("a", "b", "c")).weights(rows)
    turned = DataWeights(("a", "b", "c"), lower="b").weights(rows)
    assert as_is.shares["a"] > turned.shares["a"]
    assert turned.scales["b"] == as_is.scales["b"][::-1]


def test_customers_with_a_gap_are_left_out_and_counted():
    gaps = [*PEOPLE, {"revenue": None, "orders": 3, "age": 30}]
    found = DataWeights(COLUMNS).weights(gaps)
    assert (found.rows, found.left_out) == (30, 1)
    assert found.shares == DataWeights(COLUMNS).weights(PEOPLE).shares


def test_or_the_median_stands_for_the_gap():
    gaps = [*PEOPLE, {"revenue": None, "orders": 3, "age": 30}]
    filled = [*PEOPLE, {"revenue": 24.5, "orders": 3, "age": 30}]
    found = DataWeights(COLUMNS, missing="middle").weights(gaps)
    assert (found.rows, found.left_out) == (31, 0)
    assert found.shares == DataWeights(COLUMNS).weights(filled).shares


def test_zeros_add_nothing_to_entropy():
    rows = [{"a": 0, "b": 1}, {"a": 0, "b": 2}, {"a": 9, "b": 3}]
    shares = DataWeights(("a", "b"), "entropy").weights(rows).shares
    assert shares["a"] > 0.9


@pytest.mark.parametrize(
    ("method", "value", "problem"),
    [
        ("entropy", -1.0, "below 0"),
        ("merec", 0.0, "above 0"),
        ("critic", float("inf"), "infinite"),
    ],
)
def test_values_that_a_method_cannot_take_are_refused(method, value, problem):
    with pytest.raises(DataError, match=problem) as said:
        DataWeights(COLUMNS, method).weights([*PEOPLE, {**PEOPLE[0], "age": value}])
    assert said.value.column == "age"


def test_too_little_is_said():
    with pytest.raises(NotEnoughDataError):
        DataWeights(COLUMNS).weights(PEOPLE[:1])
    with pytest.raises(NotEnoughDataError):
        DataWeights(COLUMNS).weights([])
    with pytest.raises(DataError, match="nothing that is known"):
        DataWeights(COLUMNS).weights([{**row, "age": None} for row in PEOPLE])
    with pytest.raises(MissingColumnError):
        DataWeights(("revenu",)).weights(PEOPLE)


@pytest.mark.parametrize(
    "how",
    [
        {"columns": ()},
        {"columns": ("a", "a")},
        {"columns": "a", "method": "mine"},
        {"columns": "a", "missing": "zero"},
    ],
)
def test_settings_that_make_no_sense_are_refused(how):
    with pytest.raises(ConfigError):
        DataWeights(**how)


def test_a_card_from_the_data_ranks_as_the_weighted_sum():
    card = DataWeights(COLUMNS, "deviation", lower="age", span=(0, 1)).fit(PEOPLE)
    scores = [row["score"] for row in card.apply(PEOPLE)]
    assert card.one({"revenue": 39, "orders": 10, "age": 20})["score"] == 100
    assert 0 <= min(scores) < max(scores) <= 100


def test_many_customers_wake_no_threads():
    rng = np.random.default_rng(3)
    table = pl.DataFrame({name: rng.gamma(2, 3, 20_000) for name in COLUMNS})
    assert DataWeights(COLUMNS).weights(table).rows == 20_000


@pytest.mark.parametrize("columns", [("a",), ("a", "b")])
def test_columns_that_all_say_the_same_are_weighed_by_their_spread(columns):
    """CRITIC finds no conflict; what rounding leaves of it is no weight."""
    rows = [{"a": i * 0.1, "b": i * 0.3 + 7} for i in range(17)]
    told = DataWeights(columns).weights(rows).shares
    assert told == pytest.approx(dict.fromkeys(columns, 1 / len(columns)))


def test_columns_that_hardly_differ_have_entropy_weights_all_the_same():
    rows = [{"a": 1e9 + i, "b": 1e9 + 2 * i} for i in range(17)]
    told = DataWeights(("a", "b"), "entropy").weights(rows).shares
    assert told == pytest.approx({"a": 0.2, "b": 0.8}, abs=1e-6)


@pytest.mark.parametrize("method", ["entropy", "critic", "deviation", "merec"])
def test_values_beyond_all_measure_weigh_as_in_larger_units(method):
    rows = [{"a": 1e307 * (1 + i), "b": 1 + i * i % 5} for i in range(8)]
    small = [{**row, "a": row["a"] / 1e307} for row in rows]
    lhs, rhs = (DataWeights(("a", "b"), method).weights(some).shares for some in (rows, small))
    assert lhs == pytest.approx(rhs)


def test_a_share_of_customers_is_counted_as_it_is_written():
    """0.07 of 100 are 7, though 0.07 * 100 is a little more than 7."""
    values = np.arange(1.0, 101.0)
    assert scale_of("x", values, (0.07, 0.55)) == (7.0, 55.0)
