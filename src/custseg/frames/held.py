"""A column as codes at once, as Python values and in order only when they are asked for."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.frames import scalar
from custseg.frames.cells import Keys, plain_list
from custseg.frames.optional import arrow_there, optional
from custseg.frames.table import Table

_PLAIN = "biumM"
"""Kinds of numpy that hold nothing missing once nulls are coded -1."""


@attrs.frozen(eq=False)
class Held:
    """The values of a column.

    Attributes:
        at: The value of each row, -1 where it is missing: null, NaN or blank text.
        uniques: The distinct values, in the caller's library.

    >>> from custseg.frames.records import record_table
    >>> cities = held(record_table([{"city": "Ulm"}, {"city": " "}, {"city": "Bonn"}]), "city")
    >>> cities.at.tolist(), cities.values[cities.at[2]], cities.places.tolist()
    ([0, -1, 2], 'Bonn', [2, 0, 1])
    """

    at: Index
    uniques: Sequence[object]

    @classmethod
    def of(cls, keys: Keys) -> "Held":
        """The same column; blank text and NaN become missing."""
        gone = _gone(keys.uniques)
        at = np.asarray(keys.at, dtype=np.intp)
        return cls(
            np.where(np.append(gone, [False])[at], -1, at) if gone.any() else at, keys.uniques
        )

    @cached_property
    def values(self) -> tuple[object, ...]:
        """The distinct values as Python values."""
        return tuple(plain_list(self.uniques))

    @cached_property
    def lengths(self) -> Floats:
        """How many characters each distinct value has as a text, blanks around it left out."""
        texts = _texts(self.uniques)
        if texts is None:
            return np.array([float(len(str(value).strip())) for value in self.values])
        pc = _compute()
        lengths = pc.utf8_length(pc.utf8_trim_whitespace(texts))
        return np.asarray(lengths.to_numpy(zero_copy_only=False), dtype=np.float64)

    @cached_property
    def texts(self) -> Codes:
        """The column as words, as a table reads it."""
        texts = [scalar.text(value) for value in self.values]
        words = tuple(dict.fromkeys(text for text in texts if text is not None))
        place = {word: i for i, word in enumerate(words)}
        codes = [*(-1 if text is None else place[text] for text in texts), -1]
        return Codes(np.array(codes, dtype=np.intp)[self.at], words)

    @cached_property
    def ascending(self) -> Index | None:
        """The distinct values from the smallest to the largest; None if they do not compare."""
        array = numbers_of(self.uniques)
        if array is not None:
            return np.argsort(array, kind="stable")
        held = cast("Sequence[Any]", self.values)
        try:
            return np.array(sorted(range(len(held)), key=held.__getitem__), dtype=np.intp)
        except TypeError:
            return None

    @cached_property
    def places(self) -> Index:
        """The place of each distinct value in ascending order; by type and text if need be."""
        order = self.ascending
        if order is None:
            texts = [(type(value).__name__, str(value)) for value in self.values]
            order = np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.intp)
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        return place


def held(table: Table[Any], name: str) -> Held:
    """The values of one column.

    Args:
        table: The table.
        name: The column.

    Raises:
        MissingColumnError: There is no such column.
    """
    return Held.of(table.keys(name))


def numbers_of(uniques: Any) -> Any:
    """Distinct values as numpy; None where they are neither numbers nor moments, or one is null.

    Args:
        uniques: The distinct values, in the caller's library.
    """
    kind = getattr(getattr(uniques, "dtype", None), "kind", "")
    if kind == "f":
        return np.asarray(uniques, dtype=np.float64)
    if kind in _PLAIN and kind:
        return np.asarray(uniques)
    return _numbers(_arrow(uniques))


def _arrow(uniques: Any) -> Any:
    """Distinct values as an array of Arrow; None where another library holds them."""
    held = getattr(uniques, "array", uniques)  # an index of pandas holds one
    if not hasattr(held, "to_pylist") and not (hasattr(held, "__arrow_array__") and arrow_there()):
        return None
    import pyarrow as pa  # noqa: PLC0415 - loaded only with a column of Arrow

    array = held if hasattr(held, "to_pylist") else pa.array(held)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _numbers(array: Any) -> Any:
    """Numbers and moments of Arrow as numpy; None for anything else."""
    if array is None or array.null_count:
        return None
    from pyarrow import types  # noqa: PLC0415 - loaded only with a column of Arrow

    kind = array.type
    plain = types.is_integer(kind) or types.is_boolean(kind) or types.is_date(kind)
    if plain or types.is_floating(kind) or types.is_timestamp(kind):
        return array.to_numpy(zero_copy_only=False)
    return None


def _texts(uniques: Any) -> Any:
    """Texts of Arrow; None for anything else."""
    array = _arrow(uniques)
    if array is None or array.null_count:
        return None
    from pyarrow import types  # noqa: PLC0415 - loaded only with a column of Arrow

    return array if types.is_string(array.type) or types.is_large_string(array.type) else None


def _compute() -> Any:
    """The functions of Arrow, which makes them as it is loaded."""
    return optional("pyarrow.compute", extra="arrow")


def _gone(uniques: Sequence[object]) -> Bools:
    array = numbers_of(uniques)
    if array is not None:
        return np.asarray(array != array)  # noqa: PLR0124 - NaN differs from itself
    texts = _texts(uniques)
    if texts is None:
        return np.array([_blank(value) for value in plain_list(uniques)], dtype=np.bool_)
    pc = _compute()
    blank = pc.or_(pc.equal(pc.binary_length(texts), 0), pc.utf8_is_space(texts))
    return np.asarray(blank.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return bool(value != value)  # noqa: PLR0124 - NaN differs from itself
