"""The answer of a rebalancing: the plan, the moves, the loads, the proof, and the way back."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import attrs
import numpy as np

from custseg.allocate.planning.telling.evenness import Fairness, fairness
from custseg.allocate.planning.telling.plan import AllocationPlan
from custseg.allocate.rebalancing.answering.course import Course
from custseg.allocate.rebalancing.answering.figures import (
    Blocked,
    Move,
    MoveFlow,
    ParetoPoint,
    RepChange,
)
from custseg.allocate.rebalancing.answering.journal import Meanwhile, MoveJournal, OwnerChange
from custseg.allocate.rebalancing.answering.telling import Told, html, page, told
from custseg.allocate.rebalancing.answering.why import STRANGER
from custseg.allocate.rebalancing.moving.minimum import MinimalMoves
from custseg.errors import DataError
from custseg.frames import EPOCH, Table, Tabled
from custseg.reasons import Reason

if TYPE_CHECKING:
    from custseg.allocate.rebalancing.moving.search import Found

T = TypeVar("T")
_SHOWN = 5
_CURVE = (0.0, 0.01, 0.03, 0.1, 1.0)


@attrs.frozen(eq=False, repr=False)
class Rebalance(Tabled, Generic[T]):
    """Who changes hands, why, when, and how to take it back.

    Attributes:
        table: The customers, as the kind they came: ``owner`` and ``owner_reason`` of the plan,
            ``owner_before``, ``move`` (why it changes hands), ``move_day``, and ``cover_rep``,
            ``cover_from``, ``cover_until`` for owners on leave.
        plan: The plan with its prices and explanations.
        course: All of it in arrays.

    >>> from custseg.allocate import RepLeaves, rebalance
    >>> people = [{"customer_id": "a", "owner": "R1"}, {"customer_id": "b", "owner": "R2"}]
    >>> team = [{"rep_id": "R1", "capacity": 2}, {"rep_id": "R2", "capacity": 2}]
    >>> done = rebalance(people, team, "2026-06-30", events=[RepLeaves("R2")])
    >>> [(move.customer_id, move.before, move.after, move.why.code) for move in done.moves]
    [('b', 'R2', 'R1', 'rep_leaves')]
    >>> done.undo() == [{**row, "owner": before} for row, before in zip(done.table, ["R1", "R2"])]
    True
    """

    table: T
    plan: AllocationPlan[Any]
    course: Course
    given: Table[Any]

    def __repr__(self) -> str:
        """The first line."""
        return f"<Rebalance: {self.text().splitlines()[0]}>"

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Everybody who changes hands: by day, then the largest gain first."""
        course, why = self.course, self.course.why
        ids = course.question.problem.score.people.ids
        gain, day = np.round(course.gain[why.rows], 9), course.day[why.rows]
        order = np.lexsort((why.rows, -gain, day))
        return tuple(
            Move(
                ids[row],
                course.owners[row],
                course.name(int(course.after[row])),
                why.reasons[why.at[k]],
                float(gain[k]),
                self._value(row),
                date.fromordinal(int(day[k]) + EPOCH),
                forced=not course.counted[row],
            )
            for k, row in zip(order.tolist(), why.rows[order].tolist(), strict=True)
        )

    def _value(self, row: int) -> float | None:
        value = self.course.value
        return None if value is None or np.isnan(value[row]) else float(value[row])

    @cached_property
    def loads(self) -> tuple[RepChange, ...]:
        """Each representative before and after, by id; also those who leave."""
        course, places = self.course, self.course.question.problem.places
        inside = {int(name): at for at, name in enumerate(course.place.tolist())}
        counts = [course.held(at) for at in (course.origin, course.after)]
        worth = [course.worth(at) for at in (course.origin, course.after)]
        rows = course.why.rows
        gone, come = (course.held(at[rows]) for at in (course.origin, course.after))
        cover = course.covers.at[course.covers.at >= 0]
        covering = np.bincount(cover, minlength=course.place.size)
        out: list[RepChange] = []
        for k, name in enumerate(course.names):
            at = inside.get(k)
            extra = 0 if at is None else int(places.load[at])
            room = np.inf if at is None else float(places.capacity[at])
            away = at is not None and bool(places.away[at])
            state = "leaves" if at is None else "on_leave" if away else ""
            out.append(
                RepChange(
                    name,
                    None if np.isinf(room) else int(room),
                    int(counts[0][k]) + extra,
                    int(counts[1][k]) + extra,
                    None if worth[0] is None else float(worth[0][k]),
                    None if worth[1] is None else float(worth[1][k]),
                    int(gone[k]),
                    int(come[k]),
                    0 if at is None else int(covering[at]),
                    state,
                )
            )
        return tuple(out)

    @cached_property
    def before(self) -> Fairness:
        """How evenly customers lay on those who stay, against capacities where all have one."""
        return self._even("before")

    @cached_property
    def after(self) -> Fairness:
        """How evenly they lie afterwards."""
        return self._even("after")

    def _even(self, when: str) -> Fairness:
        team = [load for load in self.loads if load.state != "leaves"]
        rooms = [load.capacity for load in team]
        shares = None if None in rooms else [float(cast("int", room)) for room in rooms]
        return fairness([getattr(load, when) for load in team], shares)

    @property
    def minimum(self) -> MinimalMoves:
        """Moves that no plan can do without, and the moves of the plan that moves least."""
        return self.course.minimum

    @cached_property
    def flows(self) -> tuple[MoveFlow, ...]:
        """Who gets customers of whom, the most first."""
        course = self.course
        found = [
            MoveFlow(
                "?" if a == STRANGER else course.name(a),
                course.name(b),
                rows.size,
                course.total(rows),
            )
            for (a, b), rows in course.flows().items()
        ]
        return tuple(sorted(found, key=lambda f: (-f.count, str(f.before), str(f.after))))

    @cached_property
    def blocked(self) -> tuple[Blocked, ...]:
        """Who stays in the pool, by the limit that blocks it."""
        outcome, course = self.plan.outcome, self.course
        reasons = outcome.reasons()
        rows = np.flatnonzero(outcome.at < 0)
        fit = ~np.isnan(course.question.points[rows])
        kinds, part = (
            np.unique(np.column_stack([reasons.at[rows], fit]), axis=0, return_inverse=True)
            if rows.size
            else (np.zeros((0, 1), dtype=np.intp), np.zeros(0, dtype=np.intp))
        )
        team, ids = outcome.problem.score.team.ids, outcome.problem.score.people.ids
        out: list[Blocked] = []
        for k, kind in enumerate(kinds):
            some = rows[part.reshape(-1) == k]
            out.append(
                Blocked(
                    Reason(reasons.words[int(kind[0])]),
                    tuple(team[j] for j in np.flatnonzero(kind[1:]).tolist()),
                    int(some.size),
                    course.total(some),
                    tuple(ids[row] for row in some[:_SHOWN].tolist()),
                )
            )
        return tuple(sorted(out, key=lambda b: (-b.customers, b.reason.code, str(b.reps))))

    def pareto(self, shares: Iterable[float] = _CURVE) -> tuple[ParetoPoint, ...]:
        """The best plan within several budgets, each of them solved exactly.

        Args:
            shares: Parts, 0 to 1, of what could move, in the unit of the plan's budget.
        """
        search, unit = self.course.search, self.course.unit
        whole = search.moveable or 1.0
        least = search.calmest().points
        out: list[ParetoPoint] = []
        best: Found | None = None
        for share in sorted(shares):
            budget = share * search.moveable
            found = self.course.within(budget)
            if best is not None and best.points > found.points:  # proven to a part of its points
                found = attrs.evolve(best, bound=found.bound)
            best = found
            out.append(
                ParetoPoint(
                    round(budget * unit, 6),
                    round(found.moved * unit, 6),
                    round(found.moved / whole, 9),
                    found.price,
                    found.points,
                    round(found.points - least, 9),
                    found.bound,
                )
            )
        return tuple(out)

    @cached_property
    def journal(self) -> MoveJournal:
        """What changes, to be stored; ``journal.undo(customers)`` is the way back."""
        course = self.course
        ids = course.question.problem.score.people.ids
        return MoveJournal(
            course.question.spec.customer_id,
            course.question.spec.owner,
            tuple(
                OwnerChange(ids[row], course.owners[row], course.name(int(course.after[row])))
                for row in course.why.rows.tolist()
            ),
        )

    def undo(self, customers: T | None = None, *, meanwhile: Meanwhile = "refuse") -> T:
        """Owners as they were before, covers away.

        Args:
            customers: The customers as they are now; ``None``: the table of this plan.
            meanwhile: As ``MoveJournal.undo``.

        Raises:
            DataError: Owners were changed since.
        """
        now = self.table if customers is None else customers
        return self.journal.undo(now, meanwhile=meanwhile)

    def on(self, day: date | str) -> T:
        """The customers with the owners of an evening half way: moves up to that day are done.

        Args:
            day: The day.
        """
        from custseg.frames.scalar import day as number  # noqa: PLC0415 - a parameter has its name

        course = self.course
        done = course.day <= number(day)
        owners: list[object] = [None] * len(course.owners)
        rows = course.question.problem.score.people.rows.tolist()
        for k, row in enumerate(rows):
            owners[row] = course.name(int(course.after[k])) if done[k] else course.owners[k]
            if not done[k] and np.isnan(course.day[k]):
                owners[row] = course.owners[k]
        return cast("T", self.given.attach({course.question.spec.owner: owners}))

    @property
    def _told(self) -> Told:
        return Told(self.course, self.moves, self.loads, self.blocked, self.before, self.after)

    @property
    def totals(self) -> Mapping[str, object]:
        """Counts, points and days of the whole."""
        return told(self._told)

    def explain(self, customer_id: object) -> Move | None:
        """The move of one customer; ``None`` if it stays. Points are in ``plan.explain``.

        Args:
            customer_id: The id as it was given.

        Raises:
            DataError: There is no such customer.
        """
        if customer_id not in self.course.question.problem.score.people.ids:
            msg = "no customer has the id asked for; ids keep their type, so 17 is not '17'"
            raise DataError(msg)
        return next((move for move in self.moves if move.customer_id == customer_id), None)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON: totals, loads, moves, flows, the pool, minimum and journal."""
        return {
            "totals": dict(self.totals),
            "loads": [attrs.asdict(load) for load in self.loads],
            "moves": [move.as_dict() for move in self.moves],
            "flows": [attrs.asdict(flow) for flow in self.flows],
            "blocked": [each.as_dict() for each in self.blocked],
            "minimum": self.minimum.as_dict(),
            "journal": self.journal.as_dict(),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return page(self._told, locale)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html(self._told, locale)
