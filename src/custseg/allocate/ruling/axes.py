"""Columns in classes that a set of comparisons cannot tell apart."""

from collections.abc import Sequence
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Codes, Column, Days, Floats, Index
from custseg.allocate.ruling.joint import Axis
from custseg.frames.scalar import atom
from custseg.rules import Test


@attrs.frozen(eq=False)
class Field:
    """A column of a table as its classes, with one value of each.

    Attributes:
        axis: The class of each row.
        values: One value of each class, as a column of as many rows.

    >>> from custseg.rules import F
    >>> field = Field.of(np.array([5.0, 17.0, np.nan, 40.0]), (F("age") >= 18, F("age") > 30))
    >>> field.axis.at.tolist(), field.values.tolist()
    ([0, 0, 3, 2], [-inf, 18.0, 30.000000000000004, nan])
    """

    axis: Axis
    values: Column

    @classmethod
    def of(cls, column: Column, tests: Sequence[Test]) -> "Field":
        """Classes of a column.

        Args:
            column: The column.
            tests: All comparisons of it with constants.
        """
        if isinstance(column, Codes):
            return _words(column, tests)
        array = cast("Any", column.at if isinstance(column, Days) else column)
        if array.dtype == np.bool_:
            return cls(Axis(array.view(np.int8), 2), np.array([False, True]))
        return _numbers(array, tests)

    def part(self, classes: Index) -> Column:
        """The values of some classes, one after the other."""
        if isinstance(self.values, Codes):
            return attrs.evolve(self.values, at=self.values.at[classes])
        return cast("Any", self.values)[classes]  # type: ignore[no-any-return] # an array


def _words(column: Codes, tests: Sequence[Test]) -> Field:
    """Words that no comparison names are one class; so are those that all of them answer alike."""
    among = [set(_constants(test)) for test in tests if test.value is not None]
    named = set[object]().union(*among)
    alike: dict[tuple[bool, ...], int] = {}
    classes = np.empty(len(column.words) + 1, dtype=np.int32)
    shown: list[int] = []
    for place, word in enumerate(column.words):
        said = tuple(word in some for some in among) if word in named else ()
        at = alike.setdefault(said, len(shown))
        if at == len(shown):
            shown.append(place)
        classes[place] = at
    classes[-1] = len(shown)
    axis = Axis(small(classes).take(column.at, mode="wrap"), len(shown) + 1)
    words = tuple(column.words[place] for place in shown)
    return Field(axis, Codes(np.array([*range(len(words)), -1], dtype=np.intp), words))


def _numbers(x: Floats, tests: Sequence[Test]) -> Field:
    """Intervals between the thresholds; those without a value are one class."""
    edges = np.array(sorted({edge for test in tests for edge in _edges(test)}), dtype=np.float64)
    at = np.searchsorted(edges, x, side="right").astype(np.int32)
    at[np.isnan(x)] = len(edges) + 1
    values = np.concatenate(([-np.inf], edges, [np.nan]))
    return Field(Axis(at, len(values)), values)


def _edges(test: Test) -> tuple[float, ...]:
    """Where a comparison begins to be answered otherwise."""
    points = [float(cast("float", atom(each))) for each in _constants(test)]
    beyond = [float(np.nextafter(point, np.inf)) for point in points]
    if test.op in {">=", "<"}:
        return tuple(points)
    return tuple(beyond) if test.op in {">", "<="} else (*points, *beyond)


def _constants(test: Test) -> tuple[Any, ...]:
    if test.value is None:
        return ()
    return test.value if isinstance(test.value, tuple) else (test.value,)


def small(classes: Index) -> Index:
    """Small numbers in as few bytes as hold them: fewer to move a row."""
    kind = np.int8 if classes.max() < np.iinfo(np.int8).max else np.int32
    return classes.astype(kind)
