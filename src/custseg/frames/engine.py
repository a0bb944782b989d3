"""Aggregates of one column inside an engine: Polars and DuckDB look at the rows, once a pass."""

from abc import abstractmethod
from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.frames.crossings import noted
from custseg.frames.expression import Reader
from custseg.frames.guide import Guide
from custseg.frames.passes import Buckets, Passes, Tally, centres, checked
from custseg.frames.sql import name as quoted

_MISSING, _INFINITE = -1, -2  # buckets of what is no finite number


@attrs.frozen(eq=False)
class EnginePasses(Passes):
    """One column of a lazy table.

    Attributes:
        frame: The native lazy frame or relation.
        column: Name of the column.
        engine: Name of the engine, for the account of what crosses.
    """

    frame: Any
    column: str
    engine: str

    def buckets(self, edges: Floats, *, centre: Floats | float = 0.0) -> Buckets:
        """Sum up in the engine; one row a bucket leaves it."""
        given = checked(edges)
        found = self._summed(given, centres(centre, len(given) + 1))
        noted(self.engine, len(found["place"]), (self.column,), sums=True)
        return _buckets(found, len(given) + 1)

    def tally(self, ranges: list[tuple[float, float]]) -> Tally:
        """Count the distinct values in the engine; one row a value leaves it."""
        found = self._counted(ranges) if ranges else {"v": np.empty(0), "n": np.empty(0)}
        noted(self.engine, len(found["v"]), (self.column,), sums=True)
        values = np.asarray(found["v"], dtype=np.float64)
        order = np.argsort(values)
        return Tally(values[order], np.asarray(found["n"]).astype(np.int64)[order])

    @abstractmethod
    def _summed(self, edges: Floats, centre: Floats) -> dict[str, Any]:
        """Columns place, n, low, high, total, squares: one row a bucket that is not empty."""

    @abstractmethod
    def _counted(self, ranges: list[tuple[float, float]]) -> dict[str, Any]:
        """Columns v and n: one row a distinct value."""


class DuckPasses(EnginePasses):
    """One column of a DuckDB relation."""

    __slots__ = ()

    def _summed(self, edges: Floats, centre: Floats) -> dict[str, Any]:
        guide = Guide.of(edges)
        cell, low, high, at = guide.table()
        custseg_held = {  # looked up by the name it has here
            "cell": np.concatenate((cell, [_MISSING, _INFINITE])),
            "low": np.concatenate((low, [-np.inf, -np.inf])),
            "high": np.concatenate((high, [np.inf, np.inf])),
            "place": np.concatenate((at, [_MISSING, _INFINITE])),
            "centre": np.concatenate((centre[at], [0.0, 0.0])),
        }
        sql = f"""
            SELECT place, count(*) AS n, min(x) AS low, max(x) AS high,
                   fsum(x - centre) AS total, fsum((x - centre) * (x - centre)) AS squares
            FROM (
                SELECT CASE WHEN isfinite(v) THEN v ELSE 0.0 END AS x,
                       CASE WHEN isfinite(v) THEN {guide.sql("v")}
                            WHEN v IS NULL OR isnan(v) THEN {_MISSING} ELSE {_INFINITE} END AS cell
                FROM ({self._read()})
            ) AS seen JOIN custseg_held AS held ON seen.cell = held.cell AND x >= low AND x < high
            GROUP BY place
        """  # noqa: S608 - the name is quoted, the numbers are ours
        found = self.frame.query("custseg_relation", sql).fetchnumpy()
        del custseg_held
        return dict(found)

    def _counted(self, ranges: list[tuple[float, float]]) -> dict[str, Any]:
        lows, highs = np.array(ranges, dtype=np.float64).T
        guide = Guide.of(lows)
        cell, low, high, at = guide.table()
        end = np.concatenate(([-np.inf], highs))[at]
        custseg_held = {"cell": cell, "low": low, "high": high, "last": end}
        sql = f"""
            SELECT v, count(*) AS n
            FROM (
                SELECT v, {guide.sql("v")} AS cell FROM ({self._read()}) WHERE isfinite(v)
            ) AS seen JOIN custseg_held AS held
                ON seen.cell = held.cell AND v >= low AND v < high AND v <= last
            GROUP BY v
        """  # noqa: S608 - the name is quoted, the numbers are ours
        found = self.frame.query("custseg_relation", sql).fetchnumpy()
        del custseg_held
        return dict(found)

    def _read(self) -> str:
        return f"SELECT CAST({quoted(self.column)} AS DOUBLE) AS v FROM custseg_relation"  # noqa: S608


class PolarsPasses(EnginePasses):
    """One column of a Polars lazy frame."""

    __slots__ = ()

    def _summed(self, edges: Floats, centre: Floats) -> dict[str, Any]:
        import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

        x, place = pl.col("x"), pl.col("place")
        finite = pl.when(x.is_finite()).then(_placed(pl, x, edges))
        seen = self._read(pl).with_columns(
            place=finite.when(x.is_infinite()).then(_INFINITE).otherwise(_MISSING)
        )
        off = x - _centred(pl, place, centre)
        summed = seen.group_by("place").agg(
            n=pl.len(),
            low=x.min(),
            high=x.max(),
            total=off.sum(),
            squares=(off * off).sum(),
        )
        return _streamed(summed)

    def _counted(self, ranges: list[tuple[float, float]]) -> dict[str, Any]:
        import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

        lows, highs = np.array(ranges, dtype=np.float64).T
        ends = np.ravel((lows, np.nextafter(highs, np.inf)), order="F")
        x = pl.col("x")
        inside = _placed(pl, x, ends) % 2 == 1
        kept = self._read(pl).filter(x.is_finite() & inside)
        return _streamed(kept.group_by(v="x").agg(n=pl.len()))

    def _read(self, pl: Any) -> Any:
        return self.frame.select(x=pl.col(self.column).cast(pl.Float64))


def _placed(pl: Any, x: Any, edges: Floats) -> Any:
    """Number of edges that are not above a value."""
    if not len(edges):
        return pl.lit(0)
    if hasattr(x, "bin_intervals"):
        return x.bin_intervals(edges.tolist(), labels=False).cast(pl.Int64)
    return pl.lit(pl.Series(edges)).search_sorted(x, side="right").cast(pl.Int64)


def _centred(pl: Any, place: Any, centre: Floats) -> Any:
    """The centre of each row's bucket."""
    if (centre == centre[0]).all():
        return pl.lit(float(centre[0]))
    return place.replace_strict(
        list(range(_INFINITE, len(centre))),
        [0.0, 0.0, *centre.tolist()],
        return_dtype=pl.Float64,
    )


def _streamed(frame: Any) -> dict[str, Any]:
    found = frame.collect(engine="streaming")
    return {name: found[name].to_numpy() for name in found.columns}


def _buckets(found: dict[str, Any], size: int) -> Buckets:
    at = np.asarray(found["place"]).astype(np.int64)
    count = np.zeros(size + 2, dtype=np.int64)
    count[at] = np.asarray(found["n"])
    columns = []
    for name, empty in (("low", np.nan), ("high", np.nan), ("total", 0.0), ("squares", 0.0)):
        column = np.full(size + 2, empty)
        column[at] = np.asarray(found[name], dtype=np.float64)
        columns.append(column[:size])
    low, high, total, squares = columns
    gone = int(count[_MISSING]), int(count[_INFINITE])
    return Buckets(low, high, count[:size], total, squares, *gone)


def engine_passes(frame: Any, column: str) -> EnginePasses | None:
    """The passes of an engine that can do them; of others none.

    Raises:
        DataError: The column does not hold numbers.
    """
    Reader(frame.collect_schema()).check(column, "number")
    native, engine = frame.to_native(), frame.implementation
    if engine.is_duckdb():
        return DuckPasses(native, column, "duckdb")
    return PolarsPasses(native, column, "polars") if engine.is_polars() else None
