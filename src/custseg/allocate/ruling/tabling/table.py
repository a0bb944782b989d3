"""Which rules hold of each row: decided once for each combination of what they compare."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Index
from custseg.allocate.ruling.tabling.axes import Axis
from custseg.allocate.ruling.tabling.grid import MOST as GRID
from custseg.allocate.ruling.tabling.grid import Grid, Joint
from custseg.allocate.ruling.tabling.reading import settled
from custseg.frames.cases import comparisons
from custseg.frames.vector import first_of, holds
from custseg.rules import Condition, Test

Match: TypeAlias = Literal["first", "all"]
Way: TypeAlias = Literal["table", "masks"]

_WORTH: Final = 2  # fewer rows a combination than these, and rules are asked of rows as fast
_FEW: Final = 1 << 12  # combinations that are tried however few rows there are


@attrs.frozen(eq=False)
class Chosen:
    """The rules that hold of each row.

    Attributes:
        at: For each row its set of rules.
        sets: The sets, as places of rules; an empty one where none holds.
        way: How they were found.
    """

    at: Index
    sets: tuple[tuple[int, ...], ...]
    way: Way


def chosen(
    rules: Sequence[Condition],
    columns: Columns,
    size: int,
    *,
    match: Match = "first",
    way: Way | None = None,
) -> Chosen:
    """Find for each row the first rule that holds, or all of them.

    Args:
        rules: The conditions, first to last.
        columns: What they read.
        size: Number of rows.
        match: ``first`` or ``all``.
        way: ``table`` or ``masks``; None: whichever is less work.

    >>> from custseg.rules import F
    >>> age = {"age": np.array([17.0, 30.0, np.nan])}
    >>> found = chosen((F("age") >= 18, F("age") < 65), age, 3)
    >>> [found.sets[at] for at in found.at], found.way
    ([(1,), (0,), ()], 'table')
    """
    ready, more = settled(rules, columns, size)
    axes = _axes(ready, {**columns, **more})
    grid = Grid(axes)
    if (
        way != "masks"
        and grid.size <= GRID
        and (way == "table" or grid.size <= max(size // _WORTH, _FEW))
    ):
        at, sets = _on_grid(grid, ready, match)
        return Chosen(grid.spread(at, size), sets, "table")
    most = {"table": size, "masks": 0}.get(way or "", size // _WORTH)
    joint = _joined(axes, size, most)
    if joint is None:
        at, sets = _asked(ready, {**columns, **more}, size, match)
        return Chosen(at, sets, "masks")
    cells = {name: each.part(joint.cells[:, i]) for i, (name, each) in enumerate(axes.items())}
    at, sets = _asked(ready, cells, len(joint.cells), match)
    return Chosen(at.take(joint.at), sets, "table")


def _axes(rules: Sequence[Condition], columns: Columns) -> dict[str, Axis]:
    tests: dict[str, dict[Test, None]] = {}
    for rule in rules:
        for test in comparisons(rule):
            tests.setdefault(test.field, {})[test] = None
    return {name: Axis.of(columns[name], tuple(some)) for name, some in tests.items()}


def _joined(axes: Mapping[str, Axis], size: int, most: int) -> Joint | None:
    """The combinations that occur; None where they are too many."""
    joint = Joint(np.zeros(size, dtype=np.int32), np.zeros((1, 0), dtype=np.int32))
    for axis in axes.values():
        if len(joint.cells) > most:
            return None
        joint = joint.beside(axis.coded(0, size), axis.size)
    return joint if len(joint.cells) <= most else None


def _on_grid(
    grid: Grid, rules: Sequence[Condition], match: Match
) -> tuple[Index, tuple[tuple[int, ...], ...]]:
    if match == "first":
        return grid.first(rules), _firsts(rules)
    return _all(grid.every(rules))


def _firsts(rules: Sequence[Condition]) -> tuple[tuple[int, ...], ...]:
    return (*((place,) for place in range(len(rules))), ())


def _asked(
    rules: Sequence[Condition], columns: Columns, size: int, match: Match
) -> tuple[Index, tuple[tuple[int, ...], ...]]:
    """Each rule asked of every row."""
    if match == "first":
        at = first_of(rules, columns, size).astype(np.int32)
        return at, (*((place,) for place in range(len(rules))), ())
    return (
        _all(np.stack([holds(rule, columns, size) for rule in rules], axis=1))
        if rules
        else (
            np.zeros(size, dtype=np.int32),
            ((),),
        )
    )


def _all(holding: Bools) -> tuple[Index, tuple[tuple[int, ...], ...]]:
    """The sets of rules that hold together."""
    if not holding.shape[1]:
        return np.zeros(len(holding), dtype=np.int32), ((),)
    packed = np.ascontiguousarray(np.packbits(holding, axis=1))
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, at = np.unique(rows, return_index=True, return_inverse=True)
    sets = tuple(tuple(np.flatnonzero(holding[row]).tolist()) for row in first.tolist())
    return at.astype(np.int32), sets
