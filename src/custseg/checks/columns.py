"""Does a strategy leave the columns alone that it is given?"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeVar, cast

import numpy as np

from custseg._typing import Codes, Column, Columns, Days
from custseg.checks.law import demand

R = TypeVar("R")


def left_alone(call: Callable[..., R], *given: Any) -> R:  # noqa: ANN401 - arrays and columns
    """What a call gives, provided that it does not change its arguments.

    Args:
        call: A method of a strategy.
        given: Arrays, or mappings of columns.

    Raises:
        BrokenLawError: It changed one in place.

    >>> left_alone(np.sum, np.array([1.0, 2.0]))
    np.float64(3.0)
    >>> left_alone(np.ndarray.sort, np.array([2.0, 1.0]))
    Traceback (most recent call last):
    custseg.checks.law.BrokenLawError: law "input unchanged" is broken: sort writes to its input
    """
    arrays = [array for one in given for array in _arrays(one)]
    before = [array.copy() for array in arrays]
    held = [deepcopy(one) for one in given if not isinstance(one, np.ndarray | Mapping)]
    found = call(*given)
    kept = all(_equal(old, new) for old, new in zip(before, arrays, strict=True))
    kept &= held == [one for one in given if not isinstance(one, np.ndarray | Mapping)]
    demand("input unchanged", f"{call.__name__} writes to its input", holds=kept)
    return found


def row_of(columns: Columns, row: int) -> dict[str, Column]:
    """One row of columns, as columns."""
    at = np.array([row])
    out: dict[str, Column] = {}
    for name, column in columns.items():
        if isinstance(column, Codes):
            out[name] = Codes(column.at[at], column.words, column.plain)
        else:
            out[name] = Days(column.at[at]) if isinstance(column, Days) else column[at]
    return out


def _arrays(given: object) -> Iterator[Any]:
    if isinstance(given, Mapping):
        columns = cast("Columns", given).values()
        yield from (getattr(column, "at", column) for column in columns)
    elif isinstance(given, np.ndarray):
        yield given


def _equal(left: Any, right: Any) -> bool:  # noqa: ANN401 - arrays
    return np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
