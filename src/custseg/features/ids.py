"""The ids behind the codes of customers, in the type that they came in."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index, Ints
from custseg.features.events import Source
from custseg.features.piles import piled
from custseg.frames import Attachable, Keys, Table
from custseg.frames.gather import gathered, stacked


@attrs.frozen(eq=False)
class Numbers:
    """Ids that are whole numbers.

    Attributes:
        held: The ids, each once.
    """

    held: Ints

    def __len__(self) -> int:
        """Number of ids."""
        return len(self.held)

    @cached_property
    def order(self) -> Index | None:
        """The places of the ids from the lowest to the highest, ``None`` where they are so."""
        if (self.held[1:] > self.held[:-1]).all():
            return None
        return np.argsort(self.held, kind="stable")  # quick where most are in order

    def find(self, ids: Ints) -> Index:
        """The place of each of some ids, -1 where it is not here."""
        if not len(self.held):
            return np.full(len(ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(self.held, ids, sorter=self.order), len(self.held) - 1)
        place = at if self.order is None else self.order[at]
        return np.where(self.held[place] == ids, place, -1)

    @property
    def listed(self) -> list[object]:
        """The ids as Python objects."""
        return cast("list[object]", self.held.tolist())

    @cached_property
    def known(self) -> Mapping[object, int]:
        """The place of each id."""
        return {number: i for i, number in enumerate(self.listed)}

    def take(self, at: Index) -> "Numbers":
        """Some of the ids."""
        return Numbers(self.held[at])


@attrs.frozen(eq=False)
class Named:
    """Ids of any kind.

    Attributes:
        held: A table of one column, each id once.
        column: Its name.
    """

    held: Table[Any]
    column: str

    @classmethod
    def of(cls, like: Table[Any], column: str, ids: Attachable) -> "Named":
        """Ids in the kind of table that they came in."""
        return cls(frames.table(like.build({column: ids})), column)

    def __len__(self) -> int:
        """Number of ids."""
        return self.held.size

    @cached_property
    def listed(self) -> list[object]:
        """The ids as Python objects."""
        keys = self.held.keys(self.column)
        ids = keys.ids()
        if (keys.at == np.arange(len(ids))).all():
            return ids
        return [ids[at] for at in keys.at.tolist()]  # numbers, which the door puts in order

    @cached_property
    def known(self) -> Mapping[object, int]:
        """The place of each id."""
        return {value: i for i, value in enumerate(self.listed)}

    def take(self, at: Index) -> "Named":
        """Some of the ids."""
        return Named.of(self.held, self.column, gathered(self.held, self.column, at))


Part: TypeAlias = Numbers | Named


@attrs.frozen(eq=False)
class Ids:
    """Ids by code: the first ones, and those that came later.

    Attributes:
        column: Name of their column.
        parts: The ids, each in one part; a code is a place in them one after the other.
    """

    column: str
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, source: Source, keys: Keys) -> "Ids":
        """The distinct ids of a table."""
        column = source.columns["customer"]
        numbers = _numbers(keys)
        if numbers is not None:
            return cls(column, (Numbers(numbers),))
        ids = gathered(source.table, column, keys.first)
        return cls(column, (Named.of(source.table, column, ids),))

    def __len__(self) -> int:
        """Number of customers."""
        return sum(len(part) for part in self.parts)

    @cached_property
    def whole(self) -> Part:
        """All ids in one part."""
        return _joined(self.parts, self.column)

    def take(self, codes: Index | slice) -> Attachable:
        """Ids of any codes, in their order and as often as they come, to build a table with."""
        every = isinstance(codes, slice)
        if isinstance(self.whole, Numbers):
            return self.whole.held[codes]
        at = np.arange(len(self))[codes] if every else codes
        return gathered(self.whole.held, self.whole.column, cast("Index", at))

    def in_order(self, codes: Index) -> Index:
        """Codes as a table has them: numbers from the lowest, other ids as they first came."""
        if isinstance(self.whole, Named) or self.whole.order is None:
            return codes
        chosen = np.zeros(len(self), dtype=np.bool_)
        chosen[codes] = True
        return self.whole.order[chosen[self.whole.order]]

    @property
    def keys(self) -> Keys:
        """Ids as keys, to look others up among them."""
        if isinstance(self.whole, Named):
            return Keys(np.arange(len(self)), self.whole.listed)
        held: Any = self.whole.held if self.whole.order is None else self.whole.listed
        return Keys(np.arange(len(self)), held)

    def find(self, other: "Ids") -> Index:
        """The code of each id of another, -1 where it is not here.

        Raises:
            DataError: The ids are of different types and none is found: 17 is not ``"17"``.
        """
        theirs = other.whole
        out = np.full(len(theirs), -1, dtype=np.intp)
        low = 0
        for part in self.parts:
            if isinstance(part, Numbers) and isinstance(theirs, Numbers):
                place = part.find(theirs.held)
            else:
                place = np.array([part.known.get(i, -1) for i in theirs.listed], dtype=np.intp)
            out[place >= 0] = place[place >= 0] + low
            low += len(part)
        mixed = not all(isinstance(part, Numbers) for part in (theirs, *self.parts))
        if mixed and low and len(out) and (out < 0).all():
            # not the whole: to join the parts would cost more than to look an id up
            _refuse_other_type(next(part for part in self.parts if len(part)), theirs)
        return out

    def merged(self, other: "Ids") -> tuple["Ids", Index]:
        """Ids of both, the codes of this one kept; and the code of each code of the other."""
        code = self.find(other)
        fresh = np.flatnonzero(code < 0)
        code[fresh] = len(self) + np.arange(len(fresh))
        if not len(fresh):
            return self, code
        parts = [*(part for part in self.parts if len(part)), other.whole.take(fresh)]
        return Ids(self.column, piled(parts, lambda two: _joined(two, self.column))), code


def _joined(parts: tuple[Part, ...], column: str) -> Part:
    if len(parts) == 1:
        return parts[0]
    numbers = [part.held for part in parts if isinstance(part, Numbers)]
    if len(numbers) == len(parts):
        return Numbers(np.concatenate(numbers))
    named = next(part for part in parts if isinstance(part, Named))
    tables = [_table(part, named, column) for part in parts]
    return Named.of(named.held, column, stacked(tables, column))


def _table(part: Part, like: Named, column: str) -> Table[Any]:
    if isinstance(part, Named):
        return part.held
    return frames.table(like.held.build({column: part.held}))


def _refuse_other_type(mine: Part, theirs: Part) -> None:
    one, other = (Keys(np.zeros(1, dtype=np.intp), part.listed[:1]) for part in (mine, theirs))
    frames.align(one, other)


def _numbers(keys: Keys) -> Ints | None:
    """The ids where the door numbered them by range: ascending whole numbers."""
    uniques: object = keys.uniques
    if not isinstance(uniques, np.ndarray):
        return None
    numbers = cast("Ints", uniques)
    return numbers if numbers.dtype.kind == "i" else None
