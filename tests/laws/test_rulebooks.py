"""A decision table says what each rule says, record by record, on every kind of table."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anyrule
from custseg.allocate.ruling.tabling.table import chosen
from custseg.frames import scalar, table
from custseg.rules import F, merged

SCHEMA = anyrule.SCHEMA.set(2, pa.field("k", pa.float64()))  # whole numbers of any size


def arrow(rows):
    floats = [{**row, "k": row["k"] and float(row["k"])} for row in rows]
    return pa.Table.from_pylist(floats, schema=SCHEMA)


KINDS = {
    "records": lambda rows: rows or arrow(rows),
    "arrow": arrow,
    "polars": lambda rows: pl.from_arrow(arrow(rows)),
    "polars-lazy": lambda rows: pl.from_arrow(arrow(rows)).lazy(),
    "duckdb": lambda rows: duckdb.connect().from_arrow(arrow(rows)),
}
some = st.lists(anyrule.conditions, min_size=1, max_size=6)


def one_by_one(rules, rows, match):
    """Each rule asked of each record."""
    needs = merged(rule.needs for rule in rules)
    read = scalar.reader(needs)
    asked = [scalar.condition(rule) for rule in rules]
    found = []
    for row in rows:
        record = read(row)
        holds = tuple(i for i, asks in enumerate(asked) if asks(record))
        found.append(holds[:1] if match == "first" else holds)
    return found


@pytest.mark.parametrize("match", ["first", "all"])
@pytest.mark.parametrize("way", [None, "table", "masks"])
@given(rules=some, rows=anyrule.tables, kind=st.sampled_from(sorted(KINDS)))
def test_table_masks_and_records_agree(rules, rows, kind, match, way):
    needs = merged(rule.needs for rule in rules)
    columns = table(KINDS[kind](rows)).read(needs)
    found = chosen(rules, columns, len(rows), match=match, way=way)
    assert [found.sets[at] for at in found.at.tolist()] == one_by_one(rules, rows, match)
    assert way is None or found.way == way


def test_many_combinations_are_asked_as_masks_and_decided_alike():
    names = [f"x{i}" for i in range(9)]
    grid = np.arange(4000)
    columns = {n: (grid // 3**i % 7).astype(float) for i, n in enumerate(names)}
    rules = [F(n) > k for n in names for k in range(6)]
    found = chosen(rules, columns, 4000, match="all")
    other = chosen(rules, columns, 4000, match="all", way="table")
    assert (found.way, other.way) == ("masks", "table")
    assert [found.sets[at] for at in found.at] == [other.sets[at] for at in other.at]
