"""One list of records as every kind of table, and any kind of table as records again."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

NUMBERS = {"number": (pa.float64(), pl.Float64), "text": (pa.string(), pl.String)}


def arrow(records, kinds):
    columns = {n: pa.array([r[n] for r in records], NUMBERS[k][0]) for n, k in kinds.items()}
    return pa.table(columns)


def polars(records, kinds):
    return pl.DataFrame(records, schema={n: NUMBERS[k][1] for n, k in kinds.items()})


def as_table(kind, records, kinds):
    """The records as a table; `kinds` says of each column whether it is a number or a text."""
    if kind == "records":
        return [dict(record) for record in records]
    if kind == "pandas":
        return arrow(records, kinds).to_pandas()
    if kind == "polars":
        return polars(records, kinds)
    if kind == "polars-lazy":
        return polars(records, kinds).lazy()
    if kind == "arrow":
        return arrow(records, kinds)
    found = arrow(records, kinds)
    return duckdb.from_arrow(found)


KINDS = ("records", "pandas", "polars", "polars-lazy", "arrow", "duckdb")


def as_records(table):
    """Any of them as records, missing as None."""
    if isinstance(table, list):
        return table
    if isinstance(table, pd.DataFrame):
        rows = table.astype(object).to_dict("records")
        return [{k: None if pd.isna(v) else v for k, v in row.items()} for row in rows]
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    if isinstance(table, pl.DataFrame):
        return table.to_dicts()
    return (table if isinstance(table, pa.Table) else table.to_arrow_table()).to_pylist()


def column(table, name):
    return [row[name] for row in as_records(table)]
