"""The order of customers as far as it decides anything: buckets of it, and a few rows between."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.planning.counting.census import COUNT, NAME, whole_numbers
from custseg.allocate.planning.counting.placing import KIND, ordering
from custseg.allocate.planning.settings import Settings
from custseg.allocate.wishing.sides import canonical, unique_ids
from custseg.frames import Table, table
from custseg.frames.parts import Share, totals

BUCKET: Final = "__custseg_bucket"

_SAMPLE: Final = 64


@attrs.frozen(eq=False)
class Places:
    """Where customers stand in the order of priority: what decides that, as it travels.

    Attributes:
        ids: Ids.
        ranks: Their ranks, the first counts most.
    """

    ids: list[object]
    ranks: tuple[Floats, ...]

    @classmethod
    def of(cls, told: Settings, people: Table[Any]) -> "Places":
        """Read them off a table."""
        columns = people.read(ordering(told))
        ranks = tuple(rule.ranks(columns) for rule in told.priority)
        return cls(unique_ids(people, told.customer_id), ranks)

    @property
    def order(self) -> Index:
        """The rows in order."""
        return canonical(self.ids, self.ranks)

    def some(self, rows: Index) -> "Places":
        """Some of them."""
        ids = [self.ids[row] for row in rows.tolist()]
        return Places(ids, tuple(rank[rows] for rank in self.ranks))

    def behind(self, edges: "Places") -> Index:
        """How many of some edges stand before each."""
        size = len(self.ids)
        ranks = zip(self.ranks, edges.ranks, strict=True)
        both = Places([*self.ids, *edges.ids], tuple(np.concatenate(two) for two in ranks))
        order = both.order
        out = np.empty(order.size, dtype=np.intp)
        out[order] = np.cumsum(order >= size)
        return out[:size]


@attrs.frozen(eq=False)
class Line:
    """Work on customers who compete for too few places: where they stand in the order.

    Attributes:
        told: What the allocation was told.
        kinds: For each kind its number among those that compete, else -1; -1 at the end.
        edges: Where buckets of the order begin; ``None``: tell a sample of the order.
        some: Tell the customers of these buckets; ``None``: count them all by bucket and kind.
    """

    told: Settings
    kinds: Index
    edges: Places | None = None
    some: tuple[int, ...] | None = None

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """A sample, counts, or the customers of some buckets."""
        people, told = given[NAME], self.told
        kinds = self.kinds[np.maximum(whole_numbers(people, KIND), -1)]
        rows = np.flatnonzero(kinds >= 0)
        kinds = kinds[rows]
        some = table(people.take(rows)).select([told.customer_id, *ordering(told)])
        places = Places.of(told, some)
        if self.edges is None:
            step = max(1, rows.size // _SAMPLE)
            return some.take(places.order[step // 2 :: step][:_SAMPLE])
        bucket = places.behind(self.edges)
        if self.some is None:
            wide = len(self.kinds)
            there, many = np.unique(bucket * wide + kinds, return_counts=True)
            at, of = np.divmod(there, wide)
            return some.build(
                {
                    BUCKET: at.astype(np.int64),
                    KIND: of.astype(np.int64),
                    COUNT: many.astype(np.int64),
                }
            )
        here = np.flatnonzero(np.isin(bucket, self.some))
        told_so = {BUCKET: bucket[here], KIND: kinds[here]}
        held = table(some.take(here))
        return held.attach({name: one.astype(np.int64) for name, one in told_so.items()})


@attrs.frozen(eq=False)
class Queue:
    """Those who compete, in their engine.

    Attributes:
        people: Ids, what decides their order, and kinds.
        line: How they are asked.
    """

    people: Table[Any]
    line: Line

    def sampled(self) -> "Queue":
        """The same with buckets, by a sample of the order; what comes of it is always the same."""
        found = Places.of(self.line.told, self._asked(self.line))
        return attrs.evolve(self, line=attrs.evolve(self.line, edges=found.some(found.order)))

    def counts(self, size: int) -> Ints:
        """How many of each kind stand in each bucket.

        Args:
            size: How many kinds compete.
        """
        edges = self.line.edges
        found = self._asked(self.line)
        out = np.zeros((len(edges.ids) + 1 if edges else 1, size), dtype=np.int64)
        at = whole_numbers(found, BUCKET), whole_numbers(found, KIND)
        np.add.at(out, at, whole_numbers(found, COUNT))
        return out

    def within(self, buckets: list[int]) -> dict[int, Index]:
        """The competing kinds of the customers of some buckets, in their order.

        Args:
            buckets: Which.
        """
        if not buckets:
            return {}
        found = self._asked(attrs.evolve(self.line, some=tuple(buckets)))
        order = Places.of(self.line.told, found).order
        at, kinds = whole_numbers(found, BUCKET)[order], whole_numbers(found, KIND)[order]
        return {bucket: kinds[at == bucket] for bucket in buckets}

    def _asked(self, line: Line) -> Table[Any]:
        share = Share(self.people, line.told.customer_id, self.people.columns)
        return totals({NAME: share}, line)
