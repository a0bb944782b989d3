"""Ranges of leave."""

import numpy as np
import pytest

from custseg._typing import Codes, Days
from custseg.allocate import Leave
from custseg.allocate.wishing.calendars.leaves import ranges_of_cells, ranges_of_days
from custseg.allocate.wishing.calendars.workdays import number
from custseg.errors import ConfigError, DataError

INF = np.inf


def cells(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return {"leave": Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)}


def test_a_cell_lists_days_and_ranges_with_open_ends():
    first, last = float(number("2026-07-01")), float(number("2026-07-14"))
    found = ranges_of_cells(
        cells("2026-07-01..2026-07-14; 2026-07-01", "2026-07-01/", "..2026-07-14;", None), "leave"
    )
    assert found == [[(first, last), (first, first)], [(first, INF)], [(-INF, last)], []]


@pytest.mark.parametrize("text", ["soon", "2026-07-14..2026-07-01", "..", "2026-13-01"])
def test_what_is_no_range_is_refused_with_its_row_and_without_its_value(text):
    with pytest.raises(DataError, match="row 1") as caught:
        ranges_of_cells(cells(None, text), "leave")
    assert caught.value.row == 1
    assert text not in str(caught.value) or text == ".."


def test_two_columns_tell_one_leave_and_either_end_may_be_open():
    start, stop = (
        Days(np.array([1.0, np.nan, np.nan, 5.0])),
        Days(np.array([2.0, 3.0, np.nan, np.nan])),
    )
    reps = {"a": start, "b": stop}
    assert ranges_of_days(reps, "a", "b") == [[(1.0, 2.0)], [(-INF, 3.0)], [], [(5.0, INF)]]
    assert ranges_of_days(reps, "a", None)[0] == [(1.0, INF)]
    assert ranges_of_days(reps, None, None) == []


def test_a_leave_does_not_end_before_it_begins():
    assert Leave("R1", "2026-07-01").range == (float(number("2026-07-01")), INF)
    with pytest.raises(ConfigError, match="before it begins"):
        Leave("R1", "2026-07-02", "2026-07-01")


def test_a_leave_of_two_columns_that_ends_before_it_begins_is_told():
    reps = {"from": np.array([1.0, 9.0]), "until": np.array([2.0, 8.0])}
    with pytest.raises(DataError, match="'until', row 1: ends before"):
        ranges_of_days(reps, "from", "until")
