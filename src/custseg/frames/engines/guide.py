"""Where among many edges is a value: a cell by arithmetic first, then a few comparisons."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.frames.sql import literal

_CELLS = 8192


@attrs.frozen
class Guide:
    """Cells along the numbers, narrow where the edges are, for an engine that joins by equality.

    A cell is only a hint: the table lists with each cell all buckets that may reach into it or
    into its neighbours, and the value itself is compared with their edges. So the last digit of
    the engine's logarithm changes no answer.

    Attributes:
        edges: Ascending.
        middle: Where the cells are narrowest.
        unit: Distance from there up to which they are about equally wide.
        start: Where the cells begin, on the curved scale.
        steps: Cells per unit of the curved scale.
    """

    edges: Floats
    middle: float
    unit: float
    start: float
    steps: float

    @classmethod
    def of(cls, edges: Floats) -> "Guide":
        """Lay the cells so that few edges share one."""
        if not len(edges):
            return cls(edges, 0.0, 1.0, 0.0, 0.0)
        laid = [
            cls._laid(edges, middle, unit)
            for middle in dict.fromkeys((0.0, float(np.median(edges))))
            for unit in _units(edges, middle)
        ]
        return min(laid, key=Guide._crowded)

    @classmethod
    def _laid(cls, edges: Floats, middle: float, unit: float) -> "Guide":
        curved = _curved(edges, middle, unit)
        width = float(curved[-1] - curved[0])
        return cls(edges, middle, unit, float(curved[0]), (_CELLS - 1) / width if width else 0.0)

    def _crowded(self) -> float:
        """Mean number of edges in the cell of an edge."""
        _, at, shared = np.unique(self.cells(), return_inverse=True, return_counts=True)
        return float(shared[at].mean())

    def cells(self) -> Index:
        """The cell of each edge."""
        curved = _curved(self.edges, self.middle, self.unit)
        cells = np.clip(np.floor((curved - self.start) * self.steps), 0, _CELLS - 1)
        return cells.astype(np.intp)

    def table(self) -> tuple[Index, Floats, Floats, Index]:
        """Cell, edges and number of each bucket, once for each cell that it may reach into."""
        near = self.cells()
        first = np.concatenate(([0], np.maximum(near - 1, 0)))
        last = np.concatenate((np.minimum(near + 1, _CELLS - 1), [_CELLS - 1]))
        size = last - first + 1
        at = np.repeat(np.arange(len(size)), size)
        ends = np.cumsum(size)
        cell = np.arange(ends[-1]) - np.repeat(ends - size, size) + np.repeat(first, size)
        low = np.concatenate(([-np.inf], self.edges))
        high = np.concatenate((self.edges, [np.inf]))
        return cell, low[at], high[at], at

    def sql(self, x: str) -> str:
        """The cell of a finite value, as an expression of DuckDB."""
        off = f"({x} - {literal(self.middle)})"
        far = f"least(abs({off}) / {literal(self.unit)}, {literal(_FAR)})"
        curved = f"sign({off}) * ln(1 + {far})"
        place = f"floor(({curved} - {literal(self.start)}) * {literal(self.steps)})"
        return f"CAST(least(greatest({place}, 0), {_CELLS - 1}) AS BIGINT)"


def _units(edges: Floats, middle: float) -> list[float]:
    """Where the scale may turn from lines to logarithms."""
    far = np.abs(edges - middle)
    some = far[far > far.max() * _TINY]
    return sorted({float(np.quantile(some, q)) for q in _TRIED}) if some.size else [1.0]


_TINY = 1e-290  # nothing overflows when it is divided by such a part of itself
_FAR = 1e300  # farther than any edge: a value without bound would be in no cell
_TRIED = (0.0, 0.001, 0.02, 0.1, 0.25, 0.5, 0.75, 1.0)


def _curved(values: Floats, middle: float, unit: float) -> Floats:
    off = values - middle
    curved: Floats = np.sign(off) * np.log1p(np.abs(off) / unit)
    return curved
