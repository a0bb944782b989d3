"""Aggregates of one column inside an engine: it looks at the rows, once a pass."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.frames.crossings import noted
from custseg.frames.passes import LIMB, Buckets, Passes, Sums, Tally, Unit, centres, checked

MISSING: Final = -1  # places of what is in no bucket
INFINITE: Final = -2


@attrs.frozen(eq=False)
class EnginePasses(Passes):
    """One column of a lazy table.

    Attributes:
        frame: The native lazy frame or relation.
        column: Name of the column.
        engine: Name of the engine, for the account of what crosses.
    """

    frame: Any
    column: str
    engine: str

    def buckets(self, edges: Floats, *, centre: Floats | float = 0.0) -> Buckets:
        """Sum up in the engine; one row a bucket leaves it."""
        given = checked(edges)
        found = self._noted(self._summed(given, centres(centre, len(given) + 1)))
        put = _Put(found["place"], len(given) + 1)
        low, high = (put.floats(found[name], np.nan) for name in ("low", "high"))
        total, squares = (put.floats(found[name], 0.0) for name in ("total", "squares"))
        count = put.ints(found["n"])
        gone = int(count[MISSING]), int(count[INFINITE])
        return Buckets(low, high, count[: put.size], total, squares, *gone)

    def sums(self, edges: Floats, unit: Unit) -> Sums:
        """Add up in the engine; one row a bucket leaves it."""
        given = checked(edges)
        found = self._noted(self._added(given, unit))
        put = _Put(found["place"], len(given) + 1)
        low, high = (put.floats(found[name], np.nan) for name in ("low", "high"))
        count, finer = (put.ints(found[name]) for name in ("n", "finer"))
        whole = np.zeros(put.size, dtype=object)
        for i in range(unit.limbs):
            piece = put.ints(found[f"h{i}"])[: put.size]
            whole = (whole << LIMB) + piece.astype(object)
        gone = int(count[MISSING]), int(count[INFINITE])
        kept = slice(put.size)
        return Sums(low, high, count[kept], tuple(whole.tolist()), finer[kept], *gone)

    def tally(self, ranges: list[tuple[float, float]]) -> Tally:
        """Count the distinct values in the engine; one row a value leaves it."""
        if not ranges:
            return Tally(np.empty(0), np.empty(0, dtype=np.int64))
        lows, highs = np.array(ranges, dtype=np.float64).T
        found = self._noted(self._counted(lows, highs))
        values = np.asarray(found["v"], dtype=np.float64) + 0.0  # -0.0 is 0.0
        order = np.argsort(values)
        return Tally(values[order], np.asarray(found["n"]).astype(np.int64)[order])

    def _noted(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        noted(self.engine, len(found["n"]), (self.column,), sums=True)
        return found

    @abstractmethod
    def _summed(self, edges: Floats, centre: Floats) -> Mapping[str, Any]:
        """Columns place, n, low, high, total, squares: one row a bucket that is not empty."""

    @abstractmethod
    def _added(self, edges: Floats, unit: Unit) -> Mapping[str, Any]:
        """Columns place, n, low, high, finer, h0, h1 ...: one row a bucket that is not empty."""

    @abstractmethod
    def _counted(self, lows: Floats, highs: Floats) -> Mapping[str, Any]:
        """Columns v and n: one row a distinct value."""


@attrs.frozen(eq=False)
class _Put:
    """Rows that an engine gives in any order, put at their places."""

    given: Any
    size: int

    @property
    def places(self) -> Ints:
        """The places; those of what is in no bucket count from the end."""
        return np.asarray(self.given).astype(np.int64)

    def floats(self, column: Any, empty: float) -> Floats:
        """A column of the buckets."""
        out = np.full(self.size + 2, empty)
        out[self.places] = np.asarray(column, dtype=np.float64) + 0.0  # -0.0 is 0.0
        return out[: self.size]

    def ints(self, column: Any) -> Ints:
        """A column of the buckets and of what is in none."""
        out = np.zeros(self.size + 2, dtype=np.int64)
        out[self.places] = np.asarray(column)
        return out
