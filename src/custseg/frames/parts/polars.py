"""Work on Polars: lazy frames over generators, pulled when the user collects or sinks."""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

import attrs

from custseg.errors import CustsegError
from custseg.frames.arrowstream import quoting
from custseg.frames.crossings import Crossing, account_of_now, noted, written
from custseg.frames.faults import quotable
from custseg.frames.optional import optional
from custseg.frames.parts.polarsscan import scans
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.split import Split
from custseg.frames.parts.task import OnRows, Task
from custseg.frames.plaintypes import plain_schema
from custseg.frames.table import Table


class PolarsRunner(Runner):
    """A part at a time, collected inside the user's query."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """A lazy frame over the answers of the parts; nothing is read before it is asked."""
        pl = optional("polars", extra="polars")
        split = _split(given, work)
        none = split.task.schema.empty_table()
        source = _Source(none, split.answers, account_of_now())
        frame = _sourced(source, pl.from_arrow(none).schema)
        return frame.with_columns(_returning(pl, split, like.native.collect_schema()))

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """A lazy frame with the columns; only those that are read pass through Python."""
        pl = optional("polars", extra="polars")
        schema = table.native.collect_schema()
        empty = pl.DataFrame(schema=schema).select(needs).to_arrow()
        task = Task.of(OnRows(work), {"rows": empty})
        new = pl.from_arrow(task.schema.empty_table()).schema
        rows = pl.struct(needs).map_batches(
            _Rows(task, account_of_now()), return_dtype=pl.Struct(dict(new)), is_elementwise=True
        )
        held = table.native.with_columns(rows.alias(_SPARE))
        made = [pl.col(_SPARE).struct.field(name) for name in new]
        gone = [name for name in replaces if name in schema and name not in new]
        return held.with_columns(made).drop(_SPARE, *gone)

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:  # noqa: ARG002 - one protocol
        """The sums of all parts, at once."""
        return _split(given, work).totals()


_SPARE = "__custseg_rows"


def _split(given: Mapping[str, Share], work: Work) -> Split:
    tables = scans(given)
    return Split(tables, Task.of(work, {name: one.empty() for name, one in tables.items()}))


@attrs.frozen(eq=False)
class _Rows:
    """Work on rows as Polars calls it: a struct of the columns read gives one of the new ones."""

    task: Task
    account: list[Crossing] | None

    def __call__(self, rows: Any) -> Any:
        """Work on some rows.

        Raises:
            CustsegError: What the work raised.
        """
        pl = optional("polars", extra="polars")
        account = account_of_now()
        made = written(self._answer(rows), self.account if account is None else account)
        answer = next(made)
        return pl.from_arrow(answer).to_struct(rows.name)

    def _answer(self, rows: Any) -> Generator[Any]:
        given = rows.struct.unnest().to_arrow().cast(self.task.empty["rows"].schema)
        noted("polars", given.num_rows, tuple(given.column_names), streamed=True)
        try:
            yield self.task.run({"rows": given}, 0)
        except CustsegError as error:
            raise quotable(error) from error


@attrs.frozen(eq=False)
class _Source:
    """Answers of parts as Polars pulls them.

    Attributes:
        none: One without rows.
        answers: Makes them from the beginning.
        account: Who asked for them.
    """

    none: Any
    answers: Callable[[], Iterator[Any]]
    account: list[Crossing] | None

    def __call__(
        self, columns: list[str] | None, predicate: Any, rows: int | None, _: int | None
    ) -> Generator[Any]:
        """The frames, of some columns, until there are enough rows."""
        account = account_of_now()
        made = written(self._frames(), self.account if account is None else account)
        left = rows
        for whole in quoting(made):
            frame = whole if predicate is None else whole.filter(predicate)
            frame = frame if left is None else frame.head(left)
            yield frame if columns is None else frame.select(columns)
            left = None if left is None else left - len(frame)
            if left == 0:
                return

    def _frames(self) -> Generator[Any]:
        pl = optional("polars", extra="polars")
        yield pl.from_arrow(self.none)  # Polars of 2024 falls over a source that gives nothing
        for answer in self.answers():
            yield pl.from_arrow(answer)


def _sourced(source: _Source, schema: Any) -> Any:
    """A lazy frame over a source; filters stay above it, since Polars may push what none can do."""
    register = optional("polars.io.plugins", extra="polars").register_io_source
    return register(source, schema=schema).map_batches(
        _same, predicate_pushdown=False, streamable=True
    )


def _same(frame: Any) -> Any:
    return frame


def _returning(pl: Any, split: Split, schema: Any) -> list[Any]:
    """Columns of the answer that are columns of the frame, as they crossed: their types again."""
    empty = split.task.empty.values()
    crossed = {one.name: one.type for held in empty for one in plain_schema(held.schema)}
    return [
        pl.col(one.name).cast(schema[one.name])
        for one in split.task.schema
        if one.name in schema and crossed.get(one.name) == one.type
    ]
