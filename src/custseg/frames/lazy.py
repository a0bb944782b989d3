"""Lazy tables: Polars lazy frames and DuckDB relations; the engine keeps the rows."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw

from custseg._typing import Index
from custseg.frames.cells import Cells
from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable
from custseg.frames.expression import expressed
from custseg.frames.table import Attachable, Table
from custseg.rules import Rule, presence_typed, words_of


@attrs.define(eq=False)
class LazyTable(Table[Any]):
    """A table in an engine.

    Rules stay in the engine (``push``). What needs Python values fetches the rows once:
    ``select`` only the columns named, everything else the whole table, noted as a crossing.

    Attributes:
        frame: The narwhals lazy frame.
    """

    frame: Any
    _landed: EagerTable | None = None

    lazy = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; the schema only."""
        return tuple(self.frame.collect_schema().names())

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

    @property
    def landed(self) -> EagerTable:
        """All rows and columns, fetched once."""
        if self._landed is None:
            self._landed = self._fetch(self.columns)
        return self._landed

    def cells(self, name: str) -> Cells:
        """One column of the fetched rows."""
        return self.landed.cells(name)

    def attach(self, new: Mapping[str, Attachable]) -> Any:
        """Columns by position need rows with a position: the fetched ones."""
        return self._lazy_again(self.landed.attach(new))

    def take(self, rows: Index) -> Any:
        """These rows of the fetched ones."""
        return self._lazy_again(self.landed.take(rows))

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A new table of the same kind."""
        return self._lazy_again(EagerTable(self._empty()).build(columns))

    def select(self, names: Iterable[str]) -> EagerTable:
        """Fetch these columns once, and only them."""
        self.require(names)
        return self._fetch(tuple(dict.fromkeys(names)))

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """Add the rules' columns as expressions; nothing crosses into Python."""
        for rule in rules.values():
            self.require(rule.needs)
        numeric = self._numeric()
        typed = {name: presence_typed(rule, numeric) for name, rule in rules.items()}
        made = [self._labelled(rule).alias(name) for name, rule in typed.items()]
        return self.frame.with_columns(*made).to_native()

    def _numeric(self) -> frozenset[str]:
        schema = self.frame.collect_schema()
        return frozenset(name for name, dtype in schema.items() if dtype.is_numeric())

    def _labelled(self, rule: Rule) -> Any:
        words = words_of(rule)
        expression = expressed(rule)
        return expression.cast(nw.Enum(words)) if words else expression

    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        backend = "polars" if self.frame.implementation.is_polars() else _arrow_or_pandas()
        frame = self.frame.select(*names).collect(backend)
        noted(self.frame.implementation.value, len(frame), names)
        return EagerTable(frame)

    def _empty(self) -> Any:
        backend = "polars" if self.frame.implementation.is_polars() else _arrow_or_pandas()
        return self.frame.head(0).collect(backend)

    def _lazy_again(self, native: Any) -> Any:
        if self.frame.implementation.is_polars():
            return native.lazy()
        import duckdb  # noqa: PLC0415 - loaded only with a DuckDB relation

        held = native
        return duckdb.sql("SELECT * FROM held") if held is not None else None


def _arrow_or_pandas() -> str:
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - only to ask whether it is installed
    except ImportError:
        return "pandas"
    return "pyarrow"


def lazy_table(native: object) -> LazyTable:
    """Open a lazy frame or relation."""
    return LazyTable(nw.from_native(cast("Any", native)))
