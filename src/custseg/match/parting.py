"""Records that were set apart by hand: pairs of their ids as pairs of rows."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from custseg._typing import Index
from custseg.errors import DataError

Apart: TypeAlias = Iterable[tuple[object, object]]
"""Pairs of ids of records that are never one customer, as ``Journal.apart`` gives them."""


def parted(pairs: Apart, at: Index, values: Iterable[object]) -> tuple[Index, Index]:
    """The rows of pairs of ids; a pair with an id that is not there says nothing.

    Args:
        pairs: Pairs of ids.
        at: The id of each row among the distinct ones, -1 where it has none.
        values: The distinct ids.

    Returns:
        One row of each pair, and the other. An id that several rows bear stands for each of them.

    Raises:
        DataError: None of the ids is of a type that the table has.

    >>> left, right = parted([(1, 2)], np.array([0, 1, 0]), (1, 2))
    >>> left.tolist(), right.tolist()
    ([0, 2], [1, 1])
    """
    asked = list(pairs)
    if not asked:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    place = {value: number for number, value in enumerate(values)}
    _same_type(asked, place)
    known = [(place[a], place[b]) for a, b in asked if a in place and b in place and a != b]
    one, two = np.array(known, dtype=np.intp).reshape(-1, 2).T
    order = np.argsort(at, kind="stable")
    sizes = np.bincount(at[at >= 0], minlength=len(place))
    starts = np.cumsum(sizes) - sizes + int((at < 0).sum())
    times = sizes[one] * sizes[two]
    turn = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    wide = np.repeat(sizes[two], times)
    left = order[np.repeat(starts[one], times) + turn // wide]
    return left, order[np.repeat(starts[two], times) + turn % wide]


def _same_type(pairs: list[tuple[object, object]], place: Mapping[object, int]) -> None:
    """Make sure that ids were not turned into another type on the way.

    Raises:
        DataError: They were.
    """
    asked = {type(one) for pair in pairs for one in pair}
    there = set(map(type, place))
    if there and not asked & there and not any(one in place for pair in pairs for one in pair):
        named = (sorted(kind.__name__ for kind in kinds) for kinds in (asked, there))
        msg = "pairs to keep apart name ids of type {}, the table has {}; give them the same type"
        raise DataError(msg.format(*map("/".join, named)))
