"""What is made of each batch of a dataset."""

from collections.abc import Callable, Generator, Mapping
from typing import Any, Protocol

import attrs
import numpy as np

from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.engines.partial import Asked, PartPasses
from custseg.frames.optional import optional
from custseg.rules import Condition, Rule


class Pulled(Protocol):
    """A table whose rows pass by."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        ...

    def pulled(self, names: tuple[str, ...]) -> Generator[Any]:
        """Record batches of some columns."""
        ...


@attrs.frozen(eq=False)
class Mapped:
    """Batches with what is made of each.

    Attributes:
        table: Where they come from.
        work: An opened Arrow table -> an Arrow table.
    """

    table: Pulled
    work: Callable[[EagerTable], Any]

    def __call__(self) -> Generator[Any]:
        """From the beginning."""
        pa = optional("pyarrow", extra="arrow")
        names = self.table.columns
        for batch in self.table.pulled(names):
            noted("dataset", batch.num_rows, names, streamed=True)
            yield self.work(eager_table(pa.Table.from_batches([batch])))


@attrs.frozen(eq=False)
class Pushed:
    """Rules.

    Attributes:
        rules: Output column -> tree.
    """

    rules: Mapping[str, Rule]

    def __call__(self, rows: EagerTable) -> Any:
        """Add their columns."""
        return rows.push(self.rules)


@attrs.frozen(eq=False)
class Chosen:
    """The rows for which a condition holds.

    Attributes:
        condition: The condition.
    """

    condition: Condition

    def __call__(self, rows: EagerTable) -> Any:
        """Leave the others out."""
        return rows.where(self.condition)


@attrs.frozen(eq=False)
class Joined:
    """What another table says.

    Attributes:
        other: That table, in memory.
        keys: Column -> column of the other table.
        names: The columns to add.
    """

    other: EagerTable
    keys: Mapping[str, str]
    names: tuple[str, ...]

    def __call__(self, rows: EagerTable) -> Any:
        """Add the columns."""
        theirs = tuple(self.keys.values())
        return rows.joined(self.other, tuple(self.keys), self.names, theirs=theirs)


class StreamPasses(PartPasses):
    """One column of a dataset, added up batch by batch."""

    __slots__ = ()

    def _answer(self, asked: Asked) -> Mapping[str, Any]:
        name = self.column
        parts = (part.read({name: "number"})[name] for part in self.frame.batches((name,)))
        return asked.merged(asked.of(np.asarray(one)) for one in (np.empty(0), *parts))


def added(held: EagerTable, names: tuple[str, ...]) -> EagerTable:
    """Counts of batches added up.

    Args:
        held: Rows of the columns and their number ``n``.
        names: The columns.
    """
    pa = optional("pyarrow", extra="arrow")
    if not names:
        total = sum(held.native.column("n").to_pylist())
        return eager_table(pa.table({"n": pa.array([total], pa.int64())}))
    frame = held.native
    for at, name in enumerate(names):
        frame = frame.set_column(at, name, _plain(frame.column(name)))
    groups = frame.group_by(list(names), use_threads=False).aggregate([("n", "sum")])
    return eager_table(groups.select([*names, "n_sum"]).rename_columns([*names, "n"]))


def _plain(column: Any) -> Any:
    """Labels as texts, and NaN as null: pieces of the same rows may hold either."""
    pa = optional("pyarrow", extra="arrow")
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    if not pa.types.is_floating(column.type):
        return column
    pc = optional("pyarrow.compute", extra="arrow")
    return pc.if_else(pc.is_nan(column), None, pc.add(column, 0.0))
