"""Which numbers is a cutter given, and which of them are there?"""

from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.errors import DataError
from custseg.frames.scalar import number
from custseg.tiering.settings import check_known

_NUMBERS: Final = "fiub"  # kinds of arrays: floats, whole numbers, booleans


def numbers(values: object) -> Floats:
    """Values as floats, whatever holds them: an array, a series, a list with decimals or ``None``.

    Args:
        values: Numbers; NaN, ``None`` and NA are missing.

    Raises:
        DataError: Some are text, or anything else that is no number.

    >>> numbers([2, None, True]).tolist()
    [2.0, nan, 1.0]
    """
    array = np.asarray(values)
    if array.dtype.kind in _NUMBERS:
        return array.astype(np.float64, copy=False)
    if array.dtype.kind == "O":
        found = [number(value) for value in array.ravel().tolist()]
        return np.array(found, dtype=np.float64).reshape(array.shape)
    msg = f"holds {array.dtype.name} where numbers are needed; convert them first"
    raise DataError(msg)


def known(values: Floats) -> Floats:
    """The values that are there, to choose cut points from.

    Args:
        values: Numbers; NaN is missing.

    Raises:
        NotEnoughDataError: There are none.
        DataError: Some are infinite: they would move every cut; or they are no numbers.

    >>> known(np.array([3.0, np.nan, 1.0]))
    array([3., 1.])
    """
    given = numbers(values).ravel()
    lost = np.isnan(given)
    there: Floats = given[~lost] if lost.any() else given
    wild = bool(there.size) and bool(np.isinf(there.min()) or np.isinf(there.max()))
    check_known(given.size, there.size, int(np.isinf(there).sum()) if wild else 0)
    return there


def weighing(weights: Floats, size: int) -> Floats:
    """Weights as floats, one a value.

    Args:
        weights: The number of customers that each value stands for.
        size: The number of values.

    Raises:
        DataError: They are not as many as the values, or one is missing, infinite or below 0.

    >>> weighing([2, 0.5], 2).tolist()
    [2.0, 0.5]
    """
    given = numbers(weights).ravel()
    if given.size != size:
        msg = f"{given.size} weights for {size} values; give one a value"
        raise DataError(msg)
    if not (given >= 0).all() or np.isinf(given).any():
        msg = "weights must be finite numbers, not below 0; leave the row out or weigh it 0"
        raise DataError(msg)
    return given
