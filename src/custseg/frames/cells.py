"""One column as it came, read as numbers, days, texts, keys, money or moments."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Floats, Index, Ints, Kind
from custseg.errors import DataError
from custseg.frames import scalar
from custseg.frames.letters import Letters
from custseg.frames.moments import Moments, civil_seconds
from custseg.frames.money import Money, parsed
from custseg.frames.scalar import missing

_WRITTEN = re.compile(r"\s*[-+]?[\d.,]*\d[\d.,]*\s*")  # a number in a column of texts
_BLOCK = 1 << 16  # small blocks keep temporaries in cache and out of the page allocator


@attrs.frozen(eq=False)
class Keys:
    """A column of ids as small integers, with the ids as they were given.

    Attributes:
        at: One code a row, -1 where the id is null.
        uniques: The ids by code, in order of appearance or ascending.

    >>> keys = ListCells(["00017", None, "18", "00017"]).keys()
    >>> keys.at.tolist(), keys.ids(), keys.first.tolist()
    ([0, -1, 1, 0], ['00017', '18'], [0, 2])
    """

    at: Index
    uniques: Any

    @property
    def first(self) -> Index:
        """Row of the first occurrence of each id; -1 where it occurs in no row."""
        rows = np.full(len(self.uniques), -1, dtype=np.intp)
        known = np.flatnonzero(self.at >= 0)[::-1]
        rows[self.at[known]] = known
        return rows

    def ids(self) -> list[object]:
        """The distinct ids as Python objects."""
        return plain_list(self.uniques)


@attrs.frozen(eq=False)
class Distinct:
    """A column as its distinct Python values, for work on one value at a time.

    Attributes:
        at: One position a row, -1 where there is no value.
        words: The distinct values.

    >>> cities = ListCells(["Ulm", "", "Bonn", "Ulm"]).distinct()
    >>> cities.at.tolist(), cities.words
    ([0, -1, 1, 0], ('Ulm', 'Bonn'))
    """

    at: Index
    words: tuple[object, ...]


class Cells(ABC):
    """A column that can be read in every way that the rooms need."""

    __slots__ = ()

    @abstractmethod
    def number(self) -> Floats:
        """Floats, NaN where missing; text is refused."""

    @abstractmethod
    def day(self) -> Floats:
        """Civil days since 1970-01-01, NaN where missing."""

    @abstractmethod
    def present(self) -> Bools:
        """Whether there is a value."""

    @abstractmethod
    def keys(self) -> Keys:
        """Ids as codes, unchanged in type."""

    @abstractmethod
    def money(self) -> Money:
        """Amounts in whole 1/10000 units."""

    @abstractmethod
    def moments(self, tz: str) -> Moments:
        """Civil seconds in a time zone."""

    @abstractmethod
    def wordless(self) -> bool:
        """Whether no value is a text: numbers, flags and times are there or not."""

    def letters(self) -> Letters | None:
        """First and last letter of each text; ``None`` where they are not at hand."""
        return None

    def distinct(self) -> Distinct:
        """The distinct values; empty text counts as no value."""
        keys = self.keys()
        ids = keys.ids()
        keep = np.array([*(not missing(v) for v in ids), False])
        if keep[:-1].all():
            return Distinct(keys.at, tuple(ids))
        place = np.where(keep, np.cumsum(keep) - 1, -1)
        return Distinct(place[keys.at], tuple(v for v, k in zip(ids, keep, strict=False) if k))

    def text(self) -> Codes:
        """Texts as codes, -1 where missing or empty."""
        keys = self.keys()
        texts = [scalar.text(v) for v in keys.ids()]
        words = tuple(dict.fromkeys(t for t in texts if t is not None))
        if len(words) == len(texts):
            return Codes(keys.at, words)
        place = {word: i for i, word in enumerate(words)}
        table = np.array([*(-1 if t is None else place[t] for t in texts), -1], dtype=np.intp)
        return Codes(table[keys.at], words)

    def read(self, kind: Kind) -> Column:
        """Read as a kind of column."""
        if kind == "text":
            return self.text()
        if kind == "number":
            return self.number()
        return self.day() if kind == "day" else self.present()


@attrs.frozen(eq=False)
class ListCells(Cells):
    """A column of Python values, from records or from a column of objects.

    Attributes:
        items: The values, one a row.
    """

    items: Sequence[object]

    def number(self) -> Floats:
        """Read each value; the row of a refused one is named."""
        return self._floats("number")

    def day(self) -> Floats:
        """Read each value as a date."""
        return self._floats("day")

    def present(self) -> Bools:
        """Whether each value is there."""
        return np.fromiter((not missing(v) for v in self.items), np.bool_, len(self.items))

    def wordless(self) -> bool:
        """Whether all values are numbers, flags or times."""
        return set(map(type, self.items)) <= _WORDLESS

    def keys(self) -> Keys:
        """Number the values as they appear; 1, 1.0, True and "1" stay apart by type."""
        try:
            return self._plain_keys() if self._one_type() else self._typed_keys()
        except TypeError as error:
            msg = (
                "holds lists, dicts or the like, which cannot be told apart; give texts or numbers"
            )
            raise DataError(msg) from error

    def _one_type(self) -> bool:
        """Whether equal values are the same value: no NaN, no 1 beside True."""
        return set(map(type, self.items)) - {type(None)} in ({str}, {int}, set[type]())

    def _plain_keys(self) -> Keys:
        place = dict.fromkeys(self.items, -1)
        ids = [value for value in place if value is not None]
        place.update(zip(ids, range(len(ids)), strict=True))
        at = np.fromiter(map(place.__getitem__, self.items), np.int32, len(self.items))
        return Keys(at, ids)

    def _typed_keys(self) -> Keys:
        seen: dict[tuple[type, object], int] = {}
        at = np.empty(len(self.items), dtype=np.int32)
        for i, given in enumerate(self.items):
            value = unboxed(given)
            if value is None or (not isinstance(value, str) and missing(value)):
                at[i] = -1
            else:
                at[i] = seen.setdefault((type(value), value), len(seen))
        return Keys(at, [value for _, value in seen])

    def money(self) -> Money:
        """Parse each value."""
        return parsed(self.items)

    def moments(self, tz: str) -> Moments:
        """Place each value on the civil clock of the zone."""
        return civil_seconds(self.items, tz)

    def _floats(self, kind: str) -> Floats:
        if kind == "number" and set(map(type, self.items)) <= _NUMBERS:
            with suppress(OverflowError):
                return np.array(self.items, dtype=np.float64)
        out = np.empty(len(self.items))
        reader = scalar.READERS[kind]
        for i, value in enumerate(self.items):
            try:
                out[i] = reader(value)
            except DataError as error:
                raise at_row(error, _odd(self.items, i) if kind == "number" else i) from error
        return out


_NUMBERS = frozenset({int, float, bool, type(None)})
_WORDLESS = _NUMBERS | {date, datetime, Decimal}


def unboxed(value: Any) -> Any:
    """A number of numpy as the Python number; everything else as it is."""
    return value.item() if isinstance(value, np.number | np.bool_) else value


def _odd(items: Sequence[object], row: int) -> int:
    """The row to name where a column of texts is refused: the first that is no written number."""
    if not isinstance(items[row], str):
        return row
    odd = (
        i
        for i, value in enumerate(items)
        if i >= row and isinstance(value, str) and value and not _WRITTEN.fullmatch(value)
    )
    return next(odd, row)


def at_row(error: DataError, row: int) -> DataError:
    """The same error with the row where it happened."""
    return DataError(error.message, error.column, row)


def plain_list(values: object) -> list[object]:
    """Python objects of an array, an index or a list."""
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(values, method):
            return cast("list[object]", getattr(values, method)())
    return list(cast("Sequence[object]", values))


def dense(values: Ints) -> Keys:
    """Number whole numbers by range where they lie close together, else by sorting."""
    if not len(values):
        return Keys(np.empty(0, dtype=np.int32), values)
    low, high = int(values.min()), int(values.max())
    span = high - low + 1
    if span <= max(4 * len(values), 1 << 20):
        return _by_range(values, low, span)
    return _by_order(values)


def _by_order(values: Ints) -> Keys:
    """One sort and one scatter: np.unique hashes first, and a binary search misses the cache."""
    order = np.argsort(values)
    ordered = values[order]
    new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    at = np.empty(len(values), dtype=np.int32)
    at[order] = np.cumsum(new, dtype=np.int32) - 1
    return Keys(at, ordered[new])


def _by_range(values: Ints, low: int, span: int) -> Keys:
    at = np.empty(len(values), dtype=np.int32)
    seen = np.zeros(span, dtype=np.bool_)
    for start in range(0, len(values), _BLOCK):
        seen[_above(values[start : start + _BLOCK], low)] = True
    uniques = np.flatnonzero(seen)
    place = np.empty(span, dtype=np.int32)
    place[uniques] = np.arange(len(uniques), dtype=np.int32)
    for start in range(0, len(values), _BLOCK):
        there = _above(values[start : start + _BLOCK], low)
        np.take(place, there, out=at[start : start + _BLOCK], mode="clip")
    return Keys(at, (uniques + low).astype(values.dtype, copy=False))


def _above(values: Ints, low: int) -> Index:
    """How far above the lowest; in the type of an index, since int8 would wrap."""
    return np.subtract(values, low, dtype=np.intp, casting="unsafe")
