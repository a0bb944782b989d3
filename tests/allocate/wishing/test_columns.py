"""Columns taken in part, and told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes, Days
from custseg.allocate.wishing.columns import days, numbers, ranked, ranks, taken
from custseg.errors import DataError

WORDS = tuple("abcdefgh")


@given(st.lists(st.integers(-1, 7), max_size=9), st.data())
def test_some_rows_say_the_same_with_fewer_words(at, data):
    rows = data.draw(st.lists(st.integers(0, max(len(at) - 1, 0)), max_size=len(at)))
    column = Codes(np.array(at, dtype=np.intp), WORDS)
    found = taken(column, np.array(rows, dtype=np.intp))
    assert found.texts() == [column.texts()[row] for row in rows]
    assert len(found.words) <= max(2 * len(rows), len(set(rows)))
    assert list(found.words) == sorted(found.words)


def test_days_come_as_numbers_or_as_days():
    held = np.array([1.5, np.nan])
    for column in (held, Days(held)):
        assert days({"d": column}, "d")[0] == 1.0
    with pytest.raises(DataError, match="days are needed"):
        days({"d": Codes(np.array([0]), ("x",))}, "d")


def test_flags_are_numbers():
    assert numbers({"x": np.array([True, False])}, "x").tolist() == [1.0, 0.0]


def test_steps_of_a_scale():
    column = {"tier": Codes(np.array([1, 0, -1]), ("high", "low"))}
    assert ranked(column, "tier", ("low", "high")).tolist() == [0, 1, -1]
    assert ranks(column, "tier", ("low", "mid", "high"))[:2].tolist() == [0.0, 1.0]
