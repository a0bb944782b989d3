"""One call: what is wrong with who looks after whom, before anybody moves."""

from typing import Any, TypeVar, cast

import numpy as np

from custseg._typing import Floats
from custseg.allocate.planning.asking.fetching import fetched, put_back, read_by_allocation
from custseg.allocate.planning.spec import Allocation, Day
from custseg.allocate.planning.usual import suggest
from custseg.allocate.rebalancing.asking.asked import hidden_leave
from custseg.allocate.rebalancing.settings import SIGNALS
from custseg.allocate.rebalancing.signals.results import Results
from custseg.allocate.reviewing.outcome import Review, finding_columns
from custseg.allocate.reviewing.seen import Seen, seen
from custseg.allocate.reviewing.settings import ReviewRules
from custseg.frames import Table, table
from custseg.frames.scalar import day

T = TypeVar("T")


def review(
    customers: T,
    reps: object,
    as_of: Day,
    *,
    allocation: Allocation | None = None,
    settings: ReviewRules | None = None,
) -> Review[T]:
    """Find what is wrong with the owners as they are; nobody is moved.

    Of a lazy table the columns that are read are fetched, and only they; ``table`` is lazy
    again.

    Args:
        customers: One row a customer, with the present ``owner`` and columns of its profile.
        reps: One row a representative.
        as_of: The day of the review.
        allocation: Wishes and limits; ``None``: the usual ones (``suggest``).
        settings: What counts as wrong; ``None``: ``ReviewRules()``.

    Raises:
        CustsegError: As ``Allocation.assign``.

    >>> people = [
    ...     {"customer_id": "a", "owner": "R1", "tier": "high", "contact_days": 45, "revenue": 9e3},
    ...     {"customer_id": "b", "owner": "R9", "tier": "low", "contact_days": 9, "revenue": 1e2},
    ... ]
    >>> found = review(people, [{"rep_id": "R1", "capacity": 5}], "2026-06-30")
    >>> [(one.kind, one.worst[0].customer_id) for one in found.findings]
    [('orphaned', 'b'), ('under_served', 'a')]
    """
    given, team = table(customers), table(reps)
    spec, rules, on = (
        allocation or suggest(given, team),
        settings or ReviewRules(),
        float(day(as_of)),
    )
    read = read_by_allocation(spec).union(rules.reads)
    held = fetched(given, read)
    problem, away = hidden_leave(held, team, spec, on)
    found = seen(held, problem, spec, rules, away)
    added = held.attach(finding_columns(found, found.overdue))
    if given.lazy:
        added = put_back(given, held, table(added), spec)
    return Review(cast("T", added), found, _results(team, spec, found))


def _results(reps: Table[Any], spec: Allocation, found: Seen) -> dict[str, Floats]:
    """Results of each representative, drawn towards the team's, by column."""
    signals = [one for one in (*spec.wishes, *SIGNALS) if isinstance(one, Results)]
    rows = found.problem.score.team.rows
    out: dict[str, Floats] = {}
    for one in signals:
        if one.title not in out and set(one.rep_needs) <= set(reps.columns):
            out[one.title] = np.asarray(one.shrunk(reps.read(one.rep_needs)))[rows]
    return out
