"""The outer letters of every text of a column, without making Python texts of it."""

from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Index

Points = NDArray[np.int32]
Bytes = NDArray[np.uint8]

_BLOCK: Final = 1 << 16  # small blocks keep temporaries in cache
_HIGH: Final = 0x80
_LOW_LEAD, _HIGH_LEAD = 0xE4, 0xE9  # of U+4000 to U+9FFF
_FIRST_HAN: Final = 0x4E00
_NOTHING: Final = np.zeros(1, dtype=np.uint8)


@attrs.frozen(eq=False)
class Letters:
    """The first two letters and the last one of each text, as code points.

    Attributes:
        first: 0 where there is no text; below 0 where the letter is neither ASCII nor one of the
            common Han characters (U+4E00 to U+9FFF).
        second: The second letter where the first is ASCII, else 0, as where there is but one;
            below 0 where it is not ASCII.
        last: The same of the last letter.

    >>> import pyarrow as pa
    >>> found = letters_of(pa.array(["Ulm", None, "北京", "né"]))
    >>> found.first.tolist(), found.second.tolist(), found.last.tolist()
    ([85, 0, 21271, 110], [108, 0, 0, -1], [109, 0, 20140, -1])
    """

    first: Points
    second: Points
    last: Points

    @property
    def there(self) -> Bools:
        """Which rows hold a text."""
        return np.asarray(self.first != 0)


def letters_of(array: Any) -> Letters:
    """Letters of an Arrow array of texts, in whatever chunks it comes."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow array

    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    found = [_of(chunk) for chunk in chunks if len(chunk)]
    if len(found) == 1:
        return Letters(*found[0])
    return Letters(*np.concatenate([np.empty((3, 0), dtype=np.int32), *found], axis=1))


def _of(chunk: Any) -> Points:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow array

    if not pa.types.is_string(chunk.type):
        chunk = chunk.cast(pa.large_string())
    whole = np.int32 if pa.types.is_string(chunk.type) else np.int64
    _, offsets, held = chunk.buffers()
    edges = np.frombuffer(offsets, whole)[chunk.offset : chunk.offset + len(chunk) + 1]
    data = np.frombuffer(held, np.uint8) if held else _NOTHING
    points = np.empty((3, len(chunk)), dtype=np.int32)
    for low in range(0, len(chunk), _BLOCK):
        some = edges[low : low + _BLOCK + 1].astype(np.intp)
        _write(points[:, low : low + _BLOCK], data, some[:-1], some[1:])
    if chunk.null_count:
        gone = chunk.is_null().to_numpy(zero_copy_only=False)
        points[:, gone] = 0
    return points


def _write(points: Points, data: Bytes, start: Index, end: Index) -> None:
    first, second, last = points
    first[:] = data.take(start, mode="clip")
    second[:] = data.take(start + 1, mode="clip")
    second[second >= _HIGH] = -1
    second[(first >= _HIGH) | (start + 1 >= end)] = 0
    _widen(first, data, start)
    last[:] = data.take(end - 1, mode="clip")
    _widen(last, data, end, -3)
    points[:, start == end] = 0


def _widen(points: Points, data: Bytes, at: Index, shift: int = 0) -> None:
    """Put together the three bytes of a Han character; what is not ASCII and none of them is -1.

    The lead of three bytes is followed by just two more, so that it is found at the end as well.
    """
    wide = np.flatnonzero(points >= _HIGH)
    if not len(wide):
        return
    place = at.take(wide) + shift
    lead, second, third = (data.take(place + i, mode="clip").astype(np.int32) for i in range(3))
    point = ((lead & 15) << 12) | ((second & 63) << 6) | (third & 63)
    other = (lead < _LOW_LEAD) | (lead > _HIGH_LEAD) | (point < _FIRST_HAN)
    point[other] = -1
    points[wide] = point
