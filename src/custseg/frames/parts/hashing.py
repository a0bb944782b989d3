"""Hashes of keys in pandas columns: equal keys of any type have one."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from custseg._typing import Ints
from custseg.errors import DataError
from custseg.frames.optional import optional

_MIX: Final = np.int64(0x9E3779B97F4A7C15 - 2**64)
_HALF: Final = np.int64(32)


def mixed(columns: Sequence[Any], kinds: Sequence[str]) -> Ints:
    """One hash a row; that of a key of which a part is missing is 0.

    Args:
        columns: The columns of the key, of pandas.
        kinds: How each is hashed, by `kinds_of`.

    >>> import pandas as pd
    >>> whole = mixed([pd.Series([7, 8])], ["number"])
    >>> mixed([pd.Series([8.0, None])], ["number"]).tolist() == [whole[1], 0]
    True
    """
    cell = _hashed(columns[0], kinds[0])
    for column, kind in zip(columns[1:], kinds[1:], strict=True):
        cell = cell * _MIX + _hashed(column, kind)
    for column in columns:
        if column.hasnans:
            cell = np.where(column.notna().to_numpy(dtype=np.bool_), cell, 0)
    return cell


def _hashed(column: Any, kind: str) -> Ints:
    """A hash of each value; equal ones of any type have one."""
    pd = optional("pandas")
    if kind == "whole" and not column.hasnans:
        return _spread(column.to_numpy(dtype=np.int64))
    at, uniques = pd.factorize(column)
    if kind == "whole":
        held = _spread(np.asarray(uniques, dtype=np.int64))
    elif kind == "number":  # -0.0 is 0.0
        held = _spread((np.asarray(uniques, dtype=np.float64) + 0.0).view(np.int64))
    else:
        words = np.array([str(word) for word in uniques], dtype=object)
        held = np.asarray(pd.util.hash_array(words), dtype=np.uint64).view(np.int64)
    return np.append(held, [0])[np.asarray(at, dtype=np.intp)]


def _spread(bits: Ints) -> Ints:
    """Whole numbers spread over all bits: neighbours are far from one another."""
    folded: Ints = (bits ^ (bits >> _HALF)) * _MIX
    return folded ^ (folded >> _HALF)


def kinds_of(keys: list[list[Any]]) -> tuple[str, ...]:
    """How each column of a key is hashed, so that equal values of any type meet.

    Args:
        keys: For each table the Arrow types of the columns of its key.

    Raises:
        DataError: The keys are of different lengths.
    """
    if len({len(one) for one in keys}) != 1:
        msg = f"keys of one work have as many columns each; got {sorted({len(k) for k in keys})}"
        raise DataError(msg)
    return tuple(_kind(column) for column in zip(*keys, strict=True))


def _kind(types: tuple[Any, ...]) -> str:
    from pyarrow import types as arrow  # noqa: PLC0415 - loaded only where an engine works

    whole = [arrow.is_integer(kind) or arrow.is_boolean(kind) for kind in types]
    broken = [arrow.is_floating(kind) or arrow.is_decimal(kind) for kind in types]
    if all(whole):
        return "whole"
    return "number" if all(map(max, whole, broken)) else "text"
