"""Are these numbers?"""

from collections.abc import Sequence

import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import DataError


def numbers(
    given: Floats | Ints | Sequence[float] | Sequence[Sequence[float]], what: str
) -> Floats:
    """Figures that were given as a list, or a list of rows, as an array.

    Args:
        given: What should be numbers.
        what: What they are called.

    Raises:
        DataError: There is something else among them, or rows are not of one length.

    >>> numbers([[1, 2], [3, 4]], "counts").shape
    (2, 2)
    """
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        msg = f"{what} holds something that is no number, or rows of different lengths"
        raise DataError(msg) from None
