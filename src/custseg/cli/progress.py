"""Progress on a terminal, and only there."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

from custseg.labels import label

_WIDTH = 24


@contextmanager
def terminal(locale: str) -> Generator[Callable[[str, int, int], None] | None]:
    """A progress line on standard error while the block runs; nothing where it is no terminal.

    >>> with terminal("en") as progress:
    ...     progress is None
    True
    """
    if not sys.stderr.isatty():
        yield None
        return

    def show(step: str, done: int, total: int) -> None:
        full = "█" * (_WIDTH * done // total)
        said = label(f"step.{step}", locale)
        sys.stderr.write(f"\r\x1b[K{full:<{_WIDTH}} {done}/{total} {said}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
