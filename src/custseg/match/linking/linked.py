"""What linking found: the pairs between sources, the customers, and how the sources overlap."""

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs
import numpy as np

from custseg._typing import Codes, Index
from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.clustering.grouping import ClusterReport
from custseg.showing import Shown

T = TypeVar("T")


@attrs.frozen
class LinkReport(Shown):
    """The outcome of linking several sources, in numbers.

    Attributes:
        records: Records of each source.
        entities: Customers found.
        links: Pairs of records that are one customer.
        overlaps: Sources and how many customers are known to exactly these, the most first.
        lacking: Columns that matching reads and a source lacks.
        clusters: What clustering did besides.

    >>> report = LinkReport({"erp": 2, "shop": 1}, 2, 1, ((("erp", "shop"), 1), (("erp",), 1)))
    >>> print(report.text())
    records of erp: 2
    records of shop: 1
    customers: 2
    links: 1
    customers known to erp + shop: 1
    customers known to erp: 1
    """

    records: Mapping[str, int]
    entities: int
    links: int
    overlaps: tuple[tuple[tuple[str, ...], int], ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    clusters: ClusterReport = attrs.field(factory=ClusterReport)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "records": dict(self.records),
            "entities": self.entities,
            "links": self.links,
            "overlaps": [{"sources": list(s), "entities": n} for s, n in self.overlaps],
            "lacking": {source: list(columns) for source, columns in self.lacking.items()},
            "clusters": self.clusters.as_dict(),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        for source, count in self.records.items():
            yield label("match.records_of", locale).format(source=source), f"{count:,}"
        yield label("match.entities", locale), f"{self.entities:,}"
        yield label("match.links", locale), f"{self.links:,}"
        for sources, count in self.overlaps:
            known = label("match.known_to", locale).format(source=" + ".join(sources))
            yield known, f"{count:,}"
        for source, columns in self.lacking.items():
            yield label("match.lacking", locale).format(source=source), ", ".join(columns)
        yield from self.clusters.lines(locale)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


@attrs.frozen(eq=False)
class Linked(Tabled, Generic[T]):
    """Records of several sources that know who they are.

    Attributes:
        links: One row for each two records that are one customer: their sources and ids, the first
            rule that they share (``match_rule``), what they weigh (``match_weight``, in bits) and
            how probable that makes them (``match_chance``).
        entities: One row for each record: ``source``, its id and ``entity_id``, which is the source
            and id of its customer's first record, such as ``erp:17``; libraries of Arrow read
            these.
        report: What was found, in numbers.

    >>> from custseg.match import Dedupe, ExactKey
    >>> matcher = Dedupe((ExactKey("email", read="email"),), id="id").fit([])
    >>> found = matcher.link(
    ...     {"erp": [{"id": 1, "email": "a@x.cn"}], "shop": [{"id": 7, "email": "A@x.cn"}]}
    ... )
    >>> [one["entity_id"] for one in found.entities], found.links[0]["match_rule"]
    (['erp:1', 'erp:1'], 'email')
    """

    links: T
    entities: T
    report: LinkReport

    def _native(self) -> T:
        return self.entities


def overlaps(group: Index, sources: Codes) -> tuple[tuple[tuple[str, ...], int], ...]:
    """How many customers are known to exactly which sources, the most first.

    Args:
        group: The customer of each record, numbered without gaps.
        sources: Where each record comes from.

    >>> overlaps(np.array([0, 0, 1]), Codes(np.array([0, 1, 0]), ("erp", "shop")))
    ((('erp',), 1), (('erp', 'shop'), 1))
    """
    known = np.zeros((int(group.max(initial=-1)) + 1, len(sources.words)), dtype=np.bool_)
    known[group, sources.at] = True
    _, first, counts = np.unique(
        np.packbits(known, axis=1), axis=0, return_index=True, return_counts=True
    )
    found = [
        (tuple(sorted(sources.words[at] for at in np.flatnonzero(known[row]))), int(count))
        for row, count in zip(first, counts, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
