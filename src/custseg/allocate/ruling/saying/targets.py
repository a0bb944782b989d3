"""Whom a rule names: representatives, teams, who fulfils a condition or shares a word, a pool."""

from collections.abc import Collection, Iterable
from types import UnionType
from typing import TypeAlias, cast

import attrs

from custseg._typing import Kind, Needs, words
from custseg.errors import ConfigError
from custseg.frames.scalar import text
from custseg.rules import Condition, Every, Some, Test, Times, merged


@attrs.frozen
class Same:
    """A representative who has the customer's own word, such as its region.

    A missing word matches nobody. With a tree of regions over the column, who covers a region
    covers all that lies in it.

    Attributes:
        column: The column of the customers.
        rep_column: The column of the representatives, if it has another name.
        separator: Splits a cell into several words, such as ``";"``; one in common is enough.

    >>> Same("industry", "industries", separator=";").theirs
    'industries'
    """

    column: str
    rep_column: str | None = None
    separator: str | None = attrs.field(default=None, kw_only=True)

    @classmethod
    def from_short(cls, given: object) -> "Same":
        """A bare name: the column has this name on both sides.

        Args:
            given: The name.

        Raises:
            ConfigError: It is no text.

        >>> Same.from_short("region")
        Same(column='region', rep_column=None, separator=None)
        """
        if not isinstance(given, str):
            msg = f"needs the name of a column, got {type(given).__name__}"
            raise ConfigError(msg)
        return cls(given)

    @property
    def theirs(self) -> str:
        """The column of the representatives."""
        return self.rep_column or self.column


Given: TypeAlias = "To | Condition | Same | str | int"
"""A target in full, or in short: a condition on representatives, the same word, an id."""


def ids(given: Iterable[object] | str | float) -> tuple[str, ...]:
    """Ids as tables are read: whole numbers by their digits; a bare one is one.

    Raises:
        ConfigError: One is missing, or neither a text nor a number.

    >>> ids((7, "R1", 8.0)), ids(9)
    (('7', 'R1', '8'), ('9',))
    """
    some = (given,) if isinstance(given, str | int | float) else given
    return tuple(_id(each) for each in some)


def _id(given: object) -> str:
    plain = is_a(given, str) or not is_a(given, bool | Collection)
    spelled = text(given) if plain else None
    if not spelled:
        msg = f"needs ids as texts or numbers, got {type(given).__name__}"
        raise ConfigError(msg, "to.reps")
    return spelled


def _same(given: "Iterable[Same | str] | Same | str") -> tuple[Same, ...]:
    several = (given,) if isinstance(given, Same | str) else given
    return tuple(Same(each) if isinstance(each, str) else each for each in several)


@attrs.frozen(kw_only=True)
class To:
    """Who may have a customer: all that is said must hold of a representative.

    Nothing said is everybody. A pool takes the customer itself: nobody else may have it.

    Attributes:
        reps: Ids of representatives; any of them.
        team: Names of teams; any of them.
        where: What holds of the representative, such as ``F("seniority") >= 3``.
        same: Columns in which the two have the same word; every one of them.
        pool: The name of a pool.

    Raises:
        ConfigError: A pool is given beside representatives, or ``where`` is no condition.

    >>> from custseg.rules import F
    >>> To(team="north", where=F("seniority") >= 3, same="language").same
    (Same(column='language', rep_column=None, separator=None),)
    """

    reps: tuple[str, ...] = attrs.field(default=(), converter=ids)
    team: tuple[str, ...] = attrs.field(default=(), converter=words)
    where: Condition | None = None
    same: tuple[Same, ...] = attrs.field(default=(), converter=_same)
    pool: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a pool beside representatives, and what is no condition."""
        conditional(self.where, "to.where", "F('seniority') >= 3")
        if self.pool is not None and (self.pool == "" or self.named):
            msg = "a pool needs a name and stands alone: no reps, team, where or same beside it"
            raise ConfigError(msg, "to.pool")

    @classmethod
    def of(cls, given: Given) -> "To":
        """A target from its short form.

        Args:
            given: A target, a condition on representatives, the same word, or an id.

        >>> To.of("R7").reps, To.of(Same("region")).same[0].column
        (('R7',), 'region')
        """
        if isinstance(given, To):
            return given
        if isinstance(given, Condition):
            return cls(where=given)
        return cls(same=given) if isinstance(given, Same) else cls.from_short(given)

    @classmethod
    def from_short(cls, given: object) -> "To":
        """One id, or several.

        Args:
            given: A text, or a list.

        Raises:
            ConfigError: It is neither.
        """
        if isinstance(given, str | int | list | tuple):
            return cls(reps=cast("Iterable[object]", given))
        msg = f"needs a target such as To(reps=...) or an id, got {type(given).__name__}"
        raise ConfigError(msg)

    @property
    def named(self) -> bool:
        """Whether anything is said of representatives."""
        return bool(self.reps or self.team or self.same or self.where is not None)

    @property
    def told(self) -> str:
        """The target in a few signs: ids as they are, else what is asked.

        >>> To(reps=["R1", "R2"]).told, To(team="north", same="region").told, To().told
        ('R1;R2', 'team north & same region', 'anybody')
        """
        if self.pool is not None:
            return self.pool
        parts = [";".join(self.reps)] if self.reps else []
        parts += [f"team {';'.join(self.team)}"] if self.team else []
        parts += [] if self.where is None else [spelled(self.where)]
        parts += [f"same {each.column}" for each in self.same]
        return " & ".join(parts) or "anybody"

    @property
    def needs(self) -> Needs:
        """The columns of the customers that it compares."""
        return {each.column: "text" for each in self.same}

    def rep_needs(self, rep_id: str, team: str) -> Needs:
        """The columns of the representatives that it reads.

        Args:
            rep_id: The column of their ids.
            team: The column of their teams.
        """
        own: dict[str, Kind] = {each.theirs: "text" for each in self.same}
        if self.reps:
            own[rep_id] = "text"
        if self.team:
            own[team] = "text"
        return merged([own, {} if self.where is None else self.where.needs])


def spelled(rule: Condition) -> str:
    """A condition in a few signs.

    >>> from custseg.rules import F
    >>> spelled((F("seniority") >= 3) & F("team").one_of("a", "b"))
    'seniority >= 3 & team in a, b'
    """
    if isinstance(rule, Every | Some):
        joint = " & " if isinstance(rule, Every) else " | "
        parts = [spelled(part) for part in rule.parts]
        return joint.join(f"({p})" if " | " in p and joint == " & " else p for p in parts)
    if not isinstance(rule, Test):
        return type(rule).__name__
    value = rule.value
    if isinstance(value, Times):
        return f"{rule.field} {rule.op} {value.factor:g} * {value.field}"
    some = value if isinstance(value, tuple) else (() if value is None else (value,))
    words = ", ".join(f"{each:g}" if isinstance(each, float) else str(each) for each in some)
    return f"{rule.field} {rule.op} {words}".rstrip()


def is_a(given: object, kind: type | UnionType) -> bool:
    """Whether what a caller gave is what the types say: callers need not have looked.

    >>> is_a("R1", str)
    True
    """
    return isinstance(given, kind)


def conditional(given: object, path: str, example: str) -> None:
    """Refuse what is neither a condition nor nothing.

    Raises:
        ConfigError: It is not.

    >>> conditional(None, "rule.when", "F('tier') == 'high'")
    """
    if given is not None and not isinstance(given, Condition):
        msg = f"needs a condition such as {example}, or nothing, got {type(given).__name__}"
        raise ConfigError(msg, path)


def to(given: Given) -> To:
    """A target in full; a converter of attrs must be a function.

    >>> to("R7").reps
    ('R7',)
    """
    return To.of(given)
