"""Work on DuckDB stays in the engine until the user's own query runs."""

import gc

import attrs
import duckdb
import pandas as pd
import pytest

from custseg.errors import DataError
from custseg.frames import Share, by_customer, by_row, crossings, table, totals
from custseg.frames.faults import typed
from custseg.frames.parts import duck
from custseg.frames.parts.split import Split
from partwork import beside, counted, doubled, plainly, refusing, refusing_rows, summed

IDS = {
    "int": "i % 50",
    "text": "'k' || (i % 50)",
    "uuid": "CAST(md5(CAST(i % 50 AS VARCHAR)) AS UUID)",
    "decimal": "CAST(i % 50 AS DECIMAL(20, 4))",
    "date": "DATE '2026-01-01' + CAST(i % 50 AS INTEGER)",
    "moment": "TIMESTAMP '2026-01-01' + INTERVAL 1 HOUR * (i % 50)",
    "label": "CAST('k' || (i % 3) AS ENUM('k2', 'k1', 'k0'))",
    "huge": "CAST(i % 50 AS HUGEINT)",
    "null": "CASE WHEN i % 3 = 0 THEN NULL ELSE i % 50 END",
    "blob": "CAST('k' || (i % 50) AS BLOB)",
    "nan": "CASE WHEN i % 5 = 0 THEN 'nan'::DOUBLE ELSE i % 50 END",
}
ODD = """
    CAST('x' AS ENUM('y', 'x')) AS "odd "" name", [1, i] AS l, {'a': i} AS s,
    i * 170141183460469231731687303715::HUGEINT AS h, '101'::BIT AS b, INTERVAL 1 DAY AS gap,
    MAP {'k': i} AS m, TIMESTAMPTZ '2026-01-01 00:00:00+08' AS z
"""


def relation(con, kind="int", rows=500):
    return con.sql(
        f"SELECT i, {IDS[kind]} AS id, (i % 7)::DOUBLE AS v, {ODD} FROM range({rows}) t(i)"  # noqa: S608 - ours
    )


def shares(given):
    return {"rows": Share(table(given), "id", ("v",))}


def answers(made):
    return {row[0]: row[1:] for row in made.project("id, total, rows").fetchall()}


def expected(given):
    return plainly(*zip(*given.project("id, v").fetchall(), strict=True))


@pytest.fixture
def con():
    with duckdb.connect() as engine:
        yield engine


@pytest.fixture(params=[2**28, 3000], ids=["one part", "many parts"])
def parted(request, monkeypatch):
    monkeypatch.setattr(duck, "Split", lambda scans, task: Split(scans, task, request.param))


@pytest.mark.parametrize("kind", IDS)
@pytest.mark.usefixtures("parted")
def test_ids_of_any_type_meet_and_come_back_as_they_were(con, kind):
    given = relation(con, kind)
    with crossings() as account:
        out = by_customer(shares(given), summed, like="rows")
        assert [one.streamed for one in account] == []
        account.clear()
        assert answers(out) == expected(given)
    assert sum(one.rows for one in account) == 500
    assert all(one.streamed and one.columns == ("id", "v") for one in account)
    assert out.types[0] == given.types[1]


@pytest.mark.parametrize("kind", ["int", "uuid", "label"])
def test_columns_that_are_not_read_pass_by_row_as_they_are(con, kind):
    given = relation(con, kind)
    out = by_row(table(given), doubled, needs=("v",), replaces=("m",))
    kept = [name for name in given.columns if name != "m"]
    assert out.columns == [*kept, "twice"]
    assert out.types[:-1] == [
        t for n, t in zip(given.columns, given.types, strict=True) if n != "m"
    ]
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in kept)
    assert out.project(names).except_(given.project(names)).limit(1).fetchall() == []
    assert out.query("t", "SELECT count(*), sum(abs(twice - 2 * v)) FROM t").fetchall() == [
        (500, 0)
    ]


def test_a_column_of_a_type_that_arrow_lacks_can_be_read_and_passes_too(con):
    given = con.sql("SELECT i::HUGEINT AS v, 'x' AS id FROM range(3) t(i)")
    out = by_row(table(given), doubled, needs=("v",))
    assert [str(kind) for kind in out.types] == ["HUGEINT", "VARCHAR", "DOUBLE"]
    assert sorted(out.fetchall()) == [(0, "x", 0.0), (1, "x", 2.0), (2, "x", 4.0)]


def test_answers_are_asked_again_and_again_joined_limited_and_written(con, tmp_path):
    given = relation(con)
    one, other = (by_customer(shares(given), summed, like="rows") for _ in range(2))
    assert one.join(other, "id").count("id").fetchall() == [(50,)]
    assert one.join(given, "id").count("id").fetchall() == [(500,)]
    assert len(one.limit(5).fetchall()) == 5
    assert one.filter("total < 0").fetchall() == []
    one.to_parquet(str(tmp_path / "one.parquet"))
    assert answers(con.read_parquet(str(tmp_path / "one.parquet"))) == answers(other)


@pytest.mark.usefixtures("parted")
def test_work_on_work_on_work(con):
    given = relation(con)
    for _ in range(3):
        held = by_customer(shares(given), summed, like="rows").project("id, total AS v")
        given = by_row(table(held), doubled, needs=("v",)).project("id, twice AS v")
    assert answers(by_customer(shares(given), summed, like="rows")) == {
        name: (8 * total, 1) for name, (total, _) in expected(relation(con)).items()
    }


def test_a_part_is_read_only_when_it_is_needed(con, monkeypatch):
    monkeypatch.setattr(duck, "Split", lambda scans, task: Split(scans, task, 3000))
    with crossings() as account:
        by_customer(shares(relation(con, rows=100_000)), summed, like="rows").limit(1).fetchall()
    assert 0 < sum(one.rows for one in account) < 50_000


def test_a_frame_in_memory_lives_as_long_as_the_answer(con):
    frame = pd.DataFrame({"id": [1, 2, 1], "v": [1.0, 2.0, 3.0]})
    out = by_customer(shares(con.from_df(frame)), summed, like="rows")
    del frame
    gc.collect()
    assert answers(out) == {1: (4.0, 2), 2: (2.0, 1)} == answers(out)


@pytest.mark.parametrize("kind", IDS)
def test_odd_types_of_a_temporary_table_come_back_too(con, kind):
    relation(con, kind).query("t", "CREATE TEMP TABLE held AS FROM t")
    given = con.table("held")
    assert answers(by_customer(shares(given), summed, like="rows")) == expected(given)
    out = by_row(table(given), doubled, needs=("v", "id"))
    assert out.types[:-1] == given.types
    assert out.project("* EXCLUDE twice").except_(given).limit(1).fetchall() == []


HELD = "TABLE held AS SELECT i % 3 AS id, 1.0::DOUBLE AS v FROM range(9) t(i)"
HIDDEN = {
    "temporary": f"CREATE TEMP {HELD}",
    "open transaction": f"BEGIN; CREATE {HELD}",
}


@pytest.mark.parametrize("made", HIDDEN)
def test_what_only_one_connection_sees_is_fetched_at_once(con, made):
    con.execute(HIDDEN[made])
    with crossings() as account:
        out = by_customer(shares(con.table("held")), summed, like="rows")
    assert [(one.rows, one.columns, one.streamed) for one in account] == [(9, ("id", "v"), False)]
    assert answers(out) == {0: (3.0, 3), 1: (3.0, 3), 2: (3.0, 3)}


def test_another_schema_parameters_and_the_zone_are_those_of_the_users_session(con):
    con.execute("CREATE TABLE held AS SELECT 9 AS id, 9.0 AS v; CREATE SCHEMA mine; USE mine")
    con.execute("CREATE TABLE held AS SELECT 1 AS id, 1.0 AS v")
    con.execute("SET TimeZone = 'Asia/Shanghai'")
    given = con.sql(
        "SELECT id, v + hour(TIMESTAMPTZ '2026-01-01 00:00:00+00') AS v FROM held WHERE id < ?",
        params=[5],
    )
    assert answers(by_customer(shares(given), summed, like="rows")) == {1: (9.0, 1)}


def test_a_worker_that_raises_says_its_column_and_partition(con):
    given = relation(con)
    with pytest.raises(duckdb.Error, match=r"column 'v': holds text .* \(partition 0\)"):
        by_customer(shares(given), refusing, like="rows").fetchall()
    with pytest.raises(DataError, match=r"column 'v': holds text .* \(partition 0\)"):
        totals(shares(given), refusing)
    with pytest.raises(DataError, match=r"\(partition 0\)"), typed():
        by_row(table(given), refusing_rows, needs=("v",)).fetchall()
    beneath = by_customer(shares(given), refusing, like="rows").project("id, total AS v")
    with pytest.raises(DataError, match=r"\(partition 0\)$"):
        totals(shares(beneath), counted)
    assert con.sql("SELECT 1").fetchall() == [(1,)]


def test_ids_of_two_widths_and_a_table_in_memory_meet(con, monkeypatch):
    monkeypatch.setattr(duck, "Split", lambda scans, task: Split(scans, task, 3000))
    rows = Share(table(relation(con)), "id", ())
    for people in (
        con.sql("SELECT i::UTINYINT AS who FROM range(60) t(i)"),
        [{"who": i} for i in range(60)],
    ):
        given = {"people": Share(table(people), "who", ()), "rows": rows}
        found = dict(by_customer(given, beside, like="rows").fetchall())
        assert found == {i: 10 if i < 50 else 0 for i in range(60)}


def test_keys_of_several_columns_and_unknown_keys_left_behind(con, monkeypatch):
    monkeypatch.setattr(duck, "Split", lambda scans, task: Split(scans, task, 3000))
    given = relation(con, "null")
    share = Share(table(given), ("id", "i"), ("v",), known_only=True)
    found = totals({"rows": share}, counted)
    assert found.size > 1
    assert sum(found.read({"rows": "number"})["rows"]) == 333
    with pytest.raises(DataError, match="as many columns each"):
        totals({"rows": share, "other": Share(table(given), "id", ())}, counted)


def test_a_table_without_rows_gives_the_columns_and_no_row(con):
    out = by_customer(shares(relation(con, rows=0)), summed, like="rows")
    assert (out.columns, out.fetchall()) == (["id", "total", "rows"], [])


@attrs.frozen
class Seen:
    many: list = attrs.field(factory=list)

    def __call__(self, rows):
        self.many.append(rows.size)
        return doubled(rows)


def test_rows_stream_by_in_batches(con):
    seen = Seen()
    given = con.sql("SELECT i AS id, 1.0::DOUBLE AS v FROM range(600000) t(i)")
    out = by_row(table(given), seen, needs=("v",))
    assert out.query("t", "SELECT count(*) FROM t WHERE twice = 2").fetchall() == [(600_000,)]
    assert len(seen.many) > 2
