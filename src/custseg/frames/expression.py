"""Rules as narwhals expressions, so that a lazy engine does the work itself.

Missing is decided first, always: a number is cast to float and tested for null and NaN before
any comparison, because engines differ in what NaN is greater than. Nothing is rounded or cast
to int in an engine; ``floor`` of a float is the same everywhere.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast

import narwhals.stable.v2 as nw

from custseg.frames.scalar import line_parts
from custseg.rules import (
    Bands,
    Choice,
    Condition,
    Every,
    Ladder,
    Line,
    Rule,
    Scaled,
    Some,
    Sum,
    Test,
    Times,
)


def expressed(rule: Rule) -> nw.Expr:
    """Write a tree as an expression; null is missing."""
    return _WRITERS[type(rule)](rule)


def holds(rule: Condition) -> nw.Expr:
    """Write a condition as an expression that is true or false, never null."""
    if isinstance(rule, Every):
        return nw.all_horizontal(*(holds(part) for part in rule.parts), ignore_nulls=True)
    if isinstance(rule, Some):
        return nw.any_horizontal(*(holds(part) for part in rule.parts), ignore_nulls=True)
    return _test(cast("Test", rule))


def _number(field: str) -> tuple[nw.Expr, nw.Expr]:
    x = nw.col(field).cast(nw.Float64())
    return x, ~(x.is_null() | x.is_nan())


def _text(field: str) -> tuple[nw.Expr, nw.Expr]:
    x = nw.col(field).cast(nw.String())
    return x, ~(x.is_null() | (x == ""))


def _day(field: str) -> tuple[nw.Expr, nw.Expr]:
    x = nw.col(field).cast(nw.Date())
    return x, ~x.is_null()


_READERS = {"number": _number, "text": _text, "day": _day, "any": _text}


def _test(test: Test) -> nw.Expr:
    x, known = _READERS[test.kind](test.field)
    if test.op in {"missing", "present"}:
        return ~known if test.op == "missing" else known
    if test.op in {"in", "not in"}:
        among = x.is_in(list(cast("tuple[Any, ...]", test.value)))
        return _sure(among if test.op == "in" else ~among, known)
    if isinstance(test.value, Times):
        y, other = _number(test.value.field)
        return _sure(_COMPARE[test.op](x, y * test.value.factor), known & other)
    return _sure(_COMPARE[test.op](x, _constant(test.value)), known)


def _sure(expression: nw.Expr, known: nw.Expr) -> nw.Expr:
    return nw.when(known).then(expression).otherwise(nw.lit(value=False))


def _constant(value: Any) -> Any:
    return nw.lit(value, dtype=nw.Date()) if isinstance(value, date) else nw.lit(value)


_COMPARE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
}


def _literal(value: Any) -> nw.Expr:
    return nw.lit(value, dtype=nw.String() if isinstance(value, str) else nw.Float64())


def _missing(rule: Rule) -> nw.Expr:
    return nw.lit(None, dtype=nw.String() if rule.words else nw.Float64())


def _value(value: object, rule: Rule) -> nw.Expr:
    return _missing(rule) if value is None else _literal(value)


def _steps(
    steps: Sequence[tuple[nw.Expr, nw.Expr]],
    otherwise: nw.Expr,
) -> nw.Expr:
    out = otherwise
    for condition, value in reversed(steps):
        out = nw.when(condition).then(value).otherwise(out)
    return out


def _ladder(rule: Ladder) -> nw.Expr:
    steps = [(holds(c), _value(v, rule)) for c, v in rule.steps]
    return _steps(steps, _value(rule.otherwise, rule))


def _halved(x: nw.Expr, edges: Sequence[float], values: Sequence[nw.Expr], closed: str) -> nw.Expr:
    """A balanced tree of cases: a hundred bands are seven comparisons deep, not a hundred."""
    if not edges:
        return values[0]
    mid = len(edges) // 2
    below = x < edges[mid] if closed == "left" else x <= edges[mid]
    left = _halved(x, edges[:mid], values[: mid + 1], closed)
    right = _halved(x, edges[mid + 1 :], values[mid + 1 :], closed)
    return nw.when(below).then(left).otherwise(right)


def _bands(rule: Bands) -> nw.Expr:
    x, known = _number(rule.field)
    values = [_value(v, rule) for v in rule.values]
    banded = _halved(x, rule.edges, values, rule.closed)
    return nw.when(known).then(banded).otherwise(_value(rule.missing, rule))


def _line(rule: Line) -> nw.Expr:
    x, known = _number(rule.field)
    xs, ys, slopes = line_parts(rule)
    pieces = [nw.lit(ys[0])]
    pieces += [
        (nw.lit(y) + (x - u) * slope + 0.5).floor()
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    pieces.append(nw.lit(ys[-1]))
    inside = _halved(x, xs, pieces if len(xs) > 1 else [nw.lit(ys[0])] * 2, "left")
    return nw.when(known).then(inside).otherwise(nw.lit(float(rule.missing)))


def _choice(rule: Choice) -> nw.Expr:
    x, known = _text(rule.field)
    steps = [(x == word, _value(value, rule)) for word, value in rule.values]
    chosen = _steps(steps, _value(rule.otherwise, rule))
    return nw.when(known).then(chosen).otherwise(_value(rule.missing, rule))


def _sum(rule: Sum) -> nw.Expr:
    total = nw.lit(0.0)
    for part in rule.parts:
        total = total + expressed(part)
    if rule.low is not None:
        total = nw.when(total < rule.low).then(nw.lit(float(rule.low))).otherwise(total)
    if rule.high is not None:
        total = nw.when(total > rule.high).then(nw.lit(float(rule.high))).otherwise(total)
    return total


def _scaled(rule: Scaled) -> nw.Expr:
    part = expressed(rule.part)
    # Polars multiplies by the reciprocal of a constant, which is another number in the last bit:
    # a divisor that is no constant to it is truly divided by.
    x = part / (part * 0.0 + rule.divisor)
    if not rule.values:
        return x
    return _halved(x, rule.edges, [_value(v, rule) for v in rule.values], "left")


_WRITERS: dict[type, Callable[[Any], nw.Expr]] = {
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
}
