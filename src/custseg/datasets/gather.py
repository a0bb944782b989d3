"""Lists taken by arrays of positions: the step from numbers to words."""

from collections.abc import Sequence
from typing import TypeVar

from custseg._typing import Index, Ints

_T = TypeVar("_T")


def gather(values: Sequence[_T], at: Index | Ints) -> list[_T]:
    """Take values by position.

    >>> import numpy as np
    >>> gather(("low", "high"), np.array([1, 0, 1]))
    ['high', 'low', 'high']
    """
    places: list[int] = at.tolist()
    return [values[place] for place in places]
