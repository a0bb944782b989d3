"""Which records are one customer: keys put together, numbered, named and counted."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.match.graph import Shared, components, shared
from custseg.match.keys import APART
from custseg.match.merging.groups import Groups
from custseg.match.report import MatchReport, RuleCount, SkippedKey
from custseg.match.resolving import Resolved


@attrs.frozen(eq=False)
class Keyed:
    """One rule and the key it gives each record.

    Attributes:
        rule: The code of the rule.
        codes: The keys, -1 for none.
        cap: The most records that may share a key.
    """

    rule: str
    codes: Codes
    cap: int


@attrs.frozen(eq=False)
class Entities:
    """The customers behind the records of one table.

    Attributes:
        at: The customer of each record, numbered in the order of the ids that name them.
        named_by: For each record the row of the record that names its customer: the smallest id.
        rule: For each record the first rule by which it shares a key with another; else the pass
            of its best pair.
        chance: How probable the weakest link is that holds a record in its customer; NaN where it
            is alone or a rule decides; None if nothing was weighed.
        report: The outcome in numbers.
    """

    at: Index
    named_by: Index
    rule: Codes
    report: MatchReport
    chance: Floats | None = None


def entities(keyed: Sequence[Keyed], rank: Floats, resolved: Resolved | None = None) -> Entities:
    """Put records together that share a key, directly or through others.

    Args:
        keyed: The keys, rule after rule.
        rank: The place of each record's id among all ids; NaN where it has none.
        resolved: Who is one customer, if pairs were weighed.

    Returns:
        The customers; which they are does not depend on the order of the records.

    >>> phone = Keyed("phone", Codes(np.array([0, 1, 0]), ("a", "b")), cap=9)
    >>> found = entities([phone], np.array([2.0, 1.0, 0.0]))
    >>> found.at.tolist(), found.named_by.tolist(), found.rule.at.tolist()
    ([0, 1, 0], [2, 1, 2], [0, -1, 0])
    """
    links = [shared(key.codes, key.cap) for key in keyed]
    if resolved is None:
        group = components([link.at for link in links], len(rank))
    else:
        group = resolved.group
    count = int(group.max(initial=-1)) + 1
    groups = Groups.of(group, count)
    names = groups.best(np.ones(len(rank), dtype=np.bool_), [rank])
    number = np.empty(count, dtype=np.intp)
    number[np.argsort(rank[names], kind="stable")] = np.arange(count)
    rule = _first([link.at for link in links], len(rank))
    report = _report(keyed, links, rank, groups)
    words = tuple(key.rule for key in keyed)
    rules = Codes(rule, words) if resolved is None else _by_pass(rule, words, resolved)
    chance = None if resolved is None else resolved.chance
    return Entities(number[group], names[group], rules, report, chance)


def _by_pass(rule: Index, words: tuple[str, ...], resolved: Resolved) -> Codes:
    every = tuple(dict.fromkeys((*words, *resolved.rule.words)))
    passes = resolved.rule.recode(every)
    return Codes(np.where((rule >= 0) & (passes >= 0), rule, passes), every)


def _first(keys: Sequence[Index], records: int) -> Index:
    rule: Index = np.full(records, -1, dtype=np.intp)
    for place in range(len(keys) - 1, -1, -1):
        rule[keys[place] >= 0] = place
    return rule


def _report(
    keyed: Sequence[Keyed], links: Sequence[Shared], rank: Floats, groups: Groups
) -> MatchReport:
    sizes, counts = np.unique(groups.sizes, return_counts=True)
    bare = np.ones(len(rank), dtype=np.bool_)
    for key in keyed:
        bare &= key.codes.at < 0
    return MatchReport(
        records=len(rank),
        entities=len(groups.starts),
        sizes=tuple(zip(sizes.tolist(), counts.tolist(), strict=True)),
        rules=tuple(map(_count, keyed, links)),
        skipped=_skipped(keyed, links),
        without_key=int(bare.sum()),
        without_id=int(np.isnan(rank).sum()),
    )


def _count(key: Keyed, link: Shared) -> RuleCount:
    return RuleCount(key.rule, int((key.codes.at >= 0).sum()), int((link.at >= 0).sum()))


def _skipped(keyed: Sequence[Keyed], links: Sequence[Shared]) -> tuple[SkippedKey, ...]:
    found = [
        SkippedKey(key.rule, int(link.sizes[at]), _shown(key.codes.words[at]))
        for key, link in zip(keyed, links, strict=True)
        for at in map(int, link.over)
    ]
    return tuple(sorted(found, key=lambda one: (-one.records, one.rule, one.key)))


def _shown(key: str) -> str:
    return key.replace(APART, " + ")
