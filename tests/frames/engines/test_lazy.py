"""Lazy in, lazy out: what crosses into Python is only what must."""

from uuid import UUID

import attrs
import duckdb
import numpy as np
import polars as pl
import pytest

import everykind
from custseg._typing import Codes, Days
from custseg.errors import DataError, MissingColumnError, MissingDependencyError
from custseg.frames import crossings, table
from custseg.frames.engines.lazy import lazy_table
from custseg.model import RowModel
from custseg.rules import Bands, F, Ladder, Line, Scaled, Sum

ROWS = [
    {"id": "1", "x": 1.0, "y": 2.0},
    {"id": "2", "x": None, "y": 3.0},
    {"id": "3", "x": 5.0, "y": 0.0},
]
NEEDS = {"id": "text", "x": "number", "y": "number"}
LINE = Line("y", ((0.0, 0), (10.0, 1000)))


@attrs.frozen
class Ruled(RowModel):
    def rules(self):
        total = Sum((LINE,), 0, 500)
        return {
            "tier": Bands("x", (2.0,), ("low", "high"), missing="low"),
            "points": Scaled(total, 100.0),
            "grade": Scaled(total, 1.0, (250.0,), ("b", "a")),
        }


@attrs.frozen
class Computed(RowModel):
    needs = {"x": "number"}  # noqa: RUF012 - as a property would give it
    gives = {"twice": "number"}  # noqa: RUF012

    def kernel(self, cols):
        return {"twice": cols["x"] * 2}


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_rules_cross_no_rows_and_stay_lazy(kind):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        out = Ruled().apply(data)
    assert account == []
    assert type(out) is type(data)
    assert everykind.as_records(out) == [Ruled().one(row) for row in ROWS]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_kernel_fetches_nothing_and_its_rows_stream_by_when_they_are_asked_for(kind):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        out = Computed().apply(data)
        assert account == []
        assert type(out) is type(data)
        assert everykind.column(out, "twice") == [2.0, None, 10.0]
    assert sum(one.rows for one in account) == (3 if kind in everykind.LAZY else 0)
    assert all(one.streamed and one.columns == ("x",) for one in account)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_only_the_columns_selected_cross(kind):
    with crossings() as account:
        opened = table(everykind.as_table(kind, ROWS, NEEDS)).select(["id", "x"])
        opened.read({"x": "number"})
        opened.keys("id")
    assert [(one.rows, one.columns) for one in account] == [(3, ("id", "x"))]


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_names_sizes_and_refusals_cross_nothing(kind):
    with crossings() as account:
        opened = table(everykind.as_table(kind, ROWS, NEEDS))
        assert (opened.size, opened.columns) == (3, ("id", "x", "y"))
        assert opened.native is not None
        with pytest.raises(MissingColumnError):
            opened.read({"z": "number"})
        with pytest.raises(MissingColumnError):
            opened.push({"a": Bands("z", (), ("b",))})
    assert account == []


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_many_reads_cross_once(kind):
    with crossings() as account:
        opened = table(everykind.as_table(kind, ROWS, NEEDS))
        opened.read({"x": "number"})
        opened.keys("id")
        opened.attach({"new": [1, 2, 3]})
        opened.take(np.array([0]))
        assert opened.size == 3
    assert len(account) == 1


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_table_that_is_built_stays_lazy_and_crosses_no_rows(kind):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        out = table(data).build({"a": [1], "day": Days(np.array([0.0]))})
    assert account == []
    assert type(out) is type(data)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_text_is_no_number_in_an_engine_either(kind):
    with pytest.raises(DataError, match=r"column 'id': holds String where a number is needed"):
        table(everykind.as_table(kind, ROWS, NEEDS)).push({"a": Bands("id", (), ("b",))})


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_number_is_no_day_in_an_engine_either(kind):
    rule = Ladder(((F("x") < np.datetime64("2026-01-01").item(), "old"),))
    with pytest.raises(DataError, match=r"column 'x': holds Float64 where a day is needed"):
        table(everykind.as_table(kind, ROWS, NEEDS)).push({"a": rule})


DUCK = """
SELECT UUID '00000000-0000-0000-0000-000000000001' AS u,
       170141183460469231731687303715884105727::HUGEINT AS h,
       'x'::ENUM('y', 'x') AS e, [1, 2] AS l, 1.10::DECIMAL(9, 2) AS d, '00017' AS s,
       TIMESTAMP_NS '2026-01-01 00:00:00' AS t
UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL
"""


def test_a_relation_keeps_its_types_and_its_connection():
    with duckdb.connect() as engine:
        before = engine.sql(DUCK)
        out = table(before).attach({"tier": Codes(np.array([0, -1]), ("it's",))})
        assert out.columns == [*before.columns, "tier"]
        assert out.types[:-1] == before.types
        assert [row[:-1] for row in out.fetchall()] == before.fetchall()
        assert engine.sql("SELECT tier FROM out").fetchall() == [("it's",), (None,)]
        assert table(before).take(np.array([1, 0])).types == before.types


def test_a_uuid_crosses_as_a_uuid():
    with duckdb.connect() as engine:
        opened = table(engine.sql(DUCK))
        assert opened.keys("u").ids() == [UUID(int=1)]
        assert opened.build({"u": [UUID(int=2)]}).fetchall() == [(UUID(int=2),)]


def test_the_day_of_a_zoned_column_is_the_day_written_in_it():
    late = pl.Series(["2026-01-01T23:30:00"]).str.to_datetime().dt.replace_time_zone("UTC")
    frame = pl.DataFrame({"t": late.dt.convert_time_zone("Asia/Shanghai")})
    rule = Ladder(((F("t") == np.datetime64("2026-01-02").item(), "second"),), "first")
    assert table(frame).push({"a": rule})["a"].to_list() == ["second"]
    assert table(frame.lazy()).push({"a": rule}).collect()["a"].to_list() == ["second"]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_day_written_as_text_is_read_everywhere(kind):
    rows = [{"t": "2026-01-02"}, {"t": ""}, {"t": None}, {"t": "2026-01-03T10:00:00"}]
    rule = Ladder(((F("t") > np.datetime64("2026-01-02").item(), "late"),), "no")
    out = table(everykind.as_table(kind, rows, {"t": "text"})).push({"a": rule})
    assert everykind.column(out, "a") == ["no", "no", "no", "late"]


def test_an_engine_that_is_too_old_says_from_which_version_on():
    old = type("DuckDBPyRelation", (), {"__module__": "_duckdb"})()
    with pytest.raises(MissingDependencyError, match=r"duckdb 2.0 or newer.*custseg\[duckdb\]"):
        lazy_table(old)
