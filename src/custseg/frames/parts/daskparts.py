"""Tables of Dask shuffled alike: all rows of a key are in the partition of one number."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from custseg.frames.arrowed import arrowed
from custseg.frames.engines.daskarrow import meta_of, schema_of
from custseg.frames.optional import optional
from custseg.frames.parts.hashing import kinds_of, mixed
from custseg.frames.parts.shares import Share

_CELL: Final = "__custseg_cell"


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
        kinds = kinds_of([[schemas[n].field(k).type for k in s.key] for n, s in given.items()])
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
        return part.assign(**{_CELL: mixed([part[name] for name in self.key], self.kinds)})
