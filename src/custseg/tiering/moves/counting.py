"""Sums over customers by two states, in blocks that stay in cache; of money to the last digit."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from custseg._typing import Index, Ints
from custseg.errors import DataError

_BLOCK: Final = 1 << 16
_SMALL: Final = np.iinfo(np.int8).max
_PLAIN: Final = 1 << 37  # a block of amounts below it has a sum that floats hold exactly
_HALF: Final = 31
_MOST: Final = 2.0**62


def counted(before: Index, now: Index, size: int) -> Ints:
    """Customers of each pair of states.

    Args:
        before: The first state of each customer, from 0.
        now: The second.
        size: How many states there are.

    >>> counted(np.array([0, 1, 1], dtype=np.int8), np.array([1, 1, 0], dtype=np.int8), 2).tolist()
    [[0, 1], [1, 1]]
    """
    found = np.zeros(size * size, dtype=np.int64)
    for key, _ in _keys(before, now, size):
        found += np.bincount(key, minlength=size * size)
    return found.reshape(size, size)


def summed(before: Index, now: Index, size: int, units: Ints) -> Ints:
    """Whole units of each pair of states, exactly.

    Args:
        before: The first state of each customer, from 0.
        now: The second.
        size: How many states there are.
        units: Of each customer.

    Raises:
        DataError: Their sum is beyond 64 bits.

    >>> at = np.array([0, 1, 1], dtype=np.int8)
    >>> summed(at, at, 2, np.array([2**53 + 1, 1, 2])).diagonal().tolist()
    [9007199254740993, 3]
    """
    found, total = np.zeros(size * size, dtype=np.int64), 0.0
    for key, rows in _keys(before, now, size):
        some = units[rows]
        largest = float(np.abs(some).max(initial=0))
        total += largest * len(some)
        if total >= _MOST:
            total = _refuse_beyond(units)
        parts = ((some, 0),) if largest < _PLAIN else _halves(some)
        for part, shift in parts:
            sums = np.bincount(key, part, minlength=size * size)
            found += sums.astype(np.int64) << shift
    return found.reshape(size, size)


def _keys(before: Index, now: Index, size: int) -> Iterator[tuple[Index, slice]]:
    kind = np.int8 if size * size <= _SMALL else np.intp
    for low in range(0, len(before), _BLOCK):
        rows = slice(low, low + _BLOCK)
        key: Any = before[rows].astype(kind)
        key *= size
        key += now[rows].astype(kind, copy=False)
        yield key, rows


def _halves(units: Ints) -> tuple[tuple[Ints, int], ...]:
    return (units >> _HALF, _HALF), (units & ((1 << _HALF) - 1), 0)


def _refuse_beyond(units: Ints) -> float:
    total = float(np.abs(units).sum(dtype=np.float64))
    if total >= _MOST:
        msg = "the sum of amounts is beyond what 64 bits hold; give them in thousands"
        raise DataError(msg)
    return -np.inf  # it fits: no need to look again
