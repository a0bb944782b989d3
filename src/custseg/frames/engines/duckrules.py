"""Rules as SQL of DuckDB over columns of known types: one text in place of a thousand parts.

The words are those of `custseg.frames.expression`; what a person reads is `custseg.frames.sql`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from custseg.frames.expression import Reader as Schema
from custseg.frames.scalar import line_parts
from custseg.frames.series import is_text
from custseg.frames.sql import Reader, holds, literal
from custseg.frames.sql import name as quoted
from custseg.frames.staged import Held, Stages
from custseg.rules import Bands, Choice, Ladder, Line, Rule, Scaled, Slopes, Sum

_DAY: Final = "CAST(strptime(substr(NULLIF({x}, ''), 1, 10), '%Y-%m-%d') AS DATE)"


@attrs.frozen(eq=False)
class TypedReader(Reader):
    """How columns are read where their types are known.

    Attributes:
        schema: Of the relation.
    """

    schema: Schema = attrs.field(kw_only=True)

    @classmethod
    def over(cls, schema: Schema) -> "TypedReader":
        """Read the columns of a relation.

        Args:
            schema: Of the relation.
        """
        kinds = schema.schema.items()
        return cls({}, frozenset(name for name, kind in kinds if kind.is_float()), schema=schema)

    def read(self, field: str, kind: str) -> tuple[str, str]:
        """A column as its kind, and the condition that it is there."""
        there = self.schema.schema[field]
        if kind == "day":
            text = is_text(there)
            x = _DAY.format(x=_text(field)) if text else f"CAST({quoted(field)} AS DATE)"
            return x, f"({x} IS NOT NULL)"
        if kind == "any" and not (is_text(there) or there.is_numeric()):
            return quoted(field), f"({quoted(field)} IS NOT NULL)"
        if kind == "number" or there.is_float():
            return Reader.read(self, field, "number")
        return _text(field), f"({_text(field)} IS NOT NULL AND {_text(field)} <> '')"


def projected(
    relation: Any, rules: Mapping[str, Rule], schema: Schema, labels: Mapping[str, tuple[str, ...]]
) -> Any:
    """A relation with the rules' columns; nothing runs.

    Args:
        relation: The relation.
        rules: Output column -> tree.
        schema: Of the relation.
        labels: Output column -> words in order; a column without any stays as it is.
    """
    reader, stages = TypedReader.over(schema), Stages.of(rules)
    for level in stages.levels:
        relation = relation.project(", ".join(("*", *_named(level, reader))))
    made = {name: written(rule, reader) for name, rule in stages.outputs.items()}
    for name, words in labels.items():
        if words:
            made[name] = f"CAST({made[name]} AS ENUM({', '.join(map(literal, words))}))"
    new = {name: f"{text} AS {quoted(name)}" for name, text in made.items()}
    columns = [new.pop(name, quoted(name)) for name in schema.schema]
    return relation.project(", ".join((*columns, *new.values())))


def _named(rules: Mapping[str, Rule], reader: TypedReader) -> list[str]:
    return [f"{written(rule, reader)} AS {quoted(name)}" for name, rule in rules.items()]


def written(rule: Rule, reader: TypedReader) -> str:
    """One tree as a SQL expression; null is missing.

    Args:
        rule: The tree.
        reader: How its columns are read.
    """
    return _WRITERS[type(rule)](rule, reader)


def _text(field: str) -> str:
    return f"CAST({quoted(field)} AS VARCHAR)"


def _value(value: object, rule: Rule) -> str:
    if value is None:
        return f"CAST(NULL AS {'VARCHAR' if rule.words else 'DOUBLE'})"
    return literal(value)


def _case(steps: Sequence[tuple[str, str]], otherwise: str) -> str:
    arms = " ".join(f"WHEN {condition} THEN {value}" for condition, value in steps)
    return f"CASE {arms} ELSE {otherwise} END" if steps else otherwise


def _ladder(rule: Ladder, reader: TypedReader) -> str:
    steps = [(holds(c, reader), _value(v, rule)) for c, v in rule.steps]
    return _case(steps, _value(rule.otherwise, rule))


def _halved(x: str, edges: Sequence[float], values: Sequence[str], op: str) -> str:
    """A balanced tree of cases: a hundred bands are seven comparisons deep, not a hundred."""
    if not edges:
        return values[0]
    mid = len(edges) // 2
    left = _halved(x, edges[:mid], values[: mid + 1], op)
    right = _halved(x, edges[mid + 1 :], values[mid + 1 :], op)
    return _case([(f"{x} {op} {literal(edges[mid])}", left)], right)


def _bands(rule: Bands, reader: TypedReader) -> str:
    x, known = reader.read(rule.field, "number")
    values = [_value(v, rule) for v in rule.values]
    banded = _halved(x, rule.edges, values, "<" if rule.closed == "left" else "<=")
    return _case([(known, banded)], _value(rule.missing, rule))


def _line(rule: Line, reader: TypedReader) -> str:
    x, known = reader.read(rule.field, "number")
    return _case([(known, _along(rule, x))], literal(float(rule.missing)))


def _slopes(rule: Slopes, reader: TypedReader) -> str:
    x = written(rule.part, reader)
    return _case([(f"{x} IS NOT NULL", _along(rule, x))], _value(None, rule))


def _along(rule: Line | Slopes, x: str) -> str:
    xs, ys, slopes = line_parts(rule)
    pieces = [literal(ys[0])]
    pieces += [
        f"floor({literal(y)} + ({x} - {literal(u)}) * {literal(slope)} + 5e-01)"
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    pieces.append(literal(ys[-1]))
    return _halved(x, xs, pieces if len(xs) > 1 else [literal(ys[0])] * 2, "<")


def _choice(rule: Choice, reader: TypedReader) -> str:
    x, known = reader.read(rule.field, "text")
    steps = [
        (f"{x} IN ({', '.join(said)})", _value(value, rule))
        for value, words in rule.by_value().items()
        if (said := reader.spelled(rule.field, words))
    ]
    chosen = _case(steps, _value(rule.otherwise, rule))
    return _case([(known, chosen)], _value(rule.missing, rule))


def _sum(rule: Sum, reader: TypedReader) -> str:
    total = "(" + " + ".join(("0e0", *(written(part, reader) for part in rule.parts))) + ")"
    for op, limit in (("<", rule.low), (">", rule.high)):
        if limit is not None:
            end = literal(limit)
            total = f"({_case([(f'{total} {op} {end}', end)], total)})"
    return total


def _scaled(rule: Scaled, reader: TypedReader) -> str:
    x = f"({written(rule.part, reader)} / {literal(rule.divisor)})"
    if not rule.values:
        return x
    banded = _halved(x, rule.edges, [_value(v, rule) for v in rule.values], "<")
    return _case([(f"{x} IS NOT NULL", banded)], _value(None, rule))


def _held(rule: Held, _reader: TypedReader) -> str:
    return quoted(rule.field)


_WRITERS: dict[type, Callable[[Any, TypedReader], str]] = {
    Held: _held,
    Ladder: _ladder,
    Bands: _bands,
    Line: _line,
    Choice: _choice,
    Sum: _sum,
    Scaled: _scaled,
    Slopes: _slopes,
}
