"""What happens beside leads: given by hand, closed, reassigned, nobody came, leave and return."""

from typing import Final, Literal, TypeAlias

import attrs

from custseg.allocate.routing.memory.ledger import Ledger
from custseg.allocate.routing.memory.moment import Moment, seconds
from custseg.allocate.routing.memory.state import key_of
from custseg.errors import ConfigError, DataError

What: TypeAlias = Literal["given", "closed", "reassigned", "no_show", "cancelled", "away", "back"]
_WHAT: Final = ("given", "closed", "reassigned", "no_show", "cancelled", "away", "back")


@attrs.frozen
class RoutingEvent:
    """Something that the router must know beside the leads that it gave.

    Attributes:
        what: ``"given"``: a lead by hand. ``"closed"``: a lead is done, and no load any more.
            ``"reassigned"``: from ``rep_id`` to ``to``, credited back. ``"no_show"`` and
            ``"cancelled"``: of a meeting. ``"away"``: on leave until ``until``, or until further
            notice. ``"back"``: the leave is over.
        rep_id: Whose.
        to: Who gets a reassigned lead.
        since: When a leave begins; ``None``: now.
        until: When it ends, the first moment of being back.

    >>> from custseg.allocate import Router, RouterState
    >>> router, team = Router(), [{"rep_id": "Li"}, {"rep_id": "Wang"}]
    >>> at = "2026-06-30T09:00"
    >>> leave = RoutingEvent("away", "Li", until="2026-07-06")
    >>> state = router.record(leave, team, RouterState(), at=at)
    >>> router.route({"lead_id": 1}, team, state, at=at).rep_id
    'Wang'
    """

    what: What = attrs.field(validator=attrs.validators.in_(_WHAT))
    rep_id: object
    to: object = attrs.field(default=None, kw_only=True)
    since: Moment | None = attrs.field(default=None, kw_only=True)
    until: Moment | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an event that lacks what it is about.

        Raises:
            ConfigError: ``to`` is missing, or stands where it does not belong.
        """
        if (self.what == "reassigned") != (self.to is not None):
            msg = "belongs to a reassigned lead, and only to it"
            raise ConfigError(msg, "event.to")
        if self.what != "away" and (self.since is not None or self.until is not None):
            msg = "belong to leave (away) only"
            raise ConfigError(msg, "event.since/until")


def happened(event: RoutingEvent, ledger: Ledger, tz: str | None) -> None:
    """Write an event into the ledger.

    Args:
        event: What happened.
        ledger: What is known of the team.
        tz: The company's time zone.

    Raises:
        DataError: Somebody is not known, or a leave ends before it begins.
    """
    at = _place(event.rep_id, ledger)
    if event.what == "given":
        ledger.give(at)
    elif event.what == "closed":
        ledger.add("held", at, -1)
    elif event.what == "reassigned":
        _reassigned(at, _place(event.to, ledger), ledger)
    elif event.what == "no_show":
        ledger.add("no_shows", at, 1)
    elif event.what == "cancelled":
        ledger.add("cancelled", at, 1)
    else:
        _leave(event, at, ledger, tz)


def _reassigned(at: int, to: int, ledger: Ledger) -> None:
    ledger.add("held", at, -1)
    ledger.add("given", at, -1)
    ledger.give(to)


def _leave(event: RoutingEvent, at: int, ledger: Ledger, tz: str | None) -> None:
    if event.what == "back":
        since = until = None
    else:
        since = ledger.at if event.since is None else seconds(event.since, tz)
        until = None if event.until is None else seconds(event.until, tz)
        if event.since is not None and until is not None and until <= (since or 0.0):
            msg = "the leave ends before it begins: until must be after since"
            raise DataError(msg)
    ledger.put("away_from", at, since)
    ledger.put("away_until", at, until)


def _place(rep: object, ledger: Ledger) -> int:
    key = key_of(rep)
    if key not in ledger.keys:
        msg = f"the event is about {rep!r}, who is neither of the team nor in the state"
        raise DataError(msg)
    return ledger.keys.index(key)
