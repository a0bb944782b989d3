"""Lazy tables: Polars lazy frames and DuckDB relations; the engine keeps the rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Codes, words
from custseg.errors import MissingDependencyError
from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable
from custseg.frames.engines.duckasking import beside
from custseg.frames.engines.duckpasses import DuckPasses
from custseg.frames.engines.engine import EnginePasses
from custseg.frames.engines.fetching import NOTHING, FetchedTable
from custseg.frames.engines.joining import counted, joined
from custseg.frames.engines.keeping import (
    kept_in_duckdb,
    kept_in_polars,
    streamed_from_duckdb,
    streamed_from_polars,
)
from custseg.frames.engines.polarspasses import PolarsPasses
from custseg.frames.engines.pushing import enumerated, labelled, native_expressions, pushed
from custseg.frames.engines.sparkpasses import SparkPasses
from custseg.frames.expression import Reader
from custseg.frames.optional import arrow_there, optional
from custseg.frames.passes import Passes
from custseg.frames.scalar import EPOCH
from custseg.frames.sql import name as quoted
from custseg.frames.table import Attachable, Table
from custseg.rules import Rule, merged

_ENGINES: Mapping[str, type[EnginePasses]] = {
    "duckdb": DuckPasses,
    "polars": PolarsPasses,
    "spark": SparkPasses,
}
_KEEPERS = {"duckdb": kept_in_duckdb, "polars": kept_in_polars}
_STREAMS = {"duckdb": streamed_from_duckdb, "polars": streamed_from_polars}


@attrs.define(eq=False)
class LazyTable(FetchedTable):
    """A table in an engine.

    Rules stay in the engine (``push``). What needs Python values fetches the rows once:
    ``select`` only the columns named, everything else the whole table, noted as a crossing.

    Attributes:
        frame: The narwhals lazy frame.
    """

    frame: Any
    _columns: tuple[str, ...] | None = attrs.field(default=None, init=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; the schema only, asked once."""
        if self._columns is None:
            self._columns = tuple(self.frame.collect_schema().names())
        return self._columns

    @property
    def size(self) -> int:
        """Number of rows, counted by the engine."""
        if self._landed is not None:
            return self._landed.size
        return int(self.frame.select(nw.len()).collect().item())

    @property
    def native(self) -> Any:
        """The caller's own table, still lazy."""
        return self.frame.to_native()

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A new table of the same kind."""
        return self._lazy_again(EagerTable(self._empty()).build(columns), columns)

    @property
    def engine(self) -> str:
        """Name of the engine, which finds its runner."""
        return str(self.frame.implementation.value)

    def adopted(self, held: Any) -> Any:
        """An Arrow table as a native table of this engine."""
        if self.frame.implementation.is_polars():
            return optional("polars", extra="polars").from_arrow(held).lazy()
        return _related(self.native, held, frozenset(held.column_names))

    def labelled(self, words: Mapping[str, tuple[str, ...]]) -> Any:
        """Texts as ordered labels, cast by the engine."""
        return labelled(self.frame, words)

    def expressions(self, rules: Mapping[str, Rule]) -> dict[str, Any]:
        """Expressions for the engine; nothing runs."""
        self.require(merged(rule.needs for rule in rules.values()))
        return native_expressions(self.frame, rules)

    def counted(self, by: Iterable[str] | str) -> EagerTable:
        """Count the rows in the engine; one row a group leaves it."""
        names = words(by)
        self.require(names)
        found = self._collected(counted(self.frame, names))
        noted(self.engine, len(found), names, sums=True)
        return EagerTable(found.rename({f"k{i}": name for i, name in enumerate(names)}))

    def kept(self) -> Table[Any]:
        """The same rows, worked out once and held by the engine."""
        keep = _KEEPERS.get(self.engine)
        return self if keep is None else lazy_table(keep(self.native))

    def passes(self, name: str) -> Passes:
        """Aggregates of a column, made by the engine where it can."""
        self.require((name,))
        self._reader().check(name, "number")
        engine = _ENGINES.get(self.engine)
        if engine is None or self._landed:
            return super().passes(name)
        return engine(self.native, name, self.engine)

    def latest(self, name: str) -> float:
        """The last day of a column, found by the engine."""
        self.require((name,))
        reader = self._reader()
        reader.check(name, "day")
        last = self.frame.select(reader.day(name)[0].max().alias("last"))
        day = self._collected(last)["last"].to_list()[0]
        return np.nan if day is None else float(day.toordinal() - EPOCH)

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """Add the rules' columns as expressions; nothing crosses into Python."""
        needs = merged(rule.needs for rule in rules.values())
        self.require(needs)
        return pushed(self.frame, rules)

    def _joined(self, other: Table[Any], on: Mapping[str, str], names: tuple[str, ...]) -> Any:
        """Join in the engine; nothing crosses into Python."""
        return joined(self, other, on, names).to_native()

    def _reader(self) -> Reader:
        return Reader.of(self.frame)

    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        frame = self._collected(self.frame.select(*names))
        noted(self.frame.implementation.value, len(frame), names)
        return EagerTable(frame)

    def _nothing(self, names: tuple[str, ...]) -> EagerTable:
        return EagerTable(nw.from_native(self._empty().select(*names).to_arrow(), eager_only=True))

    def _passing(self, names: tuple[str, ...], rows: int) -> Iterator[EagerTable]:
        stream = _STREAMS.get(self.engine)
        if stream is None or self._landed is not None:
            return iter((self.select(names),))
        return stream(self.native, names, rows)

    def _empty(self) -> Any:
        return self._collected(self.frame.head(0))

    def _collected(self, frame: Any) -> Any:
        if frame.implementation.is_polars():
            return frame.collect("polars")
        if not frame.implementation.is_duckdb() or not arrow_there():
            return frame.collect("pyarrow" if arrow_there() else "pandas")
        return nw.from_native(_arrow_of(frame.to_native()), eager_only=True)

    def _lazy_again(self, held: Any, new: Mapping[str, Attachable] = NOTHING) -> Any:
        if self.frame.implementation.is_polars():
            return held.lazy()
        related = _related(self.native, held, frozenset(new))
        labels = {n: c.words for n, c in new.items() if isinstance(c, Codes) and not c.plain}
        return enumerated(related, {n: words for n, words in labels.items() if words})


def _related(relation: Any, held: Any, new: frozenset[str]) -> Any:
    """Fetched rows as a relation on the connection of another.

    Arrow has no UUID and no HUGEINT of DuckDB: the untouched columns get their types again.
    """
    types = dict(zip(relation.columns, relation.types, strict=True))
    kept = [n for n in _column_names(held) if n in types and n not in new]
    casts = ", ".join(f"CAST({quoted(n)} AS {types[n]}) AS {quoted(n)}" for n in kept)
    again = f" REPLACE ({casts})" if casts else ""
    return beside(relation, f"SELECT *{again} FROM custseg_held", held)  # noqa: S608 - names are quoted


def _column_names(held: Any) -> list[str]:
    return list(getattr(held, "column_names", None) or held.columns)


def _arrow_of(relation: Any) -> Any:
    """The rows as Arrow; a UUID crosses as its sixteen bytes, since DuckDB would give a text."""
    import pyarrow as pa  # noqa: PLC0415 - asked for before

    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    known = [n for n, kind in types.items() if kind == "UUID" and hasattr(pa, "uuid")]
    if not known:
        return relation.to_arrow_table()
    raw = [f"unhex(replace(CAST({q} AS VARCHAR), '-', '')) AS {q}" for q in map(quoted, known)]
    held = relation.project(f"* REPLACE ({', '.join(raw)})").to_arrow_table()
    for name in known:
        stored = held[name].cast(pa.binary(16)).chunks
        ids = [pa.ExtensionArray.from_storage(pa.uuid(), chunk) for chunk in stored]
        at = held.column_names.index(name)
        held = held.set_column(at, name, pa.chunked_array(ids, pa.uuid()))
    return held


_NEEDED: Final = {"duckdb": ("2.0", "_statement"), "polars": ("1.34", "collect_batches")}
"""Engine -> the first version that works with ours, and what it has that earlier ones lack."""


def lazy_table(native: object) -> LazyTable:
    """Open a lazy frame or relation.

    Raises:
        MissingDependencyError: It is of a version that hands out too little of itself.
    """
    engine = type(native).__module__.partition(".")[0].removeprefix("_")
    first, lacked = _NEEDED.get(engine, ("", "__class__"))
    if not hasattr(native, lacked):
        needed = f"{engine} {first} or newer"
        raise MissingDependencyError(needed, engine)
    return LazyTable(nw.from_native(cast("Any", native)))
