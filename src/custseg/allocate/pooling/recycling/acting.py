"""Follow-ups one by one: how long each customer is protected by those that came in time."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Column, Floats, Index
from custseg.allocate.pooling.recycling.sea import Reach
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.allocate.pooling.terms.events import AT
from custseg.allocate.pooling.terms.protection import Protection
from custseg.allocate.wishing.columns import numbers
from custseg.errors import DataError
from custseg.frames import Table, align


@attrs.frozen(eq=False)
class _Acts:
    """Follow-ups by customer and day, those of the present owner only.

    Attributes:
        row: The row of the customer.
        day: The day.
        begins: The place of the first one of each customer, for each follow-up.
        future: How many others lie after the day.
    """

    row: Index
    day: Floats
    begins: Index
    future: int


def acted_until(
    reach: Reach, given: Table[Any], columns: Mapping[str, Column], activities: Table[Any]
) -> tuple[dict[str, Column], Floats, int]:
    """The last follow-up of each customer, and the last day that follow-ups protect.

    Args:
        reach: The pools, the names and the day.
        given: The customers.
        columns: What was read of them.
        activities: The follow-ups.

    Returns:
        The columns with the last follow-up put in, the last protected day, and how many
        follow-ups lie after the day.
    """
    names = reach.names
    received = numbers(columns, names.received)
    acts = _acts(reach, given, received, activities)
    last = np.full(received.size, np.nan)
    last[acts.row] = acts.day  # the latest of each customer comes last
    found = dict(columns)
    known = numbers(columns, names.followed) if names.followed in columns else last
    told = np.where(known > reach.as_of, np.nan, known)
    found[names.followed] = np.fmax(told, last)
    until = np.full(received.size, np.nan)
    at = reach.belongs(columns, received.size)
    for place, pool in enumerate(reach.pools):
        if pool.protection is not None:
            rows = at == place
            first = np.nanmin(received, initial=reach.as_of)
            count = pool.count(float(first), reach.as_of)
            until[rows] = _chained(pool.protection, received, acts, count)[rows]
    return found, until, acts.future


def _acts(reach: Reach, given: Table[Any], received: Floats, activities: Table[Any]) -> _Acts:
    name = reach.names.customer_id
    if not activities.size:
        nothing = np.empty(0, dtype=np.intp)
        return _Acts(nothing, np.empty(0), nothing, 0)
    people, theirs = given.keys(name), activities.keys(name)
    if len(people.first) < (people.at >= 0).sum():
        msg = "holds an id that stands twice: merge the rows first"
        raise DataError(msg, name)
    row_of = np.append(people.first, -1)[np.append(align(people, theirs), -1)]
    row, day = row_of[theirs.at], numbers(activities.read({AT: "day"}), AT)
    future = int((day > reach.as_of).sum())
    fine = (row >= 0) & (day <= reach.as_of)
    fine[fine] = day[fine] >= received[row[fine]]
    row, day = row[fine], day[fine]
    order = np.lexsort((day, row))
    row, day = row[order], day[order]
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]]) if row.size else row
    begins = np.repeat(starts, np.diff(np.r_[starts, row.size])) if row.size else row
    return _Acts(row, day, begins, future)


def _chained(safe: Protection, received: Floats, acts: _Acts, count: DayCount) -> Floats:
    """Each follow-up must come while those before it still protect."""
    none = np.full(received.size, np.nan)
    until = safe.until(received, none, count)
    if not acts.row.size:
        return until
    start = until[acts.row]
    each = np.fmax(start, safe.until(received[acts.row], acts.day, count))
    before = np.where(np.arange(acts.row.size) == acts.begins, start, np.roll(each, 1))
    late = np.cumsum(acts.day > before)
    in_time: Bools = late - (late - (acts.day > before))[acts.begins] == 0
    kept = acts.row[in_time]
    until[kept] = each[in_time]
    return until
