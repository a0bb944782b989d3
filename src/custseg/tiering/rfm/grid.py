"""The grid of all combinations of scores, and which rules hold where."""

from collections.abc import Mapping

import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.errors import ConfigError, did_you_mean
from custseg.tiering.rfm.maps import SegmentMap, SegmentRule

Cells = Mapping[str, Floats]
"""Score of each measure in each cell; the last measure runs fastest."""


def cells_of(bins: Mapping[str, int]) -> Cells:
    """All combinations of scores.

    Args:
        bins: Scores of each measure.

    >>> cells_of({"recency": 2, "frequency": 2})["frequency"].tolist()
    [1.0, 2.0, 1.0, 2.0]
    """
    axes = [np.arange(1.0, n + 1) for n in bins.values()]
    grids = np.meshgrid(*axes, indexing="ij")
    return {name: grid.ravel() for name, grid in zip(bins, grids, strict=True)}


def hits(segments: SegmentMap, cells: Cells) -> Bools:
    """Whether each rule (row) holds in each cell (column).

    Raises:
        ConfigError: A rule reads a measure that the grid lacks.

    >>> rules = SegmentMap.of({"new": {"recency": (2, 2)}})
    >>> hits(rules, cells_of({"recency": 2})).tolist()
    [[False, True]]
    """
    size = len(next(iter(cells.values())))
    out = np.ones((len(segments.rules), size), dtype=np.bool_)
    for i, rule in enumerate(segments):
        for name, (low, high) in rule.scores.items():
            score = _score(name, cells)
            out[i] &= (score >= low) & (score <= high)
    return out


def winners(segments: SegmentMap, cells: Cells) -> Index:
    """The place of the rule that each cell gets, -1 where none holds.

    >>> rules = SegmentMap.of(
    ...     {"any": {"recency": (1, 3)}, "best": {"recency": (3, 3)}}, pick="specific"
    ... )
    >>> winners(rules, cells_of({"recency": 3})).tolist()
    [0, 0, 1]
    """
    held = hits(segments, cells)
    if segments.pick == "first":
        first: Index = np.argmax(held, axis=0)
        return np.where(held.any(axis=0), first, -1)
    size, far = held.sum(axis=1), np.array([_away(rule, cells) for rule in segments])
    best = np.full(held.shape[1], -1, dtype=np.intp)
    least = np.full((2, held.shape[1]), np.inf)
    for i, row in enumerate(held):
        nearer = (size[i] < least[0]) | ((size[i] == least[0]) & (far[i] < least[1]))
        wins = row & nearer
        best[wins], least[0, wins], least[1, wins] = i, size[i], far[i][wins]
    return best


def _score(name: str, cells: Cells) -> Floats:
    parts = name.split("+")
    for part in parts:
        if part not in cells:
            hint = did_you_mean(part, cells)
            msg = f"a rule reads the score of {part!r}; there are {list(cells)}.{hint}"
            raise ConfigError(msg)
    total: Floats = np.sum([cells[part] for part in parts], axis=0)
    return total / len(parts)


def _away(rule: SegmentRule, cells: Cells) -> Floats:
    """How far each cell is from the middle of a rule, squared."""
    far = np.zeros(len(next(iter(cells.values()))))
    for name, (low, high) in rule.scores.items():
        far += (_score(name, cells) - (low + high) / 2) ** 2
    return far
