"""What the pairs of one table show: candidates, their levels, and what these teach and weigh."""

import logging
from collections.abc import Sequence
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes, Floats, Index
from custseg.match.blocking.candidates import Pairs, PassCount, Which, candidates
from custseg.match.blocking.passes import fixed, most_pairs, pass_codes
from custseg.match.comparing.comparison import Comparison, Prepared
from custseg.match.keys import MatchKey
from custseg.match.reading import Once, texts
from custseg.match.weighing.bits import Common, Levels, rarer_of, weigh, weighed
from custseg.match.weighing.learning import Learnt, learn
from custseg.match.weighing.patterns import Patterns, patterns
from custseg.match.weighing.related import with_related
from custseg.match.weighing.weights import Weights
from custseg.progress import each

_LOG = logging.getLogger(__name__)


class Evidential(Protocol):
    """The settings by which pairs are found and compared: a spec has them, and so has a matcher."""

    @property
    def passes(self) -> tuple[MatchKey, ...]:
        """Under which keys pairs are looked for."""
        ...

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """In what respects they are compared."""
        ...

    @property
    def source(self) -> str | None:
        """The column that says where a record comes from."""
        ...

    @property
    def which(self) -> Which:
        """Which pairs are looked for, by their sources."""
        ...

    @property
    def region(self) -> str | None:
        """Where a phone number without a country code belongs."""
        ...

    @property
    def block_cap(self) -> int:
        """The most records of a block."""
        ...


@attrs.frozen(eq=False)
class Evidence:
    """The candidate pairs of one table, compared.

    Attributes:
        records: How many records the table has.
        pairs: The pairs.
        counts: What each pass does.
        prepared: The table's side of each comparison.
        levels: For each comparison the level of each pair.
        sources: Where each record comes from, if that is known.
        common: For each comparison how common the records' values are, if that was counted among
            more records than these.
    """

    records: int
    pairs: Pairs
    counts: tuple[PassCount, ...]
    prepared: tuple[Prepared, ...]
    levels: tuple[NDArray[np.int8], ...]
    sources: Codes | None = None
    common: tuple[Common | None, ...] | None = None

    def weights(self, weights: Weights) -> Floats:
        """The weight of each pair, in bits."""
        return self._weighed(weights, self.levels, self.pairs.left, self.pairs.right)

    def between(self, weights: Weights, left: Index, right: Index) -> Floats:
        """The weight of any pairs of rows."""
        levels = [side.levels(left, right) for side in self.prepared]
        return self._weighed(weights, levels, left, right)

    def _weighed(
        self, weights: Weights, levels: Sequence[Levels], left: Index, right: Index
    ) -> Floats:
        if self.common is None:
            return weigh(weights, levels, self.prepared, left, right)
        return weighed(weights, levels, rarer_of(weights, self.common), left, right)


def evidence(rules: Evidential, columns: Once, records: int) -> Evidence:
    """Find the pairs that are worth comparing, and compare them.

    Args:
        rules: How.
        columns: The columns that passes and comparisons read.
        records: How many records there are.
    """
    sources = source_of(rules, columns)
    pairs, counts = candidates(
        [pass_codes(key, columns) for key in each("keys", rules.passes)],
        cap=rules.block_cap,
        most=most_pairs(records),
        sources=sources,
        which=rules.which,
    )
    _LOG.info("match: %d pairs to compare among %d records", len(pairs), records)
    prepared = tuple(one.prepare(columns, rules.region) for one in rules.comparisons)
    columns.forget()
    levels = tuple(side.levels(pairs.left, pairs.right) for side in each("compare", prepared))
    return Evidence(records, pairs, counts, prepared, levels, sources)


def taught(rules: Evidential, found: Evidence, *, shared: tuple[str, ...] = ()) -> Learnt:
    """What the pairs teach, without any that were reviewed.

    Args:
        rules: How they were found and compared.
        found: The pairs.
        shared: The comparisons of what a family or an office shares.
    """
    seen, possible = counted_patterns(rules, found), possible_pairs(rules, found)
    rates = [side.chances() for side in found.prepared]
    return taught_by(rules, seen, rates, possible=possible, shared=shared)


def taught_by(
    rules: Evidential,
    seen: Patterns,
    rates: Sequence[Floats],
    *,
    possible: int,
    shared: tuple[str, ...] = (),
) -> Learnt:
    """What patterns teach.

    Args:
        rules: How pairs were found and compared.
        seen: The patterns.
        rates: For each comparison how often pairs taken at random are at each level.
        possible: How many pairs of the wanted kind the records could form.
        shared: The comparisons of what a family or an office shares.
    """
    read = [(one.name, one.columns) for one in rules.comparisons]
    learnt = learn(
        seen,
        rules.comparisons,
        rates,
        held=[fixed(key, read) for key in rules.passes],
        possible=possible,
    )
    known = tuple(one.name for one in rules.comparisons if one.name in shared)
    weights = with_related(attrs.evolve(learnt.weights, shared=known), seen, possible)
    return attrs.evolve(learnt, weights=weights, matches=weights.prior * possible)


def counted_patterns(rules: Evidential, found: Evidence) -> Patterns:
    """How often each combination of passes and levels occurs."""
    sizes = [len(one.levels) for one in rules.comparisons]
    return patterns(found.pairs.passes, found.levels, sizes)


def possible_pairs(rules: Evidential, found: Evidence) -> int:
    """How many pairs of the wanted kind the records could form."""
    if found.sources is None:
        return pairs_among(rules, found.records, ())
    held = np.unique(found.sources.at, return_counts=True)[1].tolist()
    return pairs_among(rules, found.records, held)


def pairs_among(rules: Evidential, records: int, sources: Sequence[int]) -> int:
    """How many pairs of the wanted kind so many records could form.

    Args:
        rules: Which pairs are wanted.
        records: How many records there are.
        sources: How many come from each source; nothing if that is not known.
    """
    whole = _pairs([records])
    if not sources or rules.which == "all":
        return whole
    within = _pairs(sources)
    return within if rules.which == "within" else whole - within


def source_of(rules: Evidential, columns: Once) -> Codes | None:
    """Where each record comes from; None if no column says so."""
    return texts(columns, rules.source) if rules.source else None


def _pairs(sizes: Sequence[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
