"""Leads as they come, one by one: who gets this one, and the state to store for the next."""

from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes, Index, Kind, Needs
from custseg.allocate.routing.batch import Batch, moments
from custseg.allocate.routing.compiled import RouterTeam
from custseg.allocate.routing.desk.fitting import Fitting
from custseg.allocate.routing.desk.lead import Reading
from custseg.allocate.routing.desk.team import Team
from custseg.allocate.routing.memory.event import RoutingEvent, happened
from custseg.allocate.routing.memory.moment import Moment, seconds
from custseg.allocate.routing.memory.state import RouterState, key_of
from custseg.allocate.routing.routed import Routed, RoutedBatch
from custseg.allocate.routing.settings import BARRED, OWNERS, RouterSettings
from custseg.allocate.wishing.points import parts
from custseg.errors import ConfigError
from custseg.frames import Attachable, Distinct, Table, as_mapping, table
from custseg.frames.scalar import text
from custseg.reasons import Reason
from custseg.rules import merged

_NOT_ROUTED: Final = frozenset({"do_not_assign", "not_routed"})


@attrs.frozen
class Router(RouterSettings):
    """Who gets the lead that has just come: pure, with the state going in and coming out.

    Nothing is stored and no clock is read: the CRM gives the moment and the state of the last
    call, and stores the state that comes back. The order of the representatives never matters.

    A lead goes to its present owner if a column names one; else those whom no gate, no leave and
    no guard refuses are asked; of those the ones with the most points of the wishes; of those the
    strategy says who is next, and of equals who has waited longest, then ids.

    Attributes:
        strategy: Who is next.
        guards: Who may not have a lead now: ``HasRoom``, ``Cap``, ``DailyQuota``, ``RateLimit``,
            ``AtWork``.
        gates: Wishes that only say who is eligible at all.
        wishes: What makes lead and representative go well together.
        weights: The weight of each wish; none: equal weights.
        slack: Who is within so many points of the best is asked too.
        owners: Columns of the leads that name a present owner, the first that counts: of the
            customer, then of the account it was matched to. ``owner`` may be absent.
        keep: A present owner keeps the lead ``"if_free"`` (no gate or guard refuses) or
            ``"always"``.
        when: Only leads of which this holds are routed; others stay without an owner.
        fallback: Who gets a lead that nobody can have, whatever the guards say.
        pool: The pool that it waits in otherwise.
        cycle: Counts and credits begin anew each ``"week"``, ``"month"``, ``"quarter"`` or
            ``"year"``; ``None``: never.
        tz: The company's time zone, for moments that carry one of their own.
        remember_days: Who left the team and had no lead for so long is forgotten.
        lead_id: The column of the leads' ids.
        rep_id: The column of the representatives' ids.
        owner: The column that ``route_all`` writes, and ``<owner>_reason`` beside it. A lead that
            is not to be routed keeps what stands there.
        do_not_assign: A flag of the leads, yes for who is not routed; it may be absent.

    >>> import custseg as cs
    >>> from custseg.allocate import Cap, Match
    >>> router = Router(gates=[Match("region", required=True)], guards=[Cap(1)], pool="public")
    >>> reps = [{"rep_id": "Li", "region": "north"}, {"rep_id": "Wu", "region": "south"}]
    >>> team = router.team(reps)
    >>> state = RouterState()
    >>> for lead_id, region in ((1, "south"), (2, "south"), (3, "north")):
    ...     lead = {"lead_id": lead_id, "region": region}
    ...     found = router.route(lead, team, state, at="2026-06-30T09:00")
    ...     state = cs.load(cs.dump(found.state))
    ...     print(lead_id, found.rep_id, found.pool)
    1 Wu None
    2 None public
    3 Li None
    >>> cs.load(cs.dump(router)) == router
    True
    """

    def team(self, reps: object) -> RouterTeam:
        """Read the representatives once, for many leads.

        Args:
            reps: One row a representative, any kind of table.

        Raises:
            MissingColumnError: A column that is read is not there.
            DataError: An id is missing or stands twice.
            ConfigError: The fallback is not of the team.
        """
        if isinstance(reps, RouterTeam):
            return self._own(reps)
        given = table(reps)
        team = Team.read(given, self.rep_id, self._rep_needs(given))
        if self.fallback is not None and key_of(self.fallback) not in team.index:
            msg = f"{self.fallback!r} is not among the representatives"
            raise ConfigError(msg, "router.fallback")
        wishes = [*self.gates, *self.wishes]
        fitting = Fitting(
            self.gates,
            self.wishes,
            parts(self.weights, len(self.wishes)),
            team,
            any(callable(getattr(wish, "on", None)) for wish in wishes),
        )
        window = max((guard.window for guard in self.guards), default=0.0)
        return RouterTeam(
            self, team, fitting, self._reading(), self._reasons(), window, len(wishes) + 1
        )

    def route(
        self, lead: object, reps: object, state: RouterState | None = None, *, at: Moment
    ) -> Routed:
        """Say who gets one lead.

        Args:
            lead: One record.
            reps: The representatives: ``team(...)`` of this router, or a table, which is read
                anew each time.
            state: What the last call gave; ``None``: nothing has happened yet.
            at: The moment at which the lead comes.

        Returns:
            Who got it, the state to store, and why.

        Raises:
            MissingColumnError: A column that is read is not there.
            DataError: A value is not of its kind.

        >>> team = [{"rep_id": "Li"}, {"rep_id": "Wang"}]
        >>> Router().route({"lead_id": 1}, team, at="2026-06-30T09:00").rep_id
        'Li'
        """
        made = self.team(reps)
        now, known = seconds(at, self.tz), state or RouterState()
        ledger = made.open(known, now)
        one, said = made.reading.record(as_mapping(lead))
        moment = ledger.at or 0.0
        fit = made.fitting.one(one.columns, said, int(moment // 86_400))
        choice = made.decide(ledger, one, fit, 0)
        found = Routed.of(one.given, choice, made, ledger.closed())
        return attrs.evolve(found, moved_clock=True) if moment > now else found

    def route_all(
        self,
        leads: object,
        reps: object,
        state: RouterState | None = None,
        *,
        at: Moment | None = None,
        at_column: str | None = None,
    ) -> RoutedBatch:
        """Route many leads in the order of time, as if one by one; equal moments by id.

        Args:
            leads: One row a lead, any kind of table.
            reps: The representatives, as in ``route``.
            state: What the last call gave.
            at: The moment of all of them.
            at_column: A column with the moment of each, instead: the order is that of the civil
                clock of ``tz``, so the hour that comes twice in autumn counts once.

        Raises:
            ConfigError: Neither or both of ``at`` and ``at_column`` are given.
            DataError: An id is missing or stands twice, or a moment is missing.

        >>> leads = [{"lead_id": "b", "on": "2026-06-30"}, {"lead_id": "a", "on": "2026-07-01"}]
        >>> Router().route_all(leads, [{"rep_id": "Li"}], at_column="on").given
        {'Li': 2}
        """
        if (at is None) == (at_column is None):
            msg = "give either at=, the moment of all leads, or at_column=, their column"
            raise ConfigError(msg)
        made, given = self.team(reps), table(leads)
        when = seconds(at, self.tz) if at is not None else moments(given, at_column or "", self.tz)
        batch = Batch.read(given, made.reading, when)
        found, reasons, last = batch.run(made, state or RouterState())
        attached = self._attached(given, made, found, reasons)
        counts = np.bincount(found[found >= 0], minlength=len(made.ids)).tolist()
        left: dict[str, int] = {}
        for reason, chosen in zip(reasons, found.tolist(), strict=True):
            if chosen < 0:
                left[reason.code] = left.get(reason.code, 0) + 1
        shares = dict(zip(made.ids, counts, strict=True))
        before = None if state is None else state.at
        late = 0 if before is None else int((batch.at < before).sum())
        return RoutedBatch(attached, last, shares, dict(sorted(left.items())), late)

    def record(
        self, event: RoutingEvent, reps: object, state: RouterState | None = None, *, at: Moment
    ) -> RouterState:
        """Write down what happened beside the leads.

        Args:
            event: A lead given by hand, closed or reassigned, a no-show, leave or return.
            reps: The representatives, as in ``route``.
            state: What the last call gave.
            at: When it happened; if the state is later, its own moment counts.

        Raises:
            DataError: Nobody knows whom it is about.

        >>> event, team = RoutingEvent("given", "Li"), [{"rep_id": "Li"}]
        >>> Router().record(event, team, at="2026-06-30").held
        (1,)
        """
        made = self.team(reps)
        ledger = made.open(state or RouterState(), seconds(at, self.tz))
        happened(event, ledger, self.tz)
        return ledger.closed()

    def _own(self, made: RouterTeam) -> RouterTeam:
        if made.settings is not self and made.settings != self:
            msg = "the team was read by another router: call team(...) of this one"
            raise ConfigError(msg)
        return made

    def _rep_needs(self, given: Table[Any]) -> Needs:
        there = given.columns
        asked = [self.strategy.rep_needs(there)]
        asked += [guard.rep_needs(there) for guard in self.guards]
        asked += [wish.rep_needs for wish in (*self.gates, *self.wishes)]
        return merged(dict(needs) for needs in asked)

    def _reading(self) -> Reading:
        more: Needs = getattr(self.strategy, "lead_needs", {})
        named = () if self.owners == OWNERS else self.owners
        if self.do_not_assign != BARRED:
            named = (*named, self.do_not_assign)
        own: dict[str, Kind] = dict.fromkeys(named, "text")
        asked: list[Needs] = [wish.needs for wish in (*self.gates, *self.wishes)]
        asked += [more, own, {} if self.when is None else self.when.needs]
        together = merged(dict(needs) for needs in asked)
        return Reading(self.lead_id, dict(together), (*self.owners, self.do_not_assign))

    def _reasons(self) -> tuple[Reason, ...]:
        """Why somebody is dropped, in the order in which it is looked at."""
        pairs = [(wish.reason.code, wish.reason.settings) for wish in (*self.gates, *self.wishes)]
        return (
            *(Reason("not_eligible", {**settings, "wish": code}) for code, settings in pairs),
            Reason("rep_on_leave"),
            *(guard.reason for guard in self.guards),
            Reason("fewer_points"),
            Reason("not_next"),
        )

    def _attached(
        self, given: Table[Any], made: RouterTeam, at: Index, reasons: list[Reason]
    ) -> object:
        codes = tuple(dict.fromkeys(reason.code for reason in reasons))
        place = {code: i for i, code in enumerate(codes)}
        why = np.array([place[reason.code] for reason in reasons], dtype=np.intp)
        ids = made.ids
        if self.owner in given.columns:
            at, ids = _kept(given.values(self.owner), made, at, reasons)
        owner: Attachable = [ids[rep] if rep >= 0 else None for rep in at.tolist()]
        if all(isinstance(rep, str) for rep in ids):
            owner = Codes(at, cast("tuple[str, ...]", ids), plain=True)
        new: dict[str, Attachable] = {
            self.owner: owner,
            f"{self.owner}_reason": Codes(why, codes, plain=True),
        }
        return given.attach(new)


def _kept(
    present: Distinct, made: RouterTeam, at: Index, reasons: list[Reason]
) -> tuple[Index, tuple[object, ...]]:
    """A lead that is not to be routed stays with its owner, also with one of another team."""
    still = np.array([reason.code in _NOT_ROUTED for reason in reasons], dtype=np.bool_)
    still &= present.at >= 0
    if not still.any():
        return at, made.ids
    known, beyond = made.team.spelled, len(made.ids)
    place = [known.get(text(word), beyond + i) for i, word in enumerate(present.words)]
    at = np.where(still, np.array(place, dtype=np.intp)[present.at], at)
    return at, (*made.ids, *present.words)
