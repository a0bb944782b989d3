"""What the router must remember between two leads: plain data that the caller stores."""

from collections.abc import Mapping
from numbers import Integral
from typing import ClassVar, Final, TypeAlias

import attrs

from custseg.allocate.routing.memory.moment import Moment, seconds
from custseg.errors import DataError
from custseg.showing import Shown

Key: TypeAlias = str | int
"""An id in the state: a whole number or a text; other ids stand there as their text."""

COLUMNS: Final = (
    "turn",
    "last",
    "given",
    "held",
    "no_shows",
    "cancelled",
    "credit",
    "in_day",
    "in_week",
    "in_month",
    "recent",
    "away_from",
    "away_until",
)
"""The columns of a state."""

BLANK: Final[Mapping[str, object]] = {
    **dict.fromkeys(COLUMNS, 0),
    "credit": 0.0,
    "recent": (),
    "last": None,
    "away_from": None,
    "away_until": None,
}
"""What is known of who is new."""


@attrs.frozen(kw_only=True)
class RouterState(Shown):
    """The memory of a router: store it with the leads, and give it to the next call.

    Plain data: ``cs.dump`` and ``cs.load`` bring it back. All tuples have one entry a
    representative; moments are civil seconds since 1970. Its size does not grow with the leads:
    it keeps only the moments that a guard reads.

    Attributes:
        reps: Whom it knows, in order of their ids.
        at: The moment of the last lead or event.
        tickets: How many leads were given in all.
        day: The civil day that ``in_day`` counts.
        week: The week that ``in_week`` counts.
        month: The month that ``in_month`` counts.
        cycle: The cycle that ``given`` counts.
        window: The seconds of history that a guard of a router reads; routers that share a state
            keep it for one another.
        turn: The ticket of the last lead; 0: none yet.
        last: The moment of the last lead.
        given: Leads given in this cycle.
        held: Leads given and not closed.
        no_shows: Meetings of this cycle to which nobody came.
        cancelled: Meetings of this cycle that were cancelled.
        credit: The strategy's own number.
        in_day: Leads given on this day.
        in_week: Leads given in this week.
        in_month: Leads given in this month.
        recent: The moments of leads within the longest window.
        away_from: First moment of leave that an event told.
        away_until: End of that leave.

    >>> state = RouterState.of(last={"Sanjay": "2026-06-30T10:31", "Miriam": "2026-06-30T10:02"})
    >>> state.reps, state.turn
    (('Miriam', 'Sanjay'), (1, 2))
    """

    schema_version: ClassVar[int] = 1
    reps: tuple[Key, ...] = ()
    at: float | None = None
    tickets: int = 0
    day: int = 0
    week: int = 0
    month: int = 0
    cycle: int = 0
    window: float = 0.0
    turn: tuple[int, ...] = ()
    last: tuple[float | None, ...] = ()
    given: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    no_shows: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    credit: tuple[float, ...] = ()
    in_day: tuple[int, ...] = ()
    in_week: tuple[int, ...] = ()
    in_month: tuple[int, ...] = ()
    recent: tuple[tuple[float, ...], ...] = ()
    away_from: tuple[float | None, ...] = ()
    away_until: tuple[float | None, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse columns that do not have one entry a representative.

        Raises:
            DataError: A column is too short or too long, somebody stands twice, or holds less
                than nothing.
        """
        size = len(self.reps)
        if len(set(self.reps)) < size:
            msg = "holds an id twice"
            raise DataError(msg, "router-state.reps")
        if min(self.held, default=0) < 0:
            msg = "holds a number below 0: nobody has fewer than no leads"
            raise DataError(msg, "router-state.held")
        for name in COLUMNS:
            if len(getattr(self, name)) != size:
                msg = f"must have {size} entries, one for each of reps"
                raise DataError(msg, f"router-state.{name}")

    @classmethod
    def of(
        cls,
        *,
        last: Mapping[object, Moment | None] | None = None,
        held: Mapping[object, int] | None = None,
        tz: str | None = None,
    ) -> "RouterState":
        """The state that a CRM begins with, from what it knows already.

        Args:
            last: The moment of each one's last lead; ``None``: none yet.
            held: The leads that each has open.
            tz: The company's time zone, for moments that carry one of their own.

        >>> RouterState.of(held={"Wang": 3, "Li": 0}).held
        (0, 3)
        """
        moments = {key_of(rep): moment for rep, moment in (last or {}).items()}
        loads = {key_of(rep): int(count) for rep, count in (held or {}).items()}
        keys = in_order({*moments, *loads})
        known = [moments.get(key) for key in keys]
        at = [None if moment is None else seconds(moment, tz) for moment in known]
        said = sorted((moment, i) for i, moment in enumerate(at) if moment is not None)
        turn = {i: ticket for ticket, (_, i) in enumerate(said, start=1)}
        blank = {name: (value,) * len(keys) for name, value in BLANK.items()}
        blank |= {
            "turn": tuple(turn.get(i, 0) for i in range(len(keys))),
            "last": tuple(at),
            "held": tuple(loads.get(key, 0) for key in keys),
        }
        return cls(reps=tuple(keys), tickets=len(said), **blank)  # type: ignore[arg-type]

    def no_later_than(self, moment: Moment, tz: str | None = None) -> "RouterState":
        """The state after a clock was wrong: what it says of a later time happened now.

        A lead that came with a moment of next year would hold up all others, which come before it:
        its day, and the caps of that day, would last until then.

        Args:
            moment: The right time.
            tz: The company's time zone, for a moment that carries one of its own.

        >>> from custseg.allocate import Cap, Router
        >>> router, team = Router(guards=[Cap(1)]), [{"rep_id": "Li"}]
        >>> wrong = router.route({"lead_id": 1}, team, at="2062-06-30").state
        >>> router.route({"lead_id": 2}, team, wrong, at="2026-06-30").rep_id is None
        True
        >>> right = wrong.no_later_than("2026-06-30T09:00")
        >>> router.route({"lead_id": 2}, team, right, at="2026-06-30T09:01").rep_id
        'Li'
        """
        now = seconds(moment, tz)
        return attrs.evolve(
            self,
            at=None if self.at is None else min(self.at, now),
            last=tuple(None if last is None else min(last, now) for last in self.last),
            recent=tuple(tuple(min(one, now) for one in past) for past in self.recent),
        )


def key_of(given: object) -> Key:
    """An id as the state keeps it; whole numbers are one, whatever their type.

    >>> key_of(17), key_of(17.0), key_of("017"), key_of(1.5)
    (17, 17, '017', '1.5')
    """
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        return str(given)
    if isinstance(given, Integral):
        return int(given)
    return int(given) if isinstance(given, float) and given.is_integer() else str(given)


def in_order(keys: "set[Key] | list[Key]") -> list[Key]:
    """Ascending, numbers before texts.

    >>> in_order({"b", 10, "a", 9})
    [9, 10, 'a', 'b']
    """
    return sorted(keys, key=lambda key: (isinstance(key, str), key))
