"""Rows that share a value, in Dask: counted and merged by its own frames."""

from collections.abc import Sequence
from typing import Any

import attrs

from custseg.frames.optional import optional
from custseg.frames.parts.joins import Crowds


@attrs.frozen(eq=False)
class DaskCrowds(Crowds):
    """A data frame of Dask."""

    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share."""
        frame = self.opened.native
        parts = []
        for place, (name, cap) in enumerate(zip(names, most, strict=True)):
            counts = self._counts(name)
            counts = counts[(counts["held"] > 1) & (counts["held"] <= cap)]
            mine = frame[list(dict.fromkeys((*columns, name)))].assign(
                block=lambda part, name=name: part[name]
            )
            found = mine.merge(counts[["block"]], on="block").assign(place=place)
            parts.append(found[["place", "block", *columns]])
        return self._below(parts)

    def _sizes(self, names: tuple[str, ...]) -> Any:
        parts = []
        for place, name in enumerate(names):
            held = self._counts(name).groupby("held").size().rename("blocks").reset_index()
            parts.append(held.assign(place=place)[["place", "held", "blocks"]])
        return self._below(parts)

    def _above(self, names: tuple[str, ...], least: tuple[int, ...]) -> Any:
        parts = []
        for place, (name, bar) in enumerate(zip(names, least, strict=True)):
            counts = self._counts(name)
            counts = counts[counts["held"] > bar]
            parts.append(counts.assign(place=place)[["place", "block", "held"]])
        return self._below(parts)

    def _counts(self, name: str) -> Any:
        marks = self.opened.native[[name]].rename(columns={name: "block"})
        return marks[marks["block"] != 0].groupby("block").size().rename("held").reset_index()

    def _below(self, parts: list[Any]) -> Any:
        return optional("dask.dataframe", extra="dask").concat(parts)

    def _held(self, native: Any) -> Any:
        return native.compute().reset_index(drop=True)
