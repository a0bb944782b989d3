"""What an engine is asked of the marks: how many records share a key, and which share too many."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Ints
from custseg.frames.marks import whole_numbers
from custseg.frames.parts.joins import Crowds
from custseg.match.blocking.blocks import largest_used, pairs_in
from custseg.match.blocking.candidates import Oversized, PassCount


@attrs.frozen(eq=False)
class Sizes:
    """How many values of a column are held by how many records.

    Attributes:
        held: How many records hold a value, ascending.
        values: How many values so many records hold.
    """

    held: Ints
    values: Ints

    @property
    def records(self) -> int:
        """Records that have a value."""
        return int((self.held * self.values).sum())

    @property
    def distinct(self) -> int:
        """Different values."""
        return int(self.values.sum())

    @property
    def agreeing(self) -> int:
        """Ordered pairs of different records that hold the same value."""
        return int((self.held * (self.held - 1) * self.values).sum())

    def shared(self, cap: int) -> int:
        """Records that share a value with another, and no more than so many do."""
        used = (self.held > 1) & (self.held <= cap)
        return int((self.held * self.values)[used].sum())

    def largest(self, cap: int, most: int) -> int:
        """The size of the largest blocks that a pass uses.

        Args:
            cap: The most records of a block.
            most: The most pairs of all blocks.
        """
        return largest_used(self.held, self.values, cap=cap, most=most)

    def counted(self, cap: int) -> PassCount:
        """What a pass does whose largest blocks have so many records.

        Args:
            cap: So many.
        """
        used = (self.held > 1) & (self.held <= cap)
        over = self.held > cap
        sizes = np.repeat(self.held[over], self.values[over])[::-1]
        return PassCount(
            records=self.records,
            shared=self.shared(cap),
            blocks=int(self.values[used].sum()),
            pairs=sum(
                pairs_in(np.array([size])) * int(many)
                for size, many in zip(self.held[used], self.values[used], strict=True)
            ),
            largest=int(self.held[used].max(initial=0)),
            over=tuple(Oversized(size, -1) for size in sizes.tolist()),
        )


def sizes_of(asked: Crowds, names: Sequence[str]) -> dict[str, Sizes]:
    """How many records share each value of some columns.

    Args:
        asked: The engine's table.
        names: The columns.
    """
    if not names:
        return {}
    found = asked.sizes(names)
    place, held, values = (whole_numbers(found, name) for name in ("place", "held", "blocks"))
    made: dict[str, Sizes] = {}
    for at, name in enumerate(names):
        mine = np.flatnonzero(place == at)
        mine = mine[np.argsort(held[mine])]
        made[name] = Sizes(held[mine], values[mine])
    return made


@attrs.frozen(eq=False)
class Held:
    """Values that many records hold, by their marks.

    Attributes:
        marks: The marks, ascending.
        counts: How many records hold each.
    """

    marks: Ints
    counts: Ints

    def of(self, marks: Ints) -> Ints:
        """How many records hold the value of each row: 1 if it is not among these; 0 for none.

        Args:
            marks: The mark of each row's value.
        """
        if not len(self.marks):
            return np.asarray(marks != 0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.marks, marks), len(self.marks) - 1)
        found = np.where(self.marks[at] == marks, self.counts[at], 1)
        return np.asarray(np.where(marks != 0, found, 0), dtype=np.int64)

    def over(self, least: int) -> "Held":
        """Those that even more records hold.

        Args:
            least: How many hold a value at most that is not told.
        """
        kept = self.counts > least
        return Held(self.marks[kept], self.counts[kept])

    def has(self, marks: Ints) -> Bools:
        """Which rows hold one of these values."""
        return np.asarray(np.isin(marks, self.marks), dtype=np.bool_)


def held_above(asked: Crowds, least: Sequence[tuple[str, int]]) -> list[Held]:
    """The values of some columns that more than so many records hold.

    Args:
        asked: The engine's table.
        least: The columns, each with how many may hold a value that is not told.
    """
    if not least:
        return []
    found = asked.above([name for name, _ in least], [bar for _, bar in least])
    place, marks, counts = (whole_numbers(found, name) for name in ("place", "block", "held"))
    made: list[Held] = []
    for at in range(len(least)):
        mine = np.flatnonzero(place == at)
        mine = mine[np.argsort(marks[mine])]
        made.append(Held(marks[mine], counts[mine]))
    return made
