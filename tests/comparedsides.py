"""Records for comparisons: one column of texts, prepared, and the level of its pairs by name."""

import numpy as np

from custseg import frames
from custseg.match.reading import Once


def prepared(comparison, *columns, region=None):
    """The side of a table whose columns are lists of texts, in the order of the comparison."""
    rows = [
        dict(zip(comparison.columns, values, strict=True)) for values in zip(*columns, strict=True)
    ]
    table = frames.table(rows)
    read = Once(table.read(dict.fromkeys(comparison.columns, "text")))
    return comparison.prepare(read, region)


def level(comparison, one, other, *, region=None):
    """The code of the level of two values, ``missing`` where a side is."""
    ones, others = (side if isinstance(side, tuple) else (side,) for side in (one, other))
    side = prepared(comparison, *map(list, zip(ones, others, strict=True)), region=region)
    there = side.levels(np.array([0]), np.array([1]))
    back = side.levels(np.array([1]), np.array([0]))
    record = dict(zip(comparison.columns, ones, strict=True))
    alone = side.levels_of(record, np.array([1]))
    assert there.tolist() == back.tolist() == alone.tolist()
    return ("missing", *comparison.levels)[there[0]]
