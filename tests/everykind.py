"""One list of records as every kind of table, and any kind of table as records again."""

from collections.abc import Iterator

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from custseg.frames import spark_frame

NUMBERS = {"number": (pa.float64(), pl.Float64), "text": (pa.string(), pl.String)}


def arrow(records, kinds):
    columns = {n: pa.array([r[n] for r in records], NUMBERS[k][0]) for n, k in kinds.items()}
    return pa.table(columns)


def polars(records, kinds):
    return pl.DataFrame(records, schema={n: NUMBERS[k][1] for n, k in kinds.items()})


def pandas_numpy(records, kinds):
    """As pandas held it for years: texts are objects, and what is missing is None or NaN."""
    dtypes = {n: "float64" if k == "number" else object for n, k in kinds.items()}
    return pd.DataFrame(records, columns=list(kinds)).astype(dtypes)


def pandas_nullable(records, kinds):
    held = {n: "Float64" if k == "number" else "string" for n, k in kinds.items()}
    columns = {n: pd.array([r[n] for r in records], dtype=held[n]) for n in kinds}
    return pd.DataFrame(columns)


def pandas_arrow(records, kinds):
    return arrow(records, kinds).to_pandas(types_mapper=pd.ArrowDtype)


MAKERS = {
    "records": lambda records, _: [dict(record) for record in records],
    "generator": lambda records, _: (dict(record) for record in records),
    "pandas": lambda records, kinds: arrow(records, kinds).to_pandas(),
    "pandas-numpy": pandas_numpy,
    "pandas-nullable": pandas_nullable,
    "pandas-arrow": pandas_arrow,
    "polars": polars,
    "polars-lazy": lambda records, kinds: polars(records, kinds).lazy(),
    "arrow": arrow,
    "duckdb": lambda records, kinds: duckdb.connect().from_arrow(arrow(records, kinds)),
}
EVERY = tuple(MAKERS)
KINDS = tuple(kind for kind in EVERY if kind != "generator")  # a generator can be read only once
LAZY = ("polars-lazy", "duckdb")


def dask(records, kinds):
    """Three partitions, cut without a look at the values."""
    from dask.dataframe import from_pandas

    return from_pandas(arrow(records, kinds).to_pandas(), npartitions=3, sort=False)


AT_SCALE = {"dask": dask, "spark": lambda records, kinds: spark_frame(arrow(records, kinds))}
"""Kinds of tests/engines alone: they are slow to start."""


def as_table(kind, records, kinds):
    """The records as a table; `kinds` says of each column whether it is a number or a text."""
    return (MAKERS | AT_SCALE)[kind](records, kinds)


def as_records(table):
    """Any of them as records, missing as None."""
    if isinstance(table, list | Iterator):
        return list(table)
    if hasattr(table, "toArrow"):  # first, since Spark Connect takes any other name for a column
        return table.toArrow().to_pylist()
    if hasattr(table, "map_partitions"):
        table = table.compute()
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
