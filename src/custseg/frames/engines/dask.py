"""Dask: a DataFrame stays one; each partition is worked on as the pandas frame that it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import words
from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.engines.daskarrow import meta_of, schema_of
from custseg.frames.engines.daskjoin import counts_together, joined_lazily, joined_to_small
from custseg.frames.engines.daskpasses import DaskPasses
from custseg.frames.engines.fetching import NOTHING, FetchedTable
from custseg.frames.expression import Reader
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.passes import Passes
from custseg.frames.table import Attachable, Table
from custseg.rules import Rule, merged


@attrs.define(eq=False)
class DaskTable(FetchedTable):
    """A DataFrame of Dask.

    Attributes:
        frame: The DataFrame.
    """

    frame: Any

    scattered = True

    @property
    def engine(self) -> str:
        """Dask."""
        return "dask"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.frame.columns)

    @property
    def size(self) -> int:
        """Number of rows, counted by the workers."""
        with typed():
            return len(self.frame)

    @property
    def native(self) -> Any:
        """The caller's DataFrame."""
        return self.frame

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A new DataFrame of one partition."""
        return _of_pandas(eager_table(meta_of(self.frame)).build(columns), 1)

    def adopted(self, held: Any) -> Any:
        """An Arrow table as a DataFrame of one partition."""
        pd = optional("pandas")
        return _of_pandas(held.to_pandas(types_mapper=pd.ArrowDtype), 1)

    def kept(self) -> "DaskTable":
        """The workers keep the rows once they have worked them out."""
        with typed():
            return dask_table(self.frame.persist())

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """Each partition is evaluated where it is; index and divisions stay."""
        self.check(merged(rule.needs for rule in rules.values()))
        return self.mapped(_Pushed(rules))

    def labelled(self, words: Mapping[str, tuple[str, ...]]) -> Any:
        """Texts as ordered categories."""
        pd = optional("pandas")
        return self.frame.astype(
            {n: pd.CategoricalDtype(w, ordered=True) for n, w in words.items()}
        )

    def passes(self, name: str) -> Passes:
        """Aggregates of a column, added up by the workers."""
        self.check({name: "number"})
        return DaskPasses(self.frame, name, "dask")

    def latest(self, name: str) -> float:
        """The last day of a column, found by the workers."""
        self.check({name: "day"})
        ask = optional("dask", extra="dask").delayed(_Latest(name), pure=True)
        with typed():
            found = optional("dask", extra="dask").compute(
                *(ask(part) for part in self.frame[[name]].to_delayed())
            )
        known = [day for day in found if not np.isnan(day)]
        return max(known, default=np.nan)

    def counted(self, by: Iterable[str] | str) -> EagerTable:
        """Count in each partition; one row a group and partition leaves it."""
        names = words(by)
        self.require(names)
        with typed():
            found = counts_together(self.frame, names)
        noted("dask", len(found), names, sums=True)
        return eager_table(found)

    def mapped(self, work: Callable[[Any], Any]) -> Any:
        """What a function makes of each partition, row for row.

        Args:
            work: A pandas frame -> a pandas frame; it is importable by name.
        """
        return self.frame.map_partitions(work, meta=work(meta_of(self.frame)))

    def check(self, needs: Mapping[str, Any]) -> None:
        """Refuse columns that do not hold what is needed.

        Args:
            needs: Column -> number, day or text.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A text is needed as a number, or a number as a day.
        """
        self.require(needs)
        reader = Reader(nw.from_native(meta_of(self.frame), eager_only=True).schema)
        for name, kind in needs.items():
            reader.check(name, kind)

    def _joined(self, other: Table[Any], on: Mapping[str, str], names: tuple[str, ...]) -> Any:
        """A table in memory is joined to each partition; one of Dask by a shuffle."""
        if other.lazy:
            return joined_lazily(self.frame, other.native, on, names)
        return self.mapped(joined_to_small(other, on, names))

    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        with typed():
            held = self.frame[list(names)].compute()
        noted("dask", len(held), names)
        return eager_table(held)

    def _nothing(self, names: tuple[str, ...]) -> EagerTable:
        return eager_table(schema_of(self.frame, names).empty_table())

    def _passing(self, names: tuple[str, ...], rows: int) -> Iterator[EagerTable]:
        del rows  # partition by partition
        for part in self.frame[list(names)].to_delayed():
            with typed():
                held = eager_table(part.compute())
            noted("dask", held.size, names, streamed=True)
            yield held

    def _lazy_again(self, held: Any, new: Mapping[str, Attachable] = NOTHING) -> Any:
        del new
        return _of_pandas(held, self.frame.npartitions)


@attrs.frozen(eq=False)
class _Pushed:
    """Rules on one partition.

    Attributes:
        rules: Output column -> tree.
    """

    rules: Mapping[str, Rule]

    def __call__(self, part: Any) -> Any:
        """Add their columns."""
        return eager_table(part).push(self.rules)


@attrs.frozen(eq=False)
class _Latest:
    """The last day of one partition.

    Attributes:
        name: The column.
    """

    name: str

    def __call__(self, part: Any) -> float:
        """NaN where there is none."""
        return eager_table(part).latest(self.name)


def _of_pandas(held: Any, parts: int) -> Any:
    return optional("dask.dataframe", extra="dask").from_pandas(held, npartitions=parts, sort=False)


def dask_table(native: Any) -> DaskTable:
    """Open a DataFrame of Dask.

    Args:
        native: The DataFrame.
    """
    return DaskTable(native)
