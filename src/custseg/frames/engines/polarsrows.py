"""Rows of a Polars lazy frame, worked out as they stream by."""

from collections.abc import Generator
from typing import Any

from custseg.frames.faults import typed


def pulled(frame: Any) -> Generator[Any]:
    """The frames of a lazy frame, some rows at a time where this version of Polars can.

    Args:
        frame: The lazy frame.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    with typed():
        if hasattr(frame, "collect_batches"):
            yield from frame.collect_batches(maintain_order=False)
        else:
            yield collected(frame)


def collected(frame: Any) -> Any:
    """A lazy frame worked out, its rows streaming by."""
    try:
        return frame.collect(engine="streaming")
    except ValueError:  # Polars of 2024 knows no such engine
        return frame.collect()
