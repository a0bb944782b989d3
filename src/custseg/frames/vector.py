"""Rules as numpy kernels over read columns: float arrays and codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Floats, Index
from custseg.frames.scalar import atom, line_parts
from custseg.frames.staged import Held, Stages
from custseg.rules import (
    Bands,
    Choice,
    Condition,
    Every,
    Ladder,
    Line,
    Rule,
    Scaled,
    Slopes,
    Some,
    Sum,
    Test,
    Times,
)
from custseg.rules.soundness import Value


def evaluated(rule: Rule, cols: Columns, size: int) -> Column:
    """Evaluate a tree over columns.

    Args:
        rule: The tree.
        cols: What ``Table.read(rule.needs)`` gave.
        size: Number of rows, for a rule that reads nothing.

    Returns:
        Codes where the rule gives words, floats (NaN = missing) where it gives numbers.

    >>> from custseg.rules import Bands
    >>> cols = {"x": np.array([5.0, np.nan, 0.5])}
    >>> evaluated(Bands("x", (1.0,), ("low", "high")), cols, 3).texts()
    ['high', None, 'low']
    """
    return _EVALUATORS[type(rule)](rule, cols, size)


def evaluated_all(rules: Mapping[str, Rule], cols: Columns, size: int) -> dict[str, Column]:
    """Evaluate the trees of several columns; a part that several name is computed once.

    Args:
        rules: Output column -> tree.
        cols: What ``Table.read`` gave for the needs of them all.
        size: Number of rows.

    >>> from custseg.rules import Line
    >>> cols = {"x": np.array([5.0, np.nan])}
    >>> evaluated_all({"points": Line("x", ((0.0, 0), (10.0, 100)))}, cols, 2)["points"].tolist()
    [50.0, 0.0]
    """
    stages = Stages.of(rules)
    known = dict(cols)
    for level in stages.levels:
        known.update({name: evaluated(rule, known, size) for name, rule in level.items()})
    return {name: evaluated(rule, known, size) for name, rule in stages.outputs.items()}


def first_of(conditions: Sequence[Condition], cols: Columns, size: int) -> Index:
    """The place of the first condition that holds of each row; one past the last where none does.

    Args:
        conditions: First to last.
        cols: What ``Table.read`` gave for the needs of them all.
        size: Number of rows.

    >>> from custseg.rules import F
    >>> cols = {"x": np.array([5.0, np.nan, 0.5])}
    >>> first_of((F("x") > 1, F("x") > 0), cols, 3).tolist()
    [0, 2, 1]
    """
    few = len(conditions) <= np.iinfo(np.int8).max
    at: Index = np.full(size, len(conditions), dtype=np.int8 if few else np.int32)
    for i, condition in reversed(list(enumerate(conditions))):
        hit = holds(condition, cols, size)
        if few:  # twice as fast as a masked write: no branch a row
            at ^= (at ^ np.int8(i)) & -hit.view(np.int8)
        else:
            np.putmask(at, hit, i)
    return at


def holds(rule: Condition, cols: Columns, size: int) -> Bools:
    """The rows of which a condition holds; never of a missing value."""
    if isinstance(rule, Every | Some):
        if not rule.parts:
            return np.full(size, isinstance(rule, Every))
        join = np.logical_and if isinstance(rule, Every) else np.logical_or
        out = holds(rule.parts[0], cols, size)
        for part in rule.parts[1:]:
            join(out, holds(part, cols, size), out=out)
        return out
    return _test(cast("Test", rule), cols)


def _test(test: Test, cols: Columns) -> Bools:
    column = cols[test.field]
    if test.op in {"missing", "present"}:
        return absent(column) if test.op == "missing" else ~absent(column)
    if isinstance(column, Codes):
        return _test_words(test, column)
    x = cast("Floats", column)
    if test.op in {"in", "not in"}:
        among = np.isin(x, [cast("float", atom(v)) for v in cast("tuple[Any, ...]", test.value)])
        return among if test.op == "in" else ~among & ~np.isnan(x)
    if isinstance(test.value, Times):
        with np.errstate(over="ignore", invalid="ignore"):
            y: Any = cast("Floats", cols[test.value.field]) * test.value.factor
    else:
        y = atom(test.value)
    out = cast("Bools", _COMPARE[test.op](x, y))
    return out & ~np.isnan(x) & ~np.isnan(y) if test.op == "!=" else out


def _test_words(test: Test, column: Codes) -> Bools:
    value = test.value
    among = set(value) if isinstance(value, tuple) else {value}
    table = np.array([*(word in among for word in column.words), False])
    hit: Bools = table[column.at]
    if test.op in {"==", "in"}:
        return hit
    return np.logical_and(~hit, column.at >= 0)


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def absent(column: Column) -> Bools:
    """The rows whose value is missing."""
    if isinstance(column, Codes):
        return np.asarray(column.at < 0)
    array = cast("Any", column)
    return np.asarray(~array if array.dtype == np.bool_ else np.isnan(array), dtype=np.bool_)


def gathered(values: tuple[Value | None, ...], at: Any, words: tuple[str, ...]) -> Column:
    """Put values at positions: codes for words, floats for numbers."""
    if words:
        place = {word: i for i, word in enumerate(words)}
        codes = np.array([-1 if v is None else place[str(v)] for v in values], dtype=np.intp)
        return Codes(codes[at], words)
    table = np.array([np.nan if v is None else float(v) for v in values])
    return cast("Floats", table[at])


def _ladder(rule: Ladder, cols: Columns, size: int) -> Column:
    at = first_of([condition for condition, _ in rule.steps], cols, size)
    values = (*(value for _, value in rule.steps), rule.otherwise)
    return gathered(values, at, rule.words)


def _bands(rule: Bands, cols: Columns, _size: int) -> Column:
    x = cast("Floats", cols[rule.field])
    at = np.searchsorted(rule.edges, x, side="right" if rule.closed == "left" else "left")
    at[np.isnan(x)] = len(rule.values)  # numpy sorts NaN above every edge: never let it on top
    return gathered((*rule.values, rule.missing), at, rule.words)


def _line(rule: Line, cols: Columns, _size: int) -> Column:
    x = cast("Floats", cols[rule.field])
    return np.where(np.isnan(x), float(rule.missing), _along(rule, x))


def _slopes(rule: Slopes, cols: Columns, size: int) -> Column:
    x = cast("Floats", evaluated(rule.part, cols, size))
    return np.where(np.isnan(x), np.nan, _along(rule, x))


def _along(rule: Line | Slopes, x: Floats) -> Floats:
    """The whole numbers on straight lines; where the place is missing, anything."""
    xs, ys, slopes = (np.array(part) for part in line_parts(rule))
    inside = np.clip(x, xs[0], xs[-1])
    at = np.clip(np.searchsorted(xs, inside, side="right") - 1, 0, max(len(xs) - 2, 0))
    rise = (inside - xs[at]) * slopes[at] if len(slopes) else 0.0
    out = np.floor(ys[at] + rise + 0.5)
    return np.where(x >= xs[-1], ys[-1], out)


def _choice(rule: Choice, cols: Columns, _size: int) -> Column:
    column = cast("Codes", cols[rule.field])
    table = dict(rule.values)
    values = (*(table.get(word, rule.otherwise) for word in column.words), rule.missing)
    return gathered(values, column.at, rule.words)


def _sum(rule: Sum, cols: Columns, size: int) -> Column:
    total = np.zeros(size)
    for part in rule.parts:
        total += cast("Floats", evaluated(part, cols, size))
    if rule.low is not None:
        np.maximum(total, rule.low, out=total)
    if rule.high is not None:
        np.minimum(total, rule.high, out=total)
    return total


def _scaled(rule: Scaled, cols: Columns, size: int) -> Column:
    x = cast("Floats", evaluated(rule.part, cols, size)) / rule.divisor
    if not rule.values:
        return x
    at = np.searchsorted(rule.edges, x, side="right")
    at[np.isnan(x)] = len(rule.values)
    return gathered((*rule.values, None), at, rule.words)


def _held(rule: Held, cols: Columns, _size: int) -> Column:
    return cols[rule.field]


_EVALUATORS: dict[type, Callable[[Any, Columns, int], Column]] = {
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
    Held: _held,
}
