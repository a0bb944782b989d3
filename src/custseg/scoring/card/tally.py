"""How do the points of one record add up, and what does one more point change?"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg.scoring.card.groups import Layout
from custseg.scoring.card.reach import clamp

Sums: TypeAlias = tuple[list[int], list[int]]
"""Of each node, what adds up in it and what its limits leave of that."""


@attrs.frozen(eq=False)
class Tally:
    """A layout as arrays: every group is a node, those within it come first, the score is last.

    Attributes:
        layout: How the factors add up.
    """

    layout: Layout

    @cached_property
    def names(self) -> tuple[str | None, ...]:
        """The groups, and ``None`` for the score."""
        outer = [group for group in self.layout.groups if group.group is None]
        order: list[str | None] = []
        while outer:
            order += [group.name for group in outer]
            within = {group.name for group in outer}
            outer = [group for group in self.layout.groups if group.group in within]
        return (*reversed(order), None)

    @cached_property
    def _homes(self) -> tuple[int, ...]:
        """The node of each factor."""
        return tuple(self.names.index(factor.group) for factor in self.layout.factors)

    @cached_property
    def _nodes(self) -> tuple[tuple[int | None, int | None, int], ...]:
        """Least, most and the node above of each node; the score has none."""
        limits = {group.name: (*group.limits, group.group) for group in self.layout.groups}
        inner = [limits[name] for name in self.names if name is not None]
        made = [(low, high, self.names.index(above)) for low, high, above in inner]
        return (*made, (*self.layout.limits, -1))

    def add(self, points: Sequence[int]) -> Sums:
        """Add up the points of each factor, in their order.

        Returns:
            Of each node what adds up, and what is left of it; the last of both is the score.
        """
        raw = [0] * len(self.names)
        raw[-1] = self.layout.base
        for home, worth in zip(self._homes, points, strict=True):
            raw[home] += worth
        kept = raw.copy()
        for node, (low, high, above) in enumerate(self._nodes):
            total = raw[node]
            if low is not None and total < low:
                total = low
            elif high is not None and total > high:
                total = high
            kept[node] = total
            if above >= 0:
                raw[above] += total
        return raw, kept

    def changes(self, sums: Sums) -> list[tuple[str | None, int]]:
        """What each limit changed; ``None`` is the limit of the score."""
        pairs = zip(self.names, *sums, strict=True)
        return [(name, kept - raw) for name, raw, kept in pairs if kept != raw]

    def cut(self, points: NDArray[np.int32]) -> dict[str | None, NDArray[np.int64]]:
        """What the limits change of many rows; only of the groups, and the score, that have some.

        Args:
            points: Whole hundredths, a row a customer, a column a factor.
        """
        raw: list[Any] = [0] * len(self.names)
        raw[-1] = self.layout.base
        for place, home in enumerate(self._homes):
            raw[home] = raw[home] + points[:, place].astype(np.int64)
        changed: dict[str | None, NDArray[np.int64]] = {}
        for node, (low, high, above) in enumerate(self._nodes):
            kept = raw[node]
            if (low, high) != (None, None):
                kept = np.clip(raw[node], low, high)
                changed[self.names[node]] = kept - raw[node]
            if above >= 0:
                raw[above] = raw[above] + kept
        return changed

    def lift(self, sums: Sums, factor: int, by: int) -> None:
        """Give one factor more points, in place."""
        raw, kept = sums
        node = self._homes[factor]
        while node >= 0 and by:
            low, high, above = self._nodes[node]
            raw[node] += by
            left = clamp(raw[node], low, high)
            by, kept[node] = left - kept[node], left
            node = above

    def within(self, name: str | None) -> tuple[int, ...]:
        """The places of the factors that count in a group, or in the score."""
        above = {group.name: group.group for group in self.layout.groups}
        found: list[int] = []
        for place, factor in enumerate(self.layout.factors):
            home = factor.group
            while home != name and home is not None:
                home = above[home]
            if home == name:
                found.append(place)
        return tuple(found)
