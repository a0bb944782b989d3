"""How many customers went from which state to which, counted step by step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.classify.ladder import CLASSES
from custseg.classify.replay.grid import StateGrid
from custseg.classify.replay.inparts import PartitionedGrid
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.frames import Table

_SMALL = 1 << 15
_TWO = 2


@attrs.frozen(eq=False)
class Moves:
    """Customers by the states in which they were; place 0 is "not known yet", then the words.

    Attributes:
        words: The states.
        steps: Steps x from x to.
        memory: Two steps in succession, over all of them: before x from x to.
        latest: Customers on the last date.

    >>> states = np.array([[-1, 0, 0], [0, 0, 1], [1, 0, 1]], dtype=np.int8)
    >>> moves = Moves.of(states, ("active", "dormant"))
    >>> moves.steps[0].tolist(), moves.latest.tolist()
    ([[0, 1, 0], [0, 1, 1], [0, 0, 0]], [0, 1, 2])
    """

    words: tuple[str, ...]
    steps: Ints
    memory: Ints
    latest: Ints

    @classmethod
    def of(cls, states: Index, words: tuple[str, ...]) -> "Moves":
        """Count.

        Raises:
            NotEnoughDataError: There are fewer than two dates.
            DataError: A customer who was known is not known later.
        """
        if len(states) < _TWO:
            msg = f"a move needs two dates, got {len(states)}; ask states_asof for more"
            raise NotEnoughDataError(msg)
        size = len(words) + 1
        if len(states) == _TWO:
            steps = _counted(states, size)[None]
            memory = np.zeros((size, size, size), dtype=np.int64)
        else:
            # Three dates at a time: the moves of both steps are sums of the same counts.
            triples = np.stack([_counted(states[t : t + 3], size) for t in range(len(states) - 2)])
            steps = np.concatenate((triples.sum(axis=3), triples[-1:].sum(axis=1)))
            memory = triples.sum(axis=0)
        if steps[:, 1:, 0].any():
            msg = "a customer who has a state on one date has none on a later one"
            raise DataError(msg, "states")
        return cls(words, steps, memory, np.asarray(steps[-1].sum(axis=0)))

    def folded(self, groups: Sequence[str], words: tuple[str, ...]) -> "Moves":
        """The same customers by coarser words.

        Args:
            groups: The new word of each old one.
            words: The new words, in order.

        >>> states = np.array([[0, 1], [2, 1]], dtype=np.int8)
        >>> moves = Moves.of(states, ("new", "active", "dormant"))
        >>> moves.folded(("awake", "awake", "asleep"), ("awake", "asleep")).latest.tolist()
        [0, 1, 1]
        """
        fold = np.zeros((len(groups) + 1, len(words) + 1), dtype=np.int64)
        fold[0, 0] = 1
        fold[1 + np.arange(len(groups)), [1 + words.index(group) for group in groups]] = 1
        steps = np.einsum("tij,ia,jb->tab", self.steps, fold, fold)
        memory = np.einsum("hij,hc,ia,jb->cab", self.memory, fold, fold, fold, optimize=True)
        return Moves(words, steps, memory, self.latest @ fold)

    def by_class(self, grid: StateGrid | PartitionedGrid) -> "Moves":
        """The same customers by the three classes."""
        return self.folded([grid.class_of(word) for word in self.words], CLASSES)


@attrs.frozen
class MovesBetween:
    """The moves between some dates of a grid as whole numbers that add up over customers.

    Attributes:
        rows: The places of the dates.
    """

    rows: tuple[int, ...]

    def __call__(self, grid: StateGrid) -> Ints:
        """Steps, then two steps in succession, then the last date."""
        moves = Moves.of(grid.states[list(self.rows)], grid.words)
        return np.concatenate((moves.steps.ravel(), moves.memory.ravel(), moves.latest))


def moves_of(
    grid: StateGrid | PartitionedGrid, rows: Sequence[int] | None = None
) -> tuple[Moves, Table[Any]]:
    """The moves between dates of a grid, and a table of the kind that answers have.

    Args:
        grid: The grid; where it is in parts, they count and the sums are added up.
        rows: The places of the dates; without them all.

    Raises:
        NotEnoughDataError: There are fewer than two dates.
        DataError: A customer who was known is not known later.
    """
    chosen = tuple(range(len(grid.dates)) if rows is None else rows)
    if isinstance(grid, StateGrid):
        states = grid.states if rows is None else grid.states[list(chosen)]
        return Moves.of(states, grid.words), grid.like
    size, steps = len(grid.words) + 1, max(len(chosen) - 1, 0)
    shapes = ((steps, size, size), (size, size, size), (size,))
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    total, like = grid.added(MovesBetween(chosen), int(ends[-1]))
    parts = np.split(total, ends[:-1])
    made = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
    return Moves(grid.words, *made), like


def _counted(states: Index, size: int) -> Ints:
    """Customers by their states on a few dates."""
    bins = size ** len(states)
    key = np.zeros(states.shape[1], dtype=np.int16 if bins <= _SMALL else np.int64)
    for row in states:
        np.multiply(key, size, out=key)
        np.add(key, row, out=key)
    # Places count from -1, so the key of whoever is nowhere yet is as far below 0.
    np.add(key, (bins - 1) // (size - 1), out=key)
    return np.bincount(key, minlength=bins).reshape((size,) * len(states))


def between_dates(
    grid: StateGrid | PartitionedGrid, between: tuple[date | str, date | str]
) -> tuple[int, int]:
    """The places of two dates of a grid.

    Raises:
        ConfigError: One is no date of the grid, or they are not in order.
    """
    known = {day.isoformat(): place for place, day in enumerate(grid.dates)}
    asked = [day if isinstance(day, str) else day.isoformat() for day in between]
    absent = [day for day in asked if day not in known]
    if absent:
        ends = f"{grid.dates[0]} to {grid.dates[-1]}" if grid.dates else "none"
        msg = f"{absent} are no dates of the grid ({len(known)} dates, {ends})"
        raise ConfigError(msg, "between")
    first, last = (known[day] for day in asked)
    if first >= last:
        msg = f"needs an earlier and a later date, got {asked}"
        raise ConfigError(msg, "between")
    return first, last
