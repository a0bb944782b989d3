"""Rows that share a value, in Dask: counted and merged by its own frames."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg.frames.parts.joins import BLOCK, PLACE, Crowds

_KEY = [PLACE, BLOCK]
_TOLD = {PLACE: "place", BLOCK: "block"}


@attrs.frozen(eq=False)
class DaskCrowds(Crowds):
    """A data frame of Dask."""

    def only(self, names: Sequence[str]) -> Any:
        """A native lazy table of some columns."""
        return self.opened.native[list(names)]

    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share."""
        counts = self._counts(tuple(names)).map_partitions(_within, tuple(most))
        rows = self._long(tuple(names), tuple(columns))
        return rows.merge(counts[_KEY], on=_KEY)[[*_KEY, *columns]]

    def _sizes(self, names: tuple[str, ...]) -> Any:
        counts = self._counts(names).groupby([PLACE, "held"]).size()
        return counts.rename("blocks").reset_index().rename(columns=_TOLD)

    def _above(self, names: tuple[str, ...], least: tuple[int, ...]) -> Any:
        return self._counts(names).map_partitions(_beyond, least).rename(columns=_TOLD)

    def _counts(self, names: tuple[str, ...]) -> Any:
        counts = self._long(names, ()).groupby(_KEY).size(split_out=self.opened.native.npartitions)
        return counts.rename("held").reset_index()

    def _long(self, names: tuple[str, ...], columns: tuple[str, ...]) -> Any:
        """A row for each row and column."""
        return self.opened.native.map_partitions(_melted, names, columns)

    def _held(self, native: Any) -> Any:
        return native.compute().reset_index(drop=True)


def _melted(part: Any, names: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    """The rows of a partition once for each column that is not 0."""
    rows = np.tile(np.arange(len(part)), len(names))
    block = np.concatenate([np.zeros(0, np.int64), *(_whole(part[n]) for n in names)])
    kept = np.flatnonzero(block)
    place = np.repeat(np.arange(len(names)), len(part))
    made = part[list(columns)].iloc[rows[kept]].reset_index(drop=True)
    return made.assign(**{PLACE: place[kept], BLOCK: block[kept]})


def _whole(column: Any) -> Any:
    return column.to_numpy(np.int64, na_value=0)


def _within(counts: Any, most: tuple[int, ...]) -> Any:
    caps = np.array(most, dtype=np.int64)[_whole(counts[PLACE])]
    return counts[(counts["held"] > 1) & (counts["held"] <= caps)]


def _beyond(counts: Any, least: tuple[int, ...]) -> Any:
    bars = np.array(least, dtype=np.int64)[_whole(counts[PLACE])]
    return counts[counts["held"] > bars]
