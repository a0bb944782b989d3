"""Rules as numpy kernels over read columns: float arrays and codes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Index
from custseg.frames.bound import BLOCK, Block, bound
from custseg.frames.places import absent, first_place, holding
from custseg.frames.staged import Stages
from custseg.rules import Condition, Rule

__all__ = ["absent", "evaluated", "evaluated_all", "first_of", "holds"]


def evaluated(rule: Rule, cols: Columns, size: int) -> Column:
    """Evaluate a tree over columns.

    Args:
        rule: The tree.
        cols: What ``Table.read(rule.needs)`` gave.
        size: Number of rows, for a rule that reads nothing.

    Returns:
        Codes where the rule gives words, floats (NaN = missing) where it gives numbers.

    >>> from custseg.rules import Bands
    >>> cols = {"x": np.array([5.0, np.nan, 0.5])}
    >>> evaluated(Bands("x", (1.0,), ("low", "high")), cols, 3).texts()
    ['high', None, 'low']
    """
    return _run(Stages([], {"": rule}), cols, size)[""]


def evaluated_all(rules: Mapping[str, Rule], cols: Columns, size: int) -> dict[str, Column]:
    """Evaluate the trees of several columns; a part that several name is computed once.

    Args:
        rules: Output column -> tree.
        cols: What ``Table.read`` gave for the needs of them all.
        size: Number of rows.

    >>> from custseg.rules import Line
    >>> cols = {"x": np.array([5.0, np.nan])}
    >>> evaluated_all({"points": Line("x", ((0.0, 0), (10.0, 100)))}, cols, 2)["points"].tolist()
    [50.0, 0.0]
    """
    return _run(Stages.of(rules), cols, size)


def _run(stages: Stages, cols: Columns, size: int) -> dict[str, Column]:
    steps = [(name, bound(rule, cols)) for level in stages.levels for name, rule in level.items()]
    ends = {name: bound(rule, cols) for name, rule in stages.outputs.items()}
    made: dict[str, Any] = {
        name: np.empty(size, dtype=np.intp if rule.words else np.float64)
        for name, rule in stages.outputs.items()
    }
    for start in range(0, size, BLOCK):
        held: dict[str, Any] = {}
        block = Block(start, min(start + BLOCK, size), held)
        for name, piece in steps:
            held[name] = piece(block)
        for name, piece in ends.items():
            made[name][block.start : block.stop] = piece(block)
    return {
        name: Codes(made[name], rule.words) if rule.words else made[name]
        for name, rule in stages.outputs.items()
    }


def first_of(conditions: Sequence[Condition], cols: Columns, size: int) -> Index:
    """The place of the first condition that holds of each row; one past the last where none does.

    Args:
        conditions: First to last.
        cols: What ``Table.read`` gave for the needs of them all.
        size: Number of rows.

    >>> from custseg.rules import F
    >>> cols = {"x": np.array([5.0, np.nan, 0.5])}
    >>> first_of((F("x") > 1, F("x") > 0), cols, 3).tolist()
    [0, 2, 1]
    """
    return first_place([holding(condition, cols) for condition in conditions])(0, size)


def holds(rule: Condition, cols: Columns, size: int) -> Bools:
    """The rows of which a condition holds; never of a missing value."""
    return holding(rule, cols)(0, size)
