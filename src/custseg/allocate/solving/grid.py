"""Points as whole steps of a grid, read in blocks: exact sums, and no copy of the matrix."""

import math
from collections.abc import Iterator
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.solution import largest, scale_up_to
from custseg.errors import ConfigError

CELLS: Final = 1 << 16  # of a block: it stays in the cache
_TWISTS: Final = 4096
_SHOWN: Final = 16
_BITS: Final = 52  # of a float, so that sums and differences are still exact
_SPARE: Final = 4  # bits for prices larger than any pair's points
_LEVELS: Final = 4  # of parts: fewer tell hardly anybody apart
_MIX: Final = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


@attrs.frozen(eq=False)
class Grid:
    """Some rows of the points, in whole steps of a grid; -inf where a pair is not eligible.

    Attributes:
        points: How well each pair goes together, as it was given.
        rows: The rows that count.
        scale: Steps of one point.
        most: More steps than any pair has.
        unit: Of how many steps all points are multiples; they are read in these.
        open: Which representatives have places at all.
        holes: Whether some pair is not eligible.
        twist: Parts of a step that tell equal pairs apart, over and over; ``None``: nothing.

    >>> import numpy as np
    >>> grid = Grid.of(np.array([[0.5, np.nan]]), np.array([1, 1]))
    >>> grid.read(slice(0, 1)).tolist()
    [[500000000.0, -inf]]
    """

    points: NDArray[Any]
    rows: Index | None
    scale: float
    most: float
    open: Bools
    holes: bool
    twist: Floats | None = None
    unit: int = 1

    @classmethod
    def of(cls, points: NDArray[Any], hi: Index) -> "Grid":
        """All rows, without a twist.

        Raises:
            ConfigError: A point is infinite, or so large that sums are.
        """
        most = largest(points)
        scale = scale_up_to(most, whole=np.issubdtype(points.dtype, np.integer))
        if not scale:
            msg = (
                "points must be finite and below 1e280, or NaN where a pair is not eligible; some "
                "are infinite or larger"
            )
            raise ConfigError(msg)
        open_ = np.asarray(hi > 0)
        most = most if open_.all() else largest(points, open_)
        holes = bool(not open_.all() or _holes(points))
        return cls(points, None, scale, most * scale + 1.0, open_, holes)

    @property
    def high(self) -> float:
        """Up to which price sums are exact."""
        return self.most * 2.0 ** (_SPARE - 1)

    @property
    def size(self) -> int:
        """How many rows count."""
        return len(self.points) if self.rows is None else self.rows.size

    @property
    def reps(self) -> int:
        """How many representatives there are."""
        return int(self.points.shape[1])

    def part(self, rows: Index) -> "Grid":
        """Only these of the rows that count."""
        return attrs.evolve(self, rows=rows if self.rows is None else self.rows[rows])

    def read(self, at: "Index | slice") -> Floats:
        """Rows of the grid, of those that count."""
        picked = at if self.rows is None else self.rows[at]
        raw = self.points[picked]
        if np.issubdtype(raw.dtype, np.integer):
            block: Floats = raw.astype(np.float64)
            if self.scale != 1.0:
                block *= self.scale
                np.rint(block, out=block)
            if self.holes:
                block[raw == np.iinfo(raw.dtype).min] = -np.inf
        else:
            block = np.multiply(raw, self.scale, dtype=np.float64)
            np.rint(block, out=block)
            if self.holes:
                np.copyto(block, -np.inf, where=np.isnan(block))
        if self.unit > 1:
            block /= self.unit
        if self.holes:
            block[:, ~self.open] = -np.inf
        return block if self.twist is None else self._twisted(block, picked)

    def _twisted(self, block: Floats, picked: "Index | slice") -> Floats:
        twist = self.twist
        if twist is not None:
            block += twist[np.arange(len(self.points), dtype=np.intp)[picked] % len(twist)]
        return block

    def blocks(self) -> Iterator[slice]:
        """Runs of rows that fit into the cache together."""
        step = max(1, CELLS // max(1, self.reps))
        for start in range(0, self.size, step):
            yield slice(start, min(start + step, self.size))

    def best(self, prices: Floats) -> Index:
        """The best representative of each row at these prices."""
        at = np.empty(self.size, dtype=np.int32)
        for rows in self.blocks():
            block = self.read(rows)
            block -= prices
            at[rows] = block.argmax(axis=1)
        return at

    def tied(self) -> bool:
        """Whether many rows lose the same in the same exchange, as far as a sample shows."""
        if self.reps < 2:  # noqa: PLR2004 - nobody to exchange with
            return False
        part = self.part(sample(self.size, _TWISTS))
        block = part.read(slice(0, part.size))[:, self.open]
        with np.errstate(invalid="ignore"):
            loss = block[:, :-1] - block[:, 1:]
        shown = [column[np.isfinite(column)] for column in loss.T[:_SHOWN]]
        different = sum(int(np.unique(column).size) for column in shown)
        return 2 * different < sum(int(column.size) for column in shown)

    def twisted(self) -> "Grid":
        """The same with equal pairs told apart, by less than any path of moves could add up.

        A path visits each representative once, so parts below 1 / (2 m + 4) of a step never
        outweigh a whole step: what is best stays best. Where points are so large that no bits are
        left for parts, they are read in multiples if they are multiples of something.
        """
        bits = min(24, _BITS - _SPARE - int(np.ceil(np.log2(self.most))))
        many = int(self.open.sum())  # whoever has no place may not change the parts of others
        levels = int(2.0**bits / (2 * many + 4))
        if levels < _LEVELS:
            coarse = self._coarse() if self.unit == 1 else self
            return coarse.twisted() if coarse.unit > 1 else self
        mixed = scramble(np.arange(_TWISTS * many, dtype=np.intp)) >> np.uint64(20)
        parts = (mixed % np.uint64(levels)).astype(np.float64) / 2.0**bits
        twist = np.zeros((_TWISTS, self.reps))
        twist[:, self.open] = parts.reshape(_TWISTS, many)
        return attrs.evolve(self, twist=twist)

    def _coarse(self) -> "Grid":
        """The same in the largest steps that all points are multiples of."""
        unit = 0
        for rows in self.blocks():
            block = self.read(rows)
            steps = np.abs(block[np.isfinite(block)])
            if not unit or np.fmod(steps, unit).any():
                unit = math.gcd(unit, int(np.gcd.reduce(steps.astype(np.int64), initial=0)))
            if unit == 1:
                return self
        return attrs.evolve(self, unit=max(unit, 1), most=(self.most - 1.0) / max(unit, 1) + 1.0)


def _holes(points: NDArray[Any]) -> bool:
    whole = np.issubdtype(points.dtype, np.integer)
    least = np.iinfo(points.dtype).min if whole else 0
    step = max(1, CELLS // max(1, points.shape[1]))
    for start in range(0, len(points), step):
        block = points[start : start + step]
        if (block == least).any() if whole else np.isnan(np.min(block, initial=0.0)):
            return True
    return False


def scramble(numbers: Index) -> NDArray[np.uint64]:
    """Whole numbers in a fixed disorder: the same everywhere, on every day.

    Source:
        splitmix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
        OOPSLA 2014.

    >>> import numpy as np
    >>> scramble(np.array([0])).tolist()
    [16294208416658607535]
    """
    step, first, second = (np.uint64(number) for number in _MIX)
    with np.errstate(over="ignore"):
        out = (numbers.astype(np.uint64) + np.uint64(1)) * step
        out = (out ^ (out >> np.uint64(30))) * first
        out = (out ^ (out >> np.uint64(27))) * second
    return out ^ (out >> np.uint64(31))


def sample(size: int, count: int) -> Index:
    """Rows in order, taken from a fixed disorder: a larger sample holds the smaller ones.

    >>> sample(5, 9).tolist()
    [0, 1, 2, 3, 4]
    """
    if count >= size:
        return np.arange(size, dtype=np.intp)
    return np.sort(np.argpartition(scramble(np.arange(size, dtype=np.intp)), count)[:count])
