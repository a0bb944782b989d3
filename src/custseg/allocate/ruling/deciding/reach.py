"""Whom a target means among the representatives of a day."""

from collections.abc import Iterable, Mapping
from typing import cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Index
from custseg.allocate.ruling.saying.targets import Same, To
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.axes import Coded, by_word
from custseg.allocate.ruling.tabling.reading import rooted, words_of
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.wording import split
from custseg.frames.vector import holds


@attrs.frozen(eq=False)
class Staff:
    """The representatives as targets see them.

    Attributes:
        columns: What was read of them.
        rep_id: The column of ids.
        team: The column of teams.
        trees: Trees of regions.

    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> Staff(team, "rep_id", "team").meant(To(reps="R2")).tolist()
    [False, True]
    """

    columns: Columns
    rep_id: str
    team: str
    trees: tuple[RegionTree, ...] = ()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(codes(self.columns, self.rep_id).at)

    def meant(self, to: To) -> Bools:
        """Whom a target means, whatever the customer's words.

        Args:
            to: The target.
        """
        if to.pool is not None:
            return np.zeros(self.size, dtype=np.bool_)
        found = np.ones(self.size, dtype=np.bool_)
        if to.reps:
            found &= _among(codes(self.columns, self.rep_id), to.reps)
        if to.team:
            found &= _among(codes(self.columns, self.team), to.team)
        if to.where is not None:
            (where,) = rooted([to.where], self.trees, words_of(self.columns, self.trees))
            found &= holds(where, self.columns, self.size)
        return found

    def away(self, leave_from: str, leave_until: str, day: float | None) -> Bools:
        """Who is on leave, as far as the columns are there and the day is known.

        Args:
            leave_from: The column of first days.
            leave_until: The column of last days.
            day: The day, since 1970-01-01.
        """
        start, end = (_days(self.columns, name, self.size) for name in (leave_from, leave_until))
        some = ~(np.isnan(start) & np.isnan(end))
        if day is None:
            return np.zeros(self.size, dtype=np.bool_)
        begun = np.nan_to_num(start, nan=-np.inf) <= day
        return np.asarray(some & begun & (np.nan_to_num(end, nan=np.inf) >= day))

    def sharing(self, same: Same, customers: Columns) -> "Sharing":
        """Who has the words of the customers.

        Args:
            same: The two columns.
            customers: Columns of the customers.
        """
        tree = next((tree for tree in self.trees if same.column in tree.columns), None)
        holders = _holders(codes(self.columns, same.theirs), same.separator, tree)
        mine = codes(customers, same.column)
        alike: dict[frozenset[int], int] = {frozenset(): 0}
        classes = np.zeros(len(mine.words) + 1, dtype=np.int32)
        plain = same.separator is None and tree is None
        for place, word in enumerate(mine.words):
            if plain and word not in holders:
                continue
            reps = _met(word, same.separator, holders, tree)
            classes[place] = alike.setdefault(reps, len(alike))
        table = np.zeros((len(alike), self.size), dtype=np.bool_)
        for reps, at in alike.items():
            table[at, sorted(reps)] = True
        return Sharing(len(alike), by_word(mine, classes), table)


@attrs.frozen(eq=False)
class Sharing:
    """Who has the word of each customer.

    Attributes:
        size: How many classes there are.
        coded: The class of each customer; 0: nobody has its word.
        open: Classes x representatives.
    """

    size: int
    coded: Coded
    open: Bools


def _among(column: Codes, wanted: Iterable[str]) -> Bools:
    some = set(wanted)
    table = np.array([*(word in some for word in column.words), False])
    return np.asarray(table[column.at])


def _holders(
    theirs: Codes, separator: str | None, tree: RegionTree | None
) -> Mapping[str, frozenset[int]]:
    """Each word of the representatives and who has it."""
    found: dict[str, set[int]] = {}
    for rep, text in enumerate(theirs.texts()):
        for word in split(text, separator):
            found.setdefault(word if tree is None else tree.line(word)[0], set()).add(rep)
    return {word: frozenset(reps) for word, reps in found.items()}


def _met(
    text: str, separator: str | None, holders: Mapping[str, frozenset[int]], tree: RegionTree | None
) -> frozenset[int]:
    words = split(text, separator)
    if tree is not None:
        words = [each for word in words for each in tree.line(word)]
    return frozenset[int]().union(*(holders[word] for word in words if word in holders))


def _days(columns: Columns, name: str, size: int) -> Index:
    column = columns.get(name)
    if column is None:
        return np.full(size, np.nan)
    array = column.at if isinstance(column, Days) else column
    return cast("Index", np.asarray(array, dtype=np.float64))
