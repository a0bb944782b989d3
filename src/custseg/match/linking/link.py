"""Link the records of several sources: compare across them, cluster, and tell who is who."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.match.blocking.candidates import Which
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.edges import Edges, Rescore, each_pair
from custseg.match.clustering.grouping import Clustered, cluster
from custseg.match.clustering.settings import ANY, Clusters
from custseg.match.comparing.comparison import Comparison
from custseg.match.entities import Keyed
from custseg.match.evidence import evidence
from custseg.match.graph import shared
from custseg.match.keys import MatchKey, keys_of, rule_of
from custseg.match.linking.linked import Linked, LinkReport, overlaps
from custseg.match.linking.stacking import SOURCE, Stacked
from custseg.match.opened import Taught, needs_of
from custseg.match.reading import Once
from custseg.match.resolving import Weighed
from custseg.match.weighing.weights import chances

HIDDEN: Final = "\x1fsource"
"""The column of the sources while they are linked: no table has one of this name."""

Matched: TypeAlias = tuple[Edges, Rescore]


@attrs.frozen(eq=False)
class Linking:
    """One run over several sources.

    Attributes:
        rules: How records are matched.
        below: The sources, below each other.
        keyed: The keys of each rule.
        edges: The candidate pairs with their weights.
        rescore: Weighs any other pairs.
        bounds: What rules say.
    """

    rules: Taught
    below: Stacked
    keyed: tuple[Keyed, ...]
    edges: Edges
    rescore: Rescore
    bounds: Bounds

    @classmethod
    def of(
        cls, rules: Taught, below: Stacked, parted: tuple[Index, Index], *, which: Which
    ) -> "Linking":
        """Read and compare.

        Args:
            rules: How records are matched.
            below: The sources.
            parted: Pairs of rows that are never one customer.
            which: Which pairs are compared, by their sources.
        """
        columns = Once({**below.read(_read(rules)), HIDDEN: below.sources})
        keyed = tuple(Keyed(rule_of(key), keys_of(key, columns), rules.cap) for key in rules.keys)
        edges, rescore = _compared(rules, columns, which, len(below.rank))
        apart = [keys_of(key, columns) for key in rules.apart]
        if which == "within":
            apart.append(below.sources)
        same = tuple(Codes(shared(key.codes, key.cap).at, ()) for key in keyed)
        bounds = Bounds(same, tuple(apart), parted, below.sources)
        return cls(rules, below, keyed, edges, rescore, bounds)

    def clustered(self, settings: Clusters) -> Clustered:
        """Put the records together that are one customer."""
        return cluster(
            self.edges, self.below.rank, rescore=self.rescore, settings=settings, bounds=self.bounds
        )

    def told(self, found: Clustered, *, which: Which) -> Linked[Any]:
        """The tables and the report."""
        left, right = self._links(found, which)
        report = LinkReport(
            dict(zip(self.below.names, self.below.sizes, strict=True)),
            int(found.at.max(initial=-1)) + 1,
            len(left),
            overlaps(found.at, self.below.sources),
            self.below.lacking(_read(self.rules)),
            found.report,
        )
        build = self.below.tables[0].build
        return Linked(build(self._rows(left, right)), build(self._entities(found)), report)

    def _links(self, found: Clustered, which: Which) -> tuple[Index, Index]:
        """The pairs of records of one customer, by the places of their ids."""
        order = np.argsort(self.below.rank, kind="stable")
        one, two = each_pair(found.at[order])
        by = np.lexsort((two, one))
        left, right = order[one[by]], order[two[by]]
        at = self.below.sources.at
        kept = at[left] != at[right] if which == "across" else np.ones(len(left), dtype=np.bool_)
        return left[kept], right[kept]

    def _rows(self, left: Index, right: Index) -> dict[str, Any]:
        weight = self._weights(left, right)
        sides: dict[str, Any] = {}
        for side, rows in (("left", left), ("right", right)):
            at = self.below.sources.at[rows]
            sides[f"{side}_source"] = Codes(at, self.below.names, plain=True)
            sides[f"{side}_id"] = [self.below.given[row] for row in rows.tolist()]
        sides["match_rule"] = self._rule(left, right)
        sides["match_weight"] = weight
        sides["match_chance"] = np.where(np.isnan(weight), np.nan, chances(np.nan_to_num(weight)))
        return sides

    def _weights(self, left: Index, right: Index) -> Floats:
        if self.rules.learnt is None or not len(left):
            return np.full(len(left), np.nan)
        return self.rescore(left, right)

    def _rule(self, left: Index, right: Index) -> Codes:
        rule = np.full(len(left), -1, dtype=np.intp)
        for place in range(len(self.keyed) - 1, -1, -1):
            at = self.bounds.same[place].at
            rule[(at[left] >= 0) & (at[left] == at[right])] = place
        return Codes(rule, tuple(key.rule for key in self.keyed))

    def _entities(self, found: Clustered) -> dict[str, Any]:
        first = _first(found.at, self.below.rank)
        names = self.below.texts
        return {
            SOURCE: self.below.sources,
            "id": self.below.given,
            "entity_id": [names[row] for row in first[found.at].tolist()],
            "weakest_weight": np.where(np.isfinite(found.weakest), found.weakest, np.nan),
        }


@attrs.frozen(eq=False)
class _Compared:
    """How the records of several sources are compared."""

    passes: tuple[MatchKey, ...]
    comparisons: tuple[Comparison, ...]
    which: Which
    region: str | None
    block_cap: int
    source: str | None = HIDDEN


def _compared(rules: Taught, columns: Once, which: Which, records: int) -> Matched:
    none: Index = np.zeros(0, dtype=np.intp)
    if not rules.comparisons or rules.learnt is None:
        return Edges(none, none, np.zeros(0)), lambda left, _: np.zeros(len(left))
    told = _Compared(rules.passes, rules.comparisons, which, rules.region, rules.block_cap)
    found = evidence(told, columns, records)
    weighed = Weighed.of(found, rules.learnt.weights)
    return weighed.edges(), lambda left, right: found.between(weighed.weights, left, right)


def _read(rules: Taught) -> Sequence[str]:
    return [name for name in needs_of(rules) if name != rules.source]


def _first(group: Index, rank: Floats) -> Index:
    """The record of each group with the first rank."""
    order = np.argsort(rank, kind="stable")
    _, place = np.unique(group[order], return_index=True)
    return np.asarray(order[place])


def linked(
    rules: Taught,
    below: Stacked,
    *,
    which: Which,
    one_to_one: bool,
    parted: tuple[Index, Index],
) -> Linked[Any]:
    """Link the records of several sources.

    Args:
        rules: How records are matched.
        below: The sources.
        which: Which pairs are compared, by their sources.
        one_to_one: Whether every source holds each customer once.
        parted: Pairs of rows that are never one customer.
    """
    settings = attrs.evolve(rules.clusters, one_per=(ANY,)) if one_to_one else rules.clusters
    run = Linking.of(rules, below, parted, which=which)
    return run.told(run.clustered(settings), which=which)
