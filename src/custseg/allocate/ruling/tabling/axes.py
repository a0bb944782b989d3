"""Columns in classes that a set of comparisons cannot tell apart."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Codes, Column, Days, Floats, Index
from custseg.frames.bound import placing
from custseg.frames.scalar import atom
from custseg.rules import Test

Coded: TypeAlias = Callable[[int, int], Index]
"""The classes of the rows from a first to one past a last."""


@attrs.frozen(eq=False)
class Axis:
    """A column in a few classes.

    Attributes:
        size: How many classes there are.
        coded: The class of each row.
        values: One value of each class, as a column of as many rows.

    >>> from custseg.rules import F
    >>> age = np.array([5.0, 17.0, np.nan, 40.0])
    >>> axis = Axis.of(age, (F("age") >= 18, F("age") > 30))
    >>> axis.coded(0, 4).tolist(), axis.values.tolist()
    ([0, 0, 3, 2], [-inf, 18.0, 30.000000000000004, nan])
    """

    size: int
    coded: Coded
    values: Column

    @classmethod
    def of(cls, column: Column, tests: Sequence[Test]) -> "Axis":
        """Classes of a column.

        Args:
            column: The column.
            tests: All comparisons of it with constants.
        """
        if isinstance(column, Codes):
            return _words(column, tests)
        array = cast("Any", column.at if isinstance(column, Days) else column)
        if array.dtype == np.bool_:
            yes = array.view(np.int8)
            return cls(2, lambda start, stop: yes[start:stop], np.array([False, True]))
        return _numbers(array, tests)

    def part(self, classes: Index) -> Column:
        """The values of some classes, one after the other."""
        if isinstance(self.values, Codes):
            return attrs.evolve(self.values, at=self.values.at[classes])
        return cast("Any", self.values)[classes]  # type: ignore[no-any-return] # an array


def by_word(column: Codes, classes: Index) -> Coded:
    """The class of each row by its word.

    Args:
        column: The words.
        classes: The class of each word, and last that of a missing one.

    >>> by_word(Codes(np.array([1, -1]), ("a", "b")), np.array([5, 6, 7]))(0, 2).tolist()
    [6, 7]
    """
    few = classes.max() < np.iinfo(np.int8).max
    table: Any = classes.astype(np.int8 if few else np.int32)
    return lambda start, stop: table.take(column.at[start:stop], mode="wrap")


def _words(column: Codes, tests: Sequence[Test]) -> Axis:
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
    words = tuple(column.words[place] for place in shown)
    values = Codes(np.array([*range(len(words)), -1], dtype=np.intp), words)
    return Axis(len(shown) + 1, by_word(column, classes), values)


def _numbers(x: Floats, tests: Sequence[Test]) -> Axis:
    """Intervals between the thresholds; those without a value are one class."""
    edges = sorted({edge for test in tests for edge in edges_of(test)})
    find = placing(tuple(edges), left=True)
    values = np.array([-np.inf, *edges, np.nan])
    return Axis(len(values), lambda start, stop: find(x[start:stop]), values)


def edges_of(test: Test) -> tuple[float, ...]:
    """Where a comparison begins to be answered otherwise.

    >>> from custseg.rules import F
    >>> edges_of(F("age") >= 18)
    (18.0,)
    """
    points = [float(cast("float", atom(each))) for each in _constants(test)]
    beyond = [float(np.nextafter(point, np.inf)) for point in points]
    if test.op in {">=", "<"}:
        return tuple(points)
    return tuple(beyond) if test.op in {">", "<="} else (*points, *beyond)


def _constants(test: Test) -> tuple[Any, ...]:
    if test.value is None:
        return ()
    return test.value if isinstance(test.value, tuple) else (test.value,)
