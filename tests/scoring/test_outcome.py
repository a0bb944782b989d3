"""Outcomes as they come: flags, numbers, words, and rows where it is not known yet."""

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custseg import frames
from custseg.errors import ConfigError, MissingColumnError, NotEnoughDataError
from custseg.scoring.outcome import read_outcome


def read(values, positive=None):
    return read_outcome(frames.table([{"y": value} for value in values]), "y", positive)


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        ([True, False, True], None),
        ([1, 0, 1], None),
        ([1.0, 0.0, 1.0], None),
        ([Decimal(1), Decimal(0), Decimal(1)], None),
        (["1", "0", "1"], None),
        (["Yes", "No", "YES "], None),
        (["成交", "输单", "已成交"], None),
        (["Won", "Lost", "Won"], "won"),
        (["gold", "tin", "gold"], "gold"),
        ([2, 1, 2], 2),
        ([2, 1, 2], "2"),
        (["2", "1", "2"], 2),
        ([True, False, True], True),
        ([1, 0, 1], True),
        (["no", "yes", "no"], "no"),
    ],
)
def test_the_same_outcome_in_many_spellings(values, positive):
    outcome = read(values, positive)
    assert outcome.won.tolist() == [True, False, True]
    assert (outcome.rows, outcome.cases, outcome.unknown) == (3, 2, 0)


@pytest.mark.parametrize("nothing", [None, float("nan"), "", "N/A", "pending", "跟进中"])
@pytest.mark.parametrize("positive", [None, "yes"])
def test_what_is_not_known_yet_is_neither(nothing, positive):
    outcome = read(["yes", nothing, "no"], positive)
    assert outcome.won.tolist() == [True, False, False]
    assert outcome.known.tolist() == [True, False, True]
    assert outcome.unknown == 1


def test_an_open_stage_may_be_what_is_asked_for():
    assert read(["open", "shut", None], "open").won.tolist() == [True, False, False]


def test_other_values_are_lost_where_one_is_named():
    outcome = read(["a", "b", "c"], "b")
    assert outcome.won.tolist() == [False, True, False]
    assert outcome.known.all()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"y": pd.Categorical(["no", "yes", None], ["no", "yes", "unused"])}),
        pd.DataFrame({"y": pd.array([0, 1, None], dtype="Int64")}),
        pd.DataFrame({"y": pd.array([False, True, None], dtype="boolean")}),
        pd.DataFrame({"y": [0.0, 1.0, np.nan]}, index=[7, 7, 7]),
        pd.DataFrame({"y": ["no", "yes", None]}, dtype=object),
        pl.DataFrame({"y": ["no", "yes", None]}),
        pl.DataFrame({"y": [False, True, None]}),
        pa.table({"y": pa.array(["no", "yes", None]).dictionary_encode()}),
    ],
)
def test_every_kind_of_column(frame):
    outcome = read_outcome(frames.table(frame), "y")
    assert outcome.won.tolist() == [False, True, False]
    assert outcome.known.tolist() == [True, True, False]


def test_words_that_do_not_say_are_refused_by_count_and_never_shown():
    with pytest.raises(ConfigError, match=r"3 distinct values, 2 of which .* positive=") as caught:
        read(["secret", "won", "other"])
    assert "secret" not in str(caught.value)
    with pytest.raises(ConfigError, match="2 distinct values"):
        read([1, 2])


def test_a_positive_value_that_is_not_there_is_refused():
    with pytest.raises(ConfigError, match="2 distinct values") as caught:
        read(["secret", "other"], "won")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([None, None], "none of 2 rows"),
        ([], "none of 0 rows"),
        ([1, 1, None], "won in all 2 rows"),
        ([0], "lost in all 1 rows"),
    ],
)
def test_one_kind_of_outcome_teaches_nothing(values, says):
    table = frames.table(pd.DataFrame({"y": pd.array(values, dtype="Int64")}))
    with pytest.raises(NotEnoughDataError, match=says):
        read_outcome(table, "y")


def test_the_column_must_be_there():
    with pytest.raises(MissingColumnError, match="won"):
        read_outcome(frames.table([{"x": 1}]), "won")
