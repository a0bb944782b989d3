"""What travels to the workers of Spark: work on batches of Arrow, errors that survive the trip."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Any, Final

import attrs
import pyarrow as pa

from custseg.errors import CustsegError
from custseg.frames.faults import quotable
from custseg.frames.optional import optional
from custseg.frames.parts.task import Task

TAG: Final = "tag"
"""The column that says which table a packed row is of."""

_ROWS: Final = 1 << 16  # of a batch of the answer


def packed(place: int) -> str:
    """The column that holds the rows of a table as structs.

    Args:
        place: The place of the table among those given.

    >>> packed(0)
    't0'
    """
    return f"t{place}"


@attrs.frozen(eq=False)
class PartWork:
    """Work on one partition, whose rows come as structs with a tag.

    Attributes:
        task: The work.
        names: The columns of each table, in the order of the tags and of the structs' fields.
    """

    task: Task
    names: Mapping[str, tuple[str, ...]]

    def __call__(self, batches: Iterable[Any]) -> Generator[Any]:
        """Batches of the answer; a partition without rows gives none."""
        held: dict[str, list[Any]] = {name: [] for name in self.names}
        for batch in batches:
            for name, rows in self._unpacked(batch):
                held[name].append(rows)
        given = {name: pa.Table.from_batches(rows) for name, rows in held.items() if rows}
        if given:
            with quoting():
                answer = self.task.run(given, part_number())
            yield from answer.to_batches(max_chunksize=_ROWS)

    def _unpacked(self, batch: Any) -> Generator[tuple[str, Any]]:
        compute = optional("pyarrow.compute")  # its functions are made as it is loaded
        tags = batch.column(TAG)
        for place, (name, columns) in enumerate(self.names.items()):
            rows = compute.equal(tags, place)
            if rows.true_count:
                structs = batch.column(packed(place))
                if rows.true_count < batch.num_rows:
                    structs = structs.filter(rows)
                yield name, pa.RecordBatch.from_arrays(structs.flatten(), names=list(columns))


@attrs.frozen(eq=False)
class RowsWork:
    """Work on a batch of rows, whose columns come one by one.

    Attributes:
        task: The work.
        names: The columns that come.
    """

    task: Task
    names: tuple[str, ...]

    def added(self, *columns: pa.Array) -> pa.Array:
        """The new columns as one of structs; Spark reads from the types that rows match."""
        rows = pa.Table.from_arrays(list(columns), names=list(self.names))
        with quoting():
            answer = self.task.run({"rows": rows}, part_number())
        held = [_whole(column) for column in answer.columns]
        return pa.StructArray.from_arrays(held, names=[f"c{i}" for i in range(len(held))])


def part_number() -> int:
    """The number of the partition that this worker works on."""
    from pyspark import TaskContext  # noqa: PLC0415 - loaded only where Spark works

    context = TaskContext.get()
    return -1 if context is None else int(context.partitionId())


@contextmanager
def quoting() -> Generator[None]:
    """Put the fields of an error into its text: Spark hands on nothing else.

    Raises:
        CustsegError: What was raised inside.

    >>> with quoting():
    ...     pass
    """
    try:
        yield
    except CustsegError as error:
        raise quotable(error) from error.__cause__


def _whole(column: Any) -> Any:
    held = column.combine_chunks()
    if isinstance(held, pa.ChunkedArray):
        return held.chunk(0) if held.num_chunks else pa.array([], held.type)
    return held
