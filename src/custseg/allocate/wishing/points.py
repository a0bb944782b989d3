"""Wishes added up to points: by classes of alike customers where they know some, else in blocks."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Columns, Floats, Index
from custseg.allocate.wishing.grouping import Grouped, in_groups, term
from custseg.allocate.wishing.protocol import Classes, Wish, classes_of
from custseg.allocate.wishing.sides import Side
from custseg.errors import ConfigError, DataError

Uints: TypeAlias = NDArray[np.uint64]

_BLOCK = 1 << 21  # entries of the matrix
_DIGITS = 9  # so that 0.1 + 0.2 ties with 0.3
_SHARE = 8  # customers a class, below which classes save no work


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
        groups = in_groups(self._factors(), self.people.size // _SHARE)
        others = [k for k, found in enumerate(self._classes) if found is None]
        if len(groups) == 1 and not others:
            return rounded(groups[0].points.copy())[groups[0].at]
        out = np.zeros((self.people.size, self.team.size))
        for rows in self._blocks():
            for group in groups:
                out[rows] += group.points[group.at[rows]]
            for k in others:
                out[rows] += term(self.parts[k], self._found(self.wishes[k], rows))
            rounded(out[rows])
        return out

    def grouped(self) -> Classes | None:
        """The same points by classes of alike customers.

        Returns:
            The class of each customer and the points of each class, K x m; ``None`` where a wish
            knows no classes, or more than every second customer would be a class of its own.
        """
        most = self.people.size // 2
        if most == 0 or any(found is None for found in self._classes):
            return None
        alike = Grouped(np.zeros(self.people.size, np.intp), np.zeros((1, self.team.size)))
        groups = in_groups([alike, *self._factors()], most)
        if len(groups) > 1 or groups[0].size > most:
            return None
        return groups[0].at, rounded(groups[0].points.copy())

    def terms(self, rows: "Index | slice") -> Iterator[Floats]:
        """The points of each wish for some customers, before weighing.

        Raises:
            ConfigError: A wish gives the wrong shape, or points outside 0 to 1.
        """
        for wish in self.wishes:
            yield self._found(wish, rows)

    def marks(self, mark: Callable[[Floats], Uints]) -> Iterator[Uints]:
        """A number for the points that each wish gives a customer, before weighing.

        Args:
            mark: Gives a number for each row of points.
        """
        for wish, found in zip(self.wishes, self._classes, strict=True):
            if found is not None:
                yield mark(found[1])[found[0]]
                continue
            parts = [mark(self._found(wish, rows)) for rows in self._blocks()]
            yield np.concatenate([np.zeros(0, dtype=np.uint64), *parts])

    def leading(self, at: Index) -> Index:
        """The wish that weighs most with the chosen representative; -1 where none counts."""
        lead = np.full(at.size, -1, dtype=np.intp)
        if not self.team.size:
            return lead
        best = np.zeros(at.size)
        for k, part in enumerate(self.parts):
            got = rounded(term(part, self._chosen(k, np.maximum(at, 0))))
            better = got > best
            lead[better] = k
            best[better] = got[better]
        lead[at < 0] = -1
        return lead

    @cached_property
    def _classes(self) -> list[Classes | None]:
        """What each wish knows of alike customers."""
        return [self._sorted(wish) for wish in self.wishes]

    def _sorted(self, wish: Wish) -> Classes | None:
        with self._where(wish, slice(None)):
            found = classes_of(wish, *self._read(wish, self.people.columns))
        if found is not None and not wish.needs and len(found[0]) == 1:
            found = np.repeat(found[0], self.people.size), found[1]
        if found is not None:
            _check_classes(wish, found, self.people.size)
            _check(wish, found[1], (len(found[1]), self.team.size))
        return found

    def _factors(self) -> list[Grouped]:
        return [
            Grouped(found[0], term(part, found[1]))
            for part, found in zip(self.parts, self._classes, strict=True)
            if found is not None
        ]

    def _chosen(self, k: int, chosen: Index) -> Floats:
        """The points of one wish for each customer with one representative."""
        found = self._classes[k]
        if found is not None:
            return found[1][found[0], chosen]
        out = np.zeros(chosen.size)
        for rows in self._blocks():
            given = self._found(self.wishes[k], rows)
            out[rows] = given[np.arange(len(given)), chosen[rows]]
        return out

    def _found(self, wish: Wish, rows: "Index | slice") -> Floats:
        size = len(np.arange(self.people.size)[rows])
        with self._where(wish, rows):
            found = wish.points(*self._read(wish, self.people.part(rows)))
        if not wish.needs and len(found) == 1:
            found = np.repeat(found, size, axis=0)
        _check(wish, found, (size, self.team.size))
        return found

    @contextmanager
    def _where(self, wish: Wish, rows: "Index | slice") -> Generator[None]:
        """Rows that a wish complains of, as the caller counts them.

        Of a column that both sides have it is not told whose row it is.
        """
        try:
            yield
        except DataError as error:
            mine, theirs = error.column in wish.needs, error.column in wish.rep_needs
            if error.row is None or mine == theirs:
                raise DataError(error.message, error.column) from error
            place = self.people.rows[rows] if mine else self.team.rows
            raise DataError(error.message, error.column, int(place[error.row])) from error

    def _read(self, wish: Wish, people: Columns) -> tuple[Columns, Columns]:
        return (
            {name: people[name] for name in wish.needs},
            {name: self.team.columns[name] for name in wish.rep_needs},
        )

    def _blocks(self) -> Iterator[slice]:
        step = max(1, _BLOCK // max(self.team.size, 1))
        for start in range(0, self.people.size, step):
            yield slice(start, min(start + step, self.people.size))


def rounded(points: Floats) -> Floats:
    """The same points in place, on a grid on which equal sums are equal numbers.

    >>> rounded(np.array([0.1 + 0.2])) == rounded(np.array([0.3]))
    array([ True])
    """
    return np.round(points, _DIGITS, out=points)


def added(parts: Iterable[float], found: Iterable[Floats]) -> Floats:
    """Points of several wishes as one number a pair, as ``Score.points`` adds them.

    Args:
        parts: The weight of each wish.
        found: The points of each wish.

    >>> added((0.5, 0.5), (np.array([1.0, 0.0]), np.array([0.5, np.nan]))).tolist()
    [0.75, nan]
    """
    total = np.zeros(())
    for part, points in zip(parts, found, strict=True):
        total = total + term(part, points)
    return rounded(np.atleast_1d(total))


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


def _check_classes(wish: Wish, found: Classes, size: int) -> None:
    at, points = found
    within = at.shape == (size,) and bool(np.all((at >= 0) & (at < len(points))))
    if not within:
        name = type(wish).__name__
        msg = f"{name}.classes must give each of {size} customers a row of its table"
        raise ConfigError(msg)
