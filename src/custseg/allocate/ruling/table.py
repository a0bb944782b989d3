"""Which rules hold of each row: decided once for each combination of what they compare."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Index
from custseg.allocate.ruling.axes import Field
from custseg.allocate.ruling.joint import Joint
from custseg.allocate.ruling.reading import comparisons, settled
from custseg.frames.vector import first_of, holds
from custseg.rules import Condition, Test

Match: TypeAlias = Literal["first", "all"]
Way: TypeAlias = Literal["table", "masks"]

_WORTH: Final = 4  # rows a combination: below, rules are asked row by row as fast
_BLOCK: Final = 1 << 16


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
    ([(1,), (0,), ()], 'masks')
    """
    ready, more = settled(rules, columns, size)
    known = {**columns, **more}
    fields = _fields(ready, known)
    joint = None if way == "masks" else Joint.of([each.axis for each in fields.values()], size)
    if joint is None or (way is None and len(joint.cells) * _WORTH > size):
        at, sets = _asked(ready, known, size, match)
        return Chosen(at, sets, "masks")
    cells = {name: each.part(joint.cells[:, i]) for i, (name, each) in enumerate(fields.items())}
    at, sets = _asked(ready, cells, len(joint.cells), match)
    return Chosen(at.take(joint.at), sets, "table")


def _fields(rules: Sequence[Condition], columns: Columns) -> dict[str, Field]:
    tests: dict[str, dict[Test, None]] = {}
    for rule in rules:
        for test in comparisons(rule):
            tests.setdefault(test.field, {})[test] = None
    return {name: Field.of(columns[name], tuple(some)) for name, some in tests.items()}


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
    packed = np.ascontiguousarray(np.packbits(holding, axis=1))
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, at = np.unique(rows, return_index=True, return_inverse=True)
    sets = tuple(tuple(np.flatnonzero(holding[row]).tolist()) for row in first.tolist())
    return at.astype(np.int32), sets
