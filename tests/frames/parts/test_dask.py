"""Work on Dask is a DataFrame of Dask: nothing runs before it is computed."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from custseg.errors import DataError
from custseg.frames import Share, by_customer, by_row, crossings, table, totals
from partwork import beside, counted, doubled, plainly, refusing, refusing_rows, summed

dask = pytest.importorskip("dask")
dd = pytest.importorskip("dask.dataframe")


def held_by_arrow(values):
    """Earlier versions of PyArrow have no type for UUIDs; they are refused, and said."""
    try:
        return bool(len(pa.array(values)))
    except pa.ArrowInvalid:
        return False


NUMBERS = np.arange(200) % 20
WORDS = [f"k{x}" for x in NUMBERS]
OBJECTS = {
    "object": WORDS,
    "decimal": [Decimal(int(x)) for x in NUMBERS],
    "uuid": [UUID(int=int(x)) for x in NUMBERS],
    "day": [date(2026, 1, 1 + int(x)) for x in NUMBERS],
}
IDS = {
    "int": NUMBERS,
    "narrow": NUMBERS.astype("int8"),
    "unsigned": NUMBERS.astype("uint64"),
    "nullable": pd.array(NUMBERS, dtype="Int64"),
    "null": pd.array([None if x % 3 == 0 else 2**60 + int(x) for x in NUMBERS], dtype="Int64"),
    "text": WORDS,
    "null text": [None if x % 3 == 0 else f"k{x}" for x in NUMBERS],
    "arrow": pd.array(WORDS, dtype=pd.ArrowDtype(__import__("pyarrow").string())),
    "category": pd.Categorical(WORDS),
    "moment": pd.Timestamp("2026-01-01") + pd.to_timedelta(NUMBERS, "h"),
    "zoned": pd.Timestamp("2026-01-01", tz="Asia/Shanghai") + pd.to_timedelta(NUMBERS, "h"),
    "float": [np.nan if x % 5 == 0 else float(x) for x in NUMBERS],
    "flag": NUMBERS % 2 == 0,
    **{name: pd.array(values, dtype=object) for name, values in OBJECTS.items()},
}
if not held_by_arrow(OBJECTS["uuid"]):
    del IDS["uuid"]
CHANGED = {"category": pd.Series(WORDS).dtype, "day": "datetime64[s]"}
"""Labels come back as texts, dates as moments at midnight; all others as they were."""


@pytest.fixture(autouse=True)
def objects_stay_objects():
    with dask.config.set({"dataframe.convert-string": False, "scheduler": "synchronous"}):
        yield


def frame(kind="int", parts=3):
    odd = {"l": [[1, 2]] * 200, "c": pd.Categorical(WORDS, ordered=True)}
    index = pd.Index(np.arange(200) * 2, name="row")
    held = pd.DataFrame({"v": (np.arange(200) % 7).astype(float), **odd}, index=index)
    return dd.from_pandas(held.assign(id=IDS[kind]), npartitions=parts)


def shares(given):
    return {"rows": Share(table(given), "id", ("v",))}


def answers(made):
    rows = made.compute().astype(object).itertuples(index=False, name=None)
    return {row[0]: row[1:] for row in rows}


def expected(given):
    held = given.compute()
    ids = [None if pd.isna(value) else value for value in held["id"].astype(object)]
    return plainly(ids, held["v"].tolist())


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("kind", IDS)
def test_ids_of_any_type_meet_and_types_are_those_that_were_promised(kind, parts):
    given = frame(kind, parts)
    with crossings() as account:
        out = by_customer(shares(given), summed, like="rows")
        found = answers(out)
    assert account == []
    whole = expected(given)
    assert found == ({pd.Timestamp(k): v for k, v in whole.items()} if kind == "day" else whole)
    assert out.npartitions == parts
    assert out.compute().dtypes.to_dict() == out.dtypes.to_dict()
    assert out.dtypes["id"] == CHANGED.get(kind, given.dtypes["id"])


@pytest.mark.parametrize("kind", ["int", "category"])
def test_by_row_index_divisions_and_other_columns_stay(kind):
    given = frame(kind)
    out = by_row(table(given), doubled, needs=("v",), replaces=("l",))
    held = out.compute()
    pd.testing.assert_frame_equal(held.drop(columns="twice"), given.drop(columns="l").compute())
    assert held["twice"].tolist() == [2 * v for v in held["v"]]
    assert (out.divisions, held.dtypes.to_dict()) == (given.divisions, out.dtypes.to_dict())


def test_work_on_work_on_work():
    given = frame()
    for _ in range(3):
        held = by_customer(shares(given), summed, like="rows")[["id", "total"]]
        given = by_row(table(held.rename(columns={"total": "v"})), doubled, needs=("v",))
        given = given.drop(columns="v").rename(columns={"twice": "v"})
    assert answers(by_customer(shares(given), summed, like="rows")) == {
        name: (8 * total, 1) for name, (total, _) in expected(frame()).items()
    }


def test_unknown_divisions_and_persisted_frames_are_as_good():
    given = frame().reset_index(drop=True).clear_divisions().persist()
    assert not given.known_divisions
    assert answers(by_customer(shares(given), summed, like="rows")) == expected(frame())


@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_a_worker_that_raises_says_its_column_and_partition(scheduler):
    said = r"column 'v': holds text .* \(partition \d\)$"
    with dask.config.set(scheduler=scheduler):
        with pytest.raises(DataError, match=said):
            by_customer(shares(frame()), refusing, like="rows").compute()
        with pytest.raises(DataError, match=said):
            totals(shares(frame()), refusing)
        with pytest.raises(DataError, match=said):
            by_row(table(frame()), refusing_rows, needs=("v",)).compute()


def test_values_of_another_type_in_a_later_partition_are_named():
    held = pd.DataFrame({"id": range(200), "v": pd.array([1.5] * 150 + ["x"] * 50, dtype=object)})
    given = dd.from_pandas(held, npartitions=4)
    with pytest.raises(DataError, match="column 'v': holds values that do not fit the double"):
        totals(shares(given), counted)


def test_ids_of_several_types_and_a_table_in_memory_meet():
    rows = Share(table(frame("nullable")), "id", ())
    narrow = dd.from_pandas(pd.DataFrame({"who": np.arange(30, dtype="uint8")}), npartitions=2)
    for people in (narrow, [{"who": i} for i in range(30)]):
        given = {"people": Share(table(people), "who", ()), "rows": rows}
        held = by_customer(given, beside, like="rows").compute()
        assert dict(zip(held["who"], held["rows"], strict=True)) == {
            i: 10 if i < 20 else 0 for i in range(30)
        }


def test_keys_of_several_columns_and_unknown_keys_left_behind():
    share = Share(table(frame("null")), ("id", "c"), ("v",), known_only=True)
    found = totals({"rows": share}, counted)
    assert found.size == 3
    assert sum(found.read({"rows": "number"})["rows"]) == 130
    with pytest.raises(DataError, match="as many columns each"):
        totals({"rows": share, "other": Share(table(frame()), "id", ())}, counted)


def test_a_frame_without_rows_gives_the_columns_and_no_row():
    given = frame()
    out = by_customer(shares(given[given["v"] < 0]), summed, like="rows").compute()
    assert (list(out.columns), len(out)) == (["id", "total", "rows"], 0)
