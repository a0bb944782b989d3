"""Pools of lazy tables: what they say in memory, and nothing fetched."""

import datetime as dt

import duckdb
import polars as pl
import pytest

from anysea import NOW, ago, customer
from custseg.allocate import NoDeal, NoFollowUp, Pool, Pools, Protection
from custseg.frames import crossings
from custseg.rules import F

SEA = Pools(
    [
        Pool(
            name="east",
            when=F("tier") == "high",
            clocks=[NoFollowUp(30), NoDeal(90)],
            remind_before=5,
        ),
        Pool(clocks=[NoFollowUp(14)], protection=Protection(10, extend=3, maximum=20)),
    ]
)
ROWS = [
    customer(
        customer_id=f"C{k:03d}",
        owner=[None, "R1", "R2"][k % 3],
        previous_owner=["R9", None][k % 2],
        tier=["high", "low", None][k // 3 % 3],
        received_at=[None, ago(40), ago(12), ago(3), ago(200)][k % 5],
        last_follow_up=[None, ago(33), ago(2), ago(-4)][k % 4],
        won=[0, 0, 1, None][k // 5 % 4],
    )
    for k in range(240)
]
ACTS = [{"customer_id": f"C{k % 240:03d}", "at": ago((k * 7) % 60 - 2)} for k in range(300)]


def frame(rows):
    return pl.DataFrame(rows, infer_schema_length=None)


def lazily(kind, rows):
    held = frame(rows)
    return held.lazy() if kind == "polars" else duckdb.connect().from_arrow(held.to_arrow())


def rows_of(native):
    held = native.collect() if isinstance(native, pl.LazyFrame) else native
    held = held if isinstance(held, pl.DataFrame) else held.pl()
    texts = [name for name, kind in held.schema.items() if not kind.is_temporal()]
    return sorted(
        (
            {**row, **{n: str(row[n]) for n in texts}}
            for row in held.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)).to_dicts()
        ),
        key=lambda row: row["customer_id"],
    )


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
@pytest.mark.parametrize("acts", [None, ACTS], ids=["last", "each"])
def test_a_lazy_table_stays_in_its_engine(kind, acts):
    said = SEA.recycle(frame(ROWS), NOW, activities=None if acts is None else frame(acts))
    given = None if acts is None else lazily("polars", acts)
    with crossings() as account:
        done = SEA.recycle(
            lazily(kind, ROWS), NOW, activities=given if kind == "polars" else acts and frame(acts)
        )
        assert rows_of(done.table) == rows_of(said.table)
        assert done.counts == said.counts
        assert done.by_level == said.by_level
        assert done.as_dict() == said.as_dict()
        assert done.text("zh") == said.text("zh")
        for part in ("due", "exempt", "reminders"):
            assert rows_of(getattr(done, part)) == rows_of(getattr(said, part))
    assert not [one for one in account if not one.sums and not one.streamed]
    released = rows_of(done.released)
    for row, right in zip(released, rows_of(said.released), strict=True):
        assert {name: row[name] for name in right} == right


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_events_are_rows_for_the_history(kind):
    told = rows_of(SEA.recycle(lazily(kind, ROWS), NOW).events)
    right = rows_of(SEA.recycle(frame(ROWS), NOW).events)
    assert told == right
    assert told[0]["at"] == dt.date.fromisoformat(str(NOW)[:10])


def test_a_table_without_ids_has_pools_too():
    rows = [{name: row[name] for name in row if name != "customer_id"} for row in ROWS]
    assert SEA.recycle(lazily("polars", rows), NOW).counts == SEA.recycle(frame(rows), NOW).counts
