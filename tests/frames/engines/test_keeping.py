"""What an engine keeps is worked out once, and what streams is let go."""

import duckdb
import polars as pl
import pytest

from custseg.frames import Share, by_customer, crossings, table
from partwork import summed


@pytest.fixture
def con():
    with duckdb.connect() as engine:
        yield engine


def test_what_duckdb_keeps_other_connections_see(con):
    given = con.sql(
        "SELECT i % 3 AS id, 1.0::DOUBLE AS v, 'x'::ENUM('y', 'x') AS e FROM range(9) t(i)"
    )
    with crossings() as account:
        kept = table(given).kept()
        assert kept.native.types == given.types
        assert account == []
        out = by_customer({"rows": Share(kept, "id", ("v",))}, summed, like="rows")
        assert len(out.fetchall()) == 3
    assert [one.streamed for one in account] == [True]


def test_what_is_kept_in_a_transaction_is_part_of_it(con):
    con.execute("BEGIN; CREATE TABLE held AS SELECT 1 AS id")
    assert table(con.table("held")).kept().native.fetchall() == [(1,)]
    con.execute("COMMIT")
    assert con.table("held").fetchall() == [(1,)]


def test_a_work_that_is_kept_runs_once(con):
    ran = []

    def watched(given):
        ran.append(given["rows"].size)
        return summed(given)

    for given in (
        con.sql("SELECT 1 AS id, 1.0::DOUBLE AS v"),
        pl.LazyFrame({"id": [1], "v": [1.0]}),
    ):
        ran.clear()
        made = by_customer({"rows": Share(table(given), "id", ("v",))}, watched, like="rows")
        kept = table(made).kept()
        assert ran == [0, 1]
        assert (kept.size, kept.select(["id"]).size) == (1, 1)
        assert ran == [0, 1]


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_batches_stream_all_rows_and_only_the_columns_named(con, engine):
    given = con.sql("SELECT i, uuid() AS u, i AS x FROM range(300000) t(i)")
    if engine == "polars":
        given = pl.LazyFrame({"i": range(300_000), "u": "x", "x": 1})
    with crossings() as account:
        seen = [part.columns for part in table(given).batches(["i", "u"], rows=100_000)]
        assert con.sql("SELECT 1").fetchall() == [(1,)]
    assert set(seen) == {("i", "u")}
    passed = [one for one in account if one.streamed]
    assert sum(one.rows for one in passed) == 300_000
    assert passed == account
    assert len(seen) > 1 or engine == "polars"


def test_a_stream_that_is_left_early_leaves_the_connection_free(con):
    parts = table(con.sql("SELECT i FROM range(3000000) t(i)")).batches(["i"], rows=1000)
    next(parts)
    parts.close()
    assert con.sql("SELECT 1").fetchall() == [(1,)]
