"""A book of rules: who may have which customer, by rules that people can read."""

from collections.abc import Iterable

import attrs
import numpy as np

from custseg._typing import Columns, Needs
from custseg.allocate.ruling.deciding import Deciding
from custseg.allocate.ruling.reach import Staff
from custseg.allocate.ruling.reading import rooted, words_of
from custseg.allocate.ruling.rule import Fallback, Rule
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.ruling.table import Match, Way, chosen
from custseg.allocate.ruling.tree import RegionTree
from custseg.errors import ConfigError
from custseg.rules import Condition, Every, merged


def _rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(given)


def _trees(given: Iterable[RegionTree] | RegionTree) -> tuple[RegionTree, ...]:
    return (given,) if isinstance(given, RegionTree) else tuple(given)


@attrs.frozen
class RuleBook:
    """Ordered rules and what holds where none does.

    Attributes:
        rules: First to last.
        fallback: Who has the customers of whom no rule holds, or whose representatives are all
            unknown or on leave.
        match: ``first``: the first rule that holds decides; ``all``: whoever one of the rules
            that hold allows.
        trees: Which region lies in which: a rule for a region holds for all that lies in it. Put
            rules for finer regions first.
        rep_id: The column of the representatives' ids.
        team: The column of their teams.
        leave_from: The column of first days of leave; read where it is there.
        leave_until: The column of last days of leave; likewise.

    Raises:
        ConfigError: Two trees are over one column.

    >>> from custseg.allocate import Same
    >>> from custseg.rules import F
    >>> book = RuleBook(
    ...     [
    ...         Rule("key accounts", F("tier") == "high", to=F("seniority") >= 3),
    ...         Rule("home", to=Same("region")),
    ...     ],
    ...     Fallback(pool="public"),
    ... )
    >>> book.needs, book.rep_needs
    ({'tier': 'text', 'region': 'text'},
     {'rep_id': 'text', 'seniority': 'number', 'region': 'text'})
    """

    rules: tuple[Rule, ...] = attrs.field(converter=_rules)
    fallback: Fallback
    match: Match = attrs.field(default="first", kw_only=True)
    trees: tuple[RegionTree, ...] = attrs.field(default=(), converter=_trees, kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    team: str = attrs.field(default="team", kw_only=True)
    leave_from: str = attrs.field(default="on_leave_from", kw_only=True)
    leave_until: str = attrs.field(default="on_leave_until", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse two trees over one column, and columns read as two kinds."""
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

    def ruled(
        self,
        customers: Columns,
        reps: Columns,
        *,
        as_of: float | None = None,
        size: int | None = None,
        way: Way | None = None,
    ) -> Ruled:
        """The decision of each customer.

        Args:
            customers: The columns of ``needs``.
            reps: The columns of ``rep_needs``, and those of leave where there are any.
            as_of: Days since 1970-01-01; needed where rules hold on some days only. Without it
                nobody is on leave.
            size: How many customers there are; needed where no column is read.
            way: ``table`` or ``masks``, which decide alike; None: whichever is less work.

        Raises:
            ConfigError: A rule holds on some days only and no day is given.

        >>> from custseg.frames import table
        >>> book = RuleBook([Rule("all", to="R2")], Fallback(pool="public"))
        >>> team = table([{"rep_id": "R1"}, {"rep_id": "R2"}]).read(book.rep_needs)
        >>> book.ruled({}, team, size=1).allowed().tolist()
        [[False, True]]
        """
        places = self.in_force(as_of)
        rules = tuple(self.rules[place] for place in places)
        whens = [_everybody if rule.when is None else rule.when for rule in rules]
        count = _size(customers) if size is None else size
        conditions = rooted(whens, self.trees, words_of(customers, self.trees))
        found = chosen(conditions, customers, count, match=self.match, way=way)
        staff = Staff(reps, self.rep_id, self.team, self.trees)
        away = staff.away(self.leave_from, self.leave_until, as_of)
        return Deciding(rules, places, self.fallback, staff, away).ruled(found, customers)

    def in_force(self, as_of: float | None) -> tuple[int, ...]:
        """The places of the rules that hold on a day.

        Args:
            as_of: Days since 1970-01-01.
        """
        return tuple(i for i, rule in enumerate(self.rules) if rule.holds_on(as_of))


_everybody: Condition = Every(())


def _size(columns: Columns) -> int:
    column = next(iter(columns.values()), None)
    return 0 if column is None else len(getattr(column, "at", np.asarray(column)))
