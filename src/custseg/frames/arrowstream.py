"""An Arrow stream that can be opened again: nothing is worked out until it is read."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

import attrs

from custseg.errors import CustsegError
from custseg.frames.crossings import Crossing, account_of_now, written
from custseg.frames.faults import quotable, typed


@attrs.frozen(eq=False)
class Stream:
    """A lazy table of Arrow: what a work on a pyarrow Dataset gives.

    Each reading works it out again, part by part. PyArrow, Polars and DuckDB read it as they read
    any Arrow stream (``pyarrow.table(stream)``, ``polars.DataFrame(stream)``,
    ``duckdb.sql("FROM stream")``); `frames.table` opens it.

    Attributes:
        schema: The Arrow schema.
        made: Makes the Arrow tables, or record batches, from the beginning.

    >>> import pyarrow as pa
    >>> numbers = pa.table({"n": [1, 2]})
    >>> stream = Stream(numbers.schema, lambda: iter([numbers]))
    >>> stream.to_table().num_rows, pa.table(stream).num_rows
    (2, 2)
    """

    schema: Any
    made: Callable[[], Iterator[Any]]
    _account: list[Crossing] | None = attrs.field(factory=account_of_now, init=False)

    def to_batches(self) -> Generator[Any]:
        """The record batches, from the beginning.

        Raises:
            CustsegError: What the work raised, with the part.
        """
        for answer in self.made():
            yield from answer.to_batches() if hasattr(answer, "to_batches") else (answer,)

    def to_table(self) -> Any:
        """All of it in memory."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        with typed():
            return pa.Table.from_batches(self.to_batches(), self.schema)

    def __arrow_c_schema__(self) -> object:
        """The schema for any library of Arrow; nothing is worked out."""
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A new stream for any library of Arrow."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        account = account_of_now()  # an engine may open the stream in a thread of its own
        held = written(self.to_batches(), self._account if account is None else account)
        batches = quoting(held)
        return pa.RecordBatchReader.from_batches(self.schema, batches).__arrow_c_stream__(
            requested_schema
        )


def quoting(batches: Generator[Any]) -> Generator[Any]:
    """Batches whose errors carry their fields, for engines that hand on only the text.

    Args:
        batches: What an engine pulls.

    Raises:
        CustsegError: What the work raised.
    """
    try:
        yield from batches
    except CustsegError as error:
        raise quotable(error) from error
    finally:
        batches.close()
