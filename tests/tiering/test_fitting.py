from datetime import date
from decimal import Decimal

import attrs
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering import Cuts, Pareto, Quantiles, Quota, Thresholds, fitted


def rows(*values):
    return [{"spent": value} for value in values]


def test_what_was_left_out_is_counted():
    cuts = fitted(Pareto(), rows(80, 15, 5, 0, None, -7.5, -2.5), value="spent")
    learnt = cuts.learnt
    assert (learnt.rows, learnt.missing, learnt.zero, learnt.negative) == (7, 1, 1, 2)
    assert learnt.refunds == -10.0
    assert learnt.counts == (4.0, 1.0, 1.0)
    assert learnt.sums == (-5.0, 15.0, 80.0)


def test_the_day_of_the_table_is_kept():
    dated = [{"spent": 1.0, "as_of": date(2026, 6, 30)}, {"spent": 2.0, "as_of": None}]
    assert fitted(Quantiles(), dated, value="spent").learnt.as_of == date(2026, 6, 30)
    assert "as of 2026-06-30" in fitted(Quantiles(), dated, value="spent").text()
    odd = [{"spent": 1.0, "as_of": "yesterday"}]
    assert fitted(Quantiles(), odd, value="spent").learnt.as_of is None
    assert fitted(Quantiles(), rows(1), value="spent").learnt.as_of is None


@pytest.mark.parametrize("cutter", [Quantiles((0.5,)), Pareto((0.5,)), Thresholds((15,))])
def test_refunds_may_have_a_class_of_their_own(cutter):
    given = rows(-20, -0.01, 0, 10, 20, 30, None)
    cuts = fitted(cutter, given, value="spent", refunds="own")
    bands = [row["band"] for row in cuts.on("spent").apply(given)]
    assert cuts.words() == ("negative", "low", "high")
    assert bands[:3] == ["negative", "negative", "low"]
    assert bands[-2:] == ["high", None]
    positive = cutter.cuts(np.array([0.0, 10, 20, 30]))
    assert cuts.points[1:] == positive.points


@pytest.mark.parametrize("cutter", [Quantiles((0.5,)), Pareto((0.5,))])
def test_zero_may_have_a_class_of_its_own(cutter):
    given = rows(-20, 0, 0, 10, 20, 30)
    both = fitted(cutter, given, value="spent", refunds="own", zero="own")
    assert both.words() == ("negative", "zero", "low", "high")
    said = [row["band"] for row in both.on("spent").apply(given)]
    assert said[:4] == ["negative", "zero", "zero", "low"]
    one = fitted(cutter, given, value="spent", zero="own")
    said = [row["band"] for row in one.on("spent").apply(given)]
    assert said[:4] == ["zero", "zero", "zero", "low"]
    assert both.points[2:] == one.points[1:] == cutter.cuts(np.array([10.0, 20, 30])).points
    assert both.learnt.negative == 1


@pytest.mark.parametrize("closed", ["left", "right"])
def test_next_to_nothing_is_told_from_nothing_in_sql_and_lazily(closed):
    cuts = fitted(Thresholds((5,), closed), [], value="spent", refunds="own", zero="own")
    bands = cuts.on("spent")
    values = [-1e-300, -0.0, 0.0, 1e-300, 5.0, 6.0]
    told = [bands.one({"spent": x})["band"] for x in values]
    assert told[:4] == ["negative", "zero", "zero", "low"]
    assert bands.apply(pl.LazyFrame({"spent": values})).collect()["band"].to_list() == told
    held = duckdb.connect()
    held.execute("CREATE TABLE people AS SELECT unnest(?::DOUBLE[]) AS spent", [values])
    assert [r[1] for r in held.execute(bands.to_sql(table="people")).fetchall()] == told


def test_policies_may_refuse():
    with pytest.raises(DataError, match="2 values are below 0"):
        fitted(Pareto(), rows(1, -1, -2), value="spent", refunds="refuse")
    with pytest.raises(DataError, match="1 values are 0"):
        fitted(Thresholds((1,)), rows(1, 0), value="spent", zero="refuse")
    with pytest.raises(ConfigError, match="refunds must be one of"):
        fitted(Pareto(), rows(1), value="spent", refunds="drop")


def test_weights_are_read_and_checked():
    given = [{"spent": 1.0, "n": 3}, {"spent": 2.0, "n": 1}, {"spent": 9.0, "n": 0}]
    cuts = fitted(Quantiles((0.5,)), given, value="spent", weight="n")
    assert cuts.points == Quantiles((0.5,)).cuts(np.array([1.0, 1, 1, 2])).points
    assert cuts.learnt.counts == (3.0, 1.0)
    with pytest.raises(DataError, match=r"'n'.*below 0"):
        fitted(Quantiles(), [{"spent": 1, "n": -1}], value="spent", weight="n")
    with pytest.raises(NotEnoughDataError, match="no value has a weight above 0"):
        fitted(Quantiles(), [{"spent": 1, "n": 0}], value="spent", weight="n")
    with pytest.raises(ConfigError, match="Quota does not use weights"):
        fitted(Quota((1,)), given, value="spent", weight="n")


def test_what_learns_nothing_reads_nothing():
    assert fitted(Thresholds((1.0,)), object(), value="spent") == Cuts((1.0,))


def test_errors_name_the_column():
    with pytest.raises(DataError, match=r"'spent'.*infinite"):
        fitted(Quantiles(), rows(1.0, float("inf")), value="spent")
    with pytest.raises(NotEnoughDataError, match="'spent'"):
        fitted(Quantiles(), rows(None), value="spent")
    with pytest.raises(MissingColumnError, match="spend"):
        fitted(Quantiles(), rows(1), value="spend")
    with pytest.raises(DataError, match="'spent'"):
        fitted(Quantiles(), rows("much"), value="spent")


cents = st.lists(st.integers(0, 10_000_00), min_size=1, max_size=30).filter(any)


@given(cents, st.sampled_from([Pareto(), Quantiles((0.5, 0.8))]))
def test_cents_decimals_and_floats_are_cut_alike(cents, cutter):
    """Points come back in the unit given: cents in cents, decimals as the amounts they write."""
    exact = [Decimal(c).scaleb(-2) for c in cents]
    in_cents = fitted(cutter, rows(*cents), value="spent")
    for made in (exact, [c / 100 for c in cents]):
        cuts = fitted(cutter, rows(*made), value="spent")
        assert cuts.codes(np.array(made, dtype=float)).tolist() == in_cents.codes(cents).tolist()
    written = fitted(Pareto(), rows(*exact), value="spent")
    assert {Decimal(str(p)) for p in written.points} <= set(exact)


def test_every_kind_of_table_gives_the_same_cuts():
    table = {"spent": [80.0, 15.0, 5.0, None], "n": [1, 1, 2, 1]}
    expected = Pareto().cuts(np.array([80.0, 15, 5, 5]))
    frame = pd.DataFrame(table)
    for made in (frame, pl.DataFrame(table), pl.LazyFrame(table), duckdb.from_df(frame)):
        assert fitted(Pareto(), made, value="spent", weight="n") == expected


def test_a_cutter_of_ones_own_needs_one_method():
    @attrs.frozen
    class Halves:
        def cuts(self, values):
            return Cuts((float(np.nanmedian(values)),))

    assert fitted(Halves(), rows(1, 2, 9, None), value="spent").points == (2.0,)


@pytest.mark.parametrize("closed", ["left", "right"])
def test_a_class_of_zero_reads_as_such(closed):
    cuts = fitted(Thresholds((5,), closed), [], value="spent", refunds="own", zero="own")
    ranges = [line.split("  ")[-1].strip() for line in cuts.text().splitlines()[2:]]
    assert ranges == [
        "< 0",
        "= 0",
        *(["(0, 5)", ">= 5"] if closed == "left" else ["(0, 5]", "> 5"]),
    ]
    assert "e-324" not in cuts.on("spent").explain({"spent": 0}).text()


def test_what_is_asked_of_no_reading_is_refused():
    rows = [{"spent": 1.0, "n": 1}]
    for wrong, said in (
        ({"groups": "n"}, r"no setting 'groups'; there are \['by', .*"),
        ({"refund": "own"}, "Did you mean 'refunds'"),
        ({"least": "30"}, "least must be a whole number"),
        ({"by": "spent"}, "numbers and as words"),
        ({"weight": "n", "by": "n"}, "numbers and as words"),
        ({"currency": "spent"}, "numbers and as words"),
    ):
        with pytest.raises(ConfigError, match=said):
            fitted(Pareto(), rows, value="spent", **wrong)
    with pytest.raises(ConfigError, match="has a method cuts"):
        fitted("pareto", rows, value="spent")


def test_who_has_no_weight_is_counted_as_missing():
    rows = [{"spent": 10.0, "n": 2}, {"spent": 90.0, "n": None}, {"spent": 20.0, "n": 1}]
    cuts = fitted(Quantiles((0.5,)), rows, value="spent", weight="n")
    assert cuts == fitted(Quantiles((0.5,)), rows[::2], value="spent", weight="n")
    assert (cuts.learnt.rows, cuts.learnt.missing, cuts.learnt.counts) == (3, 1, (2.0, 1.0))
