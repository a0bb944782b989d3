"""Work as it travels: what each partition is given and what columns it must answer with."""

from collections.abc import Mapping
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw

from custseg.errors import CustsegError, DataError
from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.faults import in_part
from custseg.frames.parts.shares import RowWork, Work
from custseg.frames.plaintypes import plain_schema, worded
from custseg.frames.records import RecordTable
from custseg.frames.table import Table


@attrs.frozen(eq=False)
class Task:
    """Work with the types of what it is given and of what it answers, known before it runs.

    Attributes:
        work: What is done with the tables of one partition.
        empty: Table -> an Arrow table without rows, for a partition that has none of it.
        schema: The columns of the answer, as Arrow types that every engine has.
    """

    work: Work
    empty: Mapping[str, Any]
    schema: Any

    @classmethod
    def of(cls, work: Work, empty: Mapping[str, Any]) -> "Task":
        """Run the work once on tables without rows, to learn its columns.

        Args:
            work: What is done with the tables of one partition.
            empty: Table -> an Arrow table of the right types without rows.

        Raises:
            DataError: A column of the answer has no type.
        """
        typed = {name: worded(held) for name, held in empty.items()}
        answer = arrow_answer(work({name: eager_table(held) for name, held in typed.items()}))
        return cls(work, typed, plain_schema(answer.schema))

    def run(self, given: Mapping[str, Any], part: int) -> Any:
        """The answer of one partition, cast to the columns that were promised.

        Args:
            given: Table -> the Arrow table of this partition; those without rows may be absent.
            part: The number of the partition, for errors.

        Raises:
            CustsegError: What the work raised, with the partition.
        """
        opened = {n: eager_table(worded(given.get(n, none))) for n, none in self.empty.items()}
        try:
            return conform(arrow_answer(self.work(opened)), self.schema)
        except CustsegError as error:
            raise in_part(error, part) from error


@attrs.frozen(eq=False)
class OnRows:
    """Work on rows as work on the one table of a partition; the columns are counted, not matched.

    Attributes:
        work: What is done with some rows.
    """

    work: RowWork

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """New columns, row for row.

        Raises:
            DataError: The work gave another number of rows.
        """
        rows = given["rows"]
        answer = arrow_answer(self.work(rows))
        if answer.num_rows != rows.size:
            msg = f"work on rows gave {answer.num_rows} rows for {rows.size}"
            raise DataError(msg)
        return answer


def arrow_answer(answer: object) -> Any:
    """What work gave, as an Arrow table."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    if isinstance(answer, pa.Table):
        return answer
    return nw.from_native(cast("Any", answer), eager_only=True).to_arrow()


def arrow_of(table: Table[Any], names: tuple[str, ...]) -> Any:
    """Columns of a table in memory as an Arrow table.

    Raises:
        DataError: A column holds values of several types.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    held = table.select(names)
    if isinstance(held, EagerTable):
        arrow = held.frame.select(*names).to_arrow()
        return arrow.replace_schema_metadata(None)
    rows = held.rows if isinstance(held, RecordTable) else ()
    nothing = eager_table(pa.table({}))
    try:
        return nothing.build({name: [row.get(name) for row in rows] for name in names})
    except pa.ArrowException as error:
        msg = "records hold values that no column of Arrow can hold; use one type a column"
        raise DataError(msg) from error


def conform(answer: Any, schema: Any) -> Any:
    """An answer with exactly these columns.

    Raises:
        DataError: It has other columns, or values that the promised type cannot hold.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    if answer.schema.names != schema.names:
        msg = f"work gives the columns {answer.schema.names}, without rows {schema.names}"
        raise DataError(msg)
    columns = [_cast(answer.column(i), one) for i, one in enumerate(schema)]
    return pa.Table.from_arrays(columns, schema=schema)


def _cast(column: Any, promised: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    if column.type == promised.type:
        return column
    try:
        return column.cast(promised.type)
    except pa.ArrowException as error:
        msg = f"work gives {column.type}, which does not fit the {promised.type} without rows"
        raise DataError(msg, promised.name) from error
