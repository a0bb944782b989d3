"""A router and its team, put together once: it decides one lead after the other."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.routing.desk.desk import DAY, RoutingDesk
from custseg.allocate.routing.desk.fitting import Codes8, Fit, Fitting
from custseg.allocate.routing.desk.lead import Lead, Reading
from custseg.allocate.routing.desk.protocol import Guard
from custseg.allocate.routing.desk.team import Team
from custseg.allocate.routing.memory.ledger import Ledger
from custseg.allocate.routing.memory.moment import Moment, seconds
from custseg.allocate.routing.memory.state import RouterState, key_of
from custseg.allocate.routing.settings import RouterSettings
from custseg.allocate.wishing.points import rounded
from custseg.errors import ConfigError, DataError
from custseg.frames.vector import holds
from custseg.reasons import Reason
from custseg.values.flags import flag

NOBODY: Final = -1


@attrs.frozen(eq=False)
class Choice:
    """What was decided on one lead; arrays have one entry a representative.

    Attributes:
        chosen: The place of who got it, -1 for nobody.
        reason: Why.
        pool: The pool it goes to instead.
        levels: The level of each by the strategy; ``None`` if it was not asked.
        points: The points of the wishes.
        dropped: Why each was dropped, as a place among the reasons of the router; 0: was not.
    """

    chosen: int
    reason: Reason
    pool: str | None
    levels: Floats | None
    points: Floats
    dropped: Codes8


@attrs.frozen(eq=False)
class RouterTeam:
    """A router's representatives, read once: keep it from lead to lead, and share it.

    ``Router.team(reps)`` makes it; make it anew when the table of representatives changes.

    Attributes:
        settings: The router.
        team: The representatives.
        fitting: Gates and wishes.
        reading: The columns of the leads.
        reasons: Why somebody is dropped: by gates, wishes, leave, guards, points, strategy.
        window: The seconds of history that the guards read.
        first_guard: The place of the reason "on leave", which stands before those of the guards.

    >>> from custseg.allocate import Router
    >>> Router().team([{"rep_id": "R2"}, {"rep_id": "R1"}]).ids
    ('R1', 'R2')
    """

    settings: RouterSettings
    team: Team
    fitting: Fitting
    reading: Reading
    reasons: tuple[Reason, ...]
    window: float
    first_guard: int

    @property
    def ids(self) -> tuple[object, ...]:
        """The ids of the representatives, in order."""
        return self.team.ids

    def desk(self, state: RouterState, at: Moment) -> RoutingDesk:
        """What strategies and guards would see now, to look at: levels, quotas, waits.

        Args:
            state: What was stored.
            at: The moment.

        >>> from custseg.allocate import Router, RouterState
        >>> team = Router().team([{"rep_id": "Li"}])
        >>> team.desk(RouterState.of(held={"Li": 3}), "2026-06-30").held.tolist()
        [3]
        """
        ledger = self.open(state, seconds(at, self.settings.tz))
        size = len(self.ids)
        return self._desk(ledger, Lead("", {}), np.zeros(size), np.ones(size, dtype=np.bool_))

    def open(self, state: RouterState, at: float) -> Ledger:
        """Open a state at a moment; who is new is made welcome.

        Args:
            state: What was stored.
            at: The moment; if the state is later, its own counts.

        Raises:
            DataError: It is no state.
        """
        if not isinstance(state, RouterState):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"a state is a RouterState, got {type(state).__name__}: use cs.load(...)"
            raise DataError(msg)
        now = at if state.at is None else max(at, state.at)
        ledger = Ledger.of(state, self.team.keys, now - self.settings.remember_days * DAY)
        ledger.window = max(ledger.window, self.window)
        ledger.turn_to(now, self.settings.cycle)
        welcome = getattr(self.settings.strategy, "welcome", None)
        if welcome is None or not state.reps or state.reps == self.team.keys:
            return ledger
        known = set(state.reps)
        new = np.array([key not in known for key in self.team.keys], dtype=np.bool_)
        if new.any():
            desk = self._desk(ledger, Lead("", {}), np.zeros(new.size), ~new)
            ledger.replace("credit", np.where(new, welcome(desk, new), desk.credit))
        return ledger

    def decide(self, ledger: Ledger, lead: Lead, fit: Fit, row: int) -> Choice:
        """Choose, and write it down in the ledger.

        Args:
            ledger: What is known of the team; it is changed.
            lead: The lead.
            fit: The points of some leads.
            row: Which row of them is this lead.
        """
        points = fit.points[row]
        refused = self._refused(lead)
        if refused is not None:
            none = np.zeros(points.size, dtype=np.int16)
            return Choice(NOBODY, refused, None, None, points, none)
        dropped = fit.barred[row].copy()
        desk = self._guarded(ledger, lead, points, dropped)
        choice = self._chosen(desk, dropped)
        if choice.chosen >= 0:
            self._count(desk, choice.chosen)
        return choice

    def _guarded(self, ledger: Ledger, lead: Lead, points: Floats, dropped: Codes8) -> RoutingDesk:
        """The desk after leave and guards; who they refuse is dropped."""
        desk = self._desk(ledger, lead, points, dropped == 0)
        code, absent = self.first_guard, desk.on_leave
        if absent.any():
            dropped[absent & (dropped == 0)] = code
        elif not self.settings.guards:
            return desk
        for guard in self.settings.guards:
            code += 1
            dropped[_refusal(guard, desk) & (dropped == 0)] = code
            away: Any = getattr(guard, "absent", None)
            absent = absent if away is None else absent | away(desk)
        return attrs.evolve(desk, open=dropped == 0, absent=absent)

    def _chosen(self, desk: RoutingDesk, dropped: Codes8) -> Choice:
        points, settings = desk.points, self.settings
        at = self._owner(desk.lead, dropped)
        if at >= 0:
            return Choice(at, Reason("returning_owner"), None, None, points, dropped)
        levels = None
        if desk.open.any():
            narrow = self._best(desk, dropped)
            levels = self._levels(narrow)
            dropped[narrow.open & np.isnan(levels)] = len(self.reasons)
            at = _lowest(narrow, levels, np.flatnonzero(dropped == 0))
        if at >= 0:
            return Choice(at, settings.strategy.reason, None, levels, points, dropped)
        if settings.fallback is not None:
            at = self.team.index[key_of(settings.fallback)]
            return Choice(at, Reason("fallback_rep"), None, levels, points, dropped)
        nobody = Reason("nobody_free" if desk.size else "no_reps")
        return Choice(NOBODY, nobody, settings.pool, levels, points, dropped)

    def _count(self, desk: RoutingDesk, chosen: int) -> None:
        credits_ = getattr(self.settings.strategy, "credits", None)
        after = None if credits_ is None else credits_(desk, chosen)
        desk.ledger.give(chosen)
        if after is not None:
            desk.ledger.replace("credit", after)

    def _best(self, desk: RoutingDesk, dropped: Codes8) -> RoutingDesk:
        """Only those with the most points, unless the strategy weighs points itself."""
        if not self.settings.wishes or getattr(self.settings.strategy, "weighs_points", False):
            return desk
        behind = rounded(desk.points[desk.open].max() - self.settings.slack - desk.points)
        fewer = desk.open & (behind > 0)
        dropped[fewer] = len(self.reasons) - 1
        return attrs.evolve(desk, open=desk.open & ~fewer)

    def _levels(self, desk: RoutingDesk) -> Floats:
        found = np.array(self.settings.strategy.levels(desk), dtype=np.float64)
        if found.shape != (desk.size,):
            name = type(self.settings.strategy).__name__
            msg = f"{name}.levels must give {desk.size} numbers, got shape {found.shape}"
            raise ConfigError(msg)
        return found

    def _owner(self, lead: Lead, dropped: Codes8) -> int:
        """The place of the first owner that a column names, if they may keep the lead."""
        for name in self.settings.owners:
            word = lead.word(name)
            at = self.team.spelled.get(word, NOBODY) if word is not None else NOBODY
            if at >= 0 and (self.settings.keep == "always" or dropped[at] == 0):
                return at
        return NOBODY

    def _refused(self, lead: Lead) -> Reason | None:
        """Why a lead is not routed at all."""
        said = lead.word(self.settings.do_not_assign)
        if said is not None and flag(said) is not False:
            return Reason("do_not_assign")
        rule = self.settings.when
        if rule is None:
            return None
        one = {name: lead.one(name) for name in rule.needs}
        return None if holds(rule, one, 1)[0] else Reason("not_routed")

    def _desk(self, ledger: Ledger, lead: Lead, points: Floats, open_: Bools) -> RoutingDesk:
        away = _on_leave(ledger, len(self.team.keys))
        return RoutingDesk(self.team, ledger, lead, ledger.at or 0.0, open_, points, away, away)


def _refusal(guard: Guard, desk: RoutingDesk) -> Bools:
    """Whom a guard refuses, held against its promise."""
    found = np.asarray(guard.refuses(desk))
    if found.shape != (desk.size,) or found.dtype != np.bool_:
        msg = (
            f"{type(guard).__name__}.refuses must give {desk.size} times yes or no, "
            f"got {found.dtype} of shape {found.shape}"
        )
        raise ConfigError(msg)
    return found


def _on_leave(ledger: Ledger, size: int) -> Bools:
    """Whom an event has sent on leave."""
    until, since = ledger.lists["away_until"], ledger.lists["away_from"]
    if since.count(None) == len(since):
        return np.zeros(size, dtype=np.bool_)
    at = ledger.at or 0.0
    pairs = zip(since[:size], until[:size], strict=True)
    return np.array([_away(first, last, at) for first, last in pairs], dtype=np.bool_)


def _away(first: float | None, last: float | None, at: float) -> bool:
    begun = first is not None and first <= at
    return begun and (last is None or at < last)


def _lowest(desk: RoutingDesk, levels: Floats, at: Index) -> int:
    """The lowest level of some; of equals who has waited longest, then by id."""
    if not at.size:
        return NOBODY
    asked = levels[at]
    at = at[asked == asked.min()]
    if at.size > 1:
        at = at[desk.turn[at].argmin() :]
    return int(at[0])
