"""Rows of Spark one message at a time: what passes by is let go, partition after partition."""

from collections.abc import Generator, Iterable
from typing import Any, Final

_MESSAGE: Final = 1 << 16  # rows: messages are cells of the JVM, which must stay small
SEALED: Final = "sealed binary"


def sealed(batches: Iterable[Any]) -> Generator[Any]:
    """Batches of rows as messages of Arrow; done by the workers.

    Args:
        batches: Batches of Arrow.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= _MESSAGE:
            yield pa.record_batch({"sealed": [_written(held)]})
            held = []
    if held:
        yield pa.record_batch({"sealed": [_written(held)]})


def unsealed(messages: Iterable[Any], rows: int) -> Generator[Any]:
    """Messages as tables of about so many rows.

    Args:
        messages: Rows of one column, as they come from the workers.
        rows: About how many rows a table has.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

    held: list[Any] = []
    for message in messages:
        held.append(pa.ipc.open_stream(bytes(message[0])).read_all())
        if sum(one.num_rows for one in held) >= rows:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _written(batches: list[Any]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytes(sink.getvalue())
