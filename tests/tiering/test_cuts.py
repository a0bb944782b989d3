import json

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Cuts
from custseg.tiering.given import known

points = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=5).map(sorted)
values = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=30)


def test_a_value_on_a_point_is_in_the_class_above_it_when_left_closed():
    codes = Cuts((100.0, 1000.0)).codes(np.array([99.99, 100.0, 999.99, 1000.0]))
    assert codes.tolist() == [0, 1, 1, 2]


def test_a_value_on_a_point_is_in_the_class_below_it_when_right_closed():
    codes = Cuts((100.0, 1000.0), closed="right").codes(np.array([100.0, 100.01, 1000.0, 1000.01]))
    assert codes.tolist() == [0, 1, 1, 2]


@given(points, values, st.sampled_from(["left", "right"]))
def test_codes_agree_with_a_walk_over_the_points(points, values, closed):
    cuts = Cuts(points, closed)
    above = (lambda v, p: v >= p) if closed == "left" else (lambda v, p: v > p)
    expected = [-1 if np.isnan(v) else sum(above(v, p) for p in points) for v in values]
    assert cuts.codes(np.array(values)).tolist() == expected


def test_infinity_is_in_an_end_class():
    assert Cuts((0.0, 1.0)).codes(np.array([-np.inf, np.inf])).tolist() == [0, 2]


def test_equal_points_leave_a_class_that_no_value_reaches():
    cuts = Cuts((1.0, 1.0))
    assert cuts.classes == 3
    assert cuts.codes(np.array([0.0, 1.0, 2.0])).tolist() == [0, 2, 2]


def test_cuts_are_like_an_array_and_like_a_value():
    cuts = Cuts([1, 2])
    assert cuts == Cuts((1.0, 2.0))
    assert hash(cuts) == hash(Cuts((1.0, 2.0)))
    assert list(cuts) == [1.0, 2.0]
    assert len(cuts) == 2
    assert cuts[0] == 1.0
    np.testing.assert_array_equal(np.asarray(cuts), [1.0, 2.0])
    assert np.asarray(cuts, dtype=np.float32).dtype == np.float32
    assert Cuts(()).classes == 1


@pytest.mark.parametrize("bad", [(2.0, 1.0), (float("nan"),), (1.0, float("inf"))])
def test_impossible_points_are_refused(bad):
    with pytest.raises(ConfigError, match="points must"):
        Cuts(bad)


def test_an_unknown_side_is_refused():
    with pytest.raises(ConfigError, match="closed must be one of"):
        Cuts((1.0,), closed="both")


def test_values_to_learn_from_are_there_and_finite():
    assert known(np.array([2.0, np.nan])).tolist() == [2.0]
    with pytest.raises(NotEnoughDataError, match=r"2 rows, all missing.*Thresholds"):
        known(np.array([np.nan, np.nan]))
    with pytest.raises(NotEnoughDataError, match="0 rows"):
        known(np.array([]))
    with pytest.raises(DataError, match="1 of 2 values are infinite"):
        known(np.array([1.0, np.nan, -np.inf]))


SPENT = [None, float("nan"), -1.0, 99.99, 100.0, 100.01, 1000.0, 1000.01, float("inf")]
BANDS = [None, None, "low", "low", "medium", "medium", "high", "high", "high"]


def test_one_number_has_a_word():
    cuts = Cuts((100, 1000))
    assert [cuts.label(x) for x in SPENT] == BANDS
    assert [cuts.code(x) for x in (50, 100, None)] == [0, 1, -1]
    assert Cuts((100, 1000), "right").label(100) == "low"


@given(points, st.floats(allow_infinity=True), st.sampled_from(["left", "right"]))
def test_one_number_is_coded_as_a_column_is(points, value, closed):
    cuts = Cuts(points, closed)
    assert cuts.code(value) == cuts.codes(np.array([value]))[0]


def test_classes_have_words_by_their_number():
    assert Cuts(()).words() == ("all",)
    assert Cuts((1,)).words() == ("low", "high")
    assert Cuts((1, 2, 3)).words() == ("1", "2", "3", "4")
    assert Cuts((1,), labels=("b", "a")).words() == ("b", "a")


@pytest.mark.parametrize("labels", [("a",), ("a", "a"), ("a", "")])
def test_labels_are_different_words_one_a_class(labels):
    with pytest.raises(ConfigError, match="words"):
        Cuts((1.0,), labels=labels)


def test_a_table_comes_back_in_its_own_kind_with_ordered_labels():
    bands = Cuts((100, 1000)).on("spent")
    frame = bands.apply(pd.DataFrame({"spent": SPENT}))
    assert frame["band"].cat.ordered
    assert frame["band"].cat.categories.tolist() == ["low", "medium", "high"]
    assert frame["band"].astype(object).where(frame["band"].notna(), None).tolist() == BANDS
    lazy = bands.apply(pl.LazyFrame({"spent": SPENT}))
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect()["band"].to_list() == BANDS
    assert lazy.collect()["band"].dtype == pl.Enum(["low", "medium", "high"])
    assert [row["band"] for row in bands.apply([{"spent": x} for x in SPENT])] == BANDS


@pytest.mark.parametrize("closed", ["left", "right"])
def test_the_sql_runs_and_agrees(closed):
    bands = Cuts((100, 1000.0), closed).on("spent", "size", "nobody")
    held = duckdb.connect()
    held.execute("CREATE TABLE people AS SELECT unnest(?::DOUBLE[]) AS spent", [SPENT])
    rows = held.execute(bands.to_sql(table="people")).fetchall()
    told = [bands.one({"spent": x}) for x in SPENT]
    assert [row[1:] for row in rows] == [(one["size"], one["size_reason"]) for one in told]
    assert told[0]["size"] == "nobody"


def test_cuts_come_back_from_json_with_all_that_they_know():
    cuts = Cuts((1.0, 1.0), "right", labels=("c", "b", "a"), currency="EUR")
    cuts = cuts.counted(np.array([1.0, 2.0, np.nan]))
    back = cs.load(json.dumps(cs.dump(cuts)))
    assert back == cuts
    assert back.learnt == cuts.learnt
    assert back.text() == cuts.text()


def test_what_they_were_learnt_from_moves_no_point():
    assert Cuts((1.0,)).counted(np.array([5.0])) == Cuts((1.0,))


def test_one_look_shows_points_counts_and_shares():
    cuts = Cuts((100.0, 1000.0), currency="CNY").counted(np.array([50.0, 250.0, 700.0, np.nan]))
    said = cuts.text()
    assert "100; 1,000 CNY" in said
    assert said.splitlines()[-2].split() == [
        "medium",
        "[100,",
        "1,000)",
        "2",
        "66.7",
        "%",
        "950",
        "95.0",
        "%",
    ]
    assert "中级客户" in cuts.text("zh")
    assert "<td>66.7 %</td>" in cuts._repr_html_()
    assert "<td>" in Cuts((1.0,))._repr_html_()


def test_codes_are_small_whatever_the_numbers_are():
    for kind in (np.uint8, np.int64, np.float32, object):
        codes = Cuts((2.0,)).codes(np.array([1, 2], dtype=kind))
        assert codes.tolist() == [0, 1]
        assert codes.dtype == np.int8
    assert Cuts(range(200)).codes(np.array([150.5])).tolist() == [151]
    assert Cuts((1.0,)).codes(np.array([[0.0, 1.0]])).tolist() == [[0, 1]]
