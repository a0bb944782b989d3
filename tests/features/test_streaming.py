"""Logs read some rows at a time are those read at once."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from anyshop import AS_OF, CONVENTIONS, shop
from custseg.errors import DataError, MissingColumnError
from custseg.features import streaming
from custseg.features.events import Source
from custseg.features.names import Names
from custseg.frames import crossings, table
from everykind import as_records


class InLots:
    """A table in memory that comes in small lots, as an engine gives them."""

    def __init__(self, held, size):
        self.held, self.size = table(held), size
        self.columns = self.held.columns

    def empty(self, names):
        return self.held.empty(tuple(dict.fromkeys(names)))

    def batches(self, names):
        for low in range(0, self.held.size, self.size):
            rows = np.arange(low, min(low + self.size, self.held.size))
            yield table(self.held.select(tuple(dict.fromkeys(names))).take(rows))


def read_in_lots(held, size):
    lots = InLots(held, size)
    columns = Names().columns("transactions", lots.columns)
    source = Source("transactions", lots, columns, CONVENTIONS, lots.columns)
    return streaming.streamed(source, Names())


def told(ids, batch):
    """Each transaction with the id of its customer."""
    listed = ids.keys.ids()
    who = [listed[code] for code in batch.rows.code.tolist()]
    told = (batch.rows.day, batch.second, batch.rows.units)
    return list(zip(who, *(each.tolist() for each in told), strict=True))


@settings(max_examples=25)
@given(
    seed=st.integers(0, 99),
    size=st.integers(1, 80),
    kind=st.sampled_from([pa.int64(), pa.int16(), pa.uint32(), pa.string(), pa.float64()]),
    far=st.booleans(),
)
def test_lots_together_are_the_whole(seed, size, kind, far):
    held = shop(people=15, rows=160, seed=seed, numbers=True)["transactions"]
    ids = held["customer_id"].cast(kind) if kind != pa.int16() else _small(held["customer_id"])
    if far and kind == pa.int64():
        ids = pa.chunked_array([[None if i is None else i << 40 for i in ids.to_pylist()]], kind)
    held = held.set_column(0, "customer_id", ids)
    streaming._MANY, before = 20, streaming._MANY  # so that words are settled more than once
    try:
        found = read_in_lots(held, size)
    finally:
        streaming._MANY = before
    whole = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    assert told(found.ids, found.batch) == told(whole.ids, whole.batches[0])
    assert found.report == whole.report
    assert found.report.text() == whole.report.text()
    assert found.batch.rows.counting == whole.rows.counting
    assert found.batch.rows.code.dtype == np.int32


def _small(ids):
    return pa.chunked_array([[None if i == 10_000 else i for i in ids.to_pylist()]], pa.int16())


@pytest.mark.parametrize("numbers", [False, True])
def test_a_lazy_log_is_the_one_in_memory(numbers):
    held = shop(numbers=numbers)["transactions"]
    whole = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    expected = whole.summary(as_of=AS_OF, also="gap_cv").to_pylist()
    for lazy in (pl.from_arrow(held).lazy(), duckdb.connect().from_arrow(held)):
        with crossings() as account:
            log = cs.TransactionLog.of(lazy, conventions=CONVENTIONS)
        assert {name for each in account for name in each.columns} == {
            "customer_id",
            "paid_at",
            "amount",
            "currency",
            "status",
        }
        found = log.summary(as_of=AS_OF, also="gap_cv")
        assert type(found) is type(lazy)
        assert sorted(as_records(found), key=lambda r: str(r["customer_id"])) == sorted(
            expected, key=lambda r: str(r["customer_id"])
        )
        assert log.report == whole.report
        assert log.columns == whole.columns


def test_a_lazy_log_may_grow():
    held = shop()["transactions"]
    lazy = pl.from_arrow(held)
    log = cs.TransactionLog.of(lazy[:400].lazy(), conventions=CONVENTIONS)
    grown = log.append(lazy[400:].lazy())
    whole = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    assert grown.report == whole.report
    assert len(grown) == len(whole)


def test_several_currencies_are_refused_though_each_lot_has_one():
    held = pl.DataFrame(
        {
            "customer_id": ["a", "b"],
            "at": ["2026-01-05"] * 2,
            "amount": [1.0, 2.0],
            "currency": ["CNY", "USD"],
        }
    )
    with pytest.raises(DataError, match="several currencies"):
        cs.TransactionLog.of(held.lazy())


def test_a_log_without_rows_and_one_without_a_column():
    held = shop()["transactions"].slice(0, 0)
    log = cs.TransactionLog.of(duckdb.connect().from_arrow(held))
    assert as_records(log.summary(as_of=AS_OF)) == []
    with pytest.raises(MissingColumnError):
        cs.TransactionLog.of(pl.LazyFrame({"customer_id": [1]}))
