"""Spark: a DataFrame stays one; rules are its expressions, what must be seen comes by Arrow."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from custseg.errors import DataError
from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable
from custseg.frames.engines.fetching import NOTHING
from custseg.frames.engines.lazy import LazyTable
from custseg.frames.engines.sparkcache import persisted, rooted
from custseg.frames.engines.sparklocal import spark_frame
from custseg.frames.engines.sparkrules import MOST, parts_of
from custseg.frames.engines.sparkstream import SEALED, sealed, unsealed
from custseg.frames.engines.sparktypes import (
    arrow_schema,
    on_clock,
    quoted,
    session_zone,
)
from custseg.frames.faults import typed
from custseg.frames.table import Attachable
from custseg.rules import Rule


@attrs.define(eq=False)
class SparkTable(LazyTable):
    """A DataFrame of Spark, classic or Connect."""

    _rows: int | None = None

    scattered = True

    @property
    def engine(self) -> str:
        """Spark, however it is reached."""
        return "spark"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.native.columns)

    @property
    def size(self) -> int:
        """Number of rows, counted by Spark once."""
        if self._rows is None:
            with typed():
                self._rows = int(self.native.count())
        return self._rows

    def adopted(self, held: Any) -> Any:
        """An Arrow table as a DataFrame of the same session."""
        return spark_frame(held, session=self.native.sparkSession)

    def kept(self) -> "SparkTable":
        """The executors keep the rows once they have worked them out.

        What is asked of them is planned from the rows that are kept, not from the steps that led
        to them. `unpersist` lets them go, and `session.catalog.clearCache()` all at once.
        """
        return spark_table(rooted(persisted(self.native)))

    def heavy(self, rules: Mapping[str, Rule]) -> bool:
        """A scorecard: Spark plans and compiles for longer than its workers run the kernel."""
        return parts_of(rules) > MOST

    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        held = self._arrow(self.native.select(*map(quoted, names)))
        noted(self.engine, held.num_rows, names)
        return _opened(held)

    def _nothing(self, names: tuple[str, ...]) -> EagerTable:
        """Of the types that the workers get; no job runs."""
        return _opened(arrow_schema(self.native.select(*map(quoted, names))).empty_table())

    def _passing(self, names: tuple[str, ...], rows: int) -> Iterator[EagerTable]:
        frame = self.native.select(*map(quoted, names))
        with typed():
            for held in unsealed(frame.mapInArrow(sealed, SEALED).toLocalIterator(), rows):
                noted(self.engine, held.num_rows, names, streamed=True)
                yield _opened(on_clock(held, session_zone(frame)))

    def _empty(self) -> Any:
        return self.empty().frame

    def _collected(self, frame: Any) -> Any:
        return nw.from_native(self._arrow(frame.to_native()), eager_only=True)

    def _arrow(self, frame: Any) -> Any:
        with typed():
            return on_clock(frame.toArrow(), session_zone(frame))

    def _lazy_again(self, held: Any, new: Mapping[str, Attachable] = NOTHING) -> Any:
        del new  # words stay texts
        return self.adopted(held)


def spark_table(native: Any) -> SparkTable:
    """Open a DataFrame of Spark.

    Args:
        native: A DataFrame, classic or of Connect.

    Raises:
        DataError: Two columns have one name: Spark tells `a` from `A` only when it is told to.
    """
    names = [str(name).casefold() for name in native.columns]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        sensitive = str(native.sparkSession.conf.get("spark.sql.caseSensitive")).lower() == "true"
        if not sensitive or len(set(native.columns)) < len(names):
            msg = f"column names must be unique; these occur more than once: {repeated}"
            raise DataError(msg)
    return SparkTable(nw.from_native(native))


def _opened(held: Any) -> EagerTable:
    return EagerTable(nw.from_native(held, eager_only=True))
