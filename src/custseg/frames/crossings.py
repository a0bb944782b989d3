"""What leaves a lazy engine for Python: an account that callers and tests may keep."""

import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import attrs

_LOG = logging.getLogger(__name__)


@attrs.frozen
class Crossing:
    """What crossed into Python.

    Attributes:
        engine: Where it came from.
        rows: How many rows.
        columns: Which columns.
        sums: These are not rows of the table but aggregates of it: one row a bucket of values, or
            one a distinct value.
        streamed: The rows passed by in batches and were let go: Python never held the table.

    >>> Crossing("polars", 2, ("customer_id",)).rows
    2
    """

    engine: str
    rows: int
    columns: tuple[str, ...]
    sums: bool = False
    streamed: bool = False


_account: ContextVar[list[Crossing] | None] = ContextVar("custseg_crossings", default=None)
_kept: Final[list[list[Crossing]]] = []  # those of this moment: threads of engines have no context


@contextmanager
def crossings() -> Generator[list[Crossing]]:
    """Keep an account of the rows that leave lazy engines inside the block.

    >>> with crossings() as account:
    ...     pass
    >>> account
    []
    """
    account: list[Crossing] = []
    token = _account.set(account)
    _kept.append(account)
    try:
        yield account
    finally:
        _account.reset(token)
        _kept[:] = (one for one in _kept if one is not account)


def noted(
    engine: str,
    rows: int,
    columns: tuple[str, ...],
    *,
    sums: bool = False,
    streamed: bool = False,
) -> None:
    """Write a crossing into the account, if one is kept."""
    what = "sums" if sums else "rows"
    _LOG.debug("%s: %d %s crossed, of %d columns", engine, rows, what, len(columns))
    account = _account.get()
    if account is not None:
        account.append(Crossing(engine, rows, columns, sums, streamed))


def account_of_now() -> list[Crossing] | None:
    """The account that is kept here and now, for work that a thread of an engine does."""
    account = _account.get()
    return _kept[-1] if account is None and _kept else account


def written(batches: Iterator[Any], account: list[Crossing] | None) -> Generator[Any]:
    """Batches that write into an account, whichever thread pulls them.

    Args:
        batches: What an engine pulls.
        account: The account of whoever asked for them, if one is kept.
    """
    try:
        while True:
            token = _account.set(account)
            try:
                batch = next(batches)
            except StopIteration:
                return
            finally:
                _account.reset(token)
            yield batch
    finally:
        if isinstance(batches, Generator):
            batches.close()
