"""Aggregates of one column of a Polars lazy frame; the rows stream by."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from custseg._typing import Floats
from custseg.frames.engines.engine import INFINITE, MISSING, EnginePasses
from custseg.frames.money import UNITS
from custseg.frames.optional import optional
from custseg.frames.passes import LARGEST, LIMB, Unit


class PolarsPasses(EnginePasses):
    """One column of a Polars lazy frame."""

    __slots__ = ()

    def _summed(self, edges: Floats, centre: Floats) -> Mapping[str, Any]:
        pl = optional("polars", extra="polars")
        off = pl.col("x") - pl.col("centre")
        sums = {"total": off.sum(), "squares": (off * off).sum()}
        placed = _at(pl, self._read(pl), edges)
        return _streamed(_summary(pl, _centred(pl, placed, centre), sums))

    def _added(self, edges: Floats, unit: Unit) -> Mapping[str, Any]:
        pl = optional("polars", extra="polars")
        x = pl.col("x")
        rows = self._read(pl).with_columns(w=_whole(pl, x, unit))
        rows = rows.with_columns(finer=pl.col("w").is_null())
        rows = rows.with_columns(w=pl.col("w").fill_null(0.0) * 2.0**-unit.top)
        w, sums = pl.col("w"), {"finer": pl.col("finer").sum()}
        for i in range(unit.limbs):
            whole = pl.when(w < 0).then(w.ceil()).otherwise(w.floor())
            piece = whole.cast(pl.Int64).alias(f"p{i}")
            rows = rows.with_columns(piece, w=(w - whole) * 2.0**LIMB)
            sums[f"h{i}"] = pl.col(f"p{i}").sum()
        return _streamed(_summary(pl, _at(pl, rows, edges), sums))

    def _counted(self, lows: Floats, highs: Floats) -> Mapping[str, Any]:
        pl = optional("polars", extra="polars")
        with np.errstate(over="ignore"):
            ends, times = np.unique((lows, np.nextafter(highs, np.inf)), return_counts=True)
        ends = ends[(times == 1) & np.isfinite(ends)]  # where one range ends another may begin
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


def _at(pl: Any, rows: Any, edges: Floats) -> Any:
    """Rows with the place of their bucket."""
    x = pl.col("x")
    finite = pl.when(x.is_finite()).then(_placed(pl, x, edges))
    place = finite.when(x.is_infinite()).then(INFINITE).otherwise(MISSING)
    return rows.with_columns(place=place.cast(pl.Int64))


def _centred(pl: Any, placed: Any, centre: Floats) -> Any:
    """Rows with the centre of their bucket; a join streams, where a replacement would not."""
    if (centre == centre[0]).all():
        return placed.with_columns(centre=pl.lit(float(centre[0])))
    places = np.arange(INFINITE, len(centre))
    of = pl.LazyFrame({"place": places, "centre": np.concatenate(([0.0, 0.0], centre))})
    return placed.join(of, on="place", how="inner")


def _summary(pl: Any, placed: Any, sums: Mapping[str, Any]) -> Any:
    x = pl.col("x")
    return placed.group_by("place").agg(n=pl.len(), low=x.min(), high=x.max(), **sums)


def _whole(pl: Any, x: Any, unit: Unit) -> Any:
    """A value on the scale of the unit's lowest piece; null where it is finer."""
    if unit.power is not None:
        return pl.when(x.is_finite()).then(x)
    scaled = x * float(UNITS)
    near = scaled.floor() + (scaled - scaled.floor() >= 0.5).cast(pl.Float64)  # noqa: PLR2004
    # Polars multiplies by the reciprocal of a constant: a divisor that is none is divided by.
    back = near / (x * 0.0 + float(UNITS))
    return pl.when((back == x) & (near.abs() <= LARGEST)).then(near)


def _streamed(frame: Any) -> Mapping[str, Any]:
    try:
        found = frame.collect(engine="streaming")
    except ValueError:  # Polars of 2024 knows no such engine
        found = frame.collect()
    return {name: found[name].to_numpy() for name in found.columns}
