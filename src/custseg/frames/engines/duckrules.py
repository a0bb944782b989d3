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
        labels: Words in order, as which words are written; without any they are texts.
    """

    schema: Schema = attrs.field(kw_only=True)
    labels: tuple[str, ...] = attrs.field(default=(), kw_only=True)

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

    def compared(self, x: str, known: str, sign: str, constant: str) -> str:
        """A comparison for a CASE, to which null is false: NaN is greater than any number."""
        if "isnan" not in known or sign == "<>":
            return Reader.compared(self, x, known, sign, constant)
        number = f" AND {self.number(x)}" if sign.startswith(">") else ""
        return f"({x} {sign} {constant}{number})"

    def value(self, value: object, rule: Rule) -> str:
        """A constant that a rule answers with."""
        if not rule.words:
            return "CAST(NULL AS DOUBLE)" if value is None else literal(value)
        kind = f"ENUM({', '.join(map(literal, self.labels))})" if self.labels else "VARCHAR"
        return f"CAST({literal(value)} AS {kind})"


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
    made = {n: _labelled(rule, reader, labels.get(n, ())) for n, rule in stages.outputs.items()}
    new = {name: f"{text} AS {quoted(name)}" for name, text in made.items()}
    columns = [new.pop(name, quoted(name)) for name in schema.schema]
    return relation.project(", ".join((*columns, *new.values())))


def _labelled(rule: Rule, reader: TypedReader, labels: tuple[str, ...]) -> str:
    """A tree whose words are labels: constants already, as a cast goes through every row."""
    if isinstance(rule, Held) and labels:
        return f"CAST({written(rule, reader)} AS ENUM({', '.join(map(literal, labels))}))"
    return written(rule, attrs.evolve(reader, labels=labels))


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


def _case(steps: Sequence[tuple[str, str]], otherwise: str) -> str:
    arms = " ".join(f"WHEN {condition} THEN {value}" for condition, value in steps)
    return f"CASE {arms} ELSE {otherwise} END" if steps else otherwise


def _ladder(rule: Ladder, reader: TypedReader) -> str:
    steps = [(holds(c, reader), reader.value(v, rule)) for c, v in rule.steps]
    return _case(steps, reader.value(rule.otherwise, rule))


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
    values = [reader.value(v, rule) for v in rule.values]
    missing = reader.value(rule.missing, rule)
    op = "<" if rule.closed == "left" else "<="
    return _halved(x, rule.edges, _last_if(known, values, missing), op)


def _last_if(known: str, values: Sequence[str], missing: str) -> list[str]:
    """What is missing is below no edge, so it is looked for where no edge is above."""
    return [*values[:-1], _case([(known, values[-1])], missing)]


def _line(rule: Line, reader: TypedReader) -> str:
    x, known = reader.read(rule.field, "number")
    return _along(rule, x, known, literal(float(rule.missing)))


def _slopes(rule: Slopes, reader: TypedReader) -> str:
    x = written(rule.part, reader)
    return _along(rule, x, f"{x} IS NOT NULL", reader.value(None, rule))


def _along(rule: Line | Slopes, x: str, known: str, missing: str) -> str:
    xs, ys, slopes = line_parts(rule)
    pieces = [literal(ys[0])]
    pieces += [
        f"floor({literal(y)} + ({x} - {literal(u)}) * {literal(slope)} + 5e-01)"
        for u, y, slope in zip(xs, ys, slopes, strict=False)
    ]
    pieces.append(literal(ys[-1]))
    pieces = pieces if len(xs) > 1 else [literal(ys[0])] * 2
    return _halved(x, xs, _last_if(known, pieces, missing), "<")


def _choice(rule: Choice, reader: TypedReader) -> str:
    x, known = reader.read(rule.field, "text")
    steps = [
        (f"{x} IN ({', '.join(said)})", reader.value(value, rule))
        for value, words in rule.by_value().items()
        if (said := reader.spelled(rule.field, words))
    ]
    chosen = _case(steps, reader.value(rule.otherwise, rule))
    return _case([(known, chosen)], reader.value(rule.missing, rule))


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
    values = [reader.value(v, rule) for v in rule.values]
    return _halved(
        x, rule.edges, _last_if(f"{x} IS NOT NULL", values, reader.value(None, rule)), "<"
    )


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
