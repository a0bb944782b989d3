"""Decimals of Arrow as whole 1/10000 units, from the bytes that hold them."""

from typing import Any, Final

import numpy as np

from custseg._typing import Bools, Ints
from custseg.frames.money import Money

_PLACES: Final = 4
_BYTES: Final = 16
_SURE: Final = 10**18  # units below never overflow


def money_of_decimals(array: Any) -> Money | None:
    """Exact amounts; ``None`` where one is finer than a unit may be, or too large.

    Args:
        array: An array of Arrow.

    >>> import pyarrow as pa
    >>> money_of_decimals(pa.array(["19.99", None]).cast(pa.decimal128(9, 2))).units.tolist()
    [199900, 0]
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only with a column of Arrow

    kind = array.type
    if not pa.types.is_decimal128(kind) or not 0 <= kind.scale <= _PLACES:
        return None
    factor = 10 ** (_PLACES - kind.scale)
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    known = np.zeros(len(array), dtype=np.bool_)
    units = np.zeros(len(array), dtype=np.int64)
    at = 0
    for chunk in chunks:
        here = slice(at, at + len(chunk))
        at += len(chunk)
        known[here] = chunk.is_valid().to_numpy(zero_copy_only=False)
        if not _filled(units[here], chunk, known[here], factor):
            return None
    return Money(units, known, np.zeros(len(units), dtype=np.bool_))


def _filled(units: Ints, chunk: Any, known: Bools, factor: int) -> bool:
    """Put the units of a chunk; whether all of them fit."""
    data = chunk.buffers()[1]
    if data is None or not len(chunk):
        return not known.any()
    words = np.frombuffer(data, dtype="<i8", offset=chunk.offset * _BYTES, count=2 * len(chunk))
    low, high = words[::2], words[1::2]
    if ((high != low >> 63) & known).any():
        return False
    np.multiply(low, factor, out=units, where=known)
    limit = _SURE // factor
    return not (((low >= limit) | (low <= -limit)) & known).any()
