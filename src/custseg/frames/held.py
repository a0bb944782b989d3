"""A column as codes at once, as Python values and in order only when they are asked for."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.frames.cells import Keys, plain_list
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
    def ascending(self) -> Index | None:
        """The distinct values from the smallest to the largest; None if they do not compare."""
        array = _array(self.uniques)
        if array is not None:
            return np.argsort(array, kind="stable")
        held = cast("Sequence[Any]", self.values)
        try:
            return np.array(sorted(range(len(held)), key=lambda i: held[i]), dtype=np.intp)
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


def _array(uniques: Sequence[object]) -> Any:
    kind = getattr(getattr(uniques, "dtype", None), "kind", "")
    if kind == "f":
        return np.asarray(uniques, dtype=np.float64)
    return np.asarray(uniques) if kind in _PLAIN and kind else None


def _gone(uniques: Sequence[object]) -> Bools:
    array = _array(uniques)
    if array is None:
        return np.array([_blank(value) for value in plain_list(uniques)], dtype=np.bool_)
    return np.asarray(array != array)  # noqa: PLR0124 - NaN differs from itself


def _blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return bool(value != value)  # noqa: PLR0124 - NaN differs from itself
