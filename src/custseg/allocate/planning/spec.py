"""Customers shared out among representatives: wishes, limits, order of priority, solver."""

from datetime import date
from typing import Any, ClassVar, TypeAlias, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Kind
from custseg.allocate.planning.outcome import Outcome
from custseg.allocate.planning.plan import AllocationPlan
from custseg.allocate.planning.problem import Problem
from custseg.allocate.planning.settings import BARRED, Settings
from custseg.allocate.solving.solver import InfeasibleError, check_answer
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.points import Score, parts
from custseg.allocate.wishing.sides import Side, read_side
from custseg.allocate.wishing.wishes import Stay
from custseg.frames import Attachable, Table, table
from custseg.frames.scalar import day
from custseg.rules import merged
from custseg.values.flags import flag

T = TypeVar("T")
Day: TypeAlias = date | str


@attrs.frozen(kw_only=True)
class Allocation(Settings):
    """Who looks after whom: wishes under limits, with a reason for every customer.

    Every customer gets an owner or stands in the plan's unassigned list with a reason. The order
    of the rows never matters: ids break ties. ``do_not_contact`` is no obstacle, because an owner
    is a responsibility and not an action; ``do_not_assign`` keeps a customer without one.

    Attributes:
        wishes: What makes a pair go well together; a required one makes pairs ineligible.
        weights: The weight of each wish; none: equal weights.
        limits: How many customers each representative may have.
        priority: Who comes first when not all can be served: columns whose larger values come
            first (``"revenue"``), or priorities such as ``First``; then ids.
        solver: How they are shared out.
        customer_id: The column of the customers' ids.
        rep_id: The column of the representatives' ids.
        owner: The column to write; ``<owner>_reason`` goes beside it. If the customers have it
            already, it is read first as the present owner.
        do_not_assign: A flag of the customers, yes for who stays without an owner (so does what
            says neither yes nor no); under this default name it may be absent.

    >>> from custseg.allocate import Match
    >>> team = [
    ...     {"rep_id": "R1", "region": "north", "capacity": 1},
    ...     {"rep_id": "R2", "region": "south", "capacity": 5},
    ... ]
    >>> people = [
    ...     {"customer_id": "C1", "region": "north", "revenue": 10.0},
    ...     {"customer_id": "C2", "region": "north", "revenue": 90.0},
    ... ]
    >>> spec = Allocation(wishes=[Match("region", required=True)], priority=["revenue"])
    >>> plan = spec.assign(people, team)
    >>> [(row["customer_id"], row["owner"], row["owner_reason"]) for row in plan.table]
    [('C1', None, 'capacity_full'), ('C2', 'R1', 'match')]
    >>> print(plan.explain("C2").text())
    owner: R1
      +1.000 the same region on both sides
      R2: not eligible, needs same word on both sides (region)
    """

    def fit(self, data: object = None, /) -> "AllocationModel":  # noqa: ARG002 - nothing to learn
        """The frozen assigner; there is nothing to learn, so data may be left out.

        >>> Allocation().fit().allocation == Allocation()
        True
        """
        return AllocationModel(self)

    def assign(self, customers: T, reps: object, *, as_of: Day | None = None) -> AllocationPlan[T]:
        """Give every customer an owner, or a reason why there is none.

        Args:
            customers: One row a customer.
            reps: One row a representative.
            as_of: The day of the plan; needed where somebody has leave.

        Raises:
            MissingColumnError: A column that is read is not there.
            DataError: An id is missing or stands twice, or a column does not hold its kind.
            CapacityError: A capacity is negative or unknown, or minimums cannot be reached.
            ConfigError: Somebody has leave and ``as_of`` is not given.
        """
        given = table(customers)
        on = None if as_of is None else float(day(as_of))
        return self.plan(given, self.problem(given, table(reps), on))

    def problem(self, customers: Table[Any], reps: Table[Any], as_of: float | None) -> Problem:
        """Read both sides: what is to be solved, in canonical order.

        Args:
            customers: One row a customer, an opened table.
            reps: One row a representative, an opened table.
            as_of: The day of the plan, in days since 1970-01-01.

        Raises:
            CustsegError: As ``assign``.

        >>> from custseg.frames import table
        >>> Allocation().problem(table([{"customer_id": 1}]), table([]), None).size
        1
        """
        team = self._team(reps)
        people = self._people(customers)
        return Problem(
            Score(self.wishes, parts(self.weights, len(self.wishes)), people, team),
            self.limits.places(team.columns, team.ids, most=people.size, as_of=as_of),
            self._barred(people),
            self._present(people, team),
            settings=self,
            as_of=as_of,
        )

    def plan(
        self,
        given: Table[Any],
        problem: Problem,
        *,
        points: Floats | None = None,
        warm: Floats | None = None,  # noqa: ARG002 - a seam
    ) -> AllocationPlan[Any]:
        """Solve what was read, and write owners and reasons beside the customers.

        Args:
            given: The customers, as they were given to ``problem``.
            problem: What ``problem`` read.
            points: Other points than those of the wishes, n x m, such as a bonus for the present
                owner; NaN where a pair is not eligible.
            warm: Prices of an earlier plan, where the solver can start from them.

        Raises:
            CustsegError: As ``assign``.

        >>> from custseg.frames import table
        >>> spec, people = Allocation(), table([{"customer_id": 1}])
        >>> spec.plan(people, spec.problem(people, table([]), None)).totals["assigned"]
        0
        """
        outcome = self._solved(problem, problem.points() if points is None else points)
        return AllocationPlan(self._attached(given, outcome), outcome)

    def _team(self, reps: Table[Any]) -> Side:
        wanted = [*(wish.rep_needs for wish in self.wishes), self.limits.needs(reps.columns)]
        together = merged([*(dict(needs) for needs in wanted), {self.rep_id: "text"}])
        return read_side(reps.select([self.rep_id, *together]), self.rep_id, together)

    def _people(self, customers: Table[Any]) -> Side:
        own: dict[str, Kind] = {}
        if self.do_not_assign != BARRED or BARRED in customers.columns:
            own[self.do_not_assign] = "text"
        if self.owner in customers.columns:
            own[self.owner] = "text"
        wanted = [*(w.needs for w in self.wishes), *(rule.needs for rule in self.priority), own]
        together = merged(dict(needs) for needs in wanted)
        return read_side(customers, self.customer_id, together, self.priority)

    def _barred(self, people: Side) -> Bools:
        if self.do_not_assign not in people.columns:
            return np.zeros(people.size, dtype=np.bool_)
        said = codes(people.columns, self.do_not_assign)
        bars = np.array([*(flag(word) is not False for word in said.words), False])
        return np.asarray(bars[said.at])

    def _present(self, people: Side, team: Side) -> Index | None:
        kept = next((wish.column for wish in self.wishes if isinstance(wish, Stay)), self.owner)
        if kept not in people.columns:
            return None
        names = (name or "" for name in codes(team.columns, self.rep_id).texts())
        return codes(people.columns, kept).recode(tuple(names))

    def _solved(self, problem: Problem, points: Floats) -> Outcome:
        places = problem.places
        points.flags.writeable = False
        at: Index = np.full(len(points), -1, dtype=np.intp)
        if problem.score.team.size:
            at = self._asked(points, problem)
            check_answer(at, points, places.lo, places.hi)
        return Outcome.of(problem, points, at)

    def _asked(self, points: Floats, problem: Problem) -> Index:
        places, ids = problem.places, problem.score.team.ids
        try:
            at = self.solver.solve(points, places.lo, places.hi)
        except InfeasibleError as error:
            names = tuple(ids[cast("int", rep)] for rep in error.reps)
            raise InfeasibleError(names, error.needed, error.eligible) from None
        return np.asarray(at, dtype=np.intp)

    def _attached(self, given: Table[Any], outcome: Outcome) -> object:
        people, team = outcome.problem.score.people, outcome.problem.score.team
        at = np.empty_like(outcome.at)
        at[people.rows] = outcome.at
        reasons = outcome.reasons()
        why = np.empty_like(reasons.at)
        why[people.rows] = reasons.at
        owner: Attachable = [team.ids[rep] if rep >= 0 else None for rep in at.tolist()]
        names = tuple(name for name in team.ids if isinstance(name, str))
        if len(names) == team.size:
            owner = Codes(at, names, plain=True)
        return given.attach(
            {self.owner: owner, f"{self.owner}_reason": attrs.evolve(reasons, at=why)}
        )


@attrs.frozen
class AllocationModel:
    """A fitted allocation: settings only, ready to be stored beside the other models.

    Attributes:
        allocation: The settings.

    >>> AllocationModel(Allocation()).assign([], []).totals["customers"]
    0
    """

    schema_version: ClassVar[int] = 1
    allocation: Allocation

    def assign(self, customers: T, reps: object, *, as_of: Day | None = None) -> AllocationPlan[T]:
        """Give every customer an owner, or a reason why there is none (``Allocation.assign``).

        Args:
            customers: One row a customer.
            reps: One row a representative.
            as_of: The day of the plan.
        """
        return self.allocation.assign(customers, reps, as_of=as_of)
