"""From weighed pairs to customers: hang together, weigh each with each, average linkage."""

from collections.abc import Iterator
from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.labels import label
from custseg.match.clustering.assignment import best_matches
from custseg.match.clustering.bounds import Bounds, apart_again, bound
from custseg.match.clustering.complete import batches, completed
from custseg.match.clustering.edges import Edges, Rescore
from custseg.match.clustering.guard import guarded
from custseg.match.clustering.linkage import BY_RULE, MUST, link
from custseg.match.clustering.settings import Clusters
from custseg.progress import tell

SURE: Final = 256.0
"""Where pairs only contend with each other, a rule weighs so many bits."""


@attrs.frozen
class ClusterReport:
    """What clustering did besides putting records together, in numbers.

    Attributes:
        chains: Groups of more records than are weighed each with each: their weakest pairs were
            left out until they fell apart.
        chained: Records of these groups.
        torn: Groups that a rule joins and another rule forbids: the one that forbids prevailed.
        full: Groups with parts that only the largest number of records keeps apart.
        weighed: Pairs weighed that were no candidates.

    >>> ClusterReport(chains=1, chained=5000).as_dict()["chained"]
    5000
    """

    chains: int = 0
    chained: int = 0
    torn: int = 0
    full: int = 0
    weighed: int = 0

    def as_dict(self) -> dict[str, int]:
        """Plain data."""
        return attrs.asdict(self)

    def lines(self, locale: str) -> Iterator[tuple[str, str]]:
        """What to read, as headings and words; nothing where no limit was met."""
        for name, count in self.as_dict().items():
            if count and name != "weighed":
                yield label(f"match.{name}", locale), f"{count:,}"


@attrs.frozen(eq=False)
class Clustered:
    """The customers behind the records.

    Attributes:
        at: The customer of each record, numbered by the first rank among its records.
        weakest: For each record the lowest average weight at which its customer came together:
            inf where rules alone did it, NaN where the record is alone.
        report: What else happened.
    """

    at: Index
    weakest: Floats
    report: ClusterReport


def cluster(
    edges: Edges,
    rank: Floats,
    *,
    rescore: Rescore,
    settings: Clusters | None = None,
    bounds: Bounds | None = None,
) -> Clustered:
    """Put records together that are one customer.

    What rules join stays together, what rules forbid stays apart even through others, and where
    they contradict each other the one that forbids prevails. The rest is decided by weights, as
    told at `Clusters`; of equal weights the records of the first ranks go first, so nothing depends
    on the order of the rows.

    Args:
        edges: Pairs with their weights: candidates of any weight, each once or more often.
        rank: The place of each record's id among all ids; NaN where it has none.
        rescore: Weighs pairs of rows that are not among the edges.
        settings: Thresholds and limits.
        bounds: What rules say.

    Returns:
        The customers, how surely each holds together, and what the limits did.

    >>> edges = Edges(np.array([0, 1]), np.array([1, 2]), np.array([9.0, 2.0]))
    >>> found = cluster(edges, np.arange(4.0), rescore=lambda a, b: np.full(len(a), -9.0))
    >>> found.at.tolist(), found.weakest.tolist(), found.report.weighed
    ([0, 0, 1, 2], [9.0, 9.0, nan, nan], 1)
    """
    told = settings or Clusters()
    order = np.argsort(rank, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    work = _Work(
        told,
        (bounds or Bounds()).taken(order),
        lambda left, right: rescore(order[left], order[right]),
    )
    found = work.run(edges.renumbered(place), len(rank))
    return attrs.evolve(found, at=found.at[place], weakest=found.weakest[place])


@attrs.frozen(eq=False)
class _Work:
    """One clustering; rows stand in the order of their ranks."""

    settings: Clusters
    bounds: Bounds
    rescore: Rescore

    def run(self, edges: Edges, records: int) -> Clustered:
        """Join by rules, look at what hangs together, and put parts together by weight."""
        most = self.settings.complete
        atom, torn = bound(_with_edges(self.bounds, edges, records), records, self.settings.one_per)
        edges = self._ruled(
            edges.and_these(*apart_again(self.bounds.same, atom, most)) if torn else edges
        )
        near = self._near(edges, atom)
        chained = guarded(near.renumbered(atom), np.bincount(atom, minlength=records), most)
        group = _dense(chained.group[atom], atom)
        known = edges.where((group[edges.left] >= 0) & (group[edges.left] == group[edges.right]))
        pairs, weighed = completed(group, atom, known.ordered(), self.rescore)
        head, level, full = self._linked(group, atom, self._ruled(pairs))
        report = ClusterReport(chained.chains, chained.records, torn, full, weighed)
        return Clustered(*_numbered(head[atom], level[atom]), report)

    def _near(self, edges: Edges, atom: Index) -> Edges:
        """The pairs that bring parts together to be looked at."""
        start = self.settings.start
        near = edges.where((edges.weight >= start) & (atom[edges.left] != atom[edges.right]))
        near = attrs.evolve(near, weight=np.minimum(near.weight, SURE))
        alone = self.bounds.alone(self.settings.one_per)
        return near if alone is None else best_matches(near.ordered(), alone, start)

    def _ruled(self, edges: Edges) -> Edges:
        """What rules say of pairs, instead of their evidence."""
        must = self.bounds.required(edges.left, edges.right)
        never = self.bounds.forbidden(edges.left, edges.right, self.settings.one_per)
        never |= edges.weight == -np.inf
        weight = np.where(must, MUST, np.minimum(edges.weight, MUST))
        return attrs.evolve(edges, weight=np.where(never, -np.inf, weight))

    def _linked(self, group: Index, atom: Index, pairs: Edges) -> tuple[Index, Floats, int]:
        head, level, full = atom.copy(), np.full(len(atom), np.nan), 0
        cut, largest = self.settings.cut, self.settings.largest
        for done, batch in enumerate(batches(group, atom, pairs)):
            tell("cluster", done)
            found = link(batch.weight, batch.sizes, cut=cut, largest=largest)
            head[batch.parts] = np.take_along_axis(batch.parts, found.label, axis=1)
            level[batch.parts] = found.level
            full += int(found.full.sum())
        return head, level, full


def _with_edges(bounds: Bounds, edges: Edges, records: int) -> Bounds:
    """The rules, with those that stand in the weights."""
    must, never = edges.where(edges.weight == np.inf), edges.where(edges.weight == -np.inf)
    same = (*bounds.same, Codes(must.groups(records), ())) if len(must) else bounds.same
    left, right = bounds.parted
    parted = np.concatenate([left, never.left]), np.concatenate([right, never.right])
    return attrs.evolve(bounds, same=same, parted=parted)


def _dense(group: Index, atom: Index) -> Index:
    """Groups of several parts numbered anew, -1 for the records of all others."""
    parts = np.bincount(group[atom == np.arange(len(atom))], minlength=len(group))
    several = parts > 1
    number = np.where(several, np.cumsum(several) - 1, -1)
    return np.asarray(number[group], dtype=np.intp)


def _numbered(head: Index, level: Floats) -> tuple[Index, Floats]:
    _, at, sizes = np.unique(head, return_inverse=True, return_counts=True)
    by_rule = (sizes[at] > 1) & ~(level < BY_RULE)
    return at, np.where(by_rule, np.inf, level)
