"""What is seen of a command while it works: a bar on a terminal, or with ``--verbose`` its log."""

import logging
import sys
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from custseg.progress import bar

_LEVELS: Final = (logging.WARNING, logging.INFO, logging.DEBUG)
_LINE: Final = "%(asctime)s %(name)s: %(message)s"


@contextmanager
def shown(given: Namespace, locale: str) -> Generator[None]:
    """A bar while the block runs, in the language of the command; none where the log is shown.

    >>> with shown(Namespace(verbose=0), "en"):
    ...     pass
    """
    if given.verbose:
        yield
        return
    with bar(locale):
        yield


@contextmanager
def logged(verbose: int) -> Generator[None]:
    """Lines of the log on standard error while the block runs.

    Args:
        verbose: 0 shows none, 1 each step with its counts, 2 the details too.

    >>> with logged(0):
    ...     pass
    """
    if not verbose:
        yield
        return
    log, handler = logging.getLogger("custseg"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_LINE))
    before = log.level
    log.addHandler(handler)
    log.setLevel(_LEVELS[min(verbose, len(_LEVELS) - 1)])
    try:
        yield
    finally:
        log.setLevel(before)
        log.removeHandler(handler)
