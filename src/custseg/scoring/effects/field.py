"""A column as cells: bands of a number or words, and one cell more where nothing is known."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index, floats, words
from custseg.frames import Table
from custseg.scoring.curves.binned import Bins, Levels

MISSING: Final = ""
"""The word of missing values; a text that is there is never empty."""


@attrs.frozen(eq=False)
class Cells:
    """A column as cells.

    Attributes:
        at: The cell of each row.
        size: Number of cells.

    >>> Cells(np.array([0, 1, 1]), 2).size
    2
    """

    at: Index
    size: int


@attrs.frozen
class Field:
    """The cells of a column.

    Attributes:
        column: The column.
        edges: Edges of its bands, ascending; a number on an edge is in the band above. ``None``:
            a column of words.
        words: Its words, in order of the alphabet.

    >>> from custseg import frames
    >>> visits = Field("visits", (1.0, 5.0))
    >>> visits.at(frames.table([{"visits": 5}, {"visits": None}, {"visits": 0}])).tolist()
    [2, 3, 0]
    >>> visits.names
    ('0', '1', '2', '')
    """

    column: str
    edges: tuple[float, ...] | None = None
    words: tuple[str, ...] = attrs.field(default=(), converter=words)

    @property
    def size(self) -> int:
        """Cells of known values; the one after them is that of missing values."""
        return len(self.words) if self.edges is None else len(self.edges) + 1

    @property
    def cells(self) -> int:
        """All cells: of known values, of missing ones and of words that are not listed."""
        return self.size + (1 if self.edges is not None else 2)

    @property
    def names(self) -> tuple[str, ...]:
        """The word of each cell: of a band its place; of the missing values none."""
        known = self.words if self.edges is None else tuple(map(str, range(self.size)))
        return (*known, MISSING)

    def at(self, table: Table[Any]) -> Index:
        """The cell of each row: after those of known values missing, then words not listed.

        Raises:
            MissingColumnError: There is no such column.
            DataError: It holds no numbers where bands need them.
        """
        if self.edges is not None:
            numbers = cast("Floats", table.read({self.column: "number"})[self.column])
            return banded(numbers, self.edges)
        codes = cast("Codes", table.read({self.column: "text"})[self.column])
        strange = (codes.at >= 0) & (codes.recode(self.words) < 0)
        known = np.where(codes.at < 0, self.size, codes.recode(self.words))
        return np.where(strange, self.size + 1, known).astype(np.intp)

    def curve(self, points: Sequence[float] | Floats, *, otherwise: float = 0.0) -> Bins | Levels:
        """Points of each cell as a curve of a card, the last of them those of missing values.

        Args:
            points: Points of the cells.
            otherwise: Points of a word that is not listed.

        >>> Field("source", words=("ad", "fair")).curve((1, 2, -0.5)).missing
        -0.5
        """
        told = tuple(round(float(p), 2) for p in points)
        if self.edges is not None:
            return joined(Bins(self.edges, told[:-1], missing=told[-1]))
        levels = dict(zip(self.words, told, strict=False))
        return Levels(levels, otherwise=round(otherwise, 2), missing=told[-1])


def common(field: Field, at: Index, most: int) -> tuple[Field, Index]:
    """A column of words with its most frequent ones; words as frequent as one left out are, too.

    Args:
        field: The column.
        at: The cell of each row.
        most: The most words.

    Returns:
        The column, and the cell of each row in it.

    >>> fewer, at = common(Field("x", words=("a", "b", "c")), np.array([0, 0, 1, 2, 3]), 2)
    >>> fewer.words, at.tolist()
    (('a',), [0, 0, 2, 2, 1])
    """
    if field.edges is not None or field.size <= most:
        return field, at
    many = np.bincount(at, minlength=field.cells)[: field.size]
    kept = np.flatnonzero(many > np.sort(many)[-most - 1])
    fewer = Field(field.column, words=(field.words[i] for i in kept.tolist()))
    place = np.full(field.cells, fewer.size + 1)
    place[field.size], place[kept] = fewer.size, np.arange(fewer.size)
    return fewer, place[at]


def banded(numbers: Floats, edges: Sequence[float]) -> Index:
    """The band of each number; after the last band that of missing ones.

    >>> banded(np.array([0.0, 1.0, np.nan]), (1.0,)).tolist()
    [0, 1, 2]
    """
    at = np.searchsorted(np.asarray(edges, dtype=np.float64), numbers, side="right")
    return np.where(np.isnan(numbers), len(edges) + 1, at)


def joined(bins: Bins) -> Bins:
    """Bands beside one another with equal points as one band.

    >>> joined(Bins((1, 2), (3, 3, 4))).edges
    (2.0,)
    """
    kept = [i for i, (a, b) in enumerate(pairwise(bins.points)) if a != b]
    points = (bins.points[0], *(bins.points[i + 1] for i in kept))
    return attrs.evolve(bins, edges=floats(bins.edges[i] for i in kept), points=points)


def quantile_edges(numbers: Floats, bands: int) -> tuple[float, ...]:
    """Edges that cut known numbers into about equally many, equal numbers together.

    What is infinite belongs to the outermost bands; no edge is.

    Args:
        numbers: The numbers, NaN where missing.
        bands: The most bands.

    >>> quantile_edges(np.array([1.0, 2.0, 3.0, 4.0, np.nan]), 2)
    (3.0,)
    >>> quantile_edges(np.array([0.0, 0.0, 0.0, 7.0]), 4)
    (7.0,)
    """
    known = np.sort(numbers[~np.isnan(numbers)])
    if not len(known):
        return ()
    places = np.unique(np.ceil(len(known) * np.arange(1, bands) / bands).astype(np.intp))
    cuts = np.unique(known[np.minimum(places, len(known) - 1)])
    return tuple(cuts[(cuts > known[0]) & np.isfinite(cuts)].tolist())
