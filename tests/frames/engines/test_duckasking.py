"""Questions in SQL of our own leave DuckDB's catalog alone, and read what the relation reads."""

import pytest

from custseg.frames.engines.duckasking import beside, over
from custseg.frames.engines.ducklink import Link

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")


def relations():
    session = duckdb.connect()
    held = pa.table({"n": [1, 2, 3]})
    session.execute("CREATE TABLE things AS SELECT 7 AS n")
    return {
        "Arrow": session.from_arrow(held),
        "a step on Arrow": session.from_arrow(held).filter("n > 1"),
        "a table": session.table("things"),
        "values": session.sql("SELECT $n AS n, '$x ?' AS t", params={"n": 5}),
        "a comment at the end": session.sql("SELECT 4 AS n -- four"),
        "a statement": session.sql("DESCRIBE things").project("length(column_name) AS n"),
        "a bare one": session.sql("FROM things"),
        "its own names": session.sql("WITH rows AS (SELECT 2 AS n) SELECT n FROM rows"),
    }


@pytest.mark.parametrize("name", relations())
def test_a_question_over_a_relation_reads_its_rows(name):
    relation = relations()[name]
    total = sum(row[0] for row in relation.fetchall())
    more = pa.table({"more": [100]})
    asked = over(
        relation, "SELECT sum(n) + more FROM custseg_rows, custseg_held GROUP BY more", more
    )
    assert asked.fetchall() == [(total + 100,)]
    link = Link.to(relation.project("n"))
    batches = list(link.query("SELECT sum(n) AS n FROM rows"))
    assert sum(int(batch.column(0)[0].as_py()) for batch in batches) == total


def test_questions_put_no_view_into_the_catalog(monkeypatch):
    """Or all relations would be bound anew, with the steps that led to them."""
    relation = relations()["a table"]
    monkeypatch.delattr(type(relation), "query")
    beside(relation, "SELECT 1").fetchall()
    over(relation, "SELECT * FROM custseg_rows").fetchall()
    list(Link.to(relation.project("n")).query("SELECT n FROM rows"))
    found = beside(relation, "SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall()
    assert found == [(0,)]


def test_a_session_in_another_zone_is_read_in_its_zone():
    session = duckdb.connect()
    session.execute("SET TimeZone = 'Asia/Shanghai'")
    relation = session.sql("SELECT TIMESTAMPTZ '2026-06-30 20:00:00+00' AS moment")
    batches = list(Link.to(relation.project("CAST(moment AS DATE) AS day")).query())
    assert str(batches[0].column(0)[0]) == "2026-07-01"
