"""Who each record of an engine's table is, joined back to it there; and the report in numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import fsum
from typing import Any

import attrs

from custseg import frames
from custseg.frames import Table
from custseg.frames.marks import whole_numbers
from custseg.match.blocking.passes import names_of
from custseg.match.blocking.recall import recall_bound
from custseg.match.clustering.grouping import ClusterReport
from custseg.match.inside.asking import Held, held_above
from custseg.match.inside.marking import BARE, ID, IdMarks, pass_column, rule_column
from custseg.match.inside.resolving import CHANCE, ENTITY, RULE, SIZE, TOLD, Naming
from custseg.match.inside.running import Inside
from custseg.match.inside.wording import words_inside
from custseg.match.keys import rule_of
from custseg.match.opened import SHOWN, Taught, expected_of
from custseg.match.parting import Apart
from custseg.match.report import MatchReport, PassReport, RuleCount, SkippedKey, Weighing
from custseg.match.resolving import THROUGH


@attrs.frozen(eq=False)
class Finished:
    """A table in an engine whose records know who they are.

    Attributes:
        rules: The rules, with the weights.
        inside: The table on its way.
        weighed: Its pairs with their weights, if there are any.
        resolved: Who is who among the records that hang together with others.
        absent: Rules that were left out for want of columns.
    """

    rules: Taught
    inside: Inside
    weighed: Table[Any] | None
    resolved: Table[Any]
    absent: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, rules: Taught, inside: Inside, *, absent: tuple[str, ...] = (), apart: Apart = ()
    ) -> "Finished":
        """Find out who is who.

        Args:
            rules: The rules, with the weights.
            inside: The table on its way.
            absent: Rules that were left out for want of columns.
            apart: Pairs of ids of records that are never one customer.
        """
        learnt = rules.learnt if rules.comparisons else None
        weighed = None if learnt is None else inside.weighed(learnt.weights)
        resolved = inside.resolved(rules, weighed, apart)
        return cls(rules, inside, weighed, resolved, absent)

    def table(self, *, bounded: bool) -> Any:  # noqa: ANN401 - the caller's kind
        """The caller's lazy table with what matching adds.

        Args:
            bounded: Whether rules may keep records apart that others join.
        """
        column, rules = self.inside.id, self.rules
        marked = frames.table(frames.by_row(self.inside.table, IdMarks(column), needs=(column,)))
        told = (ENTITY, RULE, CHANCE)
        joined = frames.table(marked.joined(self.resolved, ID, told))
        work = Naming(column, self.weighed is not None)
        made = frames.by_row(joined, work, needs=(column, *told), replaces=(ID, *told))
        words = tuple(map(rule_of, rules.keys))
        if self.weighed is not None:
            words = tuple(dict.fromkeys((*words, *names_of(rules.passes), THROUGH)))
        elif bounded:
            words = tuple(dict.fromkeys((*words, THROUGH)))
        return frames.table(made).labelled({"match_rule": words} if words else {})

    def report(self) -> MatchReport:
        """What was found, in numbers, from counts of the engine."""
        sizes = self._sizes()
        inside, rules = self.inside, self.rules
        counts = tuple(self._rule(place) for place in range(len(rules.keys)))
        clusters = self._clusters()
        weighing = None
        if self.weighed is not None:
            weighing = attrs.evolve(self._weighing(self.weighed), clusters=clusters)
        elif clusters.torn:
            weighing = Weighing(clusters=clusters)
        return MatchReport(
            records=inside.records,
            entities=sum(many for _, many in sizes),
            sizes=sizes,
            rules=counts,
            skipped=tuple(sorted(self._skipped(), key=_foremost)),
            without_key=self._bare(),
            absent=self.absent,
            weighing=weighing,
        )

    @cached_property
    def told(self) -> Table[Any]:
        """The sizes of customers and what clustering did, counted in one question."""
        return self.resolved.counted((SIZE, *TOLD))

    def _sizes(self) -> tuple[tuple[int, int], ...]:
        held, times = whole_numbers(self.told, SIZE), whole_numbers(self.told, "n")
        found = Counter[int]()
        for size, rows in zip(held.tolist(), times.tolist(), strict=True):
            found[size] += rows
        found[1] += self.inside.records - int(times.sum())
        return tuple(sorted((size, rows // size) for size, rows in found.items() if rows))

    def _clusters(self) -> ClusterReport:
        times = whole_numbers(self.told, "n")
        counts = (whole_numbers(self.told, name) * times for name in TOLD)
        return ClusterReport(*(int(one.sum()) for one in counts))

    def _rule(self, place: int) -> RuleCount:
        found = self.inside.sizes[rule_column(place)]
        shared = found.shared(self.rules.cap)
        return RuleCount(rule_of(self.rules.keys[place]), found.records, shared)

    def _bare(self) -> int:
        """Records that no key could be made for."""
        if not self.rules.keys:
            return self.inside.records
        return self.inside.sizes[BARE].records

    def _weighing(self, weighed: Table[Any]) -> Weighing:
        told = weighed.counted(("passes", "bits"))
        kinds = (whole_numbers(told, name) for name in ("passes", "bits", "n"))
        pairs, masks, likely = expected_of(*kinds)
        passes = tuple(self._pass(place) for place in range(len(self.rules.passes)))
        learnt = self.rules.learnt
        bound = recall_bound(masks, likely, len(passes))
        doubts = learnt.warnings if learnt else ()
        return Weighing(passes, pairs, fsum(likely.tolist()), bound, doubts=doubts)

    def _pass(self, place: int) -> PassReport:
        count = self.inside.sizes[pass_column(place)].counted(self.inside.caps[place])
        return PassReport(
            rule_of(self.rules.passes[place]),
            count.records,
            count.pairs,
            count.largest,
            len(count.over),
            sum(one.records for one in count.over),
        )

    def _skipped(self) -> Iterator[SkippedKey]:
        """The keys that join nobody, in words."""
        inside, rules = self.inside, self.rules
        asked = [
            (key, rule_column(at), over)
            for at, (key, over) in enumerate(zip(rules.keys, inside.over, strict=True))
        ]
        bars = [(key, pass_column(at), self._shown(at)) for at, key in enumerate(rules.passes)]
        weighed = self.weighed is not None
        shown = self._named(dict(one[1:] for one in bars)) if weighed else []
        asked += [(key, name, held) for (key, name, _), held in zip(bars, shown, strict=False)]
        yield from words_inside(inside.marked, asked)

    def _named(self, bars: Mapping[str, int]) -> list[Held]:
        """The keys of passes that more records share than so many; asked only if not yet told."""
        known = self.inside.above
        rest = [one for one in bars.items() if one[0] not in known]
        found = dict(zip(dict(rest), held_above(self.inside.asked, rest), strict=True))
        told = {name: known[name].over(bar) for name, bar in bars.items() if name in known}
        return [(found | told)[name] for name in bars]

    def _shown(self, place: int) -> int:
        """The records that a key of a pass must hold to be named: equal ones are named, or none."""
        over = self.inside.sizes[pass_column(place)].counted(self.inside.caps[place]).over
        few = over[: SHOWN + 1]
        return few[-1].records if len(few) > SHOWN else self.inside.caps[place]


def _foremost(one: SkippedKey) -> tuple[int, str, str]:
    return -one.records, one.rule, one.key
