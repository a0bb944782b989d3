import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering import Currency, Cuts, GroupCuts, Pareto, Quantiles, Thresholds, fitted
from custseg.tiering.currency import converted

YUAN = Currency("CNY", "paid_in", {"USD": 7.1})
ROWS = [
    {"spent": 1000.0, "paid_in": "CNY"},
    {"spent": 999.0, "paid_in": "CNY"},
    {"spent": 141.0, "paid_in": "USD"},
    {"spent": 140.0, "paid_in": "USD"},
    {"spent": 5000.0, "paid_in": "EUR"},
    {"spent": 5000.0, "paid_in": None},
    {"spent": None, "paid_in": "CNY"},
]
SAID = [
    ("high", "value_above"),
    ("low", "value_below"),
    ("high", "value_above"),
    ("low", "value_below"),
    (None, "other_currency"),
    (None, "other_currency"),
    (None, "no_value"),
]


def test_a_row_in_another_currency_is_in_no_band_and_says_so():
    bands = Cuts((1000.0,), currency=YUAN).on("spent")
    assert [(row["band"], row["band_reason"]) for row in bands.apply(ROWS)] == SAID
    assert [tuple(bands.one(row)[c] for c in ("band", "band_reason")) for row in ROWS] == SAID
    frame = bands.apply(pl.DataFrame(ROWS).lazy()).collect()
    assert list(zip(frame["band"], frame["band_reason"], strict=True)) == SAID


def test_the_sql_knows_currencies_too():
    held = duckdb.connect()
    held.execute("CREATE TABLE people (spent DOUBLE, paid_in VARCHAR)")
    held.executemany("INSERT INTO people VALUES (?, ?)", [tuple(r.values()) for r in ROWS])
    sql = Cuts((1000.0,), currency=YUAN).on("spent").to_sql(table="people")
    assert [row[2:] for row in held.execute(sql).fetchall()] == SAID


def test_groups_know_currencies_too():
    one = Cuts((1000.0,), currency=YUAN)
    bands = GroupCuts("trade", {"a": one}, one).on("spent")
    for trade in ("a", "b", None):
        rows = [{**row, "trade": trade} for row in ROWS]
        assert [(row["band"], row["band_reason"]) for row in bands.apply(rows)] == SAID


def test_the_reason_is_in_the_currency_of_the_row():
    bands = Cuts((1000.0,), currency=YUAN).on("spent")
    assert "140.845" in bands.explain(ROWS[2]).text()
    assert "1,000" in bands.explain(ROWS[0]).text()
    assert "币种" in bands.explain(ROWS[4]).text("zh")


@given(
    st.floats(-1e12, 1e12),
    st.sampled_from([7.1, 0.01, 1 / 3, 1.0, 149.3]),
    st.sampled_from(["left", "right"]),
    st.integers(-3, 3),
)
def test_a_rate_divides_the_point_as_it_multiplies_the_value(point, rate, closed, steps):
    """Applying with a rate is converting first, to the last digit."""
    at = value = converted(point, rate, closed)
    for _ in range(abs(steps)):
        value = np.nextafter(value, np.copysign(np.inf, steps))
    here, there = (value * rate, point), (value, at)
    if closed == "left":
        assert (here[0] >= here[1]) == (there[0] >= there[1])
    else:
        assert (here[0] > here[1]) == (there[0] > there[1])


def test_one_currency_is_found_and_kept():
    rows = [{"spent": 80, "paid_in": "EUR"}, {"spent": 20, "paid_in": "EUR"}]
    cuts = fitted(Pareto((0.5,)), rows, value="spent", currency="paid_in")
    assert cuts.currency == Currency("EUR", "paid_in")
    assert cuts.on("spent").one({"spent": 90, "paid_in": "USD"})["band"] is None
    back = cs.load(cs.dump(cuts))
    assert back == cuts


def test_several_currencies_are_refused_by_name():
    with pytest.raises(DataError, match=r"paid_in.*\['CNY', 'EUR', 'USD'\].*rates"):
        fitted(Pareto(), ROWS, value="spent", currency="paid_in")
    with pytest.raises(DataError, match=r"worth of \['EUR'\]"):
        fitted(Pareto(), ROWS, value="spent", currency=YUAN)


def test_rates_make_them_comparable():
    rows = [row for row in ROWS if row["paid_in"] != "EUR"]
    cuts = fitted(Quantiles((0.5,)), rows, value="spent", currency=YUAN)
    inside = [1000.0, 999.0, 141 * 7.1, 140 * 7.1]
    assert cuts.points == Quantiles((0.5,)).cuts(np.array(inside)).points
    assert cuts.learnt.missing == 2  # one without a value, one that does not say its currency


def test_thresholds_take_the_currency_without_reading():
    cuts = fitted(Thresholds((1000,)), [], value="spent", currency=YUAN)
    assert cuts == Cuts((1000.0,), currency=YUAN)
    with pytest.raises(MissingColumnError):
        fitted(Thresholds((1000,)), [{"spent": 1}], value="spent", currency="paid_in")
    cuts = fitted(Thresholds((1000,)), ROWS[:2], value="spent", currency="paid_in")
    assert cuts.currency.code == "CNY"


def test_a_currency_that_nobody_says_is_not_guessed():
    rows = [{"spent": 5, "paid_in": None}, {"spent": None, "paid_in": "EUR"}]
    for cutter in (Thresholds((1,)), Pareto()):
        with pytest.raises(NotEnoughDataError, match="currency of no value"):
            fitted(cutter, rows, value="spent", currency="paid_in")


def test_a_code_alone_is_a_note():
    cuts = Cuts((100.0,), currency="EUR")
    assert cuts.currency == Currency("EUR")
    assert cuts.on("spent").one({"spent": 100})["band"] == "high"


@pytest.mark.parametrize(
    ("code", "column", "rates"),
    [
        ("", None, {}),
        ("EUR", "c", {"USD": 0.0}),
        ("EUR", "c", {"USD": float("inf")}),
        ("EUR", "c", {"EUR": 2.0}),
        ("EUR", None, {"USD": 1.1}),
    ],
)
def test_impossible_currencies_are_refused(code, column, rates):
    with pytest.raises(ConfigError):
        Currency(code, column, rates)
