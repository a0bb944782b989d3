"""What is asked of a rebalancing, in arrays: signals heard, events happened, leave seen."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Days, Floats, Index
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.rebalancing.asking.scene import KEPT, Scene, leave_days
from custseg.allocate.rebalancing.events import OnLeave
from custseg.allocate.rebalancing.settings import Rebalancing
from custseg.allocate.rebalancing.signals.hearing import Heard
from custseg.allocate.wishing.ordering.priority import First
from custseg.allocate.wishing.protocol import Wish
from custseg.allocate.wishing.staying import Stay
from custseg.errors import ConfigError
from custseg.frames import EPOCH, Table, table
from custseg.rules import Condition, F

_WHOLE: Final = 100.0
_SIGNAL: Final = 15.0


@attrs.frozen(eq=False)
class Asked:
    """The question in canonical order.

    Attributes:
        scene: Both tables as the events leave them.
        spec: The allocation with signals instead of the wish to stay.
        problem: What is to be solved.
        points: One number a pair; NaN where a pair is not eligible.
        present: The owner before, -1 for none of the team.
        locked: Who stays whatever the rest says.
        away: Who of the team is on leave on the day.
        heard: What was said.
    """

    scene: Scene
    spec: Allocation
    problem: Problem
    points: Floats
    present: Index
    locked: Bools
    away: Bools
    heard: Heard

    @property
    def held(self) -> Bools:
        """Who may stay with the present owner."""
        rows = np.flatnonzero(self.present >= 0)
        out = np.zeros(self.present.size, dtype=np.bool_)
        out[rows] = ~np.isnan(self.points[rows, self.present[rows]])
        return out


def with_signals(
    allocation: Allocation, settings: Rebalancing, customers: Table[Any], reps: Table[Any]
) -> Allocation:
    """The allocation with the signals whose columns are there, and with the protected locked.

    The wish to stay gives way to the price of a move: it has no weight any more, unless required.
    Weights of the other wishes are scaled to 100 together, so that those of signals mean the same
    everywhere.

    >>> people = table([{"customer_id": 1, "preferred_rep": "R1"}])
    >>> spec = with_signals(Allocation(), Rebalancing(), people, table([{"rep_id": "R1"}]))
    >>> [wish.reason.code for wish in spec.wishes]
    ['customer_preference']
    """
    own = allocation.weights or (1.0,) * len(allocation.wishes)
    kept = [
        (wish, 0.0 if isinstance(wish, Stay) and not wish.required else weight)
        for wish, weight in zip(allocation.wishes, own, strict=True)
        if not isinstance(wish, Stay) or wish.required or wish.column != allocation.owner
    ]
    whole = sum(weight for _, weight in kept) or 1.0
    extra = settings.weights or (_SIGNAL,) * len(settings.signals)
    heard = [
        (signal, weight)
        for signal, weight in zip(settings.signals, extra, strict=True)
        if _readable(signal, customers, reps)
    ]
    return attrs.evolve(
        allocation,
        wishes=(*(wish for wish, _ in kept), *(signal for signal, _ in heard)),
        weights=(*(_WHOLE * w / whole for _, w in kept), *(w for _, w in heard)),
        locked=_locked(allocation.locked, settings),
    )


def present_column(allocation: Allocation) -> str:
    """The column that holds the present owner: that of the wish to stay, else the one written.

    >>> present_column(Allocation(wishes=[Stay("owner_previous")]))
    'owner_previous'
    """
    return next((w.column for w in allocation.wishes if isinstance(w, Stay)), allocation.owner)


def _readable(signal: Wish, customers: Table[Any], reps: Table[Any]) -> bool:
    mine, theirs = set(customers.columns), set(reps.columns)
    return mine.issuperset(signal.needs) and theirs.issuperset(signal.rep_needs)


def _locked(own: Condition | None, settings: Rebalancing) -> Condition | None:
    found = [one for one in (own, settings.protected) if one is not None]
    if not found:
        return None
    return found[0] if len(found) == 1 else found[0] | found[1]


def settled(settings: Rebalancing, as_of: float) -> Rebalancing:
    """Who came to the owner a short time ago is protected like the others.

    >>> from custseg.frames import table
    >>> settled(Rebalancing(settled=30), 20_000.0).protected
    Test(field='owner_since', op='>', value=datetime.date(2024, 9, 4), kind='day')
    """
    if settings.settled is None:
        return settings
    from datetime import date  # noqa: PLC0415 - loaded where it is used

    recent = F(settings.since) > date.fromordinal(int(as_of) - settings.settled + EPOCH)
    given = settings.protected
    both = recent if given is None else given | recent
    return attrs.evolve(settings, protected=both, settled=None)


def asked(scene: Scene, spec: Allocation, heard: Heard, as_of: float) -> Asked:
    """Read both sides; who is on leave keeps the customers and gets none.

    Raises:
        CustsegError: As ``Allocation.assign``.
    """
    problem, away = hidden_leave(scene.customers, scene.reps, spec, as_of, scene.leave)
    present = problem.present
    if present is None:
        present = np.full(problem.size, -1, dtype=np.intp)
    places = problem.places
    mine = np.bincount(present[present >= 0], minlength=away.size)
    places = attrs.evolve(
        places,
        lo=np.where(away, 0, places.lo),
        hi=np.where(away, np.minimum(mine, places.hi), places.hi),
        away=places.away | away,
    )
    problem = attrs.evolve(problem, places=places)
    points = np.array(problem.points())
    for rep in np.flatnonzero(away).tolist():
        points[present != rep, rep] = np.nan
    locked = problem.locked
    if locked is None:
        locked = np.zeros(problem.size, dtype=np.bool_)
    return Asked(scene, spec, problem, points, present, locked, away, heard)


def held_first(question: Asked, as_of: float) -> Asked:
    """The same question where who has an owner comes before who has none.

    Needed only where places are short: the order of priority says who is served, and nobody may
    lose an owner to a newcomer. Beyond what an owner may have, customers come as those without.
    """
    problem, present = question.problem, question.present
    rows = np.flatnonzero((present >= 0) & (question.held | question.locked))
    order = rows[np.lexsort((rows, ~question.locked[rows], present[rows]))]
    owner = present[order]
    place = np.arange(order.size) - np.searchsorted(owner, owner)
    first = np.zeros(problem.size)
    first[order[place < problem.places.hi[owner]]] = 1.0
    column = np.zeros(problem.size)
    column[problem.score.people.rows] = first
    spec = attrs.evolve(question.spec, priority=(First(KEPT), *question.spec.priority))
    people = table(question.scene.customers.attach({KEPT: column}))
    scene = attrs.evolve(question.scene, customers=people)
    return asked(scene, spec, question.heard, as_of)


def hidden_leave(
    customers: Table[Any],
    reps: Table[Any],
    spec: Allocation,
    as_of: float,
    events: Sequence[OnLeave] = (),
) -> tuple[Problem, Bools]:
    """The problem as if nobody were on leave, and who is.

    Limits and rules keep new customers from who is away; here the question is who keeps those
    they have, so leave is judged apart.

    Args:
        customers: The customers.
        reps: The team.
        spec: The allocation.
        as_of: The day.
        events: Leave that is not in the team's table.
    """
    limits = spec.limits
    needs = limits.needs(reps.columns)
    ids = reps.read({spec.rep_id: "text"})[spec.rep_id]
    assert isinstance(ids, Codes)  # noqa: S101 - text is read as codes
    names = ids.texts()
    away = limits.places(reps.read(needs), names, most=1, as_of=as_of).away.copy()
    for event in events:
        first, last = leave_days(event)
        away[names.index(event.rep)] |= first <= as_of <= last
    nothing = Days(np.full(reps.size, np.nan))
    columns = [name for name in (limits.leave_from, limits.leave_until) if name in needs]
    shown = table(reps.attach(dict.fromkeys(columns, nothing))) if columns else reps
    problem = spec.problem(customers, shown, as_of)
    return problem, away[problem.score.team.rows]


def check_names(customers: Table[Any]) -> None:
    """Refuse columns whose names are needed inside.

    Raises:
        ConfigError: There is such a column.

    >>> check_names(table([{"customer_id": 1}]))
    """
    taken = [name for name in (KEPT,) if name in customers.columns]
    if taken:
        msg = f"customers have a column {taken[0]!r}, which is needed inside: rename it"
        raise ConfigError(msg)
