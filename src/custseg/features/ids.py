"""The ids behind the codes of customers, in the type that they came in."""

from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index, Ints
from custseg.features.events import Source
from custseg.frames import Attachable, Keys, Table
from custseg.frames.gather import gathered, recoded


@attrs.frozen(eq=False)
class Ids:
    """Ids by code.

    Attributes:
        column: Name of their column.
        held: The ids: ascending whole numbers, or a table of that one column.
    """

    column: str
    held: Ints | Table[Any]

    @classmethod
    def of(cls, source: Source, keys: Keys) -> "Ids":
        """The distinct ids of a table."""
        column = source.columns["customer"]
        numbers = _numbers(keys)
        if numbers is not None:
            return cls(column, numbers)
        ids = gathered(source.table, column, keys.first)
        return cls(column, frames.table(source.table.build({column: ids})))

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.held) if isinstance(self.held, np.ndarray) else self.held.size

    def take(self, codes: Index) -> Attachable:
        """Ids of some codes, ascending, to build a table with."""
        if isinstance(self.held, np.ndarray):
            return self.held if len(codes) == len(self.held) else self.held[codes]
        return gathered(self.held, self.column, codes)

    def rows(self, codes: Index) -> Attachable:
        """Ids of any codes, in their order and as often as they come, to build a table with."""
        if isinstance(self.held, np.ndarray):
            return self.held[codes]
        return gathered(self.held, self.column, codes)

    @property
    def keys(self) -> Keys:
        """Ids as keys, to look others up among them."""
        if isinstance(self.held, np.ndarray):
            return Keys(np.arange(len(self.held)), self.held)
        return self.held.keys(self.column)

    def merged(self, other: "Ids") -> tuple["Ids", Index, Index]:
        """Ids of both; the new code of each code of this one, and of each of the other."""
        mine, theirs = self.keys, other.keys
        if isinstance(self.held, np.ndarray) and isinstance(other.held, np.ndarray):
            both = np.union1d(self.held, other.held)
            old, new = np.searchsorted(both, self.held), np.searchsorted(both, other.held)
            return Ids(self.column, both), old, new
        place = frames.align(mine, theirs)
        fresh = np.flatnonzero(place < 0)
        place[fresh] = len(mine.uniques) + np.arange(len(fresh))
        known = theirs.ids()
        ids = [*mine.ids(), *(known[i] for i in fresh.tolist())]
        return self._listed(ids, other), np.arange(len(mine.uniques)), place

    def _listed(self, ids: list[object], other: "Ids") -> "Ids":
        like = other.held if isinstance(self.held, np.ndarray) else self.held
        if isinstance(like, np.ndarray):
            return self
        column = like.columns[0] if like.columns else other.column
        made = recoded(like, column, np.arange(len(ids)), ids)
        return Ids(self.column, frames.table(like.build({self.column: made})))


def _numbers(keys: Keys) -> Ints | None:
    """The ids where the door numbered them by range: ascending whole numbers."""
    uniques: object = keys.uniques
    if not isinstance(uniques, np.ndarray):
        return None
    numbers = cast("Ints", uniques)
    return numbers if numbers.dtype.kind == "i" else None
