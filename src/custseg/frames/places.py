"""Conditions bound to columns: which rows do they hold of, and which is the first that does?"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Floats, Index
from custseg.frames.scalar import atom
from custseg.rules import Condition, Every, Some, Test, Times

Holds: TypeAlias = Callable[[int, int], Bools]
Places: TypeAlias = Callable[[int, int], Index]


def holding(rule: Condition, cols: Columns) -> Holds:
    """Of which rows, from a first to one past a last, a condition holds; never of missing values.

    >>> from custseg.rules import F
    >>> holding(F("x") > 1, {"x": np.array([0.0, 2.0, np.nan])})(1, 3).tolist()
    [True, False]
    """
    if not isinstance(rule, Every | Some):
        return _test(cast("Test", rule), cols)
    if not rule.parts:
        return lambda start, stop: np.full(stop - start, isinstance(rule, Every))
    first, *others = (holding(part, cols) for part in rule.parts)
    join = np.logical_and if isinstance(rule, Every) else np.logical_or

    def run(start: int, stop: int) -> Bools:
        out = first(start, stop)
        for part in others:
            join(out, part(start, stop), out=out)
        return out

    return run


def first_place(tests: Sequence[Holds]) -> Places:
    """The place of the first test that holds of each row; one past the last where none does."""
    few = len(tests) <= np.iinfo(np.int8).max

    def run(start: int, stop: int) -> Index:
        at: Index = np.full(stop - start, len(tests), dtype=np.int8 if few else np.int32)
        for i, test in reversed(list(enumerate(tests))):
            hit = test(start, stop)
            if few:  # twice as fast as a masked write: no branch a row
                at ^= (at ^ np.int8(i)) & -hit.view(np.int8)
            else:
                np.putmask(at, hit, i)
        return at

    return run


def absent(column: Column) -> Bools:
    """The rows whose value is missing."""
    if isinstance(column, Codes):
        return np.asarray(column.at < 0)
    array = cast("Any", column)
    return np.asarray(~array if array.dtype == np.bool_ else np.isnan(array), dtype=np.bool_)


def _test(test: Test, cols: Columns) -> Holds:
    column = cols[test.field]
    if test.op in {"missing", "present"}:
        return _there(column, missing=test.op == "missing")
    if isinstance(column, Codes):
        return _of_words(test, column)
    x = cast("Floats", column)
    if test.op in {"in", "not in"}:
        return _among(test, x)
    compare, unlike = _COMPARE[test.op], test.op == "!="
    if isinstance(test.value, Times):
        other, factor = cast("Floats", cols[test.value.field]), test.value.factor

        def beside(start: int, stop: int) -> Bools:
            with np.errstate(over="ignore", invalid="ignore"):
                y = other[start:stop] * factor
            out = compare(x[start:stop], y)
            return np.asarray(out & ~np.isnan(x[start:stop]) & ~np.isnan(y) if unlike else out)

        return beside
    y: Any = atom(test.value)

    def run(start: int, stop: int) -> Bools:
        out = compare(x[start:stop], y)
        return np.asarray(out & ~np.isnan(x[start:stop]) if unlike else out)

    return run


def _there(column: Column, *, missing: bool) -> Holds:
    def run(start: int, stop: int) -> Bools:
        if isinstance(column, Codes):
            at = column.at[start:stop]
            return np.asarray(at < 0 if missing else at >= 0)
        lost = absent(cast("Any", column)[start:stop])
        return lost if missing else ~lost

    return run


def _among(test: Test, x: Floats) -> Holds:
    values = [cast("float", atom(v)) for v in cast("tuple[Any, ...]", test.value)]

    def run(start: int, stop: int) -> Bools:
        part = x[start:stop]
        hit = np.isin(part, values)
        return hit if test.op == "in" else ~hit & ~np.isnan(part)

    return run


def _of_words(test: Test, column: Codes) -> Holds:
    value = test.value
    among = set(value) if isinstance(value, tuple) else {value}
    same = test.op in {"==", "in"}
    table = np.array([*((word in among) == same for word in column.words), False])
    return lambda start, stop: table[column.at[start:stop]]


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
