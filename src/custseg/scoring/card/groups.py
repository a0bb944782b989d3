"""Factors that count together, within limits of their own."""

from collections.abc import Mapping

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Ladder, Rule, Sum, merged
from custseg.scoring.card.factor import Factor
from custseg.scoring.points import check_finite, hundredths


@attrs.frozen
class Group:
    """A group of factors whose points together stay within limits.

    Attributes:
        name: Its name; factors name it as their ``group``.
        low: Least points of the group.
        high: Most points of the group: visits alone do not make a good customer.
        group: The group that this one counts in.

    Raises:
        ConfigError: A limit is not finite, or ``low`` is above ``high``.

    >>> Group("engagement", high=40).limits
    (None, 4000)
    """

    name: str
    low: float | None = None
    high: float | None = None
    group: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        check_limits(f"group {self.name!r}", self.low, self.high)

    @property
    def limits(self) -> tuple[int | None, int | None]:
        """The limits in whole hundredths."""
        return limits(self.low, self.high)


def limits(low: float | None, high: float | None) -> tuple[int | None, int | None]:
    """Limits in whole hundredths.

    >>> limits(0, None)
    (0, None)
    """
    return (
        None if low is None else hundredths(low),
        None if high is None else hundredths(high),
    )


def check_limits(name: str, low: float | None, high: float | None) -> None:
    """Refuse limits that leave nothing between them.

    Raises:
        ConfigError: One is not finite, or ``low`` is above ``high``.

    >>> check_limits("group 'fit'", 0, 50)
    """
    given = [limit for limit in (low, high) if limit is not None]
    check_finite(f"low and high of {name}", *given)
    if low is not None and high is not None and low > high:
        msg = f"low of {name} is above its high: {low} > {high}"
        raise ConfigError(msg)


@attrs.frozen
class Layout:
    """How factors add up: into their groups, groups into groups, all into the score.

    Attributes:
        factors: The factors.
        groups: The groups.
        base: Whole hundredths that every customer starts with.
        limits: Least and most of the score, in whole hundredths.

    Raises:
        ConfigError: A name comes twice, or a group is unknown, idle or counts in itself.
    """

    factors: tuple[Factor, ...]
    groups: tuple[Group, ...] = ()
    base: int = 0
    limits: tuple[int | None, int | None] = (None, None)

    def __attrs_post_init__(self) -> None:
        """Check names and groups."""
        parts: tuple[Factor | Group, ...] = (*self.factors, *self.groups)
        merged(factor.rule().needs for factor in self.factors)
        names = [part.name for part in parts]
        if twice := [name for name in names if names.count(name) > 1]:
            msg = f"factors and groups need names of their own, {twice[0]!r} comes twice"
            raise ConfigError(msg)
        known = {group.name: group.group for group in self.groups}
        for part in parts:
            _climb(part.name, part.group, known)
        if idle := [name for name in known if name not in {part.group for part in parts}]:
            msg = f"nothing counts in group {idle[0]!r}; give a factor group={idle[0]!r}"
            raise ConfigError(msg)

    def rule(self) -> Rule:
        """The score in whole hundredths, as a tree: each group is a sum with its limits."""
        return Sum(self.unlimited().parts, *self.limits)

    def unlimited(self) -> Sum:
        """The same before the limits of the score: those of groups count."""
        start = (Ladder((), self.base),) if self.base else ()
        return Sum((*start, *self._rules(None)))

    def _rules(self, inside: str | None) -> tuple[Rule, ...]:
        own = [factor.rule() for factor in self.factors if factor.group == inside]
        inner = [Sum(self._rules(g.name), *g.limits) for g in self.groups if g.group == inside]
        return (*own, *inner)

    def sums(self) -> dict[str | None, Rule]:
        """The trees of the groups by name, and of the score as ``None``."""
        made: dict[str | None, Rule] = {
            group.name: Sum(self._rules(group.name), *group.limits) for group in self.groups
        }
        return {**made, None: self.rule()}


def _climb(name: str, above: str | None, known: Mapping[str, str | None]) -> None:
    seen = {name}
    while above is not None:
        if above not in known:
            hint = did_you_mean(above, known)
            msg = f"{name!r} counts in group {above!r}; the groups are {list(known)}.{hint}"
            raise ConfigError(msg)
        if above in seen:
            msg = f"group {above!r} counts in itself"
            raise ConfigError(msg)
        seen.add(above)
        above = known[above]
