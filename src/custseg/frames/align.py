"""Ids of one table found among the ids of another."""

from typing import Any, cast

import numpy as np

from custseg._typing import Index
from custseg.errors import DataError
from custseg.frames.cells import Keys


def align(left: Keys, right: Keys) -> Index:
    """For each id of the right, its position among the ids of the left, -1 where it has none.

    Args:
        left: Ids that are looked among.
        right: Ids that are looked up.

    Raises:
        DataError: The ids are of different types and none is found: 17 is not ``"17"``.

    >>> import numpy as np
    >>> at = np.array([0, 1])
    >>> align(Keys(at, ["a", "b"]), Keys(at, ["b", "x"])).tolist()
    [1, -1]
    """
    mine, theirs = left.uniques, right.uniques
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray):
        return _among_sorted(cast("Any", mine), cast("Any", theirs))
    known = {value: i for i, value in enumerate(left.ids())}
    wanted = right.ids()
    found = np.array([known.get(value, -1) for value in wanted], dtype=np.intp)
    if len(wanted) and known and not (found >= 0).any():
        _refuse_other_type(next(iter(known)), wanted[0])
    return found


def _among_sorted(mine: Any, theirs: Any) -> Index:
    if not len(mine) or not len(theirs):
        return np.full(len(theirs), -1, dtype=np.intp)
    place = np.minimum(np.searchsorted(mine, theirs), len(mine) - 1)
    return np.where(mine[place] == theirs, place, -1)


def _refuse_other_type(mine: object, theirs: object) -> None:
    here, there = type(mine).__name__, type(theirs).__name__
    if (here == "str") != (there == "str"):
        msg = (
            f"ids are {here} in one table and {there} in the other, and none is found; "
            "give both the same type (17 is not '17', and '00017' is not 17)"
        )
        raise DataError(msg)
