"""Both tables as the events leave them: the team, its room, and who belongs together."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes, Floats
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.rebalancing.events import Event, Merged, Newcomer, OnLeave, RepLeaves
from custseg.errors import ConfigError, DataError
from custseg.frames import Table, table
from custseg.frames.scalar import day

FAMILY: Final = "_together"
KEPT: Final = "_held"


@attrs.frozen(eq=False)
class Scene:
    """What is to be planned.

    Attributes:
        customers: The customers, with owners as merged accounts have them.
        reps: The team without who leaves, with newcomers' capacity.
        everybody: The team as it was given.
        allocation: The settings, with the families of merged accounts.
        left: Who leaves, as text.
        leave: Who goes on leave.
        merged: The rows of merged accounts whose owner changed by the merger.
    """

    customers: Table[Any]
    reps: Table[Any]
    everybody: Table[Any]
    allocation: Allocation
    left: tuple[str, ...]
    leave: tuple[OnLeave, ...]
    merged: frozenset[int]


def scene(
    customers: Table[Any],
    reps: Table[Any],
    allocation: Allocation,
    events: Iterable[Event],
    at: tuple[float, str, str],
) -> Scene:
    """Let the events happen.

    Args:
        customers: The customers.
        reps: The team.
        allocation: The settings.
        events: What happened.
        at: The day, the column of value, and the column of the day on which the owner began.

    Raises:
        DataError: An event names somebody who is not there.
        ConfigError: A newcomer needs a capacity, and the team has none.

    >>> from custseg.frames import table
    >>> people, team = table([{"customer_id": 1}]), table([{"rep_id": "R1"}, {"rep_id": "R7"}])
    >>> scene(people, team, Allocation(), [RepLeaves("R7")], (0.0, "revenue", "")).reps.size
    1
    """
    happened = tuple(events)
    ids = _ids(reps, allocation.rep_id)
    for event in happened:
        if not isinstance(event, Merged) and event.rep not in ids:
            msg = f"an event names {event.rep!r}, who is not in the team; ids are given as text"
            raise DataError(msg, allocation.rep_id)
    _check_once(happened)
    mergers = [event for event in happened if isinstance(event, Merged)]
    people, spec, changed = _merged(customers, allocation, mergers, (at[1], at[2]))
    left = tuple(dict.fromkeys(e.rep for e in happened if isinstance(e, RepLeaves)))
    new = [event for event in happened if isinstance(event, Newcomer)]
    return Scene(
        people,
        _team(_ramped(reps, allocation, ids, new, at[0]), ids, left),
        reps,
        spec,
        left,
        tuple(event for event in happened if isinstance(event, OnLeave)),
        changed,
    )


def _check_once(happened: Sequence[Event]) -> None:
    """Refuse two events of a kind for one representative: one of them would be forgotten."""
    told = [(type(event), event.rep) for event in happened if not isinstance(event, Merged)]
    twice = [rep for (kind, rep) in dict.fromkeys(told) if told.count((kind, rep)) > 1]
    if twice:
        msg = f"two events of one kind name {twice[0]!r}: give one, and the next when it comes"
        raise ConfigError(msg, "events")


def _ids(data: Table[Any], column: str) -> list[str | None]:
    return cast("Codes", data.read({column: "text"})[column]).texts()


def _team(reps: Table[Any], ids: Sequence[str | None], left: Sequence[str]) -> Table[Any]:
    if not left:
        return reps
    stay = np.array([row for row, name in enumerate(ids) if name not in left], dtype=np.intp)
    return table(reps.take(stay))


def _ramped(
    reps: Table[Any],
    allocation: Allocation,
    ids: list[str | None],
    new: Sequence[Newcomer],
    as_of: float,
) -> Table[Any]:
    """Newcomers' capacity by tenure, rounded up: a quarter of three is one."""
    if not new:
        return reps
    column = allocation.limits.capacity
    if column is None or column not in reps.columns:
        msg = "a newcomer's capacity grows with tenure, but the team has no capacity: name one"
        raise ConfigError(msg, "newcomer")
    room = np.array(reps.read({column: "number"})[column], dtype=np.float64)
    if allocation.limits.default is not None:
        room = np.where(np.isnan(room), float(allocation.limits.default), room)
    least = allocation.limits.minimum
    some = None if least is None else np.array(reps.read({least: "number"})[least], dtype=float)
    for event in new:
        at = ids.index(event.rep)
        room[at] = np.ceil(np.floor(room[at]) * event.part(as_of))
        if some is not None:
            some[at] = np.fmin(some[at], room[at])
    columns = {column: room} if least is None or some is None else {column: room, least: some}
    return table(reps.attach(columns))


def _merged(
    customers: Table[Any],
    allocation: Allocation,
    mergers: Sequence[Merged],
    columns: tuple[str, str],
) -> tuple[Table[Any], Allocation, frozenset[int]]:
    """One owner and one family for merged accounts."""
    if not mergers:
        return customers, allocation, frozenset()
    ids = _ids(customers, allocation.customer_id)
    place = {name: row for row, name in enumerate(ids) if name is not None}
    owner = customers.values(allocation.owner) if allocation.owner in customers.columns else None
    owners: list[object] = [None] * customers.size
    if owner is not None:
        owners = [None if at < 0 else owner.words[at] for at in owner.at.tolist()]
    family = _families(customers, allocation, ids)
    ranked = {
        "value": _floats(customers, columns[0], "number"),
        "longest": -_floats(customers, columns[1], "day"),
    }
    changed: set[int] = set()
    one = {row: {row} for row in place.values()}
    for event in mergers:
        named = _rows(event, place, allocation.customer_id)
        rows = sorted(set[int]().union(*(one[row] for row in named)))
        one |= {row: set(rows) for row in rows}
        chosen = next(
            (owners[row] for row in _order(event, rows, place, ranked) if owners[row] is not None),
            None,
        )
        changed |= {row for row in rows if owners[row] not in (None, chosen)}
        joined = {family[row] for row in rows}
        head = family[place[event.into]]
        family = [head if name in joined else name for name in family]
        for row in rows:
            owners[row] = chosen
    added = table(customers.attach({allocation.owner: owners, FAMILY: family}))
    return added, attrs.evolve(allocation, together=FAMILY), frozenset(changed)


def _families(customers: Table[Any], allocation: Allocation, ids: list[str | None]) -> list[str]:
    known: list[str | None] = [None] * customers.size
    if allocation.together is not None:
        known = _ids(customers, allocation.together)
    return [f"f:{a}" if a is not None else f"c:{b}" for a, b in zip(known, ids, strict=True)]


def _floats(customers: Table[Any], column: str, kind: str) -> Floats:
    if column not in customers.columns:
        return np.full(customers.size, np.nan)
    found: Any = customers.read({column: cast("Any", kind)})[column]
    return np.asarray(getattr(found, "at", found), dtype=np.float64)


def _rows(event: Merged, place: dict[str, int], column: str) -> list[int]:
    strangers = [name for name in event.accounts if name not in place]
    if strangers:
        msg = f"a merger names {len(strangers)} accounts that are not there; ids are given as text"
        raise DataError(msg, column)
    return [place[name] for name in dict.fromkeys(event.accounts)]


def _order(
    event: Merged, rows: list[int], place: dict[str, int], ranked: dict[str, Floats]
) -> list[int]:
    """The accounts in the order in which their owners are asked for."""
    into = place[event.into]
    if event.keep == "into":
        return sorted(rows, key=lambda row: row != into)
    rank = np.nan_to_num(ranked[event.keep], nan=-np.inf)
    return sorted(rows, key=lambda row: (-rank[row], row != into))


def leave_days(event: OnLeave) -> tuple[float, float]:
    """First and last day of leave, in days since 1970-01-01.

    >>> leave_days(OnLeave("R3", "1970-01-02", "1970-01-03"))
    (1.0, 2.0)
    """
    return day(event.first), day(event.last)
