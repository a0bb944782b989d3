"""Which rules can never decide, and which send the same customers elsewhere?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import combinations, product
from typing import TypeAlias

import attrs

from custseg._typing import Bools
from custseg.allocate.ruling.auditing.findings import RuleLint, combination
from custseg.allocate.ruling.auditing.proving import Proofs, Searches
from custseg.allocate.ruling.deciding.force import ANYBODY
from custseg.allocate.ruling.deciding.reach import Staff
from custseg.allocate.ruling.saying.rule import Fallback, Rule
from custseg.allocate.ruling.saying.targets import To
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.wishing.columns import codes
from custseg.frames.cases import comparisons
from custseg.frames.scalar import EPOCH
from custseg.reasons import Reason

Proved: TypeAlias = Proofs | Searches


@attrs.frozen(eq=False)
class Linting:
    """A book under the eye.

    Attributes:
        rules: Its rules.
        fallback: What holds otherwise.
        trees: Which region lies in which.
        first: Whether the first rule that holds decides.
    """

    rules: tuple[Rule, ...]
    fallback: Fallback
    trees: tuple[RegionTree, ...]
    first: bool

    def report(self, day: float | None, staff: Staff | None, away: Bools | None) -> RuleLint:
        """All that can be told.

        Args:
            day: Days since 1970-01-01; None: nothing is told of rules that have expired.
            staff: The representatives; None: nothing is told of targets.
            away: Who of them is on leave.
        """
        conditions = [ANYBODY if rule.when is None else rule.when for rule in self.rules]
        proved: Proved | None = Proofs.of(conditions, self.trees)
        notes: list[Reason] = []
        if proved is None:
            notes = [Reason("rules.many", {"rules": len(self.rules)})]
            proved = Searches.of(conditions, self.trees)
        findings = [*self._names(), *self._days(day), *self._regions()]
        idle: list[Reason] = []
        never: list[int] = []
        for place in range(len(self.rules)):
            found = self._idle(place, proved, never)
            idle += found
            never += [place] if found else []
        findings += idle
        if self.first:
            notes += self._overlaps(proved, never)
        if staff is not None:
            findings += self._targets(staff)
            notes += [] if away is None else self._away(staff, away)
        late = [reason for reason in findings if reason.code == "rules.not_yet"]
        wrong = tuple(reason for reason in findings if reason.code != "rules.not_yet")
        return RuleLint(len(self.rules), wrong, (*late, *notes))

    def _said(self, place: int, what: str = "") -> dict[str, object]:
        """A rule by its number and name."""
        return {f"{what}place": place + 1, f"{what}rule": self.rules[place].name}

    def _names(self) -> Iterator[Reason]:
        names = [rule.name for rule in self.rules]
        for name in dict.fromkeys([*names, self.fallback.name]):
            places = [str(place + 1) for place, each in enumerate(names) if each == name]
            places += ["fallback"] if name == self.fallback.name else []
            if len(places) > 1:
                settings = {"rule": name, "places": ", ".join(places)}
                yield Reason("rules.duplicate_name", settings)

    def _days(self, day: float | None) -> Iterator[Reason]:
        for place, rule in enumerate(self.rules):
            if day is None or rule.holds_on(day):
                continue
            begins = rule.since is not None and rule.since.toordinal() - EPOCH > day
            code, when = ("rules.not_yet", rule.since) if begins else ("rules.expired", rule.until)
            yield Reason(code, {**self._said(place), "day": str(when)})

    def _regions(self) -> Iterator[Reason]:
        """Regions that a rule names and a tree does not."""
        for tree, place in product(self.trees, range(len(self.rules))):
            known = {*tree.parents, *tree.parents.values()}
            for word in _words(self.rules[place], tree.columns):
                if not tree.knows(word):
                    settings = {**self._said(place), "region": word, "hint": _near(word, known)}
                    yield Reason("rules.unknown_region", settings)

    def _idle(self, place: int, proved: Proved, never: Sequence[int]) -> list[Reason]:
        """Whether a rule can never decide."""
        if not proved.possible(place):
            return [Reason("rules.never_true", self._said(place))]
        if not self.first:
            return []
        before = [i for i in range(place) if i not in never and self._covers(i, place)]
        if not before or not proved.taken(place, before):
            return []
        alone = next((i for i in before if proved.within(place, i)), None)
        example = combination(proved.example(place))
        if alone is not None:
            settings = {**self._said(place), **self._said(alone, "by_"), "example": example}
            return [Reason("rules.shadowed", settings)]
        some = [i for i in before if proved.together(place, i)]
        for i in tuple(some):
            fewer = [j for j in some if j != i]
            some = fewer if proved.taken(place, fewer) else some
        names = ", ".join(f"{i + 1} ({self.rules[i].name})" for i in some)
        return [Reason("rules.unreachable", {**self._said(place), "by": names, "example": example})]

    def _covers(self, one: int, other: int) -> bool:
        """Whether a rule is in force on all days on which another is."""
        a, b = self.rules[one], self.rules[other]
        return (a.since or date.min) <= (b.since or date.min) and (
            (a.until or date.max) >= (b.until or date.max)
        )

    def _meet(self, one: int, other: int) -> bool:
        """Whether two rules are in force on one day."""
        a, b = self.rules[one], self.rules[other]
        first = max(a.since or date.min, b.since or date.min)
        return first <= min(a.until or date.max, b.until or date.max)

    def _overlaps(self, proved: Proved, never: Sequence[int]) -> Iterator[Reason]:
        """Rules that share customers and send them elsewhere, neither being finer."""
        live = [place for place in range(len(self.rules)) if place not in never]
        for one, other in combinations(live, 2):
            if self.rules[one].to == self.rules[other].to or not self._meet(one, other):
                continue
            if not proved.together(one, other) or proved.within(one, other):
                continue
            example = combination(proved.example(one, (other,)))
            settings = {**self._said(one), **self._said(other, "by_"), "example": example}
            yield Reason("rules.overlap", settings)

    def _sent(self) -> Iterator[tuple[dict[str, object], To]]:
        """Each rule and its target, the fallback last."""
        for place, rule in enumerate(self.rules):
            yield self._said(place), rule.to
        yield {"place": "-", "rule": self.fallback.name}, self.fallback.to

    def _targets(self, staff: Staff) -> Iterator[Reason]:
        """Targets that mean nobody."""
        for said, to in self._sent():
            ids = codes(staff.columns, staff.rep_id).words if to.reps else ()
            teams = codes(staff.columns, staff.team).words if to.team else ()
            yield from _strange("rules.no_such_rep", said, to.reps, ids)
            yield from _strange("rules.no_such_team", said, to.team, teams)
            if to.pool is None and not staff.meant(to).any():
                yield Reason("rules.no_rep", {**said, "to": to.told})

    def _away(self, staff: Staff, away: Bools) -> Iterator[Reason]:
        """Targets of whom everybody is on leave."""
        for said, to in self._sent():
            meant = staff.meant(to)
            if _static(to) and meant.any() and not (meant & ~away).any():
                yield Reason("rules.all_away", {**said, "to": to.told})


def _static(to: To) -> bool:
    return to.pool is None and not to.same


def _words(rule: Rule, columns: Sequence[str]) -> Iterator[str]:
    """The words that a rule names of some columns."""
    for test in () if rule.when is None else comparisons(rule.when):
        if test.field in columns and test.kind == "text":
            some = test.value if isinstance(test.value, tuple) else (test.value,)
            yield from (each for each in some if isinstance(each, str))


def _strange(
    code: str, said: dict[str, object], named: Sequence[str], known: Sequence[str]
) -> Iterator[Reason]:
    for word in named:
        if word not in known:
            yield Reason(code, {**said, "word": word, "hint": _near(word, known)})


def _near(word: str, known: Iterable[str]) -> Reason | str:
    """A hint at the nearest word; nothing where there is none."""
    near = get_close_matches(word, sorted(known), n=1)
    return Reason("rules.near", {"word": near[0]}) if near else ""
