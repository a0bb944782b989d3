"""Combinations of classes: all that can be, or those that occur in a table."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.allocate.ruling.tabling.axes import Axis
from custseg.frames.vector import holds
from custseg.rules import Condition, Every, Some, Test

MOST: Final = 1 << 18
"""Combinations of a grid: a table of so many places stays in the cache of the processor."""

_BLOCK: Final = 1 << 15
_FLAGS: Final = 1 << 22  # combinations that are ticked off rather than sorted


@attrs.frozen(eq=False)
class Grid:
    """All combinations of the classes of some columns.

    Attributes:
        axes: The columns.

    >>> from custseg.rules import F
    >>> rules = F("a") > 1, F("b") > 1
    >>> a, b = np.array([0.0, 2.0]), np.array([2.0, 2.0])
    >>> grid = Grid({"a": Axis.of(a, rules[:1]), "b": Axis.of(b, rules[1:])})
    >>> grid.spread(grid.first(rules), 2).tolist()
    [1, 0]
    """

    axes: Mapping[str, Axis]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many classes each column has."""
        return tuple(axis.size for axis in self.axes.values())

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return prod(self.shape)

    def first(self, rules: Sequence[Condition]) -> Index:
        """For each combination the first condition that holds; one past the last where none."""
        at: Index = np.full(self.shape, len(rules), dtype=np.min_scalar_type(len(rules)))
        memory: dict[Test, Bools] = {}
        for place, rule in reversed(list(enumerate(rules))):
            np.copyto(at, place, where=self._holds(rule, memory))
        return at.ravel()

    def every(self, rules: Sequence[Condition]) -> Bools:
        """For each combination and each condition whether it holds."""
        memory: dict[Test, Bools] = {}
        out = np.empty((*self.shape, len(rules)), dtype=np.bool_)
        for place, rule in enumerate(rules):
            out[..., place] = self._holds(rule, memory)
        return out.reshape(self.size, len(rules))

    def bits(self, rules: Sequence[Condition]) -> tuple[Any, ...]:
        """For each condition one bit a combination: whether it holds."""
        memory: dict[Test, Bools] = {}
        return tuple(
            np.packbits(np.broadcast_to(self._holds(rule, memory), self.shape).ravel())
            for rule in rules
        )

    def spread(self, answers: Index, rows: int) -> Index:
        """The answer of each row.

        Args:
            answers: One of each combination.
            rows: How many rows there are.
        """
        out = np.empty(rows, dtype=answers.dtype)
        for start in range(0, rows, _BLOCK):
            stop = min(start + _BLOCK, rows)
            at: Index = np.zeros(stop - start, dtype=np.int32)
            for axis in self.axes.values():
                at *= np.int32(axis.size)
                at += axis.coded(start, stop)
            answers.take(at, out=out[start:stop], mode="clip")
        return out

    def _holds(self, rule: Condition, memory: dict[Test, Bools]) -> Bools:
        if isinstance(rule, Every | Some):
            joined: Any = np.array(isinstance(rule, Every))
            for part in rule.parts:
                mine = self._holds(part, memory)
                joined = joined & mine if isinstance(rule, Every) else joined | mine
            return np.asarray(joined)
        assert isinstance(rule, Test)  # noqa: S101 - there are no other conditions
        if rule not in memory:
            axis = self.axes[rule.field]
            shape = [axis.size if name == rule.field else 1 for name in self.axes]
            memory[rule] = holds(rule, {rule.field: axis.values}, axis.size).reshape(shape)
        return memory[rule]


@attrs.frozen(eq=False)
class Joint:
    """Rows by combination.

    Attributes:
        at: The combination of each row.
        cells: For each combination the class of each column.

    >>> none = Joint(np.zeros(3, dtype=np.int32), np.zeros((1, 0), dtype=np.int32))
    >>> found = none.beside(np.array([0, 1, 1]), 2).beside(np.array([2, 0, 0]), 3)
    >>> found.at.tolist(), found.cells.tolist()
    ([0, 1, 1], [[0, 2], [1, 0]])
    """

    at: Index
    cells: Index

    def beside(self, classes: Index, size: int) -> "Joint":
        """With one more column.

        Args:
            classes: The class of each row.
            size: How many classes there are.
        """
        most = len(self.cells) * size
        code: Any = self.at.astype(np.int32 if most <= np.iinfo(np.int32).max else np.int64)
        code *= size
        code += classes
        if most <= _FLAGS:
            there = np.zeros(most, dtype=np.bool_)
            there[code] = True
            place = np.cumsum(there, dtype=np.int32) - np.int32(1)
            used, at = np.flatnonzero(there), np.asarray(place.take(code), dtype=np.int32)
        else:
            used, inverse = np.unique(code, return_inverse=True)
            at = np.asarray(inverse, dtype=np.int32)
        cells = np.column_stack((self.cells[used // size], (used % size).astype(np.int32)))
        return Joint(at, cells)
