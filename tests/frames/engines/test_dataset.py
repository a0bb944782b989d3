"""A dataset of PyArrow as a lazy table: rows pass by in batches."""

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from custseg.errors import MissingColumnError
from custseg.frames import Crossing, Stream, crossings, table
from custseg.rules import Bands, F

HELD = pa.table(
    {
        "id": [f"c{i}" for i in range(12)],
        "x": [1.0, None, 5.0] * 4,
        "c": pa.array(["a", "b", None] * 4).dictionary_encode(),
        "day": pa.array([20458] * 11 + [None], pa.int32()).cast(pa.date32()),
    }
)


@pytest.fixture(params=["files", "memory", "stream"])
def given(request, tmp_path):
    if request.param == "stream":
        return Stream(HELD.schema, lambda: iter([HELD.slice(0, 5), HELD.slice(5)]))
    if request.param == "memory":
        return ds.dataset(HELD)
    ds.write_dataset(HELD, tmp_path, format="parquet", max_rows_per_file=5, max_rows_per_group=5)
    return ds.dataset(tmp_path)


def test_names_sizes_and_refusals_cross_nothing(given):
    with crossings() as account:
        opened = table(given)
        assert (opened.lazy, opened.scattered, opened.engine) == (True, False, "dataset")
        assert (opened.size, opened.columns) == (12, tuple(HELD.column_names))
        assert opened.native is given
        with pytest.raises(MissingColumnError):
            opened.push({"a": Bands("z", (), ("b",))})
        with pytest.raises(MissingColumnError):
            opened.select(["z"])
    assert account == []


def test_rules_make_a_stream_that_is_evaluated_as_it_is_read(given):
    rules = {"tier": Bands("x", (2.0,), ("low", "high"), missing="low")}
    with crossings() as account:
        out = table(given).push(rules)
        assert account == []
        found = out.to_table()
    assert {one.streamed for one in account} == {True}
    assert found.schema == out.schema
    assert found.to_pylist() == table(HELD).push(rules).to_pylist()
    chosen = table(given).where(F("x") > 3)
    assert chosen.to_table()["id"].to_pylist() == ["c2", "c5", "c8", "c11"]


def test_counts_latest_day_and_passes_stream(given):
    opened = table(given)
    with crossings() as account:
        counts = opened.counted(["c", "x"]).native.to_pylist()
        assert opened.counted(()).native.to_pylist() == [{"n": 12}]
        assert opened.latest("day") == 20458.0
        buckets = opened.passes("x").buckets(np.array([2.0]))
    assert all(one.streamed or one.sums for one in account)
    assert (buckets.count.tolist(), buckets.missing) == ([4, 4], 4)
    assert sorted(map(str, (tuple(row.values()) for row in counts))) == [
        "('a', 1.0, 4)",
        "('b', None, 4)",
        "(None, 5.0, 4)",
    ]


def test_another_table_is_joined_batch_by_batch(given):
    other = table([{"who": "c1", "score": 7}, {"who": None, "score": 9}])
    out = table(given).joined(other, "id", "score", theirs="who")
    assert out.to_table()["score"].to_pylist() == [None, 7, *[None] * 10]


def test_what_is_fetched_is_noted_and_what_streams_is_told_apart(given):
    opened = table(given)
    with crossings() as account:
        assert opened.select(["id"]).size == 12
        assert sum(part.size for part in opened.batches(["x"])) == 12
    assert account[0] == Crossing("dataset", 12, ("id",))
    assert all(one.streamed for one in account[1:])


def test_rows_by_position_are_fetched_once(given):
    opened = table(given)
    with crossings() as account:
        assert opened.attach({"new": list(range(12))}).to_table()["new"].to_pylist() == [*range(12)]
        assert opened.take(np.array([2, 0])).to_table()["id"].to_pylist() == ["c2", "c0"]
        assert opened.read({"x": "number"})["x"].shape == (12,)
    assert len(account) == 1
    assert opened.build({"a": [1, 2]}).to_table()["a"].to_pylist() == [1, 2]


def test_a_stream_that_is_kept_is_worked_out_once():
    runs = []

    def made():
        runs.append(1)
        return iter([HELD])

    kept = table(Stream(HELD.schema, made)).kept()
    assert kept.select(["id"]).size == kept.size == 12
    assert len(runs) == 1


def test_a_dataset_of_no_rows_has_answers_too():
    opened = table(ds.dataset(HELD.slice(0, 0)))
    assert opened.counted("c").size == 0
    assert np.isnan(opened.latest("day"))
    assert opened.passes("x").buckets(np.array([2.0])).missing == 0
