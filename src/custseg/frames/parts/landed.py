"""Work on tables of an engine that has no runner: fetched, worked on once, and handed back."""

from collections.abc import Mapping
from typing import Any

from custseg.frames.parts.eager import EagerRunner
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.task import Task, arrow_of
from custseg.frames.table import Table


class LandedRunner(Runner):
    """The rows are fetched (and noted): the answers are the same, the memory is not."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """Fetch, work once, and bring the answer into the engine."""
        return _adopted(like, _worked(given, work))

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """Fetch all rows, since new columns need rows with a position."""
        held = arrow_of(table, table.columns)
        from custseg.frames.door import table as opened  # noqa: PLC0415 - it opens lazy ones too

        return _adopted(table, EagerRunner().by_row(opened(held), work, needs, replaces))

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:  # noqa: ARG002 - one protocol
        """Fetch and work once."""
        from custseg.frames.door import table as opened  # noqa: PLC0415 - it opens lazy ones too

        return opened(_worked(given, work))


def _worked(given: Mapping[str, Share], work: Work) -> Any:
    held = {name: arrow_of(share.fetched(), share.columns) for name, share in given.items()}
    task = Task.of(work, {name: one.slice(0, 0) for name, one in held.items()})
    if not any(one.num_rows for one in held.values()):
        return task.schema.empty_table()
    return task.run(held, 0)


def _adopted(like: Any, held: Any) -> Any:
    return like.adopted(held)
