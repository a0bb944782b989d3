"""A DataFrame of Dask as a lazy table: nothing is fetched that the workers can do."""

import numpy as np
import pandas as pd
import pytest

from custseg._typing import Codes
from custseg.errors import DataError, MissingColumnError
from custseg.frames import crossings, table
from custseg.rules import Bands, F, Ladder, Line, Scaled, Sum

dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe")

HELD = pd.DataFrame(
    {
        "id": [f"c{i}" for i in range(12)],
        "x": [1.0, None, 5.0] * 4,
        "n": pd.array([1, None, 3, 4] * 3, dtype="Int64"),
        "c": pd.Categorical(["a", "b", None] * 4),
        "day": pd.to_datetime(["2026-01-05"] * 11 + [None]),
    },
    index=pd.Index(range(100, 112), name="row"),
)


@pytest.fixture(autouse=True)
def in_this_thread():
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture
def given():
    return dd.from_pandas(HELD, npartitions=3)


def test_names_sizes_and_refusals_cross_nothing(given):
    with crossings() as account:
        opened = table(given)
        assert (opened.lazy, opened.scattered, opened.engine) == (True, True, "dask")
        assert (opened.size, opened.columns, opened.native) == (12, tuple(HELD.columns), given)
        with pytest.raises(MissingColumnError):
            opened.push({"a": Bands("z", (), ("b",))})
        with pytest.raises(DataError, match="column 'id': holds String where a number is needed"):
            opened.push({"a": Bands("id", (), ("b",))})
        with pytest.raises(DataError, match="column 'x': holds Float64 where a day is needed"):
            opened.latest("x")
        with pytest.raises(DataError, match="unique"):
            table(given.rename(columns={"n": "x"}))
    assert account == []


def test_rules_are_evaluated_where_the_rows_are(given):
    rules = {
        "tier": Bands("x", (2.0,), ("low", "high"), missing="low"),
        "points": Scaled(Sum((Line("x", ((0.0, 0), (10.0, 1000))),)), 100.0),
        "age": Ladder(((F("day").is_missing(), "none"),), "some"),
    }
    with crossings() as account:
        out = table(given).push(rules)
        found = out.compute()
    assert account == []
    pd.testing.assert_frame_equal(found, table(given.compute()).push(rules))
    assert out.divisions == given.divisions
    assert found.dtypes.to_dict() == out.dtypes.to_dict()
    chosen = table(given).where(F("x") > 3).compute()
    assert chosen["id"].tolist() == HELD["id"][HELD["x"] > 3].tolist()


def test_counts_latest_day_and_passes_are_sums_of_partitions(given):
    opened = table(given)
    with crossings() as account:
        counts = opened.counted(["c", "x"])
        assert opened.counted(()).native["n"].tolist() == [12]
        assert opened.latest("day") == 20458.0
        buckets = opened.passes("x").buckets(np.array([2.0]))
    assert (buckets.count.tolist(), buckets.missing) == ([4, 4], 4)
    assert all(one.sums for one in account)
    held = counts.read({"c": "text", "x": "number", "n": "number"})
    rows = zip(held["c"].texts(), held["x"].tolist(), held["n"].tolist(), strict=True)
    assert sorted(map(str, rows)) == ["('a', 1.0, 4.0)", "('b', nan, 4.0)", "(None, 5.0, 4.0)"]


def test_a_small_table_is_joined_partition_by_partition(given):
    other = table([{"who": "c1", "score": 7, "c": "new"}, {"who": None, "score": 9, "c": "no"}])
    with crossings() as account:
        out = table(given).joined(other, "id", ("score", "c"), theirs="who")
        found = out.compute()
    assert account == []
    assert found["score"].tolist()[:2] == [pd.NA, 7]
    assert found["c"].tolist()[1] == "new"
    assert found["c"].isna().sum() == 11
    assert (out.divisions, found.dtypes.to_dict()) == (given.divisions, out.dtypes.to_dict())
    with pytest.raises(DataError, match="stands in several rows"):
        table(given).joined(table([{"id": "a", "b": 1}] * 2), "id", "b")


def test_another_frame_of_dask_is_joined_by_a_shuffle(given):
    keys = pd.array([1, 4, None], dtype="Int64")
    other = dd.from_pandas(pd.DataFrame({"k": keys, "x": [10, 40, 90]}), npartitions=2)
    out = table(given).joined(table(other), "n", "x", theirs="k")
    found = out.compute().sort_values("id")
    assert list(out.columns) == list(given.columns)
    assert found["x"].isna().sum() == 6
    assert set(found["x"][found["n"] == 4]) == {40}


def test_what_is_fetched_is_noted_and_what_streams_is_told_apart(given):
    opened = table(given)
    with crossings() as account:
        assert opened.select(["id"]).size == 12
        assert [part.size for part in opened.batches(["x", "id"])] == [4, 4, 4]
    assert [(one.rows, one.columns, one.streamed) for one in account] == [
        (12, ("id",), False),
        *[(4, ("x", "id"), True)] * 3,
    ]


def test_rows_by_position_are_fetched_once(given):
    opened = table(given)
    with crossings() as account:
        labels = opened.attach({"new": Codes(np.array([0, -1] * 6), ("a",))})
        assert opened.take(np.array([2, 0])).compute().index.tolist() == [102, 100]
        assert opened.read({"x": "number"})["x"].shape == (12,)
    assert len(account) == 1
    assert labels.compute().index.tolist() == HELD.index.tolist()
    assert opened.build({"a": [1, 2]}).compute()["a"].tolist() == [1, 2]


def test_what_is_kept_is_worked_out_once(given):
    runs = []

    def watched(part):
        runs.append(len(part))
        return part

    kept = table(given.map_partitions(watched, meta=given)).kept()
    before = len(runs)
    assert kept.size == kept.size == 12
    assert len(runs) == before


def test_texts_become_ordered_labels(given):
    out = table(given).labelled({"id": tuple(f"c{i}" for i in range(12))})
    assert out.dtypes["id"].ordered
    assert out.compute()["id"].tolist() == HELD["id"].tolist()
