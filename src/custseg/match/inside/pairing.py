"""Pairs of records of one partition's blocks, compared there."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index, Ints
from custseg.frames import Table
from custseg.frames.marks import marks_of, whole_numbers
from custseg.frames.parts.joins import BLOCK, PLACE
from custseg.match.blocking.candidates import candidates_of
from custseg.match.comparing.comparison import Prepared
from custseg.match.evidence import source_of
from custseg.match.inside.asking import Held
from custseg.match.inside.marking import ID, pass_column
from custseg.match.opened import Taught
from custseg.match.reading import Once
from custseg.match.weighing.bits import Common, rarer_of, weighed
from custseg.match.weighing.weights import HUNDREDTHS, Weights

NO_KEY = 0


def level_column(place: int) -> str:
    """The column with the levels of a comparison."""
    return f"level_{place}"


def count_columns(place: int) -> tuple[str, str]:
    """The columns that say how many records hold the values of the two sides."""
    return f"left_{place}", f"right_{place}"


@attrs.frozen(eq=False)
class Counts:
    """What was counted of all records.

    Attributes:
        unused: For each pass the marks of the keys that too many records share; None if the pass
            is not used at all.
        common: For each comparison the values that several records hold, and how many records have
            a value; None where rare values say no more.
    """

    unused: tuple[Held | None, ...]
    common: tuple[tuple[Held, int] | None, ...]

    def usable(self, place: int, marks: Ints) -> Index:
        """The key of each record in a pass, -1 where it has none that may be used.

        Args:
            place: The pass.
            marks: The marks of the records.
        """
        unused = self.unused[place]
        if unused is None:
            return np.full(len(marks), -1, dtype=np.intp)
        at = np.unique(marks, return_inverse=True)[1]
        return np.where((marks == NO_KEY) | unused.has(marks), -1, at)

    def of(self, prepared: Sequence[Prepared]) -> tuple[Common | None, ...]:
        """How common the values of some records are among all of them.

        Args:
            prepared: Their side of each comparison.
        """
        return tuple(
            None if told is None else Common(told[0].of(marks_of(side.codes)), told[1])
            for side, told in zip(prepared, self.common, strict=True)
        )


@attrs.frozen(eq=False)
class Pairing:
    """Work on the records of some blocks: their pairs, with the level of each comparison.

    Attributes:
        rules: Passes and comparisons.
        counts: What was counted of all records.
    """

    rules: Taught
    counts: Counts

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a pair; a pair is told where the first of its passes is."""
        rules, rows = self.rules, given["rows"]
        ids, first, record = _records(rows)
        table = frames.table(rows.take(first))
        once = Once(table.read(dict.fromkeys(compared_columns(rules), "text")))
        pairs = candidates_of(
            _owned(rows, record, len(rules.passes)),
            [
                self.counts.usable(place, whole_numbers(table, pass_column(place)))
                for place in range(len(rules.passes))
            ],
            sources=source_of(rules, once),
            which=rules.which,
        )
        left, right = pairs.left.astype(np.intp), pairs.right.astype(np.intp)
        made: dict[str, Any] = {"left": ids[left], "right": ids[right]}
        made["passes"] = pairs.passes.astype(np.int64)
        prepared = [one.prepare(once, rules.region) for one in rules.comparisons]
        for place, (side, told) in enumerate(zip(prepared, self.counts.of(prepared), strict=True)):
            made[level_column(place)] = side.levels(left, right)
            if told is not None:
                one, other = count_columns(place)
                made[one], made[other] = told.held[left], told.held[right]
        return rows.build(made)


def compared_columns(rules: Taught) -> tuple[str, ...]:
    """The columns that comparisons read, and that of the source.

    Args:
        rules: The rules.
    """
    read = [name for one in rules.comparisons for name in one.columns]
    return tuple(dict.fromkeys([*read, *([rules.source] if rules.source else [])]))


def _records(rows: Table[Any]) -> tuple[Ints, Index, Index]:
    """The different records: their ids' marks, a row of each, and the record of each row."""
    ids, first, record = np.unique(whole_numbers(rows, ID), return_index=True, return_inverse=True)
    return ids, first, record


def _owned(rows: Table[Any], record: Index, passes: int) -> list[Codes]:
    """The block of each record, pass after pass, as far as it is here."""
    place, block = whole_numbers(rows, PLACE), whole_numbers(rows, BLOCK)
    count = int(record.max(initial=-1)) + 1
    made: list[Codes] = []
    for one in range(passes):
        mine = np.flatnonzero(place == one)
        at = np.full(count, -1, dtype=np.intp)
        at[record[mine]] = np.unique(block[mine], return_inverse=True)[1]
        made.append(Codes(at, ()))
    return made


@attrs.frozen(eq=False)
class WeighPairs:
    """Work on some pairs: the weight of each, in hundredths of a bit.

    Attributes:
        weights: What was learnt.
        known: For each comparison how many records have a value; None where that does not count.
    """

    weights: Weights
    known: tuple[int | None, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that are read."""
        levels = [level_column(place) for place in range(len(self.known))]
        counts = [
            name
            for place, known in enumerate(self.known)
            if known is not None
            for name in count_columns(place)
        ]
        return (*levels, *counts)

    def __call__(self, rows: Table[Any]) -> object:
        """One column."""
        levels = [
            whole_numbers(rows, level_column(place)).astype(np.int8)
            for place in range(len(self.known))
        ]
        common = [
            None
            if known is None
            else Common(
                np.concatenate([whole_numbers(rows, name) for name in count_columns(place)]), known
            )
            for place, known in enumerate(self.known)
        ]
        every = np.arange(rows.size, dtype=np.intp)
        rarer = rarer_of(self.weights, common)
        bits = weighed(self.weights, levels, rarer, every, every + rows.size)
        return rows.build({"bits": np.rint(bits * HUNDREDTHS).astype(np.int64)})
