"""Wishes added up to points, in blocks of rows so that no more than one matrix is held."""

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.wishing.sides import Side
from custseg.allocate.wishing.wishes import Wish
from custseg.errors import ConfigError

_BLOCK = 1 << 15
_DIGITS = 9  # so that 0.1 + 0.2 ties with 0.3, whichever wish was added first


@attrs.frozen(eq=False)
class Score:
    """Wishes over both sides.

    Attributes:
        wishes: What makes a pair go well together.
        parts: The weight of each wish; they add up to 1.
        people: The customers.
        team: The representatives.
    """

    wishes: Sequence[Wish]
    parts: Floats
    people: Side
    team: Side

    def points(self) -> Floats:
        """The weighted sum of all wishes, n x m, 0 to 1; NaN where one wish refuses the pair."""
        out = np.zeros((self.people.size, self.team.size))
        for rows in self._blocks():
            for part, found in zip(self.parts, self.terms(rows), strict=True):
                out[rows] += part * found
        return rounded(out)

    def terms(self, rows: "Index | slice") -> Iterator[Floats]:
        """The points of each wish for some customers, before weighing.

        Raises:
            ConfigError: A wish gives the wrong shape, or points outside 0 to 1.
        """
        people = self.people.part(rows)
        size = len(np.arange(self.people.size)[rows])
        for wish in self.wishes:
            found = wish.points(
                {name: people[name] for name in wish.needs},
                {name: self.team.columns[name] for name in wish.rep_needs},
            )
            _check(wish, found, (size, self.team.size))
            yield found

    def leading(self, at: Index) -> Index:
        """The wish that weighs most with the chosen representative; -1 where none counts."""
        out = np.full(at.size, -1, dtype=np.intp)
        if not self.team.size:
            return out
        for rows in self._blocks():
            chosen = np.maximum(at[rows], 0)
            best = np.zeros(chosen.size)
            for k, found in enumerate(self.terms(rows)):
                got = rounded(self.parts[k] * found[np.arange(chosen.size), chosen])
                better = got > best
                out[rows][better] = k
                best[better] = got[better]
        out[at < 0] = -1
        return out

    def _blocks(self) -> Iterator[slice]:
        for start in range(0, self.people.size, _BLOCK):
            yield slice(start, min(start + _BLOCK, self.people.size))


def rounded(points: Floats) -> Floats:
    """The same points in place, on a grid on which equal sums are equal numbers.

    >>> rounded(np.array([0.1 + 0.2])) == rounded(np.array([0.3]))
    array([ True])
    """
    return np.round(points, _DIGITS, out=points)


def parts(weights: Sequence[float], count: int) -> Floats:
    """Weights that add up to 1; none given are equal.

    >>> parts((), 2).tolist(), parts((3, 1), 2).tolist()
    ([0.5, 0.5], [0.75, 0.25])
    """
    given = np.array(weights, dtype=np.float64) if weights else np.ones(count)
    total = float(given.sum())
    return given / total if total > 0 else given


def _check(wish: Wish, found: Floats, shape: tuple[int, int]) -> None:
    name = type(wish).__name__
    if found.shape != shape:
        msg = f"{name}.points must be customers x representatives {shape}, got {found.shape}"
        raise ConfigError(msg)
    with np.errstate(invalid="ignore"):
        outside = (found < 0) | (found > 1)
    if outside.any():
        msg = f"{name}.points must be 0 to 1, or NaN where a pair is not eligible"
        raise ConfigError(msg)
