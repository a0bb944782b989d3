"""Who does the work: what every engine's runner can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from custseg.errors import DataError
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.table import Table


class Runner(ABC):
    """Work done by one kind of engine."""

    __slots__ = ()

    @abstractmethod
    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """Work on all rows of each key together; a native table of the kind of `like`."""

    @abstractmethod
    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """The native table with the new columns of a work on rows."""

    @abstractmethod
    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:
        """The few rows that the work gives for each partition, collected and noted as sums."""


def gathered_in(given: Mapping[str, Share], like: Table[Any]) -> None:
    """Refuse tables that the engine of another cannot take in.

    Raises:
        DataError: A table is lazy in another engine, or lazy where the answer is not to be.
    """
    for name, share in given.items():
        there = share.table
        if there.lazy and there.engine != like.engine:
            here = like.engine or "memory"
            msg = (
                f"{name} is a table of {there.engine}, but the work is done in {here}; "
                f"bring them into one engine first (a small table may stay in memory)"
            )
            raise DataError(msg)
