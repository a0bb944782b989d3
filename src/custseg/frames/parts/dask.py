"""Work on Dask: partitions shuffled by key, or each as it is."""

from collections.abc import Mapping
from typing import Any

import attrs

from custseg.frames.crossings import noted
from custseg.frames.eager import eager_table
from custseg.frames.engines.daskarrow import (
    arrow_part,
    dtypes_of,
    meta_of,
    pandas_part,
    schema_of,
)
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.parts.daskparts import Shuffled
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.task import OnRows, Task
from custseg.frames.table import Table


class DaskRunner(Runner):
    """The workers do it; the graph of the answer holds the work, and nothing runs before."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """A DataFrame of as many partitions as the largest table has, its index new."""
        held, task = _prepared(given, work)
        dtypes = dtypes_of(task.schema, like.native)
        answer = optional("dask", extra="dask").delayed(_Answer(task, held.schemas, dtypes))
        parts = [answer(number, *part) for number, part in enumerate(held.parts)]
        meta = pandas_part(task.schema.empty_table(), dtypes)
        return optional("dask.dataframe", extra="dask").from_delayed(parts, meta=meta)

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """The same DataFrame with the columns; index and divisions stay."""
        frame = table.native
        schema = schema_of(frame, needs)
        task = Task.of(OnRows(work), {"rows": schema.empty_table()})
        rows = _Rows(task, schema, dtypes_of(task.schema), frozenset(replaces))
        return frame.map_partitions(
            rows, meta=rows.beside(meta_of(frame), task.schema.empty_table())
        )

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:  # noqa: ARG002 - one protocol
        """The sums of all partitions, at once."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        held, task = _prepared(given, work)
        dask = optional("dask", extra="dask")
        answer = dask.delayed(_Answer(task, held.schemas))
        with typed():
            found = dask.compute(*(answer(i, *part) for i, part in enumerate(held.parts)))
        sums = pa.concat_tables([task.schema.empty_table(), *found])
        noted("dask", sums.num_rows, tuple(sums.column_names), sums=True)
        return eager_table(sums)


def _prepared(given: Mapping[str, Share], work: Work) -> tuple[Shuffled, Task]:
    held = Shuffled.of(given)
    return held, Task.of(work, {n: schema.empty_table() for n, schema in held.schemas.items()})


@attrs.frozen(eq=False)
class _Answer:
    """Work on one partition of each table.

    Attributes:
        task: What is done.
        schemas: Table -> the Arrow types of its columns.
        dtypes: The pandas types of the answer; none: it stays an Arrow table.
    """

    task: Task
    schemas: Mapping[str, Any]
    dtypes: Mapping[str, Any] | None = None

    def __call__(self, number: int, *parts: Any) -> Any:
        """Work on them; without rows there is no work.

        Raises:
            CustsegError: What the work raised, with the partition.
        """
        pairs = zip(self.schemas.items(), parts, strict=True)
        given = {name: arrow_part(part, schema) for (name, schema), part in pairs}
        answer = self.task.schema.empty_table()
        if any(one.num_rows for one in given.values()):
            answer = self.task.run(given, number)
        return answer if self.dtypes is None else pandas_part(answer, self.dtypes)


@attrs.frozen(eq=False)
class _Rows:
    """Work on the rows of one partition.

    Attributes:
        task: What is done.
        schema: The Arrow types of the columns that are read.
        dtypes: The pandas types of the new ones.
        replaces: Columns to leave out.
    """

    task: Task
    schema: Any
    dtypes: Mapping[str, Any]
    replaces: frozenset[str]

    def __call__(self, part: Any, partition_info: Mapping[str, int] | None = None) -> Any:
        """Add the columns; the others do not pass through the work.

        Raises:
            CustsegError: What the work raised, with the partition.
        """
        number = 0 if partition_info is None else partition_info["number"]
        given = arrow_part(part, self.schema)
        answer = self.task.schema.empty_table()
        return self.beside(part, self.task.run({"rows": given}, number) if len(part) else answer)

    def beside(self, part: Any, answer: Any) -> Any:
        """New columns beside those that stay, which keep their index and types.

        Args:
            part: The pandas frame.
            answer: The new columns as an Arrow table.
        """
        new = pandas_part(answer, self.dtypes).set_index(part.index)
        gone = [name for name in part.columns if name in self.replaces and name not in new.columns]
        return part.drop(columns=gone).assign(**{name: new[name] for name in new.columns})
