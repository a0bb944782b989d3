"""The columns of a DuckDB relation that travel, whole or by cells of their keys."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from typing import Any, Final

import attrs

from custseg._typing import Index
from custseg.errors import DataError
from custseg.frames.arrowed import arrowed
from custseg.frames.engines.duckarrow import arrived, arrived_schema, crossing, schema_of, types_of
from custseg.frames.engines.ducklink import Link
from custseg.frames.parts.load import CELLS
from custseg.frames.parts.shares import Share
from custseg.frames.parts.split import Scan
from custseg.frames.sql import name as quoted

_WHOLE: Final = frozenset(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
) | {"INTEGER", "UINTEGER", "BOOLEAN"}
_HUGE: Final = frozenset({"UBIGINT", "HUGEINT", "UHUGEINT"})
_CELL: Final = "__custseg_cell"
_BROKEN: Final = ("FLOAT", "DOUBLE", "DECIMAL")


@attrs.frozen(eq=False)
class DuckScan(Scan):
    """One table of a work on DuckDB.

    Attributes:
        link: How its columns are read, and the cell of each row.
        none: Its columns without rows.
    """

    link: Link
    none: Any

    @property
    def engine(self) -> str:
        """DuckDB."""
        return "duckdb"

    def empty(self) -> Any:
        """The columns without rows."""
        return self.none

    def batches(self) -> Generator[tuple[Any, Index]]:
        """Read them in one pass."""
        last = len(self.none.column_names)
        with closing(self.link.query()) as rows:
            for batch in rows:
                cell = batch.column(last).to_numpy()
                yield arrived(batch.remove_column(last), self.none.schema), cell


def scans(given: Mapping[str, Share], like: Any) -> dict[str, DuckScan]:
    """How each table is read.

    Args:
        given: Tables by name; those in memory are brought into DuckDB.
        like: The opened relation whose connection they join.
    """
    relations = {}
    for name, share in given.items():
        if share.table.lazy:
            relations[name] = share.table.native
        else:
            relations[name] = like.adopted(arrowed(share.fetched(), share.columns))
    casts = _common([_kinds(relations[name], share.key) for name, share in given.items()])
    return {name: _scan(relations[name], share, casts) for name, share in given.items()}


def _scan(relation: Any, share: Share, casts: tuple[str, ...]) -> DuckScan:
    types = types_of(relation)
    keys = ", ".join(f"CAST({quoted(k)} AS {c})" for k, c in zip(share.key, casts, strict=True))
    cell = f"CAST(hash({keys}) % {CELLS} AS SMALLINT) AS {_CELL}"
    if share.known_only:
        relation = relation.filter(" AND ".join(f"{quoted(k)} IS NOT NULL" for k in share.key))
    chosen = relation.project(f"{crossing(types, share.columns)}, {cell}")
    schema = schema_of(relation, types, crossing(types, share.columns))
    return DuckScan(Link.to(chosen), arrived_schema(schema, types).empty_table())


def _kinds(relation: Any, names: Iterable[str]) -> tuple[str, ...]:
    types = types_of(relation)
    return tuple(types[name] for name in names)


def _common(kinds: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What each part of a key is hashed as: equal values of any type meet in one cell.

    Raises:
        DataError: The keys are of different lengths.
    """
    if len({len(one) for one in kinds}) != 1:
        msg = f"keys of one work have as many columns each; got {sorted({len(k) for k in kinds})}"
        raise DataError(msg)
    return tuple(_cast(set(column)) for column in zip(*kinds, strict=True))


def _cast(kinds: set[str]) -> str:
    if kinds <= _WHOLE - _HUGE:
        return "BIGINT"
    if kinds <= _WHOLE:
        return "HUGEINT" if "UHUGEINT" not in kinds else "DOUBLE"
    if all(kind in _WHOLE or kind.startswith(_BROKEN) for kind in kinds):
        return "DOUBLE"
    return "VARCHAR"
