"""Work on Polars is a lazy frame: it runs inside the user's own query."""

import polars as pl
import pytest

from custseg.errors import DataError
from custseg.frames import Share, by_customer, by_row, crossings, table, totals
from custseg.frames.faults import typed
from custseg.frames.parts import polars
from custseg.frames.parts.split import Split
from partwork import beside, counted, doubled, plainly, refusing, refusing_rows, summed

I = pl.col("i") % 50  # noqa: E741 - the number of a row
WORDS = [f"k{i}" for i in range(50)]
IDS = {
    "int": I,
    "narrow": I.cast(pl.Int8),
    "unsigned": I.cast(pl.UInt64),
    "text": pl.format("k{}", I),
    "category": pl.format("k{}", I).cast(pl.Categorical),
    "label": pl.format("k{}", I).cast(pl.Enum(WORDS[::-1])),
    "decimal": I.cast(pl.Decimal(20, 4)),
    "date": pl.date(2026, 1, 1) + pl.duration(days=I),
    "zoned": (pl.datetime(2026, 1, 1) + pl.duration(hours=I)).dt.replace_time_zone("Asia/Tokyo"),
    "fine": (pl.datetime(2026, 1, 1) + pl.duration(hours=I)).cast(pl.Datetime("ns")),
    "null": pl.when(pl.col("i") % 3 != 0).then(I),
    "binary": pl.format("k{}", I).cast(pl.Binary),
    "nan": pl.when(pl.col("i") % 5 == 0).then(float("nan")).otherwise(I),
}
TYPED = int(pl.__version__.partition(".")[0]) >= 2
"""Earlier versions hand on the words of a worker's error alone."""

ENGINES = {
    "streaming": {"engine": "streaming"},
    "in-memory": {"engine": "in-memory"},
}


def frame(kind="int", rows=500):
    odd = {
        "l": pl.lit([1, 2]),
        "s": pl.struct(a=pl.col("i")),
        "e": pl.lit("x").cast(pl.Enum(["x"])),
    }
    base = pl.LazyFrame({"i": range(rows)}, schema={"i": pl.Int64})
    return base.with_columns(v=(pl.col("i") % 7).cast(pl.Float64), **odd).with_columns(id=IDS[kind])


def shares(given):
    return {"rows": Share(table(given), "id", ("v",))}


def answers(made, engine="streaming"):
    return {
        row[0]: row[1:]
        for row in made.select("id", "total", "rows").collect(**ENGINES[engine]).rows()
    }


def expected(given):
    return plainly(*(given.collect()[name].to_list() for name in ("id", "v")))


@pytest.fixture(params=[2**28, 3000], ids=["one part", "many parts"])
def parted(request, monkeypatch):
    monkeypatch.setattr(polars, "Split", lambda scans, task: Split(scans, task, request.param))


@pytest.mark.parametrize("kind", IDS)
@pytest.mark.usefixtures("parted")
def test_ids_of_any_type_meet_and_come_back_as_they_were(kind):
    given = frame(kind)
    with crossings() as account:
        out = by_customer(shares(given), summed, like="rows")
        assert account == []
        assert answers(out) == expected(given)
    assert sum(one.rows for one in account) == 500
    assert all(one.streamed and one.columns == ("id", "v") for one in account)
    assert out.collect_schema()["id"] == given.collect_schema()["id"]
    assert out.collect().schema == out.collect_schema()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["int", "label", "category"])
def test_columns_that_are_not_read_do_not_pass_through_the_work(kind, engine):
    given = frame(kind)
    with crossings() as account:
        out = by_row(table(given), doubled, needs=("v",), replaces=("l",))
        held = out.collect(**ENGINES[engine])
    assert {one.columns for one in account} == {("v",)}
    assert held.drop("twice").sort("i").rows() == given.drop("l").collect().rows()
    assert held["twice"].to_list() == [2 * v for v in held["v"].to_list()]
    assert held.schema == out.collect_schema()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.usefixtures("parted")
def test_answers_are_asked_again_and_again_joined_limited_and_written(engine, tmp_path):
    given = frame()
    one, other = (by_customer(shares(given), summed, like="rows") for _ in range(2))
    whole = expected(given)
    assert one.join(other, on="id").collect(**ENGINES[engine]).height == 50
    assert one.join(given, on="id").select(pl.len()).collect(**ENGINES[engine]).item() == 500
    assert one.head(5).collect(**ENGINES[engine]).height == 5
    assert one.filter(pl.col("total") > 30).select("rows").collect(**ENGINES[engine]).height == sum(
        total > 30 for total, _ in whole.values()
    )
    best = one.sort("total", descending=True).filter(pl.col("rows") > 0).head(1)
    assert best.collect(**ENGINES[engine])["total"].item() == max(
        total for total, _ in whole.values()
    )
    one.sink_parquet(tmp_path / "one.parquet")
    assert answers(pl.scan_parquet(tmp_path / "one.parquet"), engine) == whole


@pytest.mark.usefixtures("parted")
def test_work_on_work_on_work():
    given = frame()
    for _ in range(3):
        held = by_customer(shares(given), summed, like="rows").select("id", v="total")
        given = by_row(table(held), doubled, needs=("v",)).select("id", v="twice")
    assert answers(by_customer(shares(given), summed, like="rows")) == {
        name: (8 * total, 1) for name, (total, _) in expected(frame()).items()
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_raises_says_its_column_and_partition(engine):
    given = frame()
    said = r"column 'v': holds text .* \(partition 0\)"
    with pytest.raises(DataError if TYPED else pl.exceptions.ComputeError, match=said):
        by_customer(shares(given), refusing, like="rows").collect(**ENGINES[engine])
    if not TYPED:
        return
    with pytest.raises(DataError, match=r"column 'v': holds text .* \(partition 0\)"):
        by_row(table(given), refusing_rows, needs=("v",)).collect(**ENGINES[engine])
    beneath = by_customer(shares(given), refusing, like="rows").select("id", v="total")
    with pytest.raises(DataError, match=r"\(partition 0\)"):
        totals(shares(beneath), counted)
    with pytest.raises(DataError), typed():
        table(beneath).kept()


def test_ids_of_two_widths_and_a_table_in_memory_meet(monkeypatch):
    monkeypatch.setattr(polars, "Split", lambda scans, task: Split(scans, task, 3000))
    rows = Share(table(frame()), "id", ())
    narrow = pl.LazyFrame({"who": pl.Series(range(60), dtype=pl.UInt8)})
    for people in (narrow, [{"who": i} for i in range(60)]):
        given = {"people": Share(table(people), "who", ()), "rows": rows}
        found = by_customer(given, beside, like="rows").collect().rows()
        assert dict(found) == {i: 10 if i < 50 else 0 for i in range(60)}


def test_keys_of_several_columns_and_unknown_keys_left_behind(monkeypatch):
    monkeypatch.setattr(polars, "Split", lambda scans, task: Split(scans, task, 3000))
    share = Share(table(frame("null")), ("id", "i"), ("v",), known_only=True)
    found = totals({"rows": share}, counted)
    assert found.size > 1
    assert sum(found.read({"rows": "number"})["rows"]) == 333
    with pytest.raises(DataError, match="as many columns each"):
        totals({"rows": share, "other": Share(table(frame()), "id", ())}, counted)


def test_a_frame_without_rows_gives_the_columns_and_no_row():
    out = by_customer(shares(frame(rows=0)), summed, like="rows")
    assert out.collect().to_dict(as_series=False) == {"id": [], "total": [], "rows": []}
