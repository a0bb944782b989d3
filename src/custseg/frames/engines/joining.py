"""Rows counted and joined inside an engine, through narwhals."""

from collections.abc import Mapping
from typing import Any, cast

import narwhals.stable.v2 as nw

from custseg.errors import DataError
from custseg.frames.arrowed import arrowed
from custseg.frames.expression import Reader
from custseg.frames.matching import refuse_repeated
from custseg.frames.series import is_text
from custseg.frames.table import Table

_PREFIX = "__custseg_"


def counted(frame: Any, by: tuple[str, ...]) -> Any:
    """A narwhals lazy frame of how many rows are alike.

    Args:
        frame: A narwhals lazy frame.
        by: The columns; null and NaN are alike.

    Returns:
        Columns `k0`, `k1` ... and `n`.

    Raises:
        DataError: A column is called as the numbers are.
    """
    if "n" in by:
        msg = "cannot be counted by: the numbers are called so; rename it first"
        raise DataError(msg, "n")
    reader = Reader.of(frame)
    keys = [_key(reader, name).alias(f"k{i}") for i, name in enumerate(by)]
    number = nw.len().cast(nw.Int64()).alias("n")
    if not keys:
        return frame.select(number)
    return frame.select(*keys).group_by(*(f"k{i}" for i in range(len(by)))).agg(number)


def _key(reader: Reader, name: str) -> nw.Expr:
    """A column as engines compare it alike: NaN is null, and -0.0 is 0.0."""
    x = reader.column(name)
    if not reader.schema[name].is_float():
        return x
    return nw.when(~(x.is_null() | x.is_nan())).then(x + 0.0)


def joined(table: Any, other: Table[Any], on: Mapping[str, str], columns: tuple[str, ...]) -> Any:
    """A narwhals lazy frame with columns of another table added by key.

    Args:
        table: The opened lazy table: it has a narwhals `frame`, and takes Arrow tables in.
        other: Another in the same engine, or one in memory, with at most one row a key.
        on: The columns of the key -> those of the other.
        columns: The columns to add.

    Raises:
        DataError: The keys are of different types, or the other is lazy in another engine.
    """
    theirs = _within(table, other, tuple(on.values()), columns)
    mine, their = Reader.of(table.frame), Reader.of(theirs)
    for here, there in on.items():
        _refuse_unlike(here, mine.schema[here], their.schema[there])
    spare = [f"{_PREFIX}{i}" for i in range(len(on) + len(columns))]
    keys, held = spare[: len(on)], spare[len(on) :]
    asked = [_text(mine, here).alias(key) for here, key in zip(on, keys, strict=True)]
    known = [_text(their, there).alias(key) for there, key in zip(on.values(), keys, strict=True)]
    brought = [their.column(name).alias(new) for name, new in zip(columns, held, strict=True)]
    wide = _left(table.frame.with_columns(*asked), theirs.select(*known, *brought), keys)
    added = [nw.col(new).alias(name) for name, new in zip(columns, held, strict=True)]
    return wide.with_columns(*added).drop(*spare)


def _left(frame: Any, facts: Any, keys: list[str]) -> Any:
    """A left join; where rows have an order, as in Polars, they keep it."""
    engine = frame.implementation
    if engine.is_duckdb():
        return frame.join(facts, on=keys, how="left")
    # narwhals reads the names of Spark's columns as paths, and keeps no order of Polars
    ordered = {"maintain_order": "left"} if engine.is_polars() else {}
    one, other = frame.to_native(), facts.to_native()
    return nw.from_native(one.join(other, on=keys, how="left", **ordered))


def _within(table: Any, other: Table[Any], keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
    """Another table as a lazy frame of the engine."""
    if not other.lazy:
        refuse_repeated(other, keys)
        return nw.from_native(table.adopted(arrowed(other, (*keys, *names))))
    if other.engine != table.engine:
        msg = (
            f"a table of {other.engine} cannot be joined in {table.engine}; "
            "bring both into one engine first (a small table may stay in memory)"
        )
        raise DataError(msg)
    return cast("Any", other).frame


def _text(reader: Reader, name: str) -> nw.Expr:
    """A key as engines compare it alike; labels as texts."""
    x = _key(reader, name)
    return x.cast(nw.String()) if is_text(reader.schema[name]) else x


def _refuse_unlike(name: str, mine: Any, theirs: Any) -> None:
    """Engines would make 17 of the text 17."""
    kinds = [_kind(dtype) for dtype in (mine, theirs)]
    if kinds[0] != kinds[1]:
        msg = (
            f"is {mine} here and {theirs} in the table that is joined; "
            "give both the same type (17 is not '17', and '00017' is not 17)"
        )
        raise DataError(msg, name)


def _kind(dtype: Any) -> str:
    if is_text(dtype):
        return "text"
    return "number" if dtype.is_numeric() else str(dtype)
