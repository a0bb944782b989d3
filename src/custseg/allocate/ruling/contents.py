"""What a book of rules holds, and what it reads of both sides."""

from collections.abc import Iterable
from functools import cached_property
from typing import get_args

import attrs

from custseg._typing import Columns, Needs
from custseg.allocate.ruling.deciding.force import InForce
from custseg.allocate.ruling.saying.rule import Fallback, Rule
from custseg.allocate.ruling.saying.targets import is_a
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.table import Match
from custseg.allocate.wishing.sides import read_side
from custseg.errors import ConfigError
from custseg.frames import table
from custseg.rules import merged


def _rules(given: Iterable[Rule] | Rule) -> tuple[Rule, ...]:
    return (given,) if isinstance(given, Rule) else tuple(given)


def _trees(given: Iterable[RegionTree] | RegionTree) -> tuple[RegionTree, ...]:
    return (given,) if isinstance(given, RegionTree) else tuple(given)


@attrs.frozen
class Contents:
    """The settings of a book; ``RuleBook`` says what each of them is.

    >>> Contents([Rule("all", to="R1")], Fallback(pool="public")).rep_needs
    {'rep_id': 'text'}
    """

    rules: tuple[Rule, ...] = attrs.field(converter=_rules)
    fallback: Fallback
    match: Match = attrs.field(default="first", kw_only=True)
    trees: tuple[RegionTree, ...] = attrs.field(default=(), converter=_trees, kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    team: str = attrs.field(default="team", kw_only=True)
    leave_from: str = attrs.field(default="on_leave_from", kw_only=True)
    leave_until: str = attrs.field(default="on_leave_until", kw_only=True)
    column: str = attrs.field(default="rule", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no rule, two trees over one column, and columns read as two kinds."""
        if not all(is_a(rule, Rule) for rule in self.rules):
            msg = "needs rules such as Rule('key', F('tier') == 'high', to='R1')"
            raise ConfigError(msg, "rule-book.rules")
        if not is_a(self.fallback, Fallback):
            msg = f"needs a Fallback, got {type(self.fallback).__name__}"
            raise ConfigError(msg, "rule-book.fallback")
        if self.match not in get_args(Match):
            msg = f"must be 'first' or 'all', got {self.match!r}"
            raise ConfigError(msg, "rule-book.match")
        named = [column for tree in self.trees for column in tree.columns]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            msg = f"the columns {twice} have two trees; put them together"
            raise ConfigError(msg, "rule-book.trees")
        merged([dict(self.needs)])
        merged([dict(self.rep_needs)])

    @property
    def needs(self) -> Needs:
        """The columns of the customers that are read."""
        whens = [rule.when.needs for rule in self.rules if rule.when is not None]
        return merged([*whens, *(dict(rule.to.needs) for rule in self.rules)])

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives that are read; leave where it is there."""
        targets = [*(rule.to for rule in self.rules), self.fallback.to]
        read = [dict(to.rep_needs(self.rep_id, self.team)) for to in targets]
        return merged([{self.rep_id: "text"}, *read])

    def force(self, as_of: float | None) -> InForce:
        """The rules that are in force.

        Args:
            as_of: Days since 1970-01-01.
        """
        if not any(rule.dated for rule in self.rules):
            return self._always
        places = tuple(i for i, rule in enumerate(self.rules) if rule.holds_on(as_of))
        return InForce(self.rules, places, self.fallback, self.match, self.trees)

    @cached_property
    def _always(self) -> InForce:
        """All rules, where none has days: made ready once."""
        places = tuple(range(len(self.rules)))
        return InForce(self.rules, places, self.fallback, self.match, self.trees)

    def staff(self, reps: object) -> Columns:
        """What the rules read of the representatives by id, leave as far as it is there.

        Args:
            reps: One row a representative.

        Raises:
            MissingColumnError: A column that is read is not there.
            DataError: An id is missing or stands twice.
        """
        opened = table(reps)
        needs = dict(self.rep_needs)
        for name in (self.leave_from, self.leave_until):
            if name in opened.columns:
                needs[name] = "day"
        return read_side(opened.select(needs), self.rep_id, needs).columns
