"""Rows for whom several representatives are equally good, and moves among these."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.grid import Grid
from custseg.allocate.solving.seats.shares import alike, packed

_GROUPS: Final = 4096


@attrs.frozen(eq=False)
class Ties:
    """Rows for whom several representatives are equally good at the same prices.

    Attributes:
        rows: Which rows.
        words: With whom, as bits.
    """

    rows: Index
    words: Ints

    @classmethod
    def joined(cls, parts: "list[Ties]") -> "Ties":
        """Those of all blocks."""
        if not parts:
            return cls(np.zeros(0, dtype=np.intp), np.zeros((0, 1), dtype=np.int64))
        rows = np.concatenate([part.rows for part in parts])
        return cls(rows, np.concatenate([part.words for part in parts]))

    @classmethod
    def of(cls, rows: Index, equal: Bools) -> "Ties":
        """Rows with more than one choice."""
        tied = np.flatnonzero(np.count_nonzero(equal, axis=1) > 1)
        return cls(rows[tied], packed(equal[tied]))


@attrs.frozen(eq=False)
class Best:
    """Where each row is best at some prices.

    Attributes:
        at: The first of the best of each row.
        steps: What all rows have at the best, after the prices.
        ties: Who has other choices as good.
    """

    at: Index
    steps: int
    ties: Ties

    @classmethod
    def of(cls, grid: Grid, prices: Floats) -> "Best":
        """Look at every pair once."""
        at, steps, parts = np.empty(grid.size, dtype=np.int32), 0, list[Ties]()
        for rows in grid.blocks():
            block = grid.read(rows)
            block -= prices
            line = np.arange(rows.start, rows.stop, dtype=np.intp)
            at[rows] = first = block.argmax(axis=1)
            best = block[line - rows.start, first]
            steps += int(best.astype(np.int64).sum())
            parts.append(Ties.of(line, block == best[:, None]))
        return cls(at, steps, Ties.joined(parts))


@attrs.frozen(eq=False)
class Groups:
    """Tied rows by their choices: how many of each group are where.

    Attributes:
        rows: Which rows.
        group: The group of each.
        allowed: The choices of each group, K x m.
        amounts: How many of each group each representative has, K x m.
    """

    rows: Index
    group: Index
    allowed: Bools
    amounts: Ints

    @classmethod
    def of(cls, ties: Ties, at: Index, reps: int) -> "Groups":
        """The most common groups: who is alone does not change much."""
        first, group = alike(ties.words)
        if first.size > _GROUPS:
            common = np.zeros(first.size, dtype=np.bool_)
            common[np.argsort(-np.bincount(group), kind="stable")[:_GROUPS]] = True
            ties = Ties(ties.rows[common[group]], ties.words[common[group]])
            first, group = alike(ties.words)
        bits = np.unpackbits(np.ascontiguousarray(ties.words[first]).view(np.uint8), axis=1)
        allowed = bits[:, :reps].astype(np.bool_)
        amounts = np.zeros(allowed.shape, dtype=np.int64)
        np.add.at(amounts, (group, at[ties.rows]), 1)
        return cls(ties.rows, group, allowed, amounts)

    def carry_out(self, at: Index, amounts: Ints) -> None:
        """Move the last rows of who gives to who takes, in place, group by group."""
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(np.bincount(self.group, minlength=len(amounts)))
        for number in np.flatnonzero((self.amounts != amounts).any(axis=1)).tolist():
            mine = self.rows[order[ends[number - 1] if number else 0 : ends[number]]]
            less = self.amounts[number] - amounts[number]
            givers = np.flatnonzero(less > 0).tolist()
            leaving = [mine[at[mine] == rep][-less[rep] :] for rep in givers]
            takers = np.flatnonzero(less < 0)
            at[np.sort(np.concatenate(leaving))] = np.repeat(takers, -less[takers])
