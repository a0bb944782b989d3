"""Equations of a few hundred unknowns, solved in blocks so small that no library starts threads.

With threads, a fit takes several times the work on a busy machine, and waits for others besides.
"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats

_BLOCK: Final = 32


@attrs.frozen(eq=False)
class Lower:
    """A positive definite matrix as the square of a lower triangle.

    Attributes:
        parts: Blocks of the triangle by row and column.
        inverse: Inverses of the blocks on the diagonal.
        size: Rows.

    >>> lower = Lower.of(np.array([[4.0, 2.0], [2.0, 3.0]]))
    >>> lower.solve(np.array([8.0, 7.0])).round(9).tolist(), round(lower.logdet, 6)
    ([1.25, 1.5], 2.079442)
    """

    parts: dict[tuple[int, int], Floats]
    inverse: list[Floats]
    size: int

    @classmethod
    def of(cls, square: Floats) -> "Lower":
        """Take it apart (Cholesky).

        Args:
            square: Symmetric and positive definite.
        """
        blocks = cls._blocks(len(square))
        parts: dict[tuple[int, int], Floats] = {}
        inverse: list[Floats] = []
        for k, across in enumerate(blocks):
            for i, down in enumerate(blocks[k:], start=k):
                left = square[down, across].copy()
                for j in range(k):
                    left -= parts[i, j] @ parts[k, j].T
                if i == k:
                    parts[k, k] = np.asarray(np.linalg.cholesky(left), dtype=np.float64)
                    inverse.append(np.asarray(np.linalg.inv(parts[k, k]), dtype=np.float64))
                else:
                    parts[i, k] = left @ inverse[k].T
        return cls(parts, inverse, len(square))

    @property
    def logdet(self) -> float:
        """Logarithm of the determinant."""
        blocks = range(len(self.inverse))
        return float(2 * sum(np.log(np.diag(self.parts[k, k])).sum() for k in blocks))

    def solve(self, right: Floats) -> Floats:
        """What the matrix makes to the right-hand side."""
        blocks = self._blocks(self.size)
        found = right.astype(np.float64)
        for i, down in enumerate(blocks):
            for j in range(i):
                found[down] -= self.parts[i, j] @ found[blocks[j]]
            found[down] = self.inverse[i] @ found[down]
        for i in reversed(range(len(blocks))):
            for j in range(i + 1, len(blocks)):
                found[blocks[i]] -= self.parts[j, i].T @ found[blocks[j]]
            found[blocks[i]] = self.inverse[i].T @ found[blocks[i]]
        return found

    @staticmethod
    def _blocks(size: int) -> list[slice]:
        return [slice(start, min(start + _BLOCK, size)) for start in range(0, size, _BLOCK)]
