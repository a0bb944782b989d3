"""Which columns a card learns from by itself, and why it leaves others."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from custseg import frames
from custseg.scoring.woe.choosing import chosen

ROWS = 60
KNOWN = np.ones(ROWS, dtype=bool)
SPREAD = np.arange(ROWS) * 7 % 13


def left(column, name="x", wanted=(), known=KNOWN):
    found = chosen(frames.table(pd.DataFrame({name: column})), known, wanted, ())
    return next(iter(found.left), None)


@pytest.mark.parametrize(
    ("column", "name", "why"),
    [
        (SPREAD, "visits", None),
        (SPREAD > 5, "flag", None),
        (np.arange(ROWS) + 1000, "x", "id"),
        (np.arange(ROWS)[::-1] * 7 + 3, "code", "id"),
        (np.arange(ROWS) * 37 % 997, "x", None),
        (np.arange(ROWS) * 37 % 997, "Lead Number", "id"),
        (np.arange(ROWS) * 37 % 997, "customer_id", "id"),
        (SPREAD, "customer_id", "id"),
        (np.arange(ROWS) / 8, "amount", None),
        ([3.5] * ROWS, "x", "constant"),
        ([3.5, None] * (ROWS // 2), "x", None),
        ([None] * ROWS, "x", "empty"),
        ([np.nan] * ROWS, "x", "empty"),
        (["a"] * ROWS, "x", "constant"),
        (["a", None] * (ROWS // 2), "x", None),
        (["a", ""] * (ROWS // 2), "x", None),
        (["a", "b"] * (ROWS // 2), "contact", None),
        ([f"p{i}" for i in SPREAD], "name", "id"),
        ([f"p{i}" for i in SPREAD], "city", None),
        ([f"text {i}" for i in range(ROWS)], "x", "distinct"),
        ([f"text {i}" for i in range(ROWS)], "Prospect ID", "id"),
        ([date(2026, 1, 1) + timedelta(int(i)) for i in SPREAD], "x", "date"),
        ([f"2026-01-{i + 1:02d}" for i in SPREAD], "x", "date"),
        (pd.date_range("2026-01-01", periods=ROWS), "x", "date"),
        ([[1]] * ROWS, "x", "unreadable"),
        ([1, "a", None] * (ROWS // 3), "x", None),
    ],
)
def test_why_a_column_is_left(column, name, why):
    assert left(column, name) == why


def test_what_is_asked_for_is_used_though_it_looks_like_an_id():
    assert left(np.arange(ROWS) + 1000, wanted=("x",)) is None
    assert left([f"text {i}" for i in range(ROWS)], wanted=("x",)) is None
    assert left([1.0] * ROWS, wanted=("x",)) == "constant"


def test_only_customers_with_an_outcome_count():
    column = [1.0] * (ROWS - 1) + [2.0]
    assert left(column) is None
    assert left(column, known=np.arange(ROWS) < ROWS - 1) == "constant"


def test_columns_are_read_in_their_order_and_spared_ones_not():
    frame = pd.DataFrame({"b": SPREAD, "a": SPREAD, "won": SPREAD})
    found = chosen(frames.table(frame), KNOWN, (), ("won",))
    assert list(found.columns) == ["b", "a"]
