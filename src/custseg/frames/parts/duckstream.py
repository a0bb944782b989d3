"""Relations of DuckDB over streams of Arrow."""

from collections.abc import Mapping
from itertools import count
from typing import Any, Final

from custseg.frames.arrowstream import Stream
from custseg.frames.engines.duckasking import beside
from custseg.frames.parts.split import Split
from custseg.frames.plaintypes import plain_schema
from custseg.frames.sql import name as quoted

_NUMBERS: Final = count(1)


def related(relation: Any, stream: Stream, types: Mapping[str, str]) -> Any:
    """A relation over a stream, on the connection of another.

    Args:
        relation: The other.
        stream: What it reads; it lives as long as the relation.
        types: Columns that get a type of DuckDB again.
    """
    casts = ", ".join(f"CAST({quoted(n)} AS {kind}) AS {quoted(n)}" for n, kind in types.items())
    again = f" REPLACE ({casts})" if casts else ""
    sql = f"SELECT *{again} FROM custseg_held"  # noqa: S608 - names are quoted
    made = beside(relation, sql, stream)
    return made.set_alias(f"custseg_{next(_NUMBERS)}")  # or it could not be joined with the other


def returning(split: Split, types: Mapping[str, str]) -> dict[str, str]:
    """Columns of the answer that are columns of the relation, as they crossed: their types.

    Args:
        split: The work.
        types: Column of the relation -> its type.
    """
    empty = split.task.empty.values()
    crossed = {one.name: one.type for held in empty for one in plain_schema(held.schema)}
    return {
        one.name: types[one.name]
        for one in split.task.schema
        if one.name in types and crossed.get(one.name) == one.type
    }
