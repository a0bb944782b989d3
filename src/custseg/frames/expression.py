"""Rules as narwhals expressions, so that a lazy engine does the work itself.

Missing is decided first, always: a number is cast to float and tested for null and NaN before
any comparison, because engines differ in what NaN is greater than. Nothing is rounded or cast
to int in an engine; ``floor`` of a float is the same everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

import attrs
import narwhals.stable.v2 as nw

from custseg.errors import DataError
from custseg.frames.scalar import line_parts, spelled_float
from custseg.frames.series import is_text
from custseg.frames.staged import Held
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


@attrs.frozen(eq=False)
class Reader:
    """The columns of one lazy table as expressions, read as the eager door reads them.

    Attributes:
        schema: Column -> narwhals dtype.
        zoned: Whether the engine can take the zone off a moment (DuckDB and Spark cast in their
            own).
        ticked: Whether a name is read as a path unless it stands in backticks, as by Spark.
        labels: Words in order, as which words are written; without any they are texts.
    """

    schema: Mapping[str, Any]
    zoned: bool = True
    ticked: bool = False
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: Any) -> "Reader":
        """Read the columns of a narwhals lazy frame."""
        engine = frame.implementation
        ticked = engine.is_pyspark() or engine.is_pyspark_connect()
        return cls(frame.collect_schema(), zoned=engine.is_polars(), ticked=ticked)

    def column(self, field: str) -> nw.Expr:
        """A column by its name, whatever letters are in it."""
        return nw.col("`" + field.replace("`", "``") + "`" if self.ticked else field)

    def number(self, field: str) -> tuple[nw.Expr, nw.Expr]:
        """A float, and whether it is there."""
        x = self.column(field).cast(nw.Float64())
        return x, ~(x.is_null() | x.is_nan())

    def day(self, field: str) -> tuple[nw.Expr, nw.Expr]:
        """A civil day, and whether it is there; of a text its first ten letters."""
        x, dtype = self.column(field), self.schema[field]
        if is_text(dtype):
            filled = nw.when(x.cast(nw.String()) != "").then(x.cast(nw.String()))
            x = filled.str.slice(0, len("2026-06-30")).str.to_date("%Y-%m-%d")
        elif self.zoned and getattr(dtype, "time_zone", None):
            x = x.dt.replace_time_zone(None).cast(nw.Date())
        else:
            x = x.cast(nw.Date())
        return x, ~x.is_null()

    def text(self, field: str) -> tuple[nw.Expr, nw.Expr]:
        """A text, and whether it is there; floats stay numbers, as engines spell them apart."""
        if self.schema[field].is_float():
            return self.number(field)
        x = self.column(field).cast(nw.String())
        return x, ~(x.is_null() | (x == ""))

    def spelled(self, field: str, words: Sequence[object]) -> list[Any]:
        """Words as the column holds them: of floats, the numbers that are spelled so."""
        if not self.schema[field].is_float():
            return list(words)
        return [x for word in words if (x := spelled_float(str(word))) is not None]

    def check(self, field: str, kind: str) -> None:
        """Refuse at once what the eager door refuses when it reads.

        Raises:
            DataError: A text column is read as a number, or a number as a day.
        """
        dtype = self.schema[field]
        if kind == "number" and (is_text(dtype) or dtype.is_temporal()):
            msg = f"holds {dtype} where a number is needed; convert the column first"
            raise DataError(msg, field)
        if kind == "day" and (dtype.is_numeric() or dtype == nw.Boolean()):
            msg = f"holds {dtype} where a day is needed; use a date or an ISO text"
            raise DataError(msg, field)

    def read(self, field: str, kind: str) -> tuple[nw.Expr, nw.Expr]:
        """A column as its kind; ``any`` asks it as what it is."""
        if kind in {"number", "day", "text"}:
            return cast("tuple[nw.Expr, nw.Expr]", getattr(self, kind)(field))
        dtype = self.schema[field]
        if is_text(dtype) or dtype.is_numeric():
            return self.text(field)
        x = self.column(field)
        return x, ~x.is_null()

    def value(self, value: object, rule: Rule) -> nw.Expr:
        """A constant that a rule answers with."""
        words = nw.Enum(self.labels) if self.labels else nw.String()
        return nw.lit(cast("Any", value), dtype=words if rule.words else nw.Float64())


def expressed(rule: Rule, reader: Reader) -> nw.Expr:
    """Write a tree as an expression; null is missing."""
    return _WRITERS[type(rule)](rule, reader)


def holds(rule: Condition, reader: Reader) -> nw.Expr:
    """Write a condition as an expression that is true or false, never null."""
    if isinstance(rule, Every | Some):
        parts = [holds(part, reader) for part in rule.parts]
        if not parts:
            return nw.lit(isinstance(rule, Every))
        join = nw.all_horizontal if isinstance(rule, Every) else nw.any_horizontal
        return join(*parts, ignore_nulls=True)
    return _test(cast("Test", rule), reader)


def _test(test: Test, reader: Reader) -> nw.Expr:
    x, known = reader.read(test.field, test.kind)
    if test.op in {"missing", "present"}:
        return ~known if test.op == "missing" else known
    if isinstance(test.value, Times):
        y, there = _product(test.value, reader)
        return _sure(_COMPARE[test.op](x, y), known & there)
    if test.kind == "text" or test.op in {"in", "not in"}:
        return _sure(_among(test, x, reader), known)
    compared = _COMPARE[test.op](x, _constant(test.value))
    if test.kind != "number" or test.op == "!=":
        return _sure(compared, known)
    # NaN is greater than any number; what is null compares as null.
    above = compared & ~x.is_nan() if test.op in {">", ">="} else compared
    return above.fill_null(value=False)


def _product(right: Times, reader: Reader) -> tuple[nw.Expr, nw.Expr]:
    """The right side; infinity times zero is missing too."""
    y, known = reader.number(right.field)
    y = y * right.factor
    return y, known & ~y.is_nan()


def _among(test: Test, x: nw.Expr, reader: Reader) -> nw.Expr:
    value = cast("Any", test.value)
    words = value if isinstance(value, tuple) else (value,)
    if test.kind == "text":
        words = tuple(reader.spelled(test.field, words))
    hit = x.is_in(words) if words else nw.lit(value=False)
    return hit if test.op in {"==", "in"} else ~hit


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


def _steps(
    steps: Sequence[tuple[nw.Expr, nw.Expr]],
    otherwise: nw.Expr,
) -> nw.Expr:
    out = otherwise
    for condition, value in reversed(steps):
        out = nw.when(condition).then(value).otherwise(out)
    return out


def _ladder(rule: Ladder, reader: Reader) -> nw.Expr:
    steps = [(holds(c, reader), reader.value(v, rule)) for c, v in rule.steps]
    return _steps(steps, reader.value(rule.otherwise, rule))


def _halved(x: nw.Expr, edges: Sequence[float], values: Sequence[nw.Expr], closed: str) -> nw.Expr:
    """A balanced tree of cases: a hundred bands are seven comparisons deep, not a hundred."""
    if not edges:
        return values[0]
    mid = len(edges) // 2
    below = x < edges[mid] if closed == "left" else x <= edges[mid]
    left = _halved(x, edges[:mid], values[: mid + 1], closed)
    right = _halved(x, edges[mid + 1 :], values[mid + 1 :], closed)
    return nw.when(below).then(left).otherwise(right)


def _bands(rule: Bands, reader: Reader) -> nw.Expr:
    x, known = reader.number(rule.field)
    values = [reader.value(v, rule) for v in rule.values]
    banded = _halved(x, rule.edges, values, rule.closed)
    return nw.when(known).then(banded).otherwise(reader.value(rule.missing, rule))


def _line(rule: Line, reader: Reader) -> nw.Expr:
    x, known = reader.number(rule.field)
    return nw.when(known).then(_along(rule, x)).otherwise(nw.lit(float(rule.missing)))


def _slopes(rule: Slopes, reader: Reader) -> nw.Expr:
    x = expressed(rule.part, reader)
    return nw.when(~x.is_null()).then(_along(rule, x)).otherwise(reader.value(None, rule))


def _along(rule: Line | Slopes, x: nw.Expr) -> nw.Expr:
    xs, ys, slopes = line_parts(rule)
    pieces = [nw.lit(ys[0])]
    pieces += [
        (nw.lit(y) + (x - u) * slope + 0.5).floor()
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    pieces.append(nw.lit(ys[-1]))
    return _halved(x, xs, pieces if len(xs) > 1 else [nw.lit(ys[0])] * 2, "left")


def _choice(rule: Choice, reader: Reader) -> nw.Expr:
    x, known = reader.text(rule.field)
    steps = [
        (x.is_in(spelled), reader.value(value, rule))
        for value, words in rule.by_value().items()
        if (spelled := reader.spelled(rule.field, words))
    ]
    chosen = _steps(steps, reader.value(rule.otherwise, rule))
    return nw.when(known).then(chosen).otherwise(reader.value(rule.missing, rule))


def _sum(rule: Sum, reader: Reader) -> nw.Expr:
    total = nw.lit(0.0)
    for part in rule.parts:
        total = total + expressed(part, reader)
    if rule.low is not None:
        total = nw.when(total < rule.low).then(nw.lit(float(rule.low))).otherwise(total)
    if rule.high is not None:
        total = nw.when(total > rule.high).then(nw.lit(float(rule.high))).otherwise(total)
    return total


def _scaled(rule: Scaled, reader: Reader) -> nw.Expr:
    part = expressed(rule.part, reader)
    # Polars multiplies by the reciprocal of a constant, which is another number in the last bit:
    # a divisor that is no constant to it is truly divided by.
    x = part / (part * 0.0 + rule.divisor)
    if not rule.values:
        return x
    banded = _halved(x, rule.edges, [reader.value(v, rule) for v in rule.values], "left")
    return nw.when(~x.is_null()).then(banded).otherwise(reader.value(None, rule))


def _held(rule: Held, _reader: Reader) -> nw.Expr:
    return nw.col(rule.field)


_WRITERS: dict[type, Callable[[Any, Reader], nw.Expr]] = {
    Held: _held,
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
}
