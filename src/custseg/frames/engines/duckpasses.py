"""Aggregates of one column of a DuckDB relation."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from custseg._typing import Floats
from custseg.frames.engines.duckasking import over
from custseg.frames.engines.engine import INFINITE, MISSING, EnginePasses
from custseg.frames.engines.guide import Guide
from custseg.frames.money import UNITS
from custseg.frames.passes import LARGEST, LIMB, Unit
from custseg.frames.sql import literal
from custseg.frames.sql import name as quoted


class DuckPasses(EnginePasses):
    """One column of a DuckDB relation."""

    __slots__ = ()

    def _summed(self, edges: Floats, centre: Floats) -> Mapping[str, Any]:
        off = "(x - centre)"
        terms = f"fsum({off}) AS total, fsum({off} * {off}) AS squares"
        return self._grouped(edges, self._read(), terms, centre)

    def _added(self, edges: Floats, unit: Unit) -> Mapping[str, Any]:
        whole = f"SELECT v, {_whole(unit)} AS w FROM ({self._read()})"  # noqa: S608
        scaled = f"coalesce(w, 0) * {_two(-unit.top)} AS w"
        rows = f"SELECT v, w IS NULL AS finer, {scaled} FROM ({whole})"  # noqa: S608
        for i in range(unit.limbs):
            new = f"({_LEFT} AS w), CAST(trunc(w) AS BIGINT) AS p{i}"
            rows = f"SELECT * REPLACE {new} FROM ({rows})"  # noqa: S608
        pieces = (f", CAST(sum(p{i}) AS BIGINT) AS h{i}" for i in range(unit.limbs))
        terms = f"count(*) FILTER (finer) AS finer{''.join(pieces)}"
        return self._grouped(edges, rows, terms, np.zeros(len(edges) + 1))

    def _grouped(self, edges: Floats, rows: str, terms: str, centre: Floats) -> Mapping[str, Any]:
        guide = Guide.of(edges)
        cell, low, high, place = guide.table()
        held = {
            "cell": np.concatenate((cell, [MISSING, INFINITE])),
            "lowest": np.concatenate((low, [-np.inf, -np.inf])),
            "beyond": np.concatenate((high, [np.inf, np.inf])),
            "place": np.concatenate((place, [MISSING, INFINITE])),
            "centre": np.concatenate((centre[place], [0.0, 0.0])),
        }
        sql = f"""
            SELECT place, count(*) AS n, min(x) AS low, max(x) AS high, {terms}
            FROM (
                SELECT *, CASE WHEN isfinite(v) THEN v ELSE 0.0 END AS x,
                       CASE WHEN isfinite(v) THEN {guide.sql("v")}
                            WHEN v IS NULL OR isnan(v) THEN {MISSING} ELSE {INFINITE} END AS cell
                FROM ({rows})
            ) AS seen JOIN custseg_held AS held
                ON seen.cell = held.cell AND x >= lowest AND x < beyond
            GROUP BY place
        """  # noqa: S608 - the name is quoted, the numbers are ours
        found: Mapping[str, Any] = over(self.frame, sql, held).fetchnumpy()
        return found

    def _counted(self, lows: Floats, highs: Floats) -> Mapping[str, Any]:
        guide = Guide.of(lows)
        cell, low, high, place = guide.table()
        last = np.concatenate(([-np.inf], highs))[place]
        held = {"cell": cell, "lowest": low, "beyond": high, "last": last}
        sql = f"""
            SELECT v, count(*) AS n
            FROM (
                SELECT v, {guide.sql("v")} AS cell FROM ({self._read()}) WHERE isfinite(v)
            ) AS seen JOIN custseg_held AS held
                ON seen.cell = held.cell AND v >= lowest AND v < beyond AND v <= last
            GROUP BY v
        """  # noqa: S608 - the name is quoted, the numbers are ours
        found: Mapping[str, Any] = over(self.frame, sql, held).fetchnumpy()
        return found

    def _read(self) -> str:
        return f"SELECT CAST({quoted(self.column)} AS DOUBLE) AS v FROM custseg_rows"  # noqa: S608


_LEFT = f"(w - trunc(w)) * {literal(2.0**LIMB)}"


def _two(power: int) -> str:
    return literal(2.0**power)


def _whole(unit: Unit) -> str:
    """A value on the scale of the unit's lowest piece; NULL where it is finer."""
    if unit.power is not None:
        return "CASE WHEN isfinite(v) THEN v END"
    scaled, one = f"(v * {literal(UNITS)})", literal(UNITS)
    # DuckDB rounds halves away from zero, as no other does: floor is the same everywhere.
    near = f"(floor({scaled}) + CASE WHEN {scaled} - floor({scaled}) >= 0.5 THEN 1 ELSE 0 END)"
    return f"CASE WHEN {near} / {one} = v AND abs({near}) <= {literal(LARGEST)} THEN {near} END"
