"""Rows of a Polars lazy frame, worked out as they stream by."""

from collections.abc import Generator
from typing import Any

from custseg.frames.faults import typed


def pulled(frame: Any) -> Generator[Any]:
    """The frames of a lazy frame, some rows at a time, in its order.

    Args:
        frame: The lazy frame.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    with typed():
        # without order each run would answer with its rows in another one
        yield from frame.collect_batches(maintain_order=True)


def collected(frame: Any) -> Any:
    """A lazy frame worked out, its rows streaming by."""
    return frame.collect(engine="streaming")
