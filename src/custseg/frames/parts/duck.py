"""Work on DuckDB: relations over streams, pulled when the engine runs the user's query."""

from collections.abc import Mapping
from typing import Any

from custseg.frames.arrowstream import Stream
from custseg.frames.engines.duckarrow import types_of
from custseg.frames.parts.duckrows import by_row_of
from custseg.frames.parts.duckscan import scans
from custseg.frames.parts.duckstream import related, returning
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.split import Split
from custseg.frames.parts.task import Task
from custseg.frames.table import Table


class DuckRunner(Runner):
    """A part at a time, read through a second connection."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """A relation over the answers of the parts; nothing is read before it is asked."""
        split = _split(given, work, like)
        stream = Stream(split.task.schema, split.answers)
        return related(like.native, stream, returning(split, types_of(like.native)))

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """A relation over a stream of the rows with their new columns."""
        return by_row_of(table, work, needs, replaces)

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:
        """The sums of all parts, at once."""
        return _split(given, work, like).totals()


def _split(given: Mapping[str, Share], work: Work, like: Table[Any]) -> Split:
    tables = scans(given, like)
    return Split(tables, Task.of(work, {name: one.empty() for name, one in tables.items()}))
