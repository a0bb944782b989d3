"""Numbers that stand for texts in an engine: the same on every machine, equal where texts are."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from custseg._typing import Codes, Ints
from custseg.errors import DataError
from custseg.frames.table import Table

SPARE: Final = "__custseg_"
"""How the columns are called that work in an engine adds and takes away again."""
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_HALF: Final = np.uint64(1)


def marks(words: Sequence[str | None]) -> Ints:
    """A number from 1 on for each text; 0 for none.

    Args:
        words: The texts.

    >>> found = marks(["ulm", None, "ulm", "bonn"])
    >>> bool(found[0] == found[2]), int(found[1]), bool(found[0] == found[3])
    (True, 0, False)
    """
    held = [b"" if one is None else _digest(one) for one in words]
    known = np.array([one is not None for one in words], dtype=np.bool_)
    read = np.frombuffer(b"".join(one or bytes(8) for one in held) or b"", dtype=">u8")
    return np.where(known, _positive(read.astype(np.uint64)), 0)


def marks_of(codes: Codes) -> Ints:
    """The mark of each row's word; 0 where it has none.

    Args:
        codes: The words of the rows.

    >>> marks_of(Codes(np.array([0, -1]), ("ulm",))).tolist()[1]
    0
    """
    return np.append(marks(codes.words), 0)[codes.at]


def whole_numbers(table: Table[Any], name: str) -> Ints:
    """A column of marks or counts of a table in memory, none of them missing.

    Args:
        table: The opened table.
        name: The column.

    >>> from custseg.frames.records import record_table
    >>> whole_numbers(record_table([{"n": 7}]), "n").tolist()
    [7]
    """
    table.require((name,))
    frame = getattr(table, "frame", None)
    if frame is not None:
        return np.asarray(frame[name].to_numpy(), dtype=np.int64)
    keys = table.keys(name)
    return np.array(keys.ids(), dtype=np.int64)[keys.at]


def refuse_spare(table: Table[Any]) -> None:
    """Refuse a table whose columns could be taken for those that work in an engine adds.

    Args:
        table: The opened table.

    Raises:
        DataError: A column is called so.

    >>> from custseg.frames.records import record_table
    >>> refuse_spare(record_table([{"cs_id": 7}]))
    """
    for name in table.columns:
        if name.casefold().startswith(SPARE):
            msg = f"names that begin with {SPARE} are for columns of our own; rename it first"
            raise DataError(msg, name)


def together(parts: Sequence[Ints]) -> Ints:
    """One mark for several side by side; 0 where one of them is.

    Args:
        parts: The marks, row by row.

    >>> one, two = marks(["a", "b", None]), marks(["b", "a", "a"])
    >>> both = together([one, two])
    >>> bool(both[0] == both[1]), int(both[2])
    (False, 0)

    Source: the finaliser of SplitMix64, Steele, Lea and Flood (2014), Fast splittable pseudorandom
    number generators, OOPSLA.
    """
    mixed = parts[0].astype(np.uint64)
    known = parts[0] != 0
    for part in parts[1:]:
        known = known & (part != 0)
        mixed = (mixed + _STEP) ^ part.astype(np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
        mixed ^= mixed >> np.uint64(31)
    if len(parts) == 1:
        return np.where(known, parts[0], 0)
    return np.where(known, _positive(mixed), 0)


def _positive(mixed: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> Ints:
    return (mixed >> _HALF).astype(np.int64) | 1


def _digest(word: str) -> bytes:
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
