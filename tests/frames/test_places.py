"""Conditions over some rows: what is missing never holds, and the first that holds counts."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.frames.places import absent, first_place, holding
from custseg.rules import Every, F, Some

COLS = {
    "x": np.array([np.nan, 0.0, 1.0, 2.0]),
    "y": np.array([1.0, np.nan, 1.0, 4.0]),
    "word": Codes(np.array([0, -1, 1, 0]), ("ad", "fair")),
    "flag": np.array([True, False, True, True]),
}


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (F("x") >= 1, [False, False, True, True]),
        (~(F("x") >= 1), [False, True, False, False]),
        (F("x") != 1, [False, True, False, True]),
        (F("x") == F("y"), [False, False, True, False]),
        (F("x") != 0.5 * F("y"), [False, False, True, False]),
        (F("x").one_of(0, 2), [False, True, False, True]),
        (~F("x").one_of(0, 2), [False, False, True, False]),
        (F("word") == "ad", [True, False, False, True]),
        (F("word") != "ad", [False, False, True, False]),
        (~F("word").one_of("fair", "web"), [True, False, False, True]),
        (F("word").is_missing(), [False, True, False, False]),
        (F("word").is_present(), [True, False, True, True]),
        (F("x").is_missing(), [True, False, False, False]),
        (F("flag").is_present(), [True, False, True, True]),
        (F("flag").is_missing(), [False, True, False, False]),
        ((F("x") > 0) & (F("y") > 1), [False, False, False, True]),
        ((F("x") > 1) | (F("word") == "fair"), [False, False, True, True]),
        (Every(()), [True] * 4),
        (Some(()), [False] * 4),
    ],
)
def test_which_rows_a_condition_holds_of(condition, wanted):
    assert holding(condition, COLS)(0, 4).tolist() == wanted
    assert holding(condition, COLS)(1, 3).tolist() == wanted[1:3]


@pytest.mark.parametrize("count", [2, 200])
def test_the_first_that_holds_counts_however_many_there_are(count):
    conditions = [F("x") > 5] * (count - 2) + [F("x") >= 1, F("x") >= 0]
    tests = [holding(condition, COLS) for condition in conditions]
    assert first_place(tests)(0, 4).tolist() == [count, count - 1, count - 2, count - 2]


def test_what_is_missing_of_each_kind_of_column():
    assert absent(COLS["x"]).tolist() == [True, False, False, False]
    assert absent(COLS["word"]).tolist() == [False, True, False, False]
    assert absent(COLS["flag"]).tolist() == [False, True, False, False]
