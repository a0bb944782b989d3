"""The rules that are in force on a day, asked of a table or of one record."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from custseg._typing import Columns, Record
from custseg.allocate.ruling.deciding.account import PassedRule, RuleExplanation
from custseg.allocate.ruling.deciding.single import Single
from custseg.allocate.ruling.saying.rule import Fallback, Rule
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.reading import mentioned, rooted, words_of
from custseg.allocate.ruling.tabling.table import Chosen, Match, Way, chosen
from custseg.frames.sqljoint import Joint
from custseg.reasons import Reason
from custseg.rules import Condition, Every, Ladder

ANYBODY: Condition = Every(())


@attrs.frozen
class InForce:
    """A book on one day.

    Attributes:
        book: All its rules.
        places: The places of those in force.
        fallback: What holds where none does.
        match: Whether the first decides, or all that hold.
        trees: Which region lies in which.

    >>> from custseg.rules import F
    >>> rules = Rule("many", F("orders") > 9, to="R1"), Rule("some", F("orders") > 0, to="R2")
    >>> force = InForce(rules, (0, 1), Fallback(pool="public"), "first", ())
    >>> force.names(force.holding({"orders": 3}))
    'some'
    """

    book: tuple[Rule, ...]
    places: tuple[int, ...]
    fallback: Fallback
    match: Match
    trees: tuple[RegionTree, ...]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, first to last."""
        return tuple(self.book[place] for place in self.places)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Their conditions; that of a rule for everybody always holds."""
        return tuple(ANYBODY if rule.when is None else rule.when for rule in self.rules)

    def chosen(self, customers: Columns, size: int, way: Way | None = None) -> Chosen:
        """The rules that hold of each customer.

        Args:
            customers: The columns that are read.
            size: How many customers there are.
            way: ``table`` or ``masks``.
        """
        conditions = rooted(self.conditions, self.trees, words_of(customers, self.trees))
        return chosen(conditions, customers, size, match=self.match, way=way)

    def names(self, some: Sequence[int]) -> str:
        """The names of some rules in force, or the fallback's."""
        return " + ".join(self.rules[i].name for i in some) or self.fallback.name

    def told(self, some: Sequence[int]) -> str:
        """Where some rules in force send, in a few signs."""
        targets = [self.rules[i].to.told for i in some] or [self.fallback.to.told]
        return " | ".join(dict.fromkeys(targets))

    @cached_property
    def single(self) -> Single:
        """The conditions as functions of one record."""
        return Single.of(self.conditions, self.trees)

    def holding(self, record: Record) -> tuple[int, ...]:
        """The rules in force that decide of one record.

        Args:
            record: A dict, attrs or dataclass object.
        """
        single = self.single
        row = single.row(record)
        return single.first(row) if self.match == "first" else single.holding(row)

    @property
    def is_query(self) -> bool:
        """Whether engines can run it: the first rule decides, and the trees are lists."""
        return self.match == "first" and not any(tree.china for tree in self.trees)

    def queries(self, column: str) -> dict[str, Ladder]:
        """The columns as trees that every engine runs.

        Args:
            column: The column of the rule.
        """
        known = mentioned(self.conditions, self.trees)
        conditions = rooted(self.conditions, self.trees, known)
        names = [rule.name for rule in self.rules]
        targets = [rule.to.told for rule in self.rules]
        return {
            column: Ladder(tuple(zip(conditions, names, strict=True)), self.fallback.name),
            f"{column}_to": Ladder(
                tuple(zip(conditions, targets, strict=True)), self.fallback.to.told
            ),
        }

    @property
    def is_text(self) -> bool:
        """Whether SQL can say it: the trees are lists."""
        return not any(tree.china for tree in self.trees)

    def joint(self, column: str) -> dict[str, Joint]:
        """The columns where all rules that hold decide.

        Args:
            column: The column of the rule.
        """
        known = mentioned(self.conditions, self.trees)
        conditions = rooted(self.conditions, self.trees, known)
        last = self.fallback
        names = tuple(zip(conditions, (rule.name for rule in self.rules), strict=True))
        told = tuple(zip(conditions, (rule.to.told for rule in self.rules), strict=True))
        return {
            column: Joint(names, " + ", last.name),
            f"{column}_to": Joint(told, " | ", last.to.told),
        }

    def explained(
        self, record: Record, column: str, answer: Mapping[str, object]
    ) -> RuleExplanation:
        """Why one record has its rule.

        Args:
            record: A dict, attrs or dataclass object.
            column: The column of the rule.
            answer: The record with its rule and where that sends it.
        """
        single = self.single
        row = single.row(record)
        holds = single.first(row) if self.match == "first" else single.holding(row)
        last = self.places[holds[0]] if holds and self.match == "first" else len(self.book)
        passed = [
            PassedRule(rule.name, reason)
            for place, rule in enumerate(self.book)
            if place < last and (reason := self._missed(place, single, row, holds))
        ]
        decided = {name: answer[name] for name in (column, f"{column}_to")}
        if holds and decided[column] != self.names(holds):
            nobody = PassedRule(self.names(holds), Reason("rules.nobody"))
            return RuleExplanation(column, decided, (Reason("rules.nobody"),), (*passed, nobody))
        return RuleExplanation(column, decided, self._held(holds, single, row), tuple(passed))

    def _missed(
        self, place: int, single: Single, row: Mapping[str, Any], holds: tuple[int, ...]
    ) -> Reason | None:
        if place not in self.places:
            return Reason("rules.not_in_force")
        here = self.places.index(place)
        return None if here in holds else single.why_not(here, row)

    def _held(
        self, holds: tuple[int, ...], single: Single, row: Mapping[str, Any]
    ) -> tuple[Reason, ...]:
        if not holds:
            return (Reason("rules.none"),)
        found: list[Reason] = []
        for place in holds:
            settings = {"place": self.places[place] + 1, "of": len(self.book)}
            everybody = self.rules[place].when is None
            why = (Reason("rules.any"),) if everybody else single.why(place, row)
            found += [Reason("rules.place", settings), *why]
        return tuple(found)
