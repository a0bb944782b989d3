"""The fitted cleaner: the same rules for every table and record that comes."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, ClassVar, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Needs, Record
from custseg.clean.assessing.report import Quality
from custseg.clean.assessing.rules import QualityRules
from custseg.clean.cell import Cell, CellReader, Policy, cell_reader
from custseg.clean.changes import Changes
from custseg.clean.columns import ReadColumn
from custseg.clean.inside.cleaning import CleanRows
from custseg.clean.inside.reporting import reported_inside
from custseg.clean.outcome import Cleaned, CleanReport
from custseg.clean.regional import REGIONAL, home, homes, read_by_home
from custseg.errors import MissingColumnError
from custseg.features.completion.freshness import days_at
from custseg.frames import Table
from custseg.progress import each
from custseg.reasons import Explanation, Reason
from custseg.showing import Shown
from custseg.values.columns import Kind

_LOG = logging.getLogger(__name__)

T = TypeVar("T")
_CHUNK = 10_000


@attrs.frozen
class CleanModel(Shown):
    """Clean tables and records by settled rules.

    Cleaning twice is cleaning once; no row is lost; columns that are not named
    stay as they are.

    Attributes:
        fields: What each column holds.
        region: Where a bare phone number belongs.
        id: The column with the customers' ids, None if there is none.
        invalid: What becomes of a value that cannot be right.
        placeholders: More texts that stand for nothing.
        weights: What a column counts for in completeness; 1 if it is not named.
        region_by: The column that tells where each record is at home, None if there is none.

    Example:
        >>> model = CleanModel({"phone": "phone"})
        >>> model.one({"phone": "138-0013-8000", "n": 1})
        {'phone': '+8613800138000', 'n': 1}
    """

    schema_version: ClassVar[int] = 1

    fields: Mapping[str, Kind]
    region: str | None = "CN"
    id: str | None = None
    invalid: Policy = "keep"
    placeholders: tuple[str, ...] = ()
    weights: Mapping[str, float] = attrs.field(factory=dict[str, float])
    region_by: str | None = None

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        return dict.fromkeys(self._names, "text")

    @property
    def _names(self) -> tuple[str, ...]:
        by = self.region_by
        return (*self.fields, *([by] if by is not None and by not in self.fields else []))

    def apply(self, data: T) -> T:
        """Clean a table.

        Args:
            data: Records, or any table that ``frames.table`` opens. An iterator of
                records gives an iterator. A lazy table comes back lazy: its engine
                hands the columns to clean to Python some rows at a time.

        Returns:
            The same kind of table; the input is not changed.

        Raises:
            MissingColumnError: A column is not there.
        """
        if frames.is_iterator(data):
            return cast("T", self._stream(cast("Iterator[object]", data)))
        opened = frames.table(data)
        return cast("T", self._inside(opened)) if opened.lazy else self.run(data).table

    def run(self, data: T) -> Cleaned[T]:
        """Clean a table and tell what was found and done: `apply` with its report.

        Args:
            data: Records or a table, as for `apply`; an iterator is read to its end.

        Raises:
            MissingColumnError: A column is not there.

        Example:
            >>> done = CleanModel({"city": "text"}).run([{"city": "Select"}])
            >>> done.table, done.changes.counts
            ([{'city': None}], {('city', 'placeholder'): 1})
        """
        opened = frames.table(data)
        if opened.lazy:
            return Cleaned(
                cast("T", self._inside(opened)), partial(reported_inside, self, opened, self.id)
            )
        _LOG.info("clean: %d records, %d columns", opened.size, len(self.fields))
        columns = self.columns_of(opened)
        ids = opened.keys(self.id) if self.id in opened.columns and self.id else None
        quality = Quality(opened.size, tuple(columns), self.weights, table=opened, ids=ids)
        new = {c.name: made for c in columns if (made := c.cleaned()) is not None}
        table = opened.attach(new) if new else opened.native
        return Cleaned(cast("T", table), CleanReport(quality, Changes(tuple(columns), ids, opened)))

    def quality(
        self,
        data: object,
        rules: QualityRules | None = None,
        *,
        as_of: date | str | None = None,
    ) -> Quality:
        """How good a table is, without cleaning it.

        Args:
            data: Records or a table; a lazy one is fetched once.
            rules: By what quality is judged beyond filled and valid.
            as_of: The day at which values are as old as they are; by default that of the column
                ``as_of``. Without either, freshness is not looked at.

        Raises:
            MissingColumnError: A column is not there.
            DataError: The column of the value holds no numbers.
        """
        opened = frames.table(data)
        opened.require(self._names)
        asked = rules or QualityRules()
        asked.require(opened.columns or self._names)
        held = self._fetched(opened, asked)
        given = as_of is not None or "as_of" in held.columns
        days = np.broadcast_to(days_at(held, as_of, asked.tz), held.size) if given else None
        ids = held.keys(self.id) if self.id in held.columns and self.id else None
        columns = tuple(self.columns_of(held))
        return Quality(held.size, columns, self.weights, asked, days, held, ids, opened, self.id)

    def _inside(self, opened: Table[Any]) -> Any:  # noqa: ANN401 - the caller's kind
        """A lazy table, cleaned where it is."""
        opened.require(self._names)
        if not self.fields:
            return opened.native
        work = CleanRows(self)
        return frames.by_row(opened, work, needs=self._names, replaces=tuple(self.fields))

    def _fetched(self, opened: Table[Any], rules: QualityRules) -> Table[Any]:
        """A lazy table's columns that are looked at, fetched once; any other table as it is."""
        if not opened.lazy:
            return opened
        names = (*self._names, *rules.reads(opened.columns, tuple(self.fields)))
        mine = [self.id] if self.id is not None and self.id in opened.columns else []
        return opened.select([*names, *mine] or opened.columns)

    def one(self, record: Record) -> dict[str, Any]:
        """Clean one record.

        Args:
            record: A dict, attrs or dataclass object with every named column.

        Returns:
            A new dict.

        Raises:
            MissingColumnError: A column is not there.
        """
        given = frames.as_mapping(record)
        return {**given, **{name: cell.new for name, cell in self._cells(given).items()}}

    def explain(self, record: Record) -> Explanation:
        """What cleaning does to one record, and why.

        Args:
            record: As for `one`.

        Raises:
            MissingColumnError: A column is not there.

        Example:
            >>> print(CleanModel({"phone": "phone"}).explain({"phone": "000000"}).text())
            cleaned: yes
              - phone: one digit over and over
        """
        cells = self._cells(frames.as_mapping(record))
        changed = any(cell.rule is not None for cell in cells.values())
        decision = {"cleaned": "yes" if changed else "no"}
        decision |= {name: cell.state for name, cell in cells.items()}
        reasons = tuple(why for name, cell in cells.items() for why in _reasons(name, cell))
        return Explanation("cleaned", decision, reasons)

    def _reader(self, kind: Kind, region: str | None) -> CellReader:
        return cell_reader(kind, region, invalid=self.invalid, placeholders=self.placeholders)

    def columns_of(self, table: Table[Any]) -> list[ReadColumn]:
        """The columns of a table in memory as they are understood.

        Args:
            table: An opened table.

        Example:
            >>> from custseg.frames import table
            >>> model = CleanModel({"phone": "phone"})
            >>> [column.name for column in model.columns_of(table([{"phone": "N/A"}]))]
            ['phone']
        """
        at, known = homes(table.keys(self.region_by), self.region) if self.region_by else (None, ())
        columns: list[ReadColumn] = []
        for name, kind in each("columns", self.fields.items()):
            keys = table.keys(name)
            if at is None or kind not in REGIONAL:
                columns.append(ReadColumn.of(name, keys, self._reader(kind, self.region)))
                continue
            readers = {i: self._reader(kind, region) for i, region in enumerate(known)}
            columns.append(read_by_home(name, keys, at, readers))
        return columns

    def _cells(self, given: Mapping[str, Any]) -> dict[str, Cell]:
        for name in self._names:
            if name not in given:
                raise MissingColumnError(name, given)
        own = home(given[self.region_by], self.region) if self.region_by else self.region
        return {
            name: self._reader(kind, own if kind in REGIONAL else self.region).cell(given[name])
            for name, kind in self.fields.items()
        }

    def _stream(self, records: Iterator[object]) -> Iterator[dict[str, Any]]:
        while chunk := list(islice(records, _CHUNK)):
            yield from cast("list[dict[str, Any]]", self.apply(chunk))


def _reasons(column: str, cell: Cell) -> Iterator[Reason]:
    """The problem of a cell and the rule that rewrote it, once if they are the same."""
    held = {"old": cell.old, "new": cell.new}
    for code in dict.fromkeys((cell.problem, cell.rule)):
        if code is not None:
            yield Reason(f"clean.{code}", {"column": column}, held)
