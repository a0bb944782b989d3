"""Tables of Dask shuffled alike: all rows of a key are in the partition of one number."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.errors import DataError
from custseg.frames.arrowed import arrowed
from custseg.frames.engines.daskarrow import meta_of, schema_of
from custseg.frames.optional import optional
from custseg.frames.parts.shares import Share

_CELL: Final = "__custseg_cell"
_MIX: Final = np.int64(0x9E3779B97F4A7C15 - 2**64)


@attrs.frozen(eq=False)
class Shuffled:
    """Tables in partitions that belong together.

    Attributes:
        schemas: Table -> the Arrow types of its columns.
        parts: For each partition, its part of each table, in the order of the schemas.
    """

    schemas: Mapping[str, Any]
    parts: list[tuple[Any, ...]]

    @classmethod
    def of(cls, given: Mapping[str, Share]) -> "Shuffled":
        """Bring the keys together.

        Args:
            given: Tables by name; those in memory are brought into Dask.

        Raises:
            DataError: The keys are of different lengths.
        """
        frames = {name: _frame(share) for name, share in given.items()}
        schemas = {n: schema_of(frames[n], share.columns) for n, share in given.items()}
        kinds = _kinds([[schemas[n].field(k).type for k in s.key] for n, s in given.items()])
        count = max(frame.npartitions for frame in frames.values())
        moved = (_moved(frames[n], s, kinds, count).to_delayed() for n, s in given.items())
        return cls(schemas, list(zip(*moved, strict=True)))


def _frame(share: Share) -> Any:
    if share.table.lazy:
        return share.table.native[list(share.columns)]
    held = arrowed(share.fetched(), share.columns)
    frame = held.to_pandas(types_mapper=optional("pandas").ArrowDtype)
    return optional("dask.dataframe", extra="dask").from_pandas(frame, npartitions=1)


def _moved(frame: Any, share: Share, kinds: tuple[str, ...], count: int) -> Any:
    if share.known_only:
        frame = frame.dropna(subset=list(share.key))
    if count == 1:
        return frame
    celled = _Celled(share.key, kinds)
    held = frame.map_partitions(celled, meta=celled(meta_of(frame)))
    return held.shuffle(_CELL, npartitions=count)


@attrs.frozen(eq=False)
class _Celled:
    """A hash of the key beside each row: Dask would hash equal keys of two types apart.

    Attributes:
        key: The columns of the key.
        kinds: How each is hashed.
    """

    key: tuple[str, ...]
    kinds: tuple[str, ...]

    def __call__(self, part: Any) -> Any:
        """Add the hash; that of a missing key is 0."""
        cell = np.zeros(len(part), dtype=np.int64)
        known = np.ones(len(part), dtype=np.bool_)
        with np.errstate(over="ignore"):
            for name, kind in zip(self.key, self.kinds, strict=True):
                cell = cell * _MIX + _hashed(part[name], kind)
                known &= part[name].notna().to_numpy()
        return part.assign(**{_CELL: np.where(known, cell, 0)})


def _hashed(column: Any, kind: str) -> Ints:
    """A hash of each value; equal ones of any type have one."""
    pd = optional("pandas")
    at, uniques = pd.factorize(column)
    if kind == "text":
        words = np.array([str(word) for word in uniques], dtype=object)
    else:
        words = np.asarray(uniques, dtype=np.int64 if kind == "whole" else np.float64)
        words = words + words.dtype.type(0)  # -0.0 is 0.0
    held = np.asarray(pd.util.hash_array(words), dtype=np.uint64).view(np.int64)
    return np.append(held, [0])[np.asarray(at, dtype=np.intp)]


def _kinds(keys: list[list[Any]]) -> tuple[str, ...]:
    if len({len(one) for one in keys}) != 1:
        msg = f"keys of one work have as many columns each; got {sorted({len(k) for k in keys})}"
        raise DataError(msg)
    return tuple(_kind(column) for column in zip(*keys, strict=True))


def _kind(types: tuple[Any, ...]) -> str:
    from pyarrow import types as arrow  # noqa: PLC0415 - loaded only where an engine works

    whole = [arrow.is_integer(kind) or arrow.is_boolean(kind) for kind in types]
    broken = [arrow.is_floating(kind) or arrow.is_decimal(kind) for kind in types]
    if all(whole):
        return "whole"
    return "number" if all(map(max, whole, broken)) else "text"
