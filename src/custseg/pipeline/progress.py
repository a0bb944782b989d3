"""The steps of a job, told to whoever listens and written to the log."""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final, TypeAlias

from custseg.progress.telling import Progress, steps, told

STEPS: Final = ("read", "clean", "match", "profile", "classify", "score", "tier", "allocate")
At: TypeAlias = Callable[[str], None]
"""Called as each step begins."""

_LOG = logging.getLogger(__name__)


@contextmanager
def following(progress: Progress | None) -> Generator[At]:
    """Have the steps of a job told, and whatever takes long within them.

    Args:
        progress: Called as ``progress(step, done, total)``; ``None`` leaves it at whoever listens.

    Yields:
        What is called as each step begins.

    Raises:
        CancelledError: ``progress`` returned ``False``.

    >>> with following(lambda *heard: print(heard)) as at:
    ...     at("clean")
    ('clean', 1, 8)
    """
    with told(progress), steps(STEPS) as tell:

        def at(step: str) -> None:
            _LOG.info("step: %s", step)
            tell(step)

        yield at
