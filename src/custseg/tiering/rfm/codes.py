"""Cells of scores as numbers, and the segment of each number."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg.errors import ConfigError
from custseg.rules import Rule, Scaled, Sum
from custseg.tiering.rfm.grid import cells_of, winners
from custseg.tiering.rfm.maps import SegmentMap

MOST: Final = 10
"""Scores of a measure: with more, two cells would have the same code."""


def digits(count: int) -> tuple[float, ...]:
    """What each score counts in the code of a cell: 100, 10, 1.

    Scores are 1 to 10, so codes of different cells differ and ascend as the scores do.

    >>> digits(3)
    (100.0, 10.0, 1.0)
    """
    return tuple(float(10**i) for i in range(count - 1, -1, -1))


def segment_names(segments: SegmentMap, bins: Mapping[str, int]) -> list[str | None]:
    """The segment of each cell, the last measure running fastest.

    Args:
        segments: The map.
        bins: Scores of each measure.

    Raises:
        ConfigError: The map reads a measure that there is not.

    >>> segment_names(SegmentMap.of({"new": {"recency": (2, 2)}}), {"recency": 2})
    [None, 'new']
    """
    names = [*(rule.segment for rule in segments), segments.otherwise]
    return [names[i] for i in winners(segments, cells_of(bins)).tolist()]


def segment_rule(
    total: Sum, segments: SegmentMap, bins: Mapping[str, int], nobody: str | None = None
) -> Rule:
    """The tree that gives the segment of a sum of digits.

    Args:
        total: The sum: the code of a cell, 0 for whoever has never bought.
        segments: The map; it covers every cell.
        bins: Scores of each measure.
        nobody: The segment of whoever has never bought.

    >>> total = Sum(())
    >>> made = segment_rule(total, SegmentMap.of({"all": {"recency": (1, 3)}}), {"recency": 3})
    >>> made.values
    ('all',)
    """
    cells = cells_of(bins)
    codes = np.sum([w * cells[n] for w, n in zip(digits(len(bins)), bins, strict=True)], axis=0)
    edges: list[float] = []
    values: list[str] = [] if nobody is None else [nobody]
    for code, name in zip(codes.tolist(), segment_names(segments, bins), strict=True):
        if name is not None and (not values or values[-1] != name):
            edges.append(code)
            values.append(name)
    return Scaled(total, 1.0, tuple(edges if nobody is not None else edges[1:]), tuple(values))


def check_map(segments: SegmentMap, bins: Mapping[str, int]) -> None:
    """Refuse a map that is not written for these scores, or leaves some without a segment.

    Raises:
        ConfigError: As said.

    >>> check_map(SegmentMap.of({"all": {"recency": (1, 3)}}), {"recency": 3})
    """
    odd = {name: n for name, n in segments.bins.items() if bins.get(name) != n}
    if odd:
        msg = (
            f"the map {segments.name!r} is written for {dict(segments.bins)} scores, there are "
            f"{dict(bins)}; give these bins, a map of your own, or segments=None"
        )
        raise ConfigError(msg, "segments")
    if lacking := sum(name is None for name in segment_names(segments, bins)):
        msg = (
            f"the map {segments.name!r} leaves {lacking} combinations of scores without a segment "
            "(lint_segments lists them); add rules, or say what is left over: otherwise='other'"
        )
        raise ConfigError(msg, "segments")
