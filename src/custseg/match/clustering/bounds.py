"""What no weight can undo: records that must be one customer, and records that never may."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index
from custseg.match.clustering.edges import coded, each_pair
from custseg.match.clustering.settings import ANY
from custseg.match.graph import components, stars

_NONE: Final[Index] = np.zeros(0, dtype=np.intp)


@attrs.frozen(eq=False, slots=False)
class Bounds:
    """What rules say of the records of one table.

    Attributes:
        same: Keys whose holders are one customer: records with an equal code in any of them.
        apart: Keys whose holders differ: records with two known and different codes in any of them
            are never one customer.
        parted: Pairs of rows that are never one customer, such as those whose merge was undone.
        source: Where each record comes from.

    >>> Bounds(apart=(Codes(np.array([0, 1, -1]), ("a", "b")),)).forbidden(
    ...     np.array([0, 0]), np.array([1, 2]), ()
    ... ).tolist()
    [True, False]
    """

    same: tuple[Codes, ...] = ()
    apart: tuple[Codes, ...] = ()
    parted: tuple[Index, Index] = (_NONE, _NONE)
    source: Codes | None = None

    def forbidden(self, left: Index, right: Index, one_per: Sequence[str]) -> Bools:
        """Which pairs of rows are never one customer.

        Args:
            left: One row of each pair.
            right: The other.
            one_per: The sources that hold each customer once.
        """
        never = self._listed(left, right)
        for key in self.apart:
            a, b = key.at[left], key.at[right]
            never |= (a >= 0) & (b >= 0) & (a != b)
        alone = self.alone(one_per)
        if alone is not None:
            a, b = alone[left], alone[right]
            never |= (a >= 0) & (a == b)
        return never

    def required(self, left: Index, right: Index) -> Bools:
        """Which pairs of rows share a key that makes them one customer."""
        must: Bools = np.zeros(len(left), dtype=np.bool_)
        for key in self.same:
            a = key.at[left]
            must |= (a >= 0) & (a == key.at[right])
        return must

    def alone(self, one_per: Sequence[str]) -> Index | None:
        """The source of each record that holds each customer once, else -1; None if none does."""
        if self.source is None or not one_per:
            return None
        once = np.array([ANY in one_per or word in one_per for word in self.source.words])
        return np.where(np.append(once, [False])[self.source.at], self.source.at, -1)

    def torn(self, group: Index, one_per: Sequence[str]) -> Index:
        """The groups that hold two records which are never one customer.

        Args:
            group: The group of each record.
            one_per: The sources that hold each customer once.
        """
        found = [group[self.parted[0]][group[self.parted[0]] == group[self.parted[1]]]]
        found += [_several(group, key.at) for key in self.apart]
        alone = self.alone(one_per)
        if alone is not None:
            found.append(_twice(group, alone))
        return np.unique(np.concatenate(found))

    def taken(self, rows: Index) -> "Bounds":
        """The same rules for the records in another order.

        Args:
            rows: The row of each record, every row once.
        """
        place = np.empty_like(rows)
        place[rows] = np.arange(len(rows))
        return Bounds(
            tuple(_taken(key, rows) for key in self.same),
            tuple(_taken(key, rows) for key in self.apart),
            (place[self.parted[0]], place[self.parted[1]]),
            _taken(self.source, rows) if self.source else None,
        )

    def _listed(self, left: Index, right: Index) -> Bools:
        if not len(self._pairs):
            return np.zeros(len(left), dtype=np.bool_)
        asked = coded(left, right)
        place = np.minimum(np.searchsorted(self._pairs, asked), len(self._pairs) - 1)
        return np.asarray(self._pairs[place] == asked, dtype=np.bool_)

    @cached_property
    def _pairs(self) -> Index:
        return np.unique(coded(*self.parted))


def bound(bounds: Bounds, records: int, one_per: Sequence[str]) -> tuple[Index, int]:
    """Put together what rules join, unless a rule forbids it.

    Args:
        bounds: The rules.
        records: How many records there are.
        one_per: The sources that hold each customer once.

    Returns:
        A number for each record, the same for records that are one customer by rule, and how many
        groups a forbidding rule tore: their records stand alone, to be put together again as far
        as they may.

    >>> phone = Codes(np.array([0, 0, 1, 1]), ("x", "y"))
    >>> card = Codes(np.array([-1, 0, 0, 1]), ("p", "q"))
    >>> atoms, torn = bound(Bounds(same=(phone,), apart=(card,)), 4, ())
    >>> atoms.tolist(), torn
    ([0, 0, 2, 3], 1)
    """
    rows: Index = np.arange(records)
    if not bounds.same or not records:
        return rows, 0
    group = components([key.at for key in bounds.same], records)
    torn = bounds.torn(group, one_per)
    first = np.full(records, records, dtype=np.intp)
    np.minimum.at(first, group, rows)
    return np.where(np.isin(group, torn), rows, first[group]), len(torn)


def apart_again(same: Sequence[Codes], atom: Index, most: int) -> tuple[Index, Index]:
    """Pairs of records that share a key, where a forbidding rule tore its holders apart.

    Args:
        same: Keys whose holders are one customer, unless a rule forbids it.
        atom: For each record the first of those that it was put together with.
        most: Holders of a key are paired each with each up to this many, else with the first alone.

    >>> left, right = apart_again(
    ...     [Codes(np.array([0, 0, 0, 1, 1]), ())], np.array([0, 1, 2, 3, 3]), 9
    ... )
    >>> left.tolist(), right.tolist()
    ([0, 0, 1], [1, 2, 2])
    """
    few: list[tuple[Index, Index]] = []
    many: list[Index] = []
    for key in same:
        first = np.full(int(key.at.max(initial=-1)) + 1, -1, dtype=np.intp)
        known = np.flatnonzero(key.at >= 0)
        first[key.at[known]] = atom[known]
        torn = np.zeros(len(first) + 1, dtype=np.bool_)
        torn[key.at[known][atom[known] != first[key.at[known]]]] = True
        large = np.append(np.bincount(key.at[known], minlength=len(first)) > most, [False])
        few.append(each_pair(np.where(torn & ~large, np.arange(len(torn)), -1)[key.at]))
        many.append(np.where(torn & large, np.arange(len(torn)), -1)[key.at])
    pairs = [stars(many), *few]
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])


def _taken(codes: Codes, rows: Index) -> Codes:
    return Codes(codes.at[rows], codes.words, codes.plain)


def _several(group: Index, code: Index) -> Index:
    known = code >= 0
    group, code = group[known], code[known]
    first = np.zeros(group.max(initial=-1) + 1, dtype=code.dtype)
    first[group] = code
    return np.asarray(group[first[group] != code])


def _twice(group: Index, code: Index) -> Index:
    known = code >= 0
    pair = group[known].astype(np.int64) * (int(code.max(initial=0)) + 1) + code[known]
    pairs, counts = np.unique(pair, return_counts=True)
    return np.asarray(pairs[counts > 1] // (int(code.max(initial=0)) + 1))
