"""One rule of a book, and what holds where no rule does."""

from datetime import date, datetime

import attrs

from custseg._typing import words
from custseg.allocate.ruling.saying.targets import To, conditional, ids, is_a, to
from custseg.errors import ConfigError
from custseg.frames.scalar import EPOCH, iso_moment
from custseg.rules import Condition


def _day(given: date | str | None) -> date | None:
    moment = iso_moment(given) if isinstance(given, str) else given
    return moment.date() if isinstance(moment, datetime) else moment


@attrs.frozen
class Rule:
    """Of whom it holds, and who may have them.

    Attributes:
        name: What it is called; it stands beside each customer that it decides.
        when: The customers of whom it holds; None: all of them. A comparison with a missing value
            is false, and so is its negation.
        to: Who may have them: a ``To``, or in short a condition on representatives, a ``Same``, or
            an id.
        since: The first day on which it holds; None: since ever.
        until: The last day on which it holds; None: for ever.

    Raises:
        ConfigError: It has no name, its condition is none, or its last day is before its first.

    >>> from custseg.rules import F
    >>> rule = Rule("key accounts", F("tier") == "high", to=F("seniority") >= 3, since="2026-01-01")
    >>> rule.holds_on(20_000.0), rule.holds_on(20_454.0)
    (False, True)
    """

    name: str
    when: Condition | None = None
    to: To = attrs.field(factory=To, converter=to, kw_only=True)
    since: date | None = attrs.field(default=None, converter=_day, kw_only=True)
    until: date | None = attrs.field(default=None, converter=_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a rule without a name, what is no condition, and days in the wrong order."""
        if not self.name or not is_a(self.name, str):
            msg = "a rule needs a name: it stands beside each customer that it decides"
            raise ConfigError(msg, "rule.name")
        conditional(self.when, f"rule {self.name}.when", "F('tier') == 'high'")
        if self.since and self.until and self.until < self.since:
            msg = f"the last day, {self.until}, is before the first, {self.since}"
            raise ConfigError(msg, f"rule {self.name}")

    @property
    def dated(self) -> bool:
        """Whether it holds on some days only."""
        return self.since is not None or self.until is not None

    def holds_on(self, day: float | None) -> bool:
        """Whether it is in force.

        Args:
            day: Days since 1970-01-01.

        Raises:
            ConfigError: The rule has days and no day is given.
        """
        if not self.dated:
            return True
        if day is None:
            msg = f"rule {self.name!r} holds on some days only: give as_of=..., the day to decide"
            raise ConfigError(msg)
        begun = self.since is None or self.since.toordinal() - EPOCH <= day
        return begun and (self.until is None or day <= self.until.toordinal() - EPOCH)


@attrs.frozen(kw_only=True)
class Fallback:
    """Who has the customers of whom no rule holds, or whose representatives are not there.

    It must be said: a customer for whom nobody is responsible is the commonest fault of books of
    rules.

    Attributes:
        reps: Ids of representatives.
        team: Names of teams.
        pool: The name of a pool.
        name: What is written beside the customers.

    Raises:
        ConfigError: Nobody is named, or a pool beside somebody.

    Source: the mandatory ``default_assignee`` of Zoho CRM's assignment rules, which also has the
    entities whose users are unavailable.

    >>> Fallback(pool="public").to.pool
    'public'
    """

    reps: tuple[str, ...] = attrs.field(default=(), converter=ids)
    team: tuple[str, ...] = attrs.field(default=(), converter=words)
    pool: str | None = None
    name: str = "fallback"

    def __attrs_post_init__(self) -> None:
        """Refuse what names nobody."""
        if not (self.name and (self.to.named or self.pool)):
            msg = "a fallback needs a name, and reps, a team or a pool that has everybody else"
            raise ConfigError(msg, "fallback")

    @property
    def to(self) -> To:
        """The target."""
        return To(reps=self.reps, team=self.team, pool=self.pool)
