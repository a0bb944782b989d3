import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.io import read_table, scan_table, write_table
from custseg.io.formulas import bare, guarded

FORMULAS = [
    "=cmd()",
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\uff1dHYPERLINK(1)",
    "'=already",
    "''=twice",
]
PLAIN = ["+86 138-0013-8000", "-12.5", "+1 (212) 555", "O'Hara", "'tis", "--", "a=b", "王芳"]


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as held:
        return [row["name"] for row in csv.DictReader(held)]


@pytest.fixture
def written(tmp_path):
    rows = [{"n": i, "name": text} for i, text in enumerate([*FORMULAS, *PLAIN])]
    return write_table(rows, tmp_path / "a.csv")


def test_no_cell_begins_as_a_formula(written):
    assert cells(written) == [*(f"'{text}" for text in FORMULAS), *PLAIN]


def test_what_is_read_is_what_was_written(written):
    expected = [*FORMULAS, *PLAIN]
    assert read_table(written)["name"].tolist() == expected
    assert [name for _, name in scan_table(written).fetchall()] == expected
    assert scan_table(written, engine="polars").collect()["name"].to_list() == expected


def test_lazy_tables_are_guarded_too(tmp_path):
    import duckdb

    lazy = duckdb.sql("SELECT '=cmd()' AS name, 1 AS n")
    file = write_table(lazy, tmp_path / "a.csv")
    assert cells(file) == ["'=cmd()"]
    assert read_table(file)["name"].tolist() == ["=cmd()"]


def test_it_can_be_turned_off(tmp_path):
    file = write_table([{"n": 1, "name": "=cmd()"}], tmp_path / "a.csv", guard=False)
    assert cells(file) == ["=cmd()"]


@given(st.lists(st.text(alphabet="'=+-@ \tab1()|\uff1d", max_size=6)))
def test_guarding_loses_nothing(texts):
    frame = pd.DataFrame({"a": pd.Series(texts, dtype=object)})
    held = guarded(frame)["a"].tolist()
    assert not [text for text in held if text[:1] in {*"=@\t\uff1d"} and text]
    assert bare(pd.DataFrame({"a": pd.Series(held, dtype=object)}))["a"].tolist() == texts


def test_numbers_and_days_are_left_alone():
    frame = pd.DataFrame({"n": [-1.5, 2.0], "day": pd.to_datetime(["2026-01-01", None])})
    assert guarded(frame) is frame
