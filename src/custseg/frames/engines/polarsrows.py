"""Rows of a Polars lazy frame, worked out as they stream by."""

from collections.abc import Generator
from typing import Any

from custseg.frames.faults import typed


def pulled(frame: Any, *, in_order: bool = False) -> Generator[Any]:
    """The frames of a lazy frame, some rows at a time.

    Args:
        frame: The lazy frame.
        in_order: Whether they come as the frame would have them; it holds back what is early.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    with typed():
        yield from frame.collect_batches(maintain_order=in_order)


def collected(frame: Any) -> Any:
    """A lazy frame worked out, its rows streaming by."""
    return frame.collect(engine="streaming")
