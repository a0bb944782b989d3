"""What a solver can say beyond who has whom: prices, and a proof of how good it is."""

from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index

GRID: Final = 1e9
_BLOCK: Final = 1 << 16
_FAR: Final = 1e280  # sums of millions of these are still numbers
_EXACT: Final = 2.0**43  # steps: a path of several hundred such moves adds up without error


@attrs.frozen(eq=False)
class Solution:
    """An answer with its prices and its proof.

    Attributes:
        at: The column of the representative of each row, -1 for none.
        prices: What one more of each representative would bring, in points: above 0 one more
            place where they run out, below 0 one more customer who must be given where a
            minimum costs points, 0 where neither binds. Zeros if the solver knows no prices.
        load_prices: The same for each load and each of its groups.
        bound: What the points of these rows cannot exceed, proven; ``None``: no proof.
        splits: Rows that are shared by several representatives, and by how much.

    >>> import numpy as np
    >>> bare = Solution.bare(np.array([0, -1]), 1)
    >>> bare.bound is None, bare.prices.tolist()
    (True, [0.0])
    """

    at: Index
    prices: Floats
    load_prices: tuple[Floats, ...] = ()
    bound: float | None = None
    splits: tuple[tuple[int, int, float], ...] = ()

    @classmethod
    def bare(cls, at: Index, size: int) -> "Solution":
        """The answer of a solver that knows neither prices nor a proof."""
        return cls(np.asarray(at), np.zeros(size))


def total(points: Floats, at: Index) -> float:
    """The points of an answer, added up without error on a grid of 1e-9.

    It can be compared with a bound of the same grid by ``==``: no order of rows changes it.

    >>> import numpy as np
    >>> total(np.array([[0.1], [0.2]]), np.array([0, 0])) == 0.3
    True
    """
    scale = scale_of(points)
    rows = np.flatnonzero(at >= 0)
    whole = 0
    for start in range(0, rows.size, _BLOCK):
        some = rows[start : start + _BLOCK]
        got = points[some, at[some]].astype(np.float64)
        whole += int(np.rint(got * scale).astype(np.int64).sum())
    return whole / scale


def scale_of(points: Floats) -> float:
    """How many steps of the grid one point has: whole numbers are a grid of their own.

    A power of ten up to 1e9 (1 for whole numbers), less where the points are so large that sums
    of them would not be exact any more.

    >>> import numpy as np
    >>> scale_of(np.array([[0.5, 1.0]])), scale_of(np.array([[5, 1]]))
    (1000000000.0, 1.0)
    """
    return scale_up_to(largest(points), whole=np.issubdtype(points.dtype, np.integer))


def largest(points: NDArray[Any], some: Bools | None = None) -> float:
    """The largest of all points, whatever their sign; the smallest whole number does not count.

    Args:
        points: The points.
        some: The columns that count; ``None``: all.

    >>> import numpy as np
    >>> largest(np.array([[0.5, -2.0, np.nan]]))
    2.0
    """
    whole = np.issubdtype(points.dtype, np.integer)
    most = 0.0
    step = max(1, _BLOCK // max(1, points.shape[1]))
    for start in range(0, len(points), step):
        block = points[start : start + step]
        block = block if some is None else block[:, some]
        if whole:
            block = np.where(block == np.iinfo(points.dtype).min, 0, block)
        high = np.fmax.reduce(block, axis=None, initial=0)
        most = max(most, float(high), -float(np.fmin.reduce(block, axis=None, initial=0)))
    return most


def scale_up_to(most: float, *, whole: bool = False) -> float:
    """Steps of one point where none is larger than this; 0 where sums would be infinite."""
    if most > _FAR:
        return 0.0
    scale = 1.0 if whole else GRID
    while most * scale > _EXACT:
        scale /= 10.0
    return scale
