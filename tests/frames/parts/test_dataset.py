"""Work on datasets of PyArrow is a stream that can be opened again and again."""

from decimal import Decimal
from uuid import UUID

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from custseg.errors import DataError
from custseg.frames import Share, Stream, by_customer, by_row, crossings, table, totals
from custseg.frames.faults import typed
from custseg.frames.parts import dataset
from custseg.frames.parts.split import Split
from partwork import beside, counted, doubled, plainly, refusing, refusing_rows, summed

NUMBERS = [at % 50 for at in range(500)]
IDS = {
    "int": pa.array(NUMBERS),
    "text": pa.array([f"k{x}" for x in NUMBERS]),
    "label": pa.array([f"k{x}" for x in NUMBERS]).dictionary_encode(),
    "uuid": pa.array([UUID(int=x).bytes for x in NUMBERS], pa.uuid()),
    "decimal": pa.array([Decimal(x) for x in NUMBERS], pa.decimal128(20, 4)),
    "day": pa.array(NUMBERS, pa.int32()).cast(pa.date32()),
    "zoned": pa.array(NUMBERS, pa.timestamp("us", "Asia/Shanghai")),
    "null": pa.array([None if x % 3 == 0 else 2**60 + x for x in NUMBERS]),
    "nan": pa.array([float("nan") if x % 5 == 0 else float(x) for x in NUMBERS]),
    "bytes": pa.array([f"k{x}".encode() for x in NUMBERS]),
}


def held(kind="int"):
    odd = {"l": pa.array([[1, 2]] * 500), "s": pa.array([{"a": x} for x in NUMBERS])}
    return pa.table(
        {"i": range(500), "id": IDS[kind], "v": [float(at % 7) for at in range(500)], **odd}
    )


def in_files(kind, folder):
    ds.write_dataset(
        held(kind), folder, format="parquet", max_rows_per_file=200, max_rows_per_group=100
    )
    return ds.dataset(folder)


def in_memory(kind, _):
    return ds.dataset(held(kind))


def shares(given):
    return {"rows": Share(table(given), "id", ("v",))}


def answers(made):
    rows = made.to_table().to_pylist()
    return {row["id"]: (row["total"], row["rows"]) for row in rows}


def expected(given):
    whole = given.to_table()
    return plainly(whole["id"].to_pylist(), whole["v"].to_pylist())


@pytest.fixture(params=[2**28, 3000], ids=["one part", "many parts"])
def parted(request, monkeypatch):
    monkeypatch.setattr(dataset, "Split", lambda scans, task: Split(scans, task, request.param))


@pytest.mark.parametrize("kind", IDS)
@pytest.mark.usefixtures("parted")
def test_ids_of_any_type_meet(kind, tmp_path):
    given = in_files(kind, tmp_path)
    with crossings() as account:
        out = by_customer(shares(given), summed, like="rows")
        assert account == []
        assert answers(out) == expected(given)
    assert sum(one.rows for one in account) == 500
    assert all(one.streamed and one.columns == ("id", "v") for one in account)


def test_every_library_of_arrow_reads_a_stream_as_often_as_it_likes(tmp_path):
    out = by_customer(shares(in_files("int", tmp_path)), summed, like="rows")
    assert isinstance(out, Stream)
    for _ in range(2):
        assert pa.table(out).num_rows == pl.DataFrame(out).height == 50
        assert duckdb.connect().sql("SELECT count(*) FROM out").fetchall() == [(50,)]
    again = table(out)
    assert (again.lazy, again.size, again.columns) == (True, 50, ("id", "total", "rows"))


@pytest.mark.parametrize("make", [in_files, in_memory])
def test_columns_that_are_not_read_pass_by_row_as_they_are(make, tmp_path):
    given = make("label", tmp_path)
    out = by_row(table(given), doubled, needs=("v",), replaces=("l",))
    assert out.schema.names == ["i", "id", "v", "s", "twice"]
    found, before = out.to_table(), given.to_table()
    assert found.drop_columns(["twice"]).to_pylist() == before.drop_columns(["l"]).to_pylist()
    assert found["twice"].to_pylist() == [2 * v for v in before["v"].to_pylist()]


@pytest.mark.usefixtures("parted")
def test_work_on_work_on_work(tmp_path):
    given = in_files("int", tmp_path)
    first = expected(given)
    for _ in range(3):
        held = by_customer(shares(given), summed, like="rows")
        twice = by_row(table(held), Renamed(), needs=("id", "total"), replaces=("total", "rows"))
        given = twice
    assert answers(by_customer(shares(given), summed, like="rows")) == {
        name: (8 * total, 1) for name, (total, _) in first.items()
    }


class Renamed:
    def __call__(self, rows):
        return rows.build({"v": rows.read({"total": "number"})["total"] * 2})


def test_a_worker_that_raises_says_its_column_and_partition(tmp_path):
    given = in_files("int", tmp_path)
    said = r"column 'v': holds text .* \(partition 0\)"
    out = by_customer(shares(given), refusing, like="rows")
    for ask in (out.to_table, lambda: totals(shares(given), refusing), lambda: table(out).kept()):
        with pytest.raises(DataError, match=said):
            ask()
    with pytest.raises(pa.ArrowInvalid, match=said):
        pa.table(out)
    with pytest.raises(DataError, match=said), typed():
        pa.table(out)
    with pytest.raises(DataError, match=said):
        by_row(table(given), refusing_rows, needs=("v",)).to_table()


def test_ids_of_two_widths_and_a_table_in_memory_meet(monkeypatch, tmp_path):
    monkeypatch.setattr(dataset, "Split", lambda scans, task: Split(scans, task, 3000))
    rows = Share(table(in_files("int", tmp_path)), "id", ())
    narrow = pa.table({"who": pa.array(range(60), pa.uint8())})
    for people in (ds.dataset(narrow), narrow, [{"who": i} for i in range(60)]):
        given = {"people": Share(table(people), "who", ()), "rows": rows}
        found = by_customer(given, beside, like="rows").to_table().to_pylist()
        assert {row["who"]: row["rows"] for row in found} == {
            i: 10 if i < 50 else 0 for i in range(60)
        }


def test_keys_of_several_columns_and_unknown_keys_left_behind(monkeypatch):
    monkeypatch.setattr(dataset, "Split", lambda scans, task: Split(scans, task, 3000))
    share = Share(table(in_memory("null", None)), ("id", "i"), ("v",), known_only=True)
    found = totals({"rows": share}, counted)
    assert found.size > 1
    assert sum(found.read({"rows": "number"})["rows"]) == 330


def test_a_dataset_without_rows_gives_the_columns_and_no_row():
    out = by_customer(shares(ds.dataset(held().slice(0, 0))), summed, like="rows")
    assert out.to_table().to_pydict() == {"id": [], "total": [], "rows": []}
