"""One call: who should change hands, within a budget, in what order, and how to take it back."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.allocate.planning.asking.fetching import fetched, put_back
from custseg.allocate.planning.sharing.settled import settled as fixed
from custseg.allocate.planning.spec import Allocation, Day
from custseg.allocate.planning.usual import suggest
from custseg.allocate.rebalancing.answering.columns import columns
from custseg.allocate.rebalancing.answering.course import Course, within
from custseg.allocate.rebalancing.answering.covering import Covers, covered, leaves
from custseg.allocate.rebalancing.answering.result import Rebalance
from custseg.allocate.rebalancing.answering.why import LEAVER, NOBODY, STRANGER, reasons_of
from custseg.allocate.rebalancing.asking.asked import (
    Asked,
    asked,
    check_names,
    held_first,
    present_column,
    settled,
    with_signals,
)
from custseg.allocate.rebalancing.asking.fetching import read_by
from custseg.allocate.rebalancing.asking.scene import scene
from custseg.allocate.rebalancing.events import Event
from custseg.allocate.rebalancing.moving.evenings import Carried
from custseg.allocate.rebalancing.moving.exchanges import Exchanges, exchanges
from custseg.allocate.rebalancing.moving.minimum import MinimalMoves, forced
from custseg.allocate.rebalancing.moving.phasing import Staged, staged
from custseg.allocate.rebalancing.moving.search import Found, Owned, Search
from custseg.allocate.rebalancing.settings import Phases, Rebalancing
from custseg.allocate.rebalancing.signals.hearing import NOTHING, heard
from custseg.allocate.solving.solution import Solution
from custseg.frames import Table, table
from custseg.frames.scalar import day
from custseg.frames.vector import holds

T = TypeVar("T")


def rebalance(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    customers: T,
    reps: object,
    as_of: Day,
    *,
    allocation: Allocation | None = None,
    settings: Rebalancing | None = None,
    events: Iterable[Event] = (),
    feedback: object | None = None,
) -> Rebalance[T]:
    """Say who should change hands, and keep everybody else where they are.

    The present owner keeps a customer unless somebody has to have it, or another gains enough:
    within the budget of moves the plan gains the most. Nobody is moved by this call: it returns
    a table, a list of moves by day, and a journal to undo them.

    Args:
        customers: One row a customer, with the present ``owner``.
        reps: One row a representative.
        as_of: The day of the plan.
        allocation: Wishes and limits; ``None``: the usual ones (``suggest``).
        settings: Budget, who is protected, signals, phases; ``None``: ``Rebalancing()``.
        events: What happened: ``RepLeaves``, ``OnLeave``, ``Newcomer``, ``Merged``.
        feedback: What both sides said, one row a voice: ``customer_id``, ``rep_id``, ``said``
            (``request``, ``decline``, ``preference``, ``complaint``), and ``at``, the day.

    Raises:
        CustsegError: As ``Allocation.assign``; or an event names somebody who is not there.

    Source: the price of a move is a Lagrange multiplier: H. Everett, "Generalized Lagrange
    Multiplier Method", Operations Research 11 (1963), 399-417.

    Of a lazy table the columns that are read are fetched, and only they: every customer is
    weighed against every other. ``table`` is lazy again, the answers by id.

    >>> people = [{"customer_id": k, "owner": "R1", "region": "n"} for k in range(4)]
    >>> team = [
    ...     {"rep_id": "R1", "region": "n", "capacity": 3},
    ...     {"rep_id": "R2", "region": "n", "capacity": 3},
    ... ]
    >>> done = rebalance(people, team, "2026-06-30")
    >>> [(move.before, move.after, move.why.code) for move in done.moves]
    [('R1', 'R2', 'over_capacity')]
    >>> done.minimum.bound, done.minimum.proven
    (1, True)
    """
    given, team = table(customers), table(reps)
    base = allocation or suggest(given, team)
    narrow = fetched(given, read_by(base, settings or Rebalancing(), given, team))
    how, on = settled(settings or Rebalancing(), float(day(as_of))), float(day(as_of))
    done = _rebalanced(narrow, team, (base, how, on), events, feedback)
    if not given.lazy:
        return done
    return attrs.evolve(done, table=put_back(given, narrow, table(done.table), base))


def _rebalanced(
    given: Table[Any],
    team: Table[Any],
    asked_of: tuple[Allocation, Rebalancing, float],
    events: Iterable[Event],
    feedback: object | None,
) -> Rebalance[Any]:
    """The same for a table in memory."""
    base, how, on = asked_of
    check_names(given)
    said = NOTHING
    if feedback is not None:
        said = heard(feedback, given, (base.customer_id, base.rep_id), on)
    people = table(given.attach(said.columns)) if said.columns else given
    spec = with_signals(base, how, people, team)
    what = scene(people, team, spec, events, (on, how.value, how.since))
    return _answered(given, asked(what, what.allocation, said, on), how, on)


def _answered(given: Table[Any], question: Asked, how: Rebalancing, on: float) -> Rebalance[Any]:
    value, weight, unit = _weights(given, question, how)
    search = _search(question, how, weight)
    if _robbed(question, search):
        rows = question.problem.score.people.rows
        question = held_first(question, on)
        order = _reordered(rows, question.problem.score.people.rows)
        value, weight = None if value is None else value[order], weight[order]
        search = _search(question, how, weight)
    moveable = search.moveable * unit
    budget = np.inf if how.moves is None else how.moves.limit(moveable=moveable) / unit
    found = within(question, search, budget)
    solution = attrs.evolve(found.solution, at=found.at)
    plan = question.spec.plan(given, question.problem, points=question.points, solution=solution)
    course = _course(given, question, how, on, (search, found, budget, unit, value))
    extra = columns(course)
    return Rebalance(table(plan.table).attach(extra), plan, course, given)


def _reordered(old: Index, new: Index) -> Index:
    """Where each row of the new order stood in the old one."""
    place = np.empty_like(old)
    place[old] = np.arange(old.size)
    return place[new]


def _weights(
    given: Table[Any], question: Asked, how: Rebalancing
) -> tuple[Floats | None, Floats, float]:
    """The value of each customer, what its move counts (1 on average), and what one unit is."""
    rows = question.problem.score.people.rows
    value = _numbers(given, how.value, rows) if how.value in given.columns else None
    counted = how.moves.value if how.moves is not None else None
    if counted is None:
        return value, np.ones(rows.size), 1.0
    return value, *_scaled(_numbers(given, counted, rows), question.present >= 0)


def _scaled(found: Floats, owned: Bools) -> tuple[Floats, float]:
    """Weights of 1 on average; who has no value counts as the average, below 0 as 0."""
    clipped = np.maximum(found, 0.0)
    known = np.sort(clipped[owned & ~np.isnan(clipped)])
    mean = float(known.sum()) / known.size if known.size else 1.0
    unit = mean or 1.0
    return np.round(np.where(np.isnan(clipped), mean, clipped) / unit, 9), unit


def _numbers(given: Table[Any], column: str, rows: Index) -> Floats:
    found = np.asarray(given.read({column: "number"})[column], dtype=np.float64)
    return found[rows]


def _search(question: Asked, how: Rebalancing, weight: Floats) -> Search:
    def solve(points: Floats, warm: Floats | None) -> Solution:
        return question.spec.solution(question.problem, points=points, warm=warm)

    owned = Owned(question.present, weight, _fixed(question))
    return Search(solve, question.points, owned, least=how.least_gain)


def _fixed(question: Asked) -> Bools:
    """Who stays with the present owner whatever the rest says: the protected and their families."""
    present = question.present
    stays: Bools = fixed(question.problem).at == present
    return stays & (present >= 0)


def _robbed(question: Asked, search: Search) -> bool:
    """Whether somebody who could stay is left without an owner in the plan that moves least."""
    at = search.calmest().solution.at
    return bool(((at < 0) & question.held).any())


def _course(
    given: Table[Any],
    question: Asked,
    how: Rebalancing,
    on: float,
    what: tuple[Search, Found, float, float, Floats | None],
) -> Course:
    search, found, budget, unit, value = what
    owners, names, place, origin = _origins(given, question)
    after = np.append(place, NOBODY)[found.at]
    rows = np.flatnonzero(origin != after)
    left = ~np.isin(np.arange(len(names)), place)
    gone = (origin >= 0) & np.append(left, False)[np.maximum(origin, -1)]
    gain = search.gains(question.present, found.at)
    moves, stages, days = _days(given, question, how, (origin, place, found.at, gain, on))
    return Course(
        question,
        how,
        on,
        search,
        budget,
        unit,
        found,
        _minimum(question, search),
        names,
        place,
        left,
        origin,
        owners,
        reasons_of(question, rows, np.where(gone, LEAVER, origin), found.at, gain),
        gain,
        value,
        moves,
        stages,
        days,
        _crowded(question, moves, stages, found.at),
        _covers(given, question, how, found.at, on),
    )


def _origins(
    given: Table[Any], question: Asked
) -> tuple[Sequence[object], Sequence[object], Index, Index]:
    """Owners before as given, the whole team, where the rest of it stands in that, and origins."""
    problem, spec, reps = question.problem, question.spec, question.scene.everybody
    keys = reps.keys(spec.rep_id)
    ids = keys.ids()
    texts = cast("Codes", reps.read({spec.rep_id: "text"})[spec.rep_id]).texts()
    ordered = sorted(range(reps.size), key=lambda row: (str(type(ids[keys.at[row]])), texts[row]))
    names = [ids[keys.at[row]] for row in ordered]
    where = {texts[row]: k for k, row in enumerate(ordered)}
    team = cast("Codes", problem.score.team.columns[spec.rep_id]).texts()
    place = np.array([where[name] for name in team], dtype=np.intp)
    column = present_column(question.spec)
    rows = problem.score.people.rows
    if column not in given.columns:
        return [None] * rows.size, names, place, np.full(rows.size, NOBODY, dtype=np.intp)
    held = given.values(column)
    owners = [None if at < 0 else held.words[at] for at in held.at[rows].tolist()]
    said = cast("Codes", given.read({column: "text"})[column])
    table_ = np.array([*(where.get(word, STRANGER) for word in said.words), NOBODY], dtype=np.intp)
    return owners, names, place, table_[said.at[rows]]


def _minimum(question: Asked, search: Search) -> MinimalMoves:
    calm, places, present = search.calmest().solution.at, question.problem.places, question.present
    counts = forced(present, question.held, _fixed(question), places.lo, places.hi)
    return MinimalMoves(
        int((present < 0).sum()),
        *counts,
        bound=sum(counts),
        found=int(((present >= 0) & (calm != present)).sum()),
    )


def _days(
    given: Table[Any],
    question: Asked,
    how: Rebalancing,
    what: tuple[Index, Index, Index, Floats, float],
) -> tuple[Exchanges, Staged, Sequence[int]]:
    """Chains and rings by day."""
    origin, place, at, gain, on = what
    back = np.full(int(max(place.max(initial=-1), origin.max(initial=-1))) + 1, -1, dtype=np.intp)
    back[place] = np.arange(place.size)
    before = np.append(back, -1)[np.maximum(origin, -1)]
    moves = exchanges(before, at, gain, reps=place.size, families=question.problem.families)
    phases = how.phases or Phases()
    weight, daily = np.ones(at.size), np.inf if phases.count is None else float(phases.count)
    if phases.value is not None:
        found = _numbers(given, phases.value, question.problem.score.people.rows)
        weight, unit = _scaled(found, np.ones(at.size, dtype=np.bool_))
        daily = (phases.amount or 0.0) / unit
    loads = question.problem.loads
    carried = None
    if loads is not None and np.isfinite(daily):
        carried = Carried(loads, question.present, at)
    stages = staged(moves, gain, weight, daily=daily, carried=carried)
    return moves, stages, phases.days(on, max(stages.size, 1))


def _crowded(question: Asked, moves: Exchanges, stages: Staged, after: Index) -> tuple[int, ...]:
    """Evenings on which a load other than the number is above what it was and what is allowed."""
    loads = question.problem.loads
    if loads is None or stages.size < 2:  # noqa: PLR2004 - no evening between
        return ()
    carried, over = Carried(loads, question.present, after), list[int]()
    for stage in range(stages.size):
        carried.take(moves.rows[stages.stage == stage])
        if carried.over():
            over.append(stage)
    return tuple(over)


def _covers(given: Table[Any], question: Asked, how: Rebalancing, at: Index, on: float) -> Covers:
    wanted = np.ones(at.size, dtype=np.bool_)
    if how.cover is not None:
        rows = question.problem.score.people.rows
        wanted = np.asarray(holds(how.cover, given.read(how.cover.needs), at.size))[rows]
    return covered(question, at, wanted, leaves(question, on))
