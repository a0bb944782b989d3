"""Rules given to the engine of a lazy frame."""

from collections.abc import Mapping
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from custseg.errors import ConfigError
from custseg.frames.engines.duckrules import projected
from custseg.frames.expression import Reader, expressed
from custseg.frames.sql import literal
from custseg.frames.sql import name as quoted
from custseg.frames.staged import Stages
from custseg.rules import Rule, merged


def readable(frame: Any, rules: Mapping[str, Rule]) -> Reader:
    """How an engine reads what rules need.

    Args:
        frame: A narwhals lazy frame.
        rules: Output column -> tree.

    Raises:
        DataError: A column does not hold what is needed.
    """
    reader = Reader.of(frame)
    for name, kind in merged(rule.needs for rule in rules.values()).items():
        reader.check(name, kind)
    return reader


def pushed(frame: Any, rules: Mapping[str, Rule]) -> Any:
    """A native lazy frame with the rules' columns; nothing runs, nothing crosses into Python.

    Args:
        frame: A narwhals lazy frame that has the columns needed.
        rules: Output column -> tree.

    Raises:
        DataError: A column does not hold what is needed.
    """
    reader = readable(frame, rules)
    words = {name: rule.words for name, rule in rules.items()}
    if frame.implementation.is_duckdb():
        return projected(frame.to_native(), rules, reader, words)
    stages = Stages.of(rules)
    for level in stages.levels:
        made = [expressed(rule, reader).alias(name) for name, rule in level.items()]
        frame = frame.with_columns(*made)
    labels = words if frame.implementation.is_polars() else {}
    readers = {name: attrs.evolve(reader, labels=labels.get(name, ())) for name in stages.outputs}
    made = [expressed(rule, readers[name]).alias(name) for name, rule in stages.outputs.items()]
    frame = frame.with_columns(*made)
    frame = frame.drop(*stages.temporary) if stages.temporary else frame
    return labelled(frame, words)


def native_expressions(frame: Any, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Each rule as one expression of the frame's own library.

    Args:
        frame: A narwhals lazy frame that has the columns needed.
        rules: Output column -> tree.

    Raises:
        DataError: A column does not hold what is needed.
        ConfigError: The installed narwhals does not say how it writes an expression.
    """
    reader = readable(frame, rules)
    return {name: _native(frame, expressed(rule, reader)) for name, rule in rules.items()}


def _native(frame: Any, expression: nw.Expr) -> Any:
    """The public interface of narwhals writes expressions but hands none out."""
    write = getattr(expression, "_to_compliant_expr", None)
    held = getattr(frame, "_compliant_frame", None)
    if write is None or held is None:
        msg = "this narwhals hands out no expressions; use apply, or another version of narwhals"
        raise ConfigError(msg)
    written = write(held.__narwhals_namespace__())
    return written.native if hasattr(written, "native") else written(held)[0]


def labelled(frame: Any, words: Mapping[str, tuple[str, ...]]) -> Any:
    """Texts as ordered labels; Spark has texts only.

    Args:
        frame: A narwhals lazy frame.
        words: Column -> its words in order; a column without any stays as it is.
    """
    labels = {name: ordered for name, ordered in words.items() if ordered}
    if frame.implementation.is_duckdb():
        return enumerated(frame.to_native(), labels)
    if labels and frame.implementation.is_polars():
        frame = frame.with_columns(
            *(nw.col(name).cast(nw.Enum(ordered)) for name, ordered in labels.items())
        )
    return frame.to_native()


def enumerated(relation: Any, labels: Mapping[str, tuple[str, ...]]) -> Any:
    """Texts as ENUM in SQL of our own: narwhals does not escape a quote in a word.

    Args:
        relation: A DuckDB relation.
        labels: Column -> its words in order.
    """
    casts = [
        f"CAST({quoted(name)} AS ENUM({', '.join(map(literal, words))})) AS {quoted(name)}"
        for name, words in labels.items()
    ]
    return relation.project(f"* REPLACE ({', '.join(casts)})") if casts else relation
