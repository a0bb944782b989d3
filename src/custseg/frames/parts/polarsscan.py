"""The columns of a Polars lazy frame that travel, whole or by cells of their keys."""

from collections.abc import Generator, Mapping
from typing import Any, Final

import attrs

from custseg._typing import Index
from custseg.errors import DataError
from custseg.frames.arrowed import arrowed
from custseg.frames.engines.polarsrows import pulled
from custseg.frames.optional import optional
from custseg.frames.parts.load import CELLS
from custseg.frames.parts.shares import Share
from custseg.frames.parts.split import Scan

_CELL: Final = "__custseg_cell"


@attrs.frozen(eq=False)
class PolarsScan(Scan):
    """One table of a work on Polars.

    Attributes:
        frame: The lazy frame, of the columns that travel.
        cell: The cell of a row, as an expression.
        none: Its columns without rows, of Arrow.
    """

    frame: Any
    cell: Any
    none: Any

    @property
    def engine(self) -> str:
        """Polars."""
        return "polars"

    def empty(self) -> Any:
        """The columns without rows."""
        return self.none

    def batches(self) -> Generator[tuple[Any, Index]]:
        """Read them in one pass."""
        for held in pulled(self.frame.with_columns(self.cell.alias(_CELL))):
            at = held[_CELL].to_numpy()
            rows = held.drop(_CELL).to_arrow().cast(self.none.schema)
            low = 0
            for batch in rows.to_batches():
                yield batch, at[low : low + batch.num_rows]
                low += batch.num_rows


def scans(given: Mapping[str, Share]) -> dict[str, PolarsScan]:
    """How each table is read.

    Args:
        given: Tables by name; those in memory become lazy frames.
    """
    pl = optional("polars", extra="polars")
    frames = {}
    for name, share in given.items():
        frame = share.table.native
        if not share.table.lazy:
            frame = pl.from_arrow(arrowed(share.fetched(), share.columns)).lazy()
        frames[name] = frame.select(share.columns)
        if share.known_only:
            frames[name] = frames[name].drop_nulls(share.key)
    schemas = {name: frame.collect_schema() for name, frame in frames.items()}
    keys = [[schemas[name][key] for key in share.key] for name, share in given.items()]
    if len({len(one) for one in keys}) != 1:
        msg = f"keys of one work have as many columns each; got {sorted({len(k) for k in keys})}"
        raise DataError(msg)
    casts = [_cast(pl, kinds) for kinds in zip(*keys, strict=True)]
    return {
        name: PolarsScan(frames[name], _cell(pl, share.key, casts), _none(pl, schemas[name]))
        for name, share in given.items()
    }


def _cell(pl: Any, key: tuple[str, ...], casts: list[Any]) -> Any:
    """The cell of a row; rows without a key are in one."""
    parts = [pl.col(k).cast(c, strict=False) for k, c in zip(key, casts, strict=True)]
    mixed = parts[0].hash() if len(parts) == 1 else pl.struct(parts).hash()
    return (mixed % CELLS).cast(pl.Int16)


def _cast(pl: Any, kinds: tuple[Any, ...]) -> Any:
    """What a part of a key is hashed as: equal values of any type meet in one cell."""
    if all(kind.is_integer() or kind == pl.Boolean for kind in kinds):
        return pl.Int64
    if all(kind.is_numeric() or kind == pl.Boolean for kind in kinds):
        return pl.Float64
    return kinds[0] if len(set(kinds)) == 1 and not _labels(pl, kinds[0]) else pl.String


def _labels(pl: Any, kind: Any) -> bool:
    return kind in {pl.Categorical, pl.Enum}


def _none(pl: Any, schema: Any) -> Any:
    return pl.DataFrame(schema=schema).to_arrow()
