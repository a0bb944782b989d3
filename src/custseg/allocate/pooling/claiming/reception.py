"""A desk is opened: customers, representatives and the history of owners are read."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from custseg._typing import Codes, Column, Columns, Floats, Index, Ints, Kind
from custseg.allocate.pooling.claiming.books import Books, Crowd, Losses, Team
from custseg.allocate.pooling.claiming.bounds import Held, bound, rep_needs
from custseg.allocate.pooling.claiming.desk import PoolDesk
from custseg.allocate.pooling.recycling.dated import some
from custseg.allocate.pooling.recycling.sea import Reach
from custseg.allocate.pooling.terms.events import AT, CLAIMED, EVENT, FROM, TO
from custseg.allocate.pooling.terms.limits import PoolLimit
from custseg.allocate.pooling.terms.naming import POOL
from custseg.allocate.wishing.columns import codes, numbers
from custseg.errors import ConfigError, DataError
from custseg.frames import Table
from custseg.rules import merged

_REP = "rep_id"
_DEPARTMENT = "department"


def open_desk(
    reach: Reach,
    limits: Sequence[PoolLimit],
    customers: Table[Any],
    reps: Table[Any],
    events: Table[Any],
) -> PoolDesk:
    """Read who holds what on a day.

    Args:
        reach: The pools, the names and the day.
        limits: Limits of all pools.
        customers: One row a customer.
        reps: One row a representative.
        events: The owner history; what lies after the day does not count.

    Raises:
        DataError: An id is missing or stands twice, or an event has no day.
        ConfigError: A pool asks for the departments of representatives who have none.
    """
    each = [(limit, None) for limit in limits]
    own = [(one, at) for at, pool in enumerate(reach.pools) for one in pool.limits]
    every: list[tuple[PoolLimit, int | None]] = [*each, *own]
    team, their = _team(reach, [limit for limit, _ in every], reps)
    read, crowd = _crowd(reach, team, customers)
    held = Held(np.maximum(crowd.owner, -1), crowd.pool, crowd.won, crowd.locked)
    bounds = tuple(bound(limit, at, their, team.words, held) for limit, at in every)
    losses, claimed = _history(reach, team, read, events)
    used = tuple(one.used.copy() for one in bounds)
    return PoolDesk(reach, team, crowd, bounds, losses, Books({}, {}, {}, claimed, used))


def _team(
    reach: Reach, limits: Sequence[PoolLimit], reps: Table[Any]
) -> tuple[Team, dict[str, Column]]:
    needs: dict[str, Kind] = {_REP: "text", **rep_needs(limits)}
    asked = any(pool.departments for pool in reach.pools)
    if asked and _DEPARTMENT not in reps.columns:
        msg = "a pool names departments whose people may claim: give reps a column 'department'"
        raise ConfigError(msg, "pool.departments")
    if asked:
        needs = merged([needs, {_DEPARTMENT: "text"}])
    columns = reps.read(needs)
    ids = codes(columns, _REP)
    _unique(ids, _REP)
    keys, words = reps.keys(_REP), cast("list[str]", ids.texts())
    given = keys.ids()
    departments = codes(columns, _DEPARTMENT).texts() if asked else [None] * len(words)
    order = [given[at] for at in keys.at.tolist()]
    return Team(order, words, {word: at for at, word in enumerate(words)}, departments), columns


def _crowd(reach: Reach, team: Team, customers: Table[Any]) -> tuple[Codes, Crowd]:
    names = reach.names
    conditions = [dict(pool.when.needs) for pool in reach.pools if pool.when is not None]
    own: dict[str, Kind] = {names.customer_id: "text", names.owner: "text"}
    own |= dict.fromkeys(_told(reach, customers.columns), "number")
    columns = customers.read(own)
    ids, owner = codes(columns, names.customer_id), codes(columns, names.owner)
    _unique(ids, names.customer_id)
    size = ids.at.size
    places = [team.at.get(word, -2) for word in owner.words]
    held = np.array([*places, -1], dtype=np.intp)[owner.at]
    flags = [_flag(columns, name, size) for name in (names.won, names.locked)]
    row_of = np.empty(len(ids.words), dtype=np.intp)
    row_of[ids.at] = np.arange(size)
    at = dict(zip(ids.words, row_of.tolist(), strict=True))
    pool = reach.belongs(customers.read(merged(conditions)), size)
    outside = _outside(customers, names.owner, held)
    return ids, Crowd(at, held, outside, pool, *(some(flag) for flag in flags))


def _outside(customers: Table[Any], owner: str, held: Index) -> dict[int, object]:
    """The owners who are not in the team (they left, or are of another), as they were given."""
    rows = np.flatnonzero(held < -1)
    if not rows.size:
        return {}
    keys = customers.keys(owner)
    known, places = keys.ids(), keys.at[rows].tolist()
    return {row: known[place] for row, place in zip(rows.tolist(), places, strict=True)}


def _told(reach: Reach, known: Sequence[str]) -> list[str]:
    """Whether customers are won and locked: read where the table says it."""
    asked = (reach.names.won, reach.names.locked)
    return [name for name in asked if name is not None and name in known]


def _flag(columns: Columns, name: str | None, size: int) -> Floats:
    if name is None or name not in columns:
        return np.full(size, np.nan)
    return numbers(columns, name)


def _history(
    reach: Reach, team: Team, ids: Codes, events: Table[Any]
) -> tuple[Losses, dict[tuple[int, int], int]]:
    """Who lost which customer when, and how many each has claimed on the day."""
    if not events.size:
        nothing = np.empty(0, dtype=np.intp)
        return Losses(nothing, np.empty(0), max(len(team.words), 1)), {}
    name = reach.names.customer_id
    needs: dict[str, Kind] = {name: "text", EVENT: "text", FROM: "text", TO: "text", POOL: "text"}
    read = events.read({**needs, AT: "day"})
    day = numbers(read, AT)
    if np.isnan(day).any():
        msg = "is empty: every row of the owner history needs its day"
        raise DataError(msg, AT, int(np.isnan(day).argmax()))
    day = np.where(day > reach.as_of, np.nan, day)
    row_of = np.full(len(ids.words) + 1, -1, dtype=np.intp)
    row_of[ids.at] = np.arange(ids.at.size)
    row = row_of[codes(read, name).recode(ids.words)]
    former, new = (codes(read, part).recode(tuple(team.words)) for part in (FROM, TO))
    losses = Losses.of(row, former, day, max(len(team.words), 1))
    pools = tuple(pool.name for pool in reach.pools)
    pool = codes(read, POOL).recode(pools)
    claims = (codes(read, EVENT).recode((CLAIMED,)) == 0) & (day == reach.as_of)
    return losses, _counted(pool[claims], new[claims])


def _counted(pool: Index, rep: Index) -> dict[tuple[int, int], int]:
    known = (pool >= 0) & (rep >= 0)
    pairs, many = np.unique(np.column_stack((pool[known], rep[known])), axis=0, return_counts=True)
    counts: Ints = many.astype(np.int64)
    rows = zip(pairs.tolist(), counts.tolist(), strict=True)
    return {(int(place), int(at)): int(n) for (place, at), n in rows}


def _unique(ids: Codes, name: str) -> None:
    if (ids.at < 0).any():
        msg = "is empty: every row needs an id"
        raise DataError(msg, name, int((ids.at < 0).argmax()))
    many = np.bincount(ids.at, minlength=len(ids.words))
    if (many > 1).any():
        row = int((many[ids.at] > 1).argmax())
        msg = "holds an id that stands twice: merge the rows first"
        raise DataError(msg, name, row)
