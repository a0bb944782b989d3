"""A column read cell by distinct cell."""

from custseg.clean.cell import cell_reader
from custseg.clean.columns import ReadColumn
from custseg.frames import table

ROWS = [{"a": "N/A"}, {"a": "x"}, {"a": None}, {"a": "N/A"}, {"a": "X"}]
COLUMN = ReadColumn.of("a", table(ROWS).keys("a"), cell_reader("text", None))


def test_each_distinct_value_is_read_once():
    assert len(COLUMN) == 3
    assert COLUMN.counts.tolist() == [2, 1, 1, 1]


def test_rows_by_state_add_up():
    assert COLUMN.states() == {"missing": 1, "placeholder": 2, "invalid": 0, "valid": 2}
    assert COLUMN.problems() == {"placeholder": 2}
    assert COLUMN.changed().tolist() == [True, False, False, True, False]
    assert COLUMN.valid().tolist() == [False, True, False, False, True]


def test_cleaned():
    assert COLUMN.cleaned().texts() == [None, "x", None, None, "X"]


def test_nothing_to_write_back():
    rows = [{"a": "x"}, {"a": None}]
    assert ReadColumn.of("a", table(rows).keys("a"), cell_reader("text", None)).cleaned() is None
