"""One table on its way through matching: read once, compared once, and resolved."""

from collections.abc import Iterator
from math import fsum
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes, Floats, Index, Ints, Kind, Needs
from custseg.frames import Table
from custseg.match.blocking.passes import names_of, word_of
from custseg.match.blocking.recall import recall_bound
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.settings import Clusters
from custseg.match.entities import Entities, Keyed, entities
from custseg.match.evidence import Evidence, Evidential, evidence, source_of, taught
from custseg.match.graph import shared
from custseg.match.ids import Ids, ids_of
from custseg.match.keys import MatchKey, keys_of, rule_of
from custseg.match.parting import Apart, parted
from custseg.match.reading import Once
from custseg.match.report import PassReport, SkippedKey, Weighing
from custseg.match.resolving import Weighed, resolved, ruled
from custseg.match.weighing.learning import Learnt
from custseg.match.weighing.weights import HUNDREDTHS, chances

SAME_ID = "same_id"
_NONE: Index = np.zeros(0, dtype=np.intp)
SHOWN = 10
"""The keys of a pass that are named one by one, the most shared first."""


class Ruled(Evidential, Protocol):
    """The settings by which records become customers."""

    @property
    def keys(self) -> tuple[MatchKey, ...]:
        """What makes records one customer."""
        ...

    @property
    def apart(self) -> tuple[MatchKey, ...]:
        """What keeps records apart."""
        ...

    @property
    def clusters(self) -> Clusters:
        """How weighed pairs become customers."""
        ...

    @property
    def id(self) -> str | None:
        """The column with the ids."""
        ...

    @property
    def cap(self) -> int:
        """The most records that may share a key."""
        ...

    @property
    def repeated_ids(self) -> str:
        """What to do with ids that come again."""
        ...


class Taught(Ruled, Protocol):
    """The same, with what was learnt."""

    @property
    def learnt(self) -> Learnt | None:
        """The weights."""
        ...


def needs_of(rules: Ruled) -> Needs:
    """The columns that keys, passes and comparisons read, each as text."""
    return dict.fromkeys(_columns_of(rules), _TEXT)


_TEXT: Kind = "text"


def _columns_of(rules: Ruled) -> Iterator[str]:
    for key in (*rules.keys, *rules.passes, *rules.apart):
        yield from key.needs
    for one in rules.comparisons:
        yield from one.columns
    if rules.source is not None:
        yield rules.source


@attrs.frozen(eq=False)
class Opened:
    """A table whose columns were read.

    Attributes:
        table: The table.
        ids: The ids of its records.
        columns: Its columns in the forms that were asked for.
        found: Its pairs, compared; None if only keys decide.
        parted: Pairs of rows that are never one customer.
    """

    table: Table[Any]
    ids: Ids
    columns: Once
    found: Evidence | None = None
    parted: tuple[Index, Index] = (_NONE, _NONE)

    @classmethod
    def of(cls, rules: Ruled, table: Table[Any], apart: Apart = ()) -> "Opened":
        """Read a table, and compare its pairs if there is something to compare.

        Args:
            rules: How.
            table: The table.
            apart: Pairs of ids of records that are never one customer.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, and that is not to be merged; or the ids of all
                pairs are of another type.
        """
        ids = ids_of(table, rules.id)
        if rules.repeated_ids != "merge":
            ids.refuse_repeats()
        columns = Once(table.read(needs_of(rules)))
        compared = evidence(rules, columns, len(ids.at)) if rules.comparisons else None
        return cls(table, ids, columns, compared, parted(apart, ids.at, ids.held.values))

    def taught(self, rules: Ruled, *, shared: tuple[str, ...] = ()) -> Learnt | None:
        """What the pairs teach; None if nothing is compared.

        Args:
            rules: How they were found and compared.
            shared: The comparisons of what a family or an office shares.
        """
        return None if self.found is None else taught(rules, self.found, shared=shared)

    def entities(self, rules: Taught) -> Entities:
        """Who is one customer.

        Args:
            rules: How, with the weights.
        """
        keyed = [Keyed(rule_of(key), keys_of(key, self.columns), rules.cap) for key in rules.keys]
        if rules.repeated_ids == "merge":
            keyed.insert(0, _same_id(self.ids))
        return self.grouped(rules, keyed)

    def grouped(self, rules: Taught, keyed: list[Keyed]) -> Entities:
        """Who is one customer, the keys of the records being known.

        Args:
            rules: How, with the weights.
            keyed: The keys.
        """
        if self.found is None or rules.learnt is None:
            return self._by_keys(rules, keyed)
        weighed = Weighed.of(self.found, rules.learnt.weights)
        made = resolved(
            weighed,
            self.ids.rank,
            self.bounds(rules, keyed),
            passes=names_of(rules.passes),
            settings=rules.clusters,
        )
        done = entities(keyed, self.ids.rank, made)
        told = attrs.evolve(self._weighing(rules, weighed), clusters=made.report)
        skipped = (*done.report.skipped, *self._skipped(rules, self.found))
        ordered = sorted(skipped, key=lambda one: (-one.records, one.rule, one.key))
        report = attrs.evolve(done.report, skipped=tuple(ordered), weighing=told)
        return attrs.evolve(done, report=report)

    def _by_keys(self, rules: Ruled, keyed: list[Keyed]) -> Entities:
        """Who is one customer if nothing is weighed."""
        bounds = self.bounds(rules, keyed)
        free = not bounds.apart and not len(self.parted[0])
        if free and bounds.alone(rules.clusters.one_per) is None:
            return entities(keyed, self.ids.rank)
        made = ruled(self.ids.rank, bounds, rules.clusters)
        done = attrs.evolve(entities(keyed, self.ids.rank, made), chance=None)
        if not made.report.torn:
            return done
        report = attrs.evolve(done.report, weighing=Weighing(clusters=made.report))
        return attrs.evolve(done, report=report)

    def bounds(self, rules: Ruled, keyed: list[Keyed]) -> Bounds:
        """What rules say of the records.

        Args:
            rules: The rules.
            keyed: The keys of those that make records one customer.
        """
        same = tuple(Codes(shared(key.codes, key.cap).at, ()) for key in keyed)
        apart = tuple(keys_of(key, self.columns) for key in rules.apart)
        sources = source_of(rules, self.columns)
        return Bounds(same=same, apart=apart, parted=self.parted, source=sources)

    def _weighing(self, rules: Taught, weighed: Weighed) -> Weighing:
        told, masks, likely = expected(weighed.found.pairs.passes, weighed.bits)
        passes = tuple(
            PassReport(
                rule_of(key),
                count.records,
                count.pairs,
                count.largest,
                len(count.over),
                sum(one.records for one in count.over),
            )
            for key, count in zip(rules.passes, weighed.found.counts, strict=True)
        )
        return Weighing(
            passes,
            told,
            fsum(likely.tolist()),
            recall_bound(masks, likely, len(passes)),
            doubts=rules.learnt.warnings if rules.learnt else (),
        )

    def _skipped(self, rules: Ruled, found: Evidence) -> Iterator[SkippedKey]:
        for key, count in zip(rules.passes, found.counts, strict=True):
            few = count.over[: SHOWN + 1]
            bar = few[-1].records if len(few) > SHOWN else 0  # equal ones are shown, or none
            for one in (one for one in few if one.records > bar):
                word = word_of(key, self.columns, one.row)
                yield SkippedKey(rule_of(key), one.records, word)


def expected(masks: NDArray[np.integer], bits: Floats) -> tuple[int, Ints, Floats]:
    """How many pairs there are; of each kind its passes, and how many are of one customer.

    Args:
        masks: The passes of each pair, as bits.
        bits: The weight of each.
    """
    whole = np.rint(bits * HUNDREDTHS).astype(np.int64)
    low = int(whole.min(initial=0))
    span = int(whole.max(initial=0)) - low + 1
    kinds, times = np.unique(masks.astype(np.int64) * span + (whole - low), return_counts=True)
    return expected_of(kinds // span, (kinds % span + low), times)


def expected_of(masks: Ints, hundredths: Ints, times: Ints) -> tuple[int, Ints, Floats]:
    """The same from kinds of pairs that were counted.

    Args:
        masks: The passes of each kind.
        hundredths: Its weight in hundredths of a bit.
        times: How many pairs are of it.
    """
    return int(times.sum()), masks, chances(hundredths / HUNDREDTHS) * times


def _same_id(ids: Ids) -> Keyed:
    codes = Codes(ids.at, tuple(map(str, ids.held.values)))
    return Keyed(SAME_ID, codes, max(len(ids.at), 2))
