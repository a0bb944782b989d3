"""What a column holds, in a few classes that can be counted."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.errors import DataError
from custseg.features.daynumbers import as_date
from custseg.frames import Table
from custseg.measures.tally import Tally
from custseg.rules.conditions import FieldKind

MOST: Final = 10
"""Classes of known values, at most."""

LEAST: Final = 20
"""Rows of a word that stands for itself; rarer ones are put together."""

_SAMPLE: Final = 1 << 12

OTHER: Final = "audit.other"
MISSING: Final = "audit.missing"


@attrs.frozen(eq=False)
class Values:
    """A column as it was read.

    Attributes:
        name: Its name.
        held: Numbers, NaN where missing; or words.
        days: Whether the numbers are days.
    """

    name: str
    held: Floats | Codes
    days: bool = False

    @classmethod
    def of(cls, table: Table[Any], name: str, kind: FieldKind | None = None) -> "Values":
        """Read a column as a kind, or as the first kind that it can be read as.

        Raises:
            MissingColumnError: There is no such column.
            DataError: The column does not hold that kind.
        """
        if kind is not None:
            return cls(name, _held(table, name, kind), kind == "day")
        for some in ("number", "day"):
            try:
                return cls(name, _held(table, name, some), some == "day")
            except DataError:
                continue
        return cls(name, _held(table, name, "text"))

    @property
    def known(self) -> Bools:
        """Whether there is a value, row by row."""
        held = self.held
        return held.at >= 0 if isinstance(held, Codes) else ~np.isnan(held)


@attrs.frozen(eq=False)
class Classes:
    """Bands of numbers or single words, and one class for what is missing: the last.

    Attributes:
        edges: Where bands of numbers begin, but the first.
        words: Words that have a class of their own; what is none of them is the one before last.
        names: What the classes are called.
        numbers: Whether they are bands of numbers, in their order.
    """

    edges: Floats
    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: bool

    @classmethod
    def of(cls, values: Values, most: int = MOST) -> "Classes":
        """Classes of about equally many rows, equal values together; the most frequent words."""
        if isinstance(values.held, Codes):
            counts = _counts(values.held)
            few = len(counts) <= most  # few words stand for themselves, however rare they are
            return cls._of_words([w for w, n in counts if few or n >= LEAST], len(counts), most)
        known = values.held[~np.isnan(values.held)]
        edges, single = _edges(known, most)
        ends = [_told(edge, days=values.days) for edge in edges.tolist()]
        if single:
            first = [_told(float(known.min()), days=values.days)] if len(known) else ["-"]
            names = [*first, *ends]
        else:
            names = [f"< {ends[0]}", *_between(ends), f">= {ends[-1]}"]
        return cls(edges, (), (*names, MISSING), numbers=True)

    @classmethod
    def of_words(cls, codes: Codes) -> "Classes":
        """Every word that is not rare; ids and other words of few rows together."""
        counts = _counts(codes)
        return cls._of_words([word for word, n in counts if n >= LEAST], len(counts), len(counts))

    @classmethod
    def _of_words(cls, kept: Sequence[str], every: int, most: int) -> "Classes":
        words = tuple(kept if len(kept) == every else kept[: most - 1])
        return cls(np.empty(0), words, (*words, OTHER, MISSING), numbers=False)

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.names)

    def at(self, values: Values) -> Index:
        """The class of each row; another column may be put into the same classes."""
        held = values.held
        if isinstance(held, Codes):
            place = {word: i for i, word in enumerate(self.words)}
            other = len(self.words)
            table = np.array([*(place.get(w, other) for w in held.words), self.size - 1])
            return table[held.at].astype(np.int16)
        found = np.searchsorted(self.edges, held, side="right").astype(np.int16)
        found[np.isnan(held)] = self.size - 1
        return found


def area_of_classes(cases: Ints, others: Ints) -> float:
    """Area under the ROC curve of classes, those with the higher share of cases first.

    Args:
        cases: Cases of each class.
        others: The others of each.

    >>> area_of_classes(np.array([1, 4, 0]), np.array([4, 1, 0]))
    0.8
    """
    there = cases + others > 0
    shares = cases[there] / (cases + others)[there]
    order = np.argsort(shares, kind="stable")
    return Tally(shares[order], cases[there][order], others[there][order]).auc


def crossed(at: Index, size: int, by: Index, over: int) -> Ints:
    """Rows by two classes.

    Args:
        at: The first class of each row.
        size: How many there are.
        by: The second.
        over: How many there are.

    >>> crossed(np.array([0, 1, 1]), 2, np.array([0, 0, 1]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    key = at.astype(np.int64) * over + by
    return np.bincount(key, minlength=size * over).reshape(size, over)


def _counts(codes: Codes) -> list[tuple[str, int]]:
    """Words and their rows, the most frequent first."""
    counts = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)).tolist()
    return sorted(zip(codes.words, counts, strict=True), key=lambda one: (-one[1], one[0]))


def _held(table: Table[Any], name: str, kind: FieldKind) -> Floats | Codes:
    read = table.read({name: kind})[name]
    if isinstance(read, Codes):
        return read
    return np.asarray(read, dtype=np.float64)


def _edges(known: Floats, most: int) -> tuple[Floats, bool]:
    """Where classes begin, and whether each holds one value only."""
    few = np.unique(known[:_SAMPLE])
    if len(few) <= most:  # there may be few in all
        few = np.unique(known)
    if len(few) <= most:
        return few[1:], True
    marks = (np.arange(1, most) * len(known)) // most
    ends = np.unique(np.partition(known, marks)[marks])
    lowest = known.min()
    ends = ends[ends > lowest]
    if len(ends) <= 1:  # nearly all are alike: the others are parted by themselves
        rest = np.sort(known[known > lowest])
        inner = rest[(np.arange(most - 1) * len(rest)) // (most - 1)]
        ends = np.unique(np.concatenate((ends, inner)))
    return ends, False


def _between(ends: Sequence[str]) -> list[str]:
    return [f"{a} - {b}" for a, b in pairwise(ends)]


def _told(value: float, *, days: bool) -> str:
    if days and np.isfinite(value):
        return as_date(value).isoformat()
    return f"{value:.6g}"
