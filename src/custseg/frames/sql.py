"""Rules as SQL text, for the warehouse that already runs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isinf
from typing import Any, cast

import attrs

from custseg.frames.scalar import line_parts, spelled_float
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
    always_known,
)

_NUMBER, _ASIDE = "__custseg_number", "__custseg_aside"


@attrs.frozen
class Reader:
    """How columns are read in SQL, where no schema is at hand.

    Attributes:
        needs: What the rules read each column as.
        floating: Columns known to hold floats.
    """

    needs: Mapping[str, str]
    floating: frozenset[str] = frozenset()

    def read(self, field: str, kind: str) -> tuple[str, str]:
        """A column as its kind, and the condition that it is there."""
        if kind == "any":
            kind = self.needs.get(field, "any")
        if kind == "number" or (kind in {"any", "text"} and field in self.floating):
            x = f"CAST({name(field)} AS DOUBLE)"
            return x, f"({x} IS NOT NULL AND NOT isnan({x}))"
        x = f"CAST({name(field)} AS VARCHAR)"
        if kind == "day":
            x = f"CAST(NULLIF({x}, '') AS DATE)"
            return x, f"({x} IS NOT NULL)"
        known = f"{x} IS NOT NULL AND {x} <> ''"
        if kind == "any":  # NaN is missing, the text nan is not
            known += f" AND NOT ({x} = 'nan' AND typeof({name(field)}) IN ('DOUBLE', 'FLOAT'))"
        return x, f"({known})"

    def spelled(self, field: str, words: Sequence[object]) -> list[str]:
        """Words as literals; of a column of floats, the numbers that are spelled so."""
        if field in self.floating:
            words = [x for word in words if (x := spelled_float(str(word))) is not None]
        return [self.constant(word) for word in words]

    def constant(self, value: object) -> str:
        """A constant."""
        return literal(value)

    def compared(self, x: str, known: str, sign: str, constant: str) -> str:
        """Whether what is there compares so; never null."""
        return f"({known} AND {x} {sign} {constant})"

    def number(self, x: str) -> str:
        """Whether a float that is there is a number."""
        return f"NOT isnan({x})"

    def floor(self, x: str) -> str:
        """The next whole number below."""
        return f"floor({x})"

    def extreme(self, which: str, parts: Sequence[str]) -> str:
        """The ``greatest`` or the ``least`` of some numbers."""
        return f"{which}({', '.join(parts)})"


def written(rule: Rule, reader: Reader) -> str:
    """One tree as a SQL expression."""
    return _WRITERS[type(rule)](rule, reader)


def name(identifier: str) -> str:
    """A quoted identifier.

    >>> name('买家"昵称')
    '"买家""昵称"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A constant; numbers as doubles, so that no engine makes a decimal of them.

    >>> literal(0.5), literal("O'Hara"), literal(None)
    ('5e-01', "'O''Hara'", 'NULL')
    """
    if value is None:
        return "NULL"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    x = float(cast("float", value))
    return f"CAST('{x}' AS DOUBLE)" if isinf(x) else _exponent(x)


def _exponent(x: float) -> str:
    digits = len(repr(x))
    shortest = (f"{x:.{p}e}" for p in range(digits + 1))
    return next(s for s in shortest if float(s) == x)


def holds(rule: Condition, reader: Reader) -> str:
    """A condition as SQL that is true or false, never null."""
    if isinstance(rule, Every | Some):
        joint = " AND " if isinstance(rule, Every) else " OR "
        empty = "TRUE" if isinstance(rule, Every) else "FALSE"
        return "(" + (joint.join(holds(part, reader) for part in rule.parts) or empty) + ")"
    return _test(cast("Test", rule), reader)


def _test(test: Test, reader: Reader) -> str:
    x, known = reader.read(test.field, test.kind)
    if test.op in {"missing", "present"}:
        return f"NOT {known}" if test.op == "missing" else known
    if isinstance(test.value, Times):
        y, there = reader.read(test.value.field, "number")
        y = f"{y} * {reader.constant(test.value.factor)}"
        return f"({known} AND {there} AND {reader.number(y)} AND {x} {_sign(test.op)} {y})"
    if test.kind == "text" or test.op in {"in", "not in"}:
        return f"({known} AND {_among(test, x, reader)})"
    return reader.compared(x, known, _sign(test.op), reader.constant(test.value))


def _sign(op: str) -> str:
    return {"==": "=", "!=": "<>"}.get(op, op)


def _among(test: Test, x: str, reader: Reader) -> str:
    value = cast("Any", test.value)
    words: Sequence[object] = value if isinstance(value, tuple) else (value,)
    written_out = [reader.constant(word) for word in words]
    said = reader.spelled(test.field, words) if test.kind == "text" else written_out
    within = test.op in {"==", "in"}
    if not said:
        return "FALSE" if within else "TRUE"
    if len(said) == 1:
        return f"{x} {'=' if within else '<>'} {said[0]}"
    return f"{x} {'IN' if within else 'NOT IN'} ({', '.join(said)})"


def _case(steps: Sequence[tuple[str, str]], otherwise: str) -> str:
    if not steps:
        return otherwise
    arms = " ".join(f"WHEN {condition} THEN {value}" for condition, value in steps)
    return f"CASE {arms} ELSE {otherwise} END"


def _ladder(rule: Ladder, reader: Reader) -> str:
    steps = [(holds(c, reader), reader.constant(v)) for c, v in rule.steps]
    return _case(steps, reader.constant(rule.otherwise))


def _banded(
    reader: Reader, x: str, edges: Sequence[float], values: Sequence[str], closed: str
) -> str:
    op = "<" if closed == "left" else "<="
    arms = [(f"{x} {op} {reader.constant(e)}", v) for e, v in zip(edges, values, strict=False)]
    return _case(arms, values[-1])


def _bands(rule: Bands, reader: Reader) -> str:
    x, known = reader.read(rule.field, "number")
    banded = _banded(reader, x, rule.edges, [reader.constant(v) for v in rule.values], rule.closed)
    return _case([(f"NOT {known}", reader.constant(rule.missing))], banded)


def _line(rule: Line, reader: Reader) -> str:
    x, known = reader.read(rule.field, "number")
    inside = _banded(reader, x, *_pieces(rule, x, reader), "left")
    return _case([(f"NOT {known}", reader.constant(rule.missing))], inside)


def _slopes(rule: Slopes, reader: Reader) -> str:
    """Lines over a number that is named once, in a query of its own: it may be a whole card."""
    x = name(_NUMBER)
    inside = _halved(reader, x, *_pieces(rule, x, reader))
    drawn = inside if always_known(rule.part) else _case([(f"{x} IS NULL", "NULL")], inside)
    aside = f"(SELECT {written(rule.part, reader)} AS {x}) AS {name(_ASIDE)}"
    return f"(SELECT {drawn} FROM {aside})"  # noqa: S608 - every name in it is quoted


def _halved(reader: Reader, x: str, edges: Sequence[float], values: Sequence[str]) -> str:
    """A balanced tree of cases: a hundred bands are seven comparisons deep, not a hundred."""
    if not edges:
        return values[0]
    mid = len(edges) // 2
    left = _halved(reader, x, edges[:mid], values[: mid + 1])
    right = _halved(reader, x, edges[mid + 1 :], values[mid + 1 :])
    return _case([(f"{x} < {reader.constant(edges[mid])}", left)], right)


def _pieces(rule: Line | Slopes, x: str, reader: Reader) -> tuple[Sequence[float], Sequence[str]]:
    """Edges, and what is between them."""
    xs, ys, slopes = line_parts(rule)
    say = reader.constant
    pieces = [say(ys[0])]
    pieces += [
        reader.floor(f"({say(y)} + ({x} - {say(u)}) * {say(slope)} + 5e-01)")
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    return xs, [*pieces, say(ys[-1])]


def _choice(rule: Choice, reader: Reader) -> str:
    x, known = reader.read(rule.field, "text")
    steps = [(f"NOT {known}", reader.constant(rule.missing))]
    steps += [
        (f"{x} IN ({', '.join(said)})", reader.constant(value))
        for value, words in rule.by_value().items()
        if (said := reader.spelled(rule.field, words))
    ]
    return _case(steps, reader.constant(rule.otherwise))


def _sum(rule: Sum, reader: Reader) -> str:
    total = "(" + (" + ".join(written(part, reader) for part in rule.parts) or "0e0") + ")"
    limited = total
    for which, limit in (("greatest", rule.low), ("least", rule.high)):
        if limit is not None:
            limited = reader.extreme(which, (limited, reader.constant(limit)))
    if limited == total or always_known(rule):
        return limited
    # greatest and least of nothing and a number are the number
    return _case([(f"{total} IS NULL", "NULL")], limited)


def _scaled(rule: Scaled, reader: Reader) -> str:
    x = f"({written(rule.part, reader)} / {reader.constant(rule.divisor)})"
    if not rule.values:
        return x
    banded = _banded(reader, x, rule.edges, [reader.constant(v) for v in rule.values], "left")
    return banded if always_known(rule.part) else _case([(f"{x} IS NULL", "NULL")], banded)


_WRITERS: dict[type, Callable[[Any, Reader], str]] = {
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
}
