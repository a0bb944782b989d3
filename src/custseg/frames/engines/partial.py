"""Aggregates of one column, a partition at a time: what each adds up to the whole."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.frames.engines.engine import INFINITE, MISSING, EnginePasses
from custseg.frames.passes import LIMB, ArrayPasses, Unit, centres

Made = dict[str, Any]

_MERGE: Final[Mapping[str, tuple[Any, float]]] = {
    "low": (np.minimum, np.inf),
    "high": (np.maximum, -np.inf),
}
WHOLE: Final = frozenset({"place", "n", "finer"})
"""Columns of whole numbers, beside the pieces h0, h1 ... of exact sums."""


class Asked(ABC):
    """A question about one column that is answered from the answers of its parts."""

    __slots__ = ()

    key: ClassVar[str] = "place"

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The columns of an answer, the key first."""

    @abstractmethod
    def of(self, values: Floats) -> Made:
        """The answer of some values: a row for each key that occurs."""

    def merged(self, parts: Iterable[Mapping[str, Any]]) -> Made:
        """One answer of several; a row for each key.

        Args:
            parts: Answers of different rows.
        """
        held = list(parts)
        columns = {c: np.concatenate([np.asarray(p[c]) for p in held]) for c in self.columns}
        keys, at = np.unique(columns[self.key], return_inverse=True)
        out: Made = {self.key: keys}
        for name, column in columns.items():
            if name != self.key:
                merge, start = _MERGE.get(name, (np.add, 0))
                out[name] = np.full(len(keys), start, dtype=column.dtype)
                merge.at(out[name], at, column)
        return out


@attrs.frozen(eq=False)
class Summed(Asked):
    """Sums by bucket.

    Attributes:
        edges: Ascending.
        centre: What is taken off the values of each bucket.

    >>> found = Summed(np.array([2.0]), np.zeros(2)).of(np.array([1.0, 5.0, np.nan]))
    >>> found["place"].tolist(), found["total"].tolist()
    ([-1, 0, 1], [0.0, 1.0, 5.0])
    """

    edges: Floats
    centre: Floats

    @property
    def columns(self) -> tuple[str, ...]:
        """Counts, extremes and sums."""
        return ("place", "n", "low", "high", "total", "squares")

    def of(self, values: Floats) -> Made:
        """Sum up what is in memory."""
        found = ArrayPasses(values).buckets(self.edges, centre=self.centre)
        full = np.flatnonzero(found.count)
        sums = {"total": found.total[full], "squares": found.squares[full]}
        made = {"low": found.low[full], "high": found.high[full], **sums}
        return _with_gone(full, found.count[full], made, (found.missing, found.infinite))


@attrs.frozen(eq=False)
class Added(Asked):
    """Exact sums by bucket.

    Attributes:
        edges: Ascending.
        unit: What is counted in.

    >>> found = Added(np.array([2.0]), Unit()).of(np.array([1.0, 5.0]))
    >>> found["h1"].tolist(), found["finer"].tolist()
    ([10000, 50000], [0, 0])
    """

    edges: Floats
    unit: Unit

    @property
    def columns(self) -> tuple[str, ...]:
        """Counts, extremes and the pieces of the sums."""
        pieces = (f"h{i}" for i in range(self.unit.limbs))
        return ("place", "n", "low", "high", "finer", *pieces)

    def of(self, values: Floats) -> Made:
        """Add up what is in memory."""
        found = ArrayPasses(values).sums(self.edges, self.unit)
        full = np.flatnonzero(found.count)
        whole = np.array([found.whole[i] for i in full.tolist()], dtype=object)
        made: Made = {"low": found.low[full], "high": found.high[full]}
        made["finer"] = found.finer[full].astype(np.int64)
        for i in range(self.unit.limbs - 1, 0, -1):
            made[f"h{i}"] = (whole & _MASK).astype(np.int64)
            whole = whole >> LIMB
        made["h0"] = whole.astype(np.int64)
        return _with_gone(full, found.count[full], made, (found.missing, found.infinite))


_MASK: Final = (1 << LIMB) - 1


@attrs.frozen(eq=False)
class Counted(Asked):
    """Distinct values within ranges.

    Attributes:
        lows: Where the ranges begin.
        highs: Where they end, included.

    >>> found = Counted(np.array([1.0]), np.array([5.0])).of(np.array([1.0, 5.0, 5.0, 6.0]))
    >>> found["v"].tolist(), found["n"].tolist()
    ([1.0, 5.0], [1, 2])
    """

    lows: Floats
    highs: Floats

    key: ClassVar[str] = "v"

    @property
    def columns(self) -> tuple[str, ...]:
        """Values and how often each occurs."""
        return ("v", "n")

    def of(self, values: Floats) -> Made:
        """Look at each value; those that are not finite are in no range."""
        ranges = list(zip(self.lows.tolist(), self.highs.tolist(), strict=True))
        found = ArrayPasses(values[np.isfinite(values)] + 0.0).tally(ranges)
        return {"v": found.values, "n": found.counts}


class PartPasses(EnginePasses):
    """One column of a table whose partitions are looked at one by one."""

    __slots__ = ()

    @abstractmethod
    def _answer(self, asked: Asked) -> Mapping[str, Any]:
        """The answer of the whole: one row a key, in any order."""

    def _summed(self, edges: Floats, centre: Floats) -> Mapping[str, Any]:
        return self._answer(Summed(edges, centres(centre, len(edges) + 1).copy()))

    def _added(self, edges: Floats, unit: Unit) -> Mapping[str, Any]:
        return self._answer(Added(edges, unit))

    def _counted(self, lows: Floats, highs: Floats) -> Mapping[str, Any]:
        return self._answer(Counted(lows, highs))


def _with_gone(full: Ints, count: Ints, made: Made, gone: tuple[int, int]) -> Made:
    """Rows for what is in no bucket, before those of the buckets."""
    names = [i for i, number in zip((MISSING, INFINITE), gone, strict=True) if number]
    numbers = [number for number in gone if number]
    out: Made = {
        "place": np.concatenate((np.array(names, dtype=np.int64), full.astype(np.int64))),
        "n": np.concatenate((np.array(numbers, dtype=np.int64), count.astype(np.int64))),
    }
    for name, column in made.items():
        out[name] = np.concatenate((np.zeros(len(names), dtype=column.dtype), column))
    return out
