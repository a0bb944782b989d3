"""Sums over customers by two words, in blocks that stay in cache; of money to the last digit."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from custseg._typing import Codes, Index, Ints
from custseg.errors import DataError

_BLOCK: Final = 1 << 16
_SMALL: Final = np.iinfo(np.int8).max
_PLAIN: Final = 1 << 37  # a block of amounts below it has a sum that floats hold exactly
_HALF: Final = 31
_MOST: Final = 2.0**62


def counted(before: Codes, now: Codes) -> Ints:
    """Customers of each pair of words; place 0 is who has none.

    Args:
        before: The first word of each customer.
        now: The second.

    >>> was, now = Codes(np.array([0, 1, -1]), ("a", "b")), Codes(np.array([0, 0, 0]), ("c",))
    >>> counted(was, now).tolist()
    [[0, 1], [0, 1], [0, 1]]
    """
    shape = _shape(before, now)
    found = np.zeros(shape[0] * shape[1], dtype=np.int64)
    for key, _ in _keys(before.at, now.at, shape):
        found += np.bincount(key, minlength=len(found))
    return found.reshape(shape)


def summed(before: Codes, now: Codes, units: Ints) -> Ints:
    """Whole units of each pair of words, exactly; place 0 is who has none.

    Args:
        before: The first word of each customer.
        now: The second.
        units: Of each customer.

    Raises:
        DataError: Their sum is beyond 64 bits.

    >>> tier = Codes(np.array([0, 1, 1]), ("low", "high"))
    >>> summed(tier, tier, np.array([2**53 + 1, 1, 2])).diagonal().tolist()
    [0, 9007199254740993, 3]
    """
    shape, total = _shape(before, now), 0.0
    found = np.zeros(shape[0] * shape[1], dtype=np.int64)
    for key, rows in _keys(before.at, now.at, shape):
        some = units[rows]
        largest = float(np.abs(some).max(initial=0))
        total += largest * len(some)
        if total >= _MOST:
            total = _refuse_beyond(units)
        parts = ((some, 0),) if largest < _PLAIN else _halves(some)
        for part, shift in parts:
            sums = np.bincount(key, part, minlength=len(found))
            found += sums.astype(np.int64) << shift
    return found.reshape(shape)


def _shape(before: Codes, now: Codes) -> tuple[int, int]:
    return len(before.words) + 1, len(now.words) + 1


def _keys(before: Index, now: Index, shape: tuple[int, int]) -> Iterator[tuple[Index, slice]]:
    kind = np.int8 if shape[0] * shape[1] <= _SMALL else np.intp
    block = max(_BLOCK, shape[0] * shape[1])
    for low in range(0, len(before), block):
        rows = slice(low, low + block)
        key: Any = before[rows].astype(kind)
        key *= shape[1]
        key += now[rows].astype(kind, copy=False)
        key += shape[1] + 1  # places count from -1
        yield key, rows


def _halves(units: Ints) -> tuple[tuple[Ints, int], ...]:
    return (units >> _HALF, _HALF), (units & ((1 << _HALF) - 1), 0)


def _refuse_beyond(units: Ints) -> float:
    total = float(np.abs(units).sum(dtype=np.float64))
    if total >= _MOST:
        msg = "the sum of amounts is beyond what 64 bits hold; give them in thousands"
        raise DataError(msg)
    return -np.inf  # it fits: no need to look again
