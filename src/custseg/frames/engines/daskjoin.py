"""Joins and counts of Dask: in each partition first."""

from collections.abc import Mapping
from typing import Any

import attrs

from custseg.frames.arrowed import arrowed
from custseg.frames.eager import eager_table
from custseg.frames.engines.daskarrow import meta_of
from custseg.frames.matching import refuse_repeated
from custseg.frames.optional import optional
from custseg.frames.table import Table


@attrs.frozen(eq=False)
class SmallJoin:
    """A small table joined to one partition; its rows keep their order and index.

    Attributes:
        other: A pandas frame.
        keys: Column of the partition -> column of the small table.
        names: The columns to add.
    """

    other: Any
    keys: Mapping[str, str]
    names: tuple[str, ...]

    def __call__(self, part: Any) -> Any:
        """Add the columns."""
        other = eager_table(self.other)
        return eager_table(part).joined(
            other, tuple(self.keys), self.names, theirs=tuple(self.keys.values())
        )


def joined_to_small(
    other: Table[Any], keys: Mapping[str, str], names: tuple[str, ...]
) -> SmallJoin:
    """The join of a table in memory.

    Args:
        other: The opened table.
        keys: Column -> column of the other table.
        names: The columns to add.

    Raises:
        DataError: A key stands in several rows.
    """
    theirs = tuple(keys.values())
    refuse_repeated(other, theirs)
    held = arrowed(other, (*theirs, *names)).to_pandas(date_as_object=False)
    return SmallJoin(held.astype(_lasting(held)), keys, names)


def joined_lazily(frame: Any, other: Any, keys: Mapping[str, str], names: tuple[str, ...]) -> Any:
    """The join of another DataFrame of Dask, which holds each key once.

    Args:
        frame: The DataFrame that keeps its rows; its index is not kept.
        other: The other.
        keys: Column -> column of the other.
        names: The columns to add.
    """
    spare = {name: f"__custseg_{at}" for at, name in enumerate((*keys.values(), *names))}
    theirs = other[list(dict.fromkeys((*keys.values(), *names)))].dropna(subset=[*keys.values()])
    types = _lasting(meta_of(theirs)[list(names)]) | _fitting(meta_of(frame), meta_of(theirs), keys)
    right = [spare[name] for name in keys.values()]
    theirs = theirs.astype(types).rename(columns=spare)
    made = frame.merge(theirs, how="left", left_on=list(keys), right_on=right)
    found = {name: made[spare[name]] for name in names}
    return made.assign(**found).drop(columns=list(spare.values()))


def _fitting(mine: Any, other: Any, keys: Mapping[str, str]) -> dict[str, Any]:
    """The types of my keys, where pandas has several for the same whole numbers or texts."""
    from pandas.api.types import is_string_dtype  # noqa: PLC0415 - loaded only where Dask is

    found = {}
    for here, there in keys.items():
        left, right = mine[here].dtype, other[there].dtype
        whole = {getattr(left, "kind", ""), getattr(right, "kind", "")} <= set("iu")
        texts = is_string_dtype(left) and is_string_dtype(right)
        if left != right and (whole or texts):
            found[there] = left
    return found


def _lasting(held: Any) -> dict[str, Any]:
    """Types that stay the same where nothing is found: whole numbers would become floats."""
    pd = optional("pandas")
    kinds = {"i": pd.Int64Dtype(), "u": pd.UInt64Dtype(), "b": pd.BooleanDtype()}
    return {n: kinds[d.kind] for n, d in held.dtypes.items() if getattr(d, "kind", "") in kinds}


@attrs.frozen(eq=False)
class _Count:
    """How many rows of one partition are alike.

    Attributes:
        names: The columns.
    """

    names: tuple[str, ...]

    def __call__(self, part: Any) -> Any:
        """One row a group."""
        return eager_table(part).counted(self.names).native


def counts_together(frame: Any, names: tuple[str, ...]) -> Any:
    """How many rows are alike, as a pandas frame.

    Args:
        frame: The DataFrame.
        names: The columns.
    """
    dask, pd = optional("dask", extra="dask"), optional("pandas")
    ask = dask.delayed(_Count(names), pure=True)
    parts = dask.compute(*(ask(part) for part in frame[list(names)].to_delayed()))
    held = pd.concat(parts, ignore_index=True)
    if not names:
        return pd.DataFrame({"n": [int(held["n"].sum())]})
    groups = held.groupby(list(names), dropna=False, sort=False, observed=True)
    return groups["n"].sum().reset_index()
