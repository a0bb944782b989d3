"""The quality of a table in an engine: fields counted there, rows fetched only if one is asked."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol, overload

import attrs

from custseg.clean.assessing.report import Quality
from custseg.clean.columns import ReadColumn
from custseg.clean.inside.cleaning import Reads
from custseg.clean.inside.counting import FieldsInside
from custseg.clean.inside.logging import EngineChanges
from custseg.clean.outcome import CleanReport
from custseg.frames import Share, Table
from custseg.values.columns import Kind


class Cleans(Reads, Protocol):
    """A cleaner: what it reads, and what its columns hold."""

    @property
    def fields(self) -> Mapping[str, Kind]:
        """What each column holds."""
        ...

    @property
    def weights(self) -> Mapping[str, float]:
        """What a column counts for."""
        ...


@attrs.frozen(eq=False)
class FetchedColumns(Sequence[ReadColumn]):
    """The columns row by row: fetched when one of them is looked at.

    Attributes:
        model: The cleaner.
        table: The lazy table.
    """

    model: Cleans
    table: Table[Any]

    @cached_property
    def _held(self) -> list[ReadColumn]:
        return self.model.columns_of(self.table.select(tuple(self.model.needs)))

    def __len__(self) -> int:
        """How many columns."""
        return len(self.model.fields)

    def __iter__(self) -> Iterator[ReadColumn]:
        """Each column."""
        return iter(self._held)

    @overload
    def __getitem__(self, at: int) -> ReadColumn: ...
    @overload
    def __getitem__(self, at: slice) -> list[ReadColumn]: ...
    def __getitem__(self, at: int | slice) -> ReadColumn | list[ReadColumn]:
        """One column, or some."""
        return self._held[at]


def quality_inside(model: Cleans, opened: Table[Any], ids: str | None) -> Quality:
    """How good a lazy table is, as it came: fields in numbers, counted in the engine.

    What is told of single records (`Quality.completeness`, `Quality.score`) fetches the columns
    that are cleaned.

    Args:
        model: The cleaner.
        opened: The lazy table.
        ids: The column with the customers' ids.
    """
    keys = (ids,) if ids is not None else tuple(model.needs)[:1] or opened.columns[:1]
    share = Share(opened, keys, tuple(model.needs))
    inside = FieldsInside(model, share, model.fields)
    columns = FetchedColumns(model, opened)
    return Quality(inside.rows, columns, model.weights, table=opened, inside=inside)


def reported_inside(model: Cleans, opened: Table[Any], column: str | None) -> CleanReport:
    """The report of a lazy table, worked out where the table is.

    Args:
        model: The cleaner.
        opened: The lazy table as it came.
        column: The column with the customers' ids, if the table has it.
    """
    ids = column if column in opened.columns else None
    changes = EngineChanges.of(model, opened, ids=ids, names=tuple(model.fields))
    return CleanReport(quality_inside(model, opened, ids), changes)
