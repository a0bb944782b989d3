"""Rules as SQL text, for the warehouse that already runs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isinf
from typing import Any, cast

from custseg.frames.optional import optional
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


def statement(rules: Mapping[str, Rule], *, table: str, dialect: str = "duckdb") -> str:
    """A SELECT that adds the rules' columns to a table.

    Args:
        rules: Output column -> tree.
        table: Name of the table that holds the needed columns.
        dialect: ``duckdb``, or any that sqlglot writes (extra ``sql``).

    Raises:
        MissingDependencyError: Another dialect is asked for and sqlglot is not installed.

    >>> from custseg.rules import F, Ladder
    >>> statement({"big": Ladder(((F("n") > 3, "yes"),), "no")}, table="people").splitlines()[-1]
    'FROM "people"'
    """
    columns = ",\n  ".join(f"{written(rule)} AS {name(out)}" for out, rule in rules.items())
    text = f"SELECT\n  *,\n  {columns}\nFROM {name(table)}"
    if dialect == "duckdb":
        return text
    glot = optional("sqlglot", extra="sql")
    return cast("str", glot.transpile(text, read="duckdb", write=dialect, pretty=True)[0])


def written(rule: Rule) -> str:
    """One tree as a SQL expression."""
    return _WRITERS[type(rule)](rule)


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


def holds(rule: Condition) -> str:
    """A condition as SQL that is true or false, never null."""
    if isinstance(rule, Every | Some):
        joint = " AND " if isinstance(rule, Every) else " OR "
        empty = "TRUE" if isinstance(rule, Every) else "FALSE"
        return "(" + (joint.join(holds(part) for part in rule.parts) or empty) + ")"
    return _test(cast("Test", rule))


def _read(field: str, kind: str) -> tuple[str, str]:
    if kind == "number":
        x = f"CAST({name(field)} AS DOUBLE)"
        return x, f"({x} IS NOT NULL AND NOT isnan({x}))"
    if kind == "day":
        x = f"CAST({name(field)} AS DATE)"
        return x, f"({x} IS NOT NULL)"
    x = f"CAST({name(field)} AS VARCHAR)"
    return x, f"({x} IS NOT NULL AND {x} <> '' AND {x} <> 'nan')" if kind == "any" else (
        f"({x} IS NOT NULL AND {x} <> '')"
    )


def _test(test: Test) -> str:
    x, known = _read(test.field, test.kind)
    if test.op == "missing":
        return f"NOT {known}"
    if test.op == "present":
        return known
    if test.op in {"in", "not in"}:
        among = ", ".join(literal(v) for v in cast("tuple[Any, ...]", test.value))
        return f"({known} AND {x} {test.op.upper()} ({among}))"
    op = {"==": "=", "!=": "<>"}.get(test.op, test.op)
    if isinstance(test.value, Times):
        y, other = _read(test.value.field, "number")
        return f"({known} AND {other} AND {x} {op} {y} * {literal(test.value.factor)})"
    return f"({known} AND {x} {op} {literal(test.value)})"


def _case(steps: Sequence[tuple[str, str]], otherwise: str) -> str:
    if not steps:
        return otherwise
    arms = " ".join(f"WHEN {condition} THEN {value}" for condition, value in steps)
    return f"CASE {arms} ELSE {otherwise} END"


def _ladder(rule: Ladder) -> str:
    return _case([(holds(c), literal(v)) for c, v in rule.steps], literal(rule.otherwise))


def _banded(x: str, edges: Sequence[float], values: Sequence[str], closed: str) -> str:
    op = "<" if closed == "left" else "<="
    arms = [(f"{x} {op} {literal(e)}", v) for e, v in zip(edges, values, strict=False)]
    return _case(arms, values[-1])


def _bands(rule: Bands) -> str:
    x, known = _read(rule.field, "number")
    banded = _banded(x, rule.edges, [literal(v) for v in rule.values], rule.closed)
    return _case([(f"NOT {known}", literal(rule.missing))], banded)


def _line(rule: Line) -> str:
    x, known = _read(rule.field, "number")
    xs, ys, slopes = line_parts(rule)
    pieces = [literal(ys[0])]
    pieces += [
        f"floor({literal(y)} + ({x} - {literal(u)}) * {literal(slope)} + 5e-01)"
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    pieces.append(literal(ys[-1]))
    inside = _banded(x, xs, pieces, "left")
    return _case([(f"NOT {known}", literal(rule.missing))], inside)


def _choice(rule: Choice) -> str:
    x, known = _read(rule.field, "text")
    steps = [(f"NOT {known}", literal(rule.missing))]
    steps += [(f"{x} = {literal(word)}", literal(value)) for word, value in rule.values]
    return _case(steps, literal(rule.otherwise))


def _sum(rule: Sum) -> str:
    total = "(" + (" + ".join(written(part) for part in rule.parts) or "0e0") + ")"
    if rule.low is not None:
        total = f"greatest({total}, {literal(rule.low)})"
    return total if rule.high is None else f"least({total}, {literal(rule.high)})"


def _scaled(rule: Scaled) -> str:
    x = f"({written(rule.part)} / {literal(rule.divisor)})"
    if not rule.values:
        return x
    return _banded(x, rule.edges, [literal(v) for v in rule.values], "left")


_WRITERS: dict[type, Callable[[Any], str]] = {
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
}
