"""The laws of wishes, solvers and priorities: what is given stays within what there is."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from custseg import frames
from custseg._typing import Floats, Ints
from custseg.allocate import Allocation, AllocationModel, InfeasibleError
from custseg.allocate.wishing.protocol import classes_of, dated, in_full
from custseg.checks.anykind import any_table
from custseg.checks.columns import left_alone, row_of
from custseg.checks.document import document
from custseg.checks.kinds import Answers, answers
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows, people, reps
from custseg.errors import CapacityError
from custseg.rules import merged

_ID = "customer_id"
_AS_OF = 20_634.0  # 2026-06-30
_CAPACITIES = ((5, 0, 7, 3), (0, 0, 0, 0), (50, 50, 50, 50), (1,), ())


def wish(made: Any) -> Iterator[str]:  # noqa: ANN401 - a wish
    """The points of a pair depend on the pair alone, run from 0 to 1, and are those of classes."""
    (made,) = dated((made,), _AS_OF)
    customers = frames.table(people(dict(made.needs))).read(made.needs)
    team = frames.table(reps(dict(made.rep_needs))).read(made.rep_needs)
    with working("sample"):
        points = np.asarray(left_alone(made.points, customers, team), dtype=np.float64)
        size = len(people())
        alone = [made.points(row_of(customers, i), team) for i in range(size)]
    each = np.concatenate(alone) if customers else points
    fine = np.array_equal(each, points, equal_nan=True)
    yield demand("one record", "the points of a customer depend on the others", holds=fine)
    within = bool(np.all(np.isnan(points) | ((points >= 0) & (points <= 1))))
    yield demand("points", "points are outside 0 to 1", holds=within)
    with working("classes"):
        found = classes_of(made, customers, team)
        alike = found is None or np.array_equal(in_full(found), points, equal_nan=True)
    yield demand("classes", "classes give other points", holds=alike)
    yield from allocation(Allocation(wishes=(made,)))


def solver(made: Any) -> Iterator[str]:  # noqa: ANN401 - a solver
    """What a solver gives keeps every limit, whatever the points."""
    for points in _problems():
        for hi in (np.array([5, 0, 7, 3]), np.zeros(4, np.int64), np.full(4, 50)):
            _solved(made, points, np.zeros(4, np.int64), hi)
        _solved(made, points, np.array([1, 0, 2, 0]), np.array([5, 0, 7, 3]))
    yield from ("capacity", "eligible", "minimum")
    yield from allocation(Allocation(solver=made))


def priority(made: Any) -> Iterator[str]:  # noqa: ANN401 - a priority
    """An order of priority is held against the laws of an allocation."""
    with working("sample"):
        left_alone(made.ranks, frames.table(people(dict(made.needs))).read(made.needs))
    yield from allocation(Allocation(priority=(made,)))


def allocation(made: Allocation | AllocationModel) -> Iterator[str]:
    """Capacities hold, everybody is accounted for, rows and kinds of table do not matter."""
    spec = made.allocation if isinstance(made, AllocationModel) else made
    for capacity in _CAPACITIES:
        _within(spec, _customers(spec), _team(spec, capacity))
    yield from ("capacity", "everyone")
    samples = (_customers(spec), _team(spec, _CAPACITIES[0]))
    yield from any_table(samples, partial(_owners, spec), "assign")
    yield from document(made)


def _solved(made: Any, points: Floats, lo: Ints, hi: Ints) -> None:  # noqa: ANN401 - a solver
    try:
        with working("solve"):
            at = np.asarray(left_alone(made.solve, points.copy(), lo.copy(), hi.copy()))
    except AssertionError as error:
        if isinstance(error.__cause__, InfeasibleError):
            return
        raise
    shape = at.shape == (len(points),) and bool(np.all((at >= -1) & (at < len(hi))))
    demand("solve", f"it must give {len(points)} places from -1 to {len(hi) - 1}", holds=shape)
    load = np.bincount(at[at >= 0], minlength=len(hi))
    told_ = f"it gives {load.tolist()} customers where {hi.tolist()} may be given"
    demand("capacity", told_, holds=bool(np.all(load <= hi)))
    told_ = f"it gives {load.tolist()} customers where {lo.tolist()} must be given"
    demand("minimum", told_, holds=bool(np.all(load >= lo)))
    used = points[np.flatnonzero(at >= 0), at[at >= 0]]
    demand("eligible", "it uses a pair that is not eligible", holds=not np.isnan(used).any())


def _problems() -> Iterator[Floats]:
    """Points of a few customers and four representatives: ties, refusals, nobody, nothing."""
    grid = np.arange(80.0).reshape(20, 4)
    yield (grid * 7 % 11) / 11
    yield np.where(grid % 3 == 0, np.nan, (grid % 5) / 5)
    yield np.ones((20, 4))
    yield np.full((6, 4), np.nan)
    yield np.zeros((0, 4))


def _customers(spec: Allocation) -> Rows:
    rows = people(dict(spec.needs))
    measures = [load.measure for load in spec.loads if load.measure is not None]
    return [
        {
            spec.customer_id: row.pop(_ID),
            **row,
            **{name: abs(row[name] or 0.0) for name in measures},  # a load is 0 or more
            **({} if spec.locked is None else {spec.owner: row.get(spec.owner)}),
        }
        for row in rows
    ]


def _team(spec: Allocation, capacity: tuple[int, ...]) -> Rows:
    wanted = merged(dict(needs) for needs in (spec.rep_needs, spec.limits.needs(())))
    team = reps(dict(wanted), capacity)
    limit = spec.limits.capacity
    return [
        {spec.rep_id: rep.pop("rep_id"), **rep, **({limit: rep["capacity"]} if limit else {})}
        for rep in team
    ]


def _owners(spec: Allocation, customers: Any, team: Any) -> Answers:  # noqa: ANN401 - any kind of table
    plan = spec.assign(customers, team, as_of="2026-06-30")
    there = frames.table(plan.table).columns
    written = (spec.owner, f"{spec.owner}_reason", f"{spec.owner}_rule", "pool")
    return answers(plan.table, tuple(n for n in written if n in there), spec.customer_id)


def _within(spec: Allocation, customers: Rows, team: Rows) -> None:
    try:
        plan = spec.assign(customers, team, as_of="2026-06-30")
    except CapacityError as error:
        refusable = bool(spec.loads) or spec.limits.minimum is not None
        demand("capacity", str(error), holds=refusable)
        return
    locked = {rep for broken in plan.violations for rep in broken.reps}
    owners = answers(plan.table, (spec.owner,), spec.customer_id)
    given: dict[Any, int] = {}
    for (owner,) in owners.values():
        given[owner] = given.get(owner, 0) + 1
    limit = spec.limits.capacity
    free = {rep[spec.rep_id]: rep[limit] if limit else len(customers) for rep in team}
    within = all(n <= free[owner] for owner, n in given.items() if owner not in {None, *locked})
    demand("capacity", "somebody gets more than the capacity", holds=within)
    left = len(plan.unassigned) == given.get(None, 0)
    demand("everyone", "a customer has neither owner nor reason", holds=left)
