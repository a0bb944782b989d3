"""Customers shared out among representatives: wishes, limits, order of priority, solver."""

from collections.abc import Iterable
from datetime import date
from math import isfinite
from typing import Any, ClassVar, Final, TypeAlias, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Kind, floats
from custseg.allocate.limiting.limits import Limits
from custseg.allocate.planning.outcome import Outcome, Problem
from custseg.allocate.planning.plan import AllocationPlan
from custseg.allocate.solving.regret import Greedy
from custseg.allocate.solving.solver import InfeasibleError, Solver, check_answer
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.points import Score, parts
from custseg.allocate.wishing.priority import First, Priority
from custseg.allocate.wishing.sides import Side, read_side
from custseg.allocate.wishing.wishes import Stay, Wish
from custseg.errors import ConfigError
from custseg.frames import Attachable, Table, table
from custseg.frames.scalar import day
from custseg.rules import merged
from custseg.values.flags import flag

T = TypeVar("T")
Day: TypeAlias = date | str
_BARRED: Final = "do_not_assign"


def _wishes(given: Iterable[Wish]) -> tuple[Wish, ...]:
    return tuple(given)


def _priority(given: Iterable[Priority | str]) -> tuple[Priority, ...]:
    """A bare name is a column whose larger values come first."""
    some = (given,) if isinstance(given, str) else given
    return tuple(First(item) if isinstance(item, str) else item for item in some)


@attrs.frozen(kw_only=True)
class Allocation:
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

    wishes: tuple[Wish, ...] = attrs.field(default=(), converter=_wishes)
    weights: tuple[float, ...] = attrs.field(default=(), converter=floats)
    limits: Limits = attrs.field(factory=Limits)
    priority: tuple[Priority, ...] = attrs.field(default=(), converter=_priority)
    solver: Solver = attrs.field(factory=Greedy)
    customer_id: str = "customer_id"
    rep_id: str = "rep_id"
    owner: str = "owner"
    do_not_assign: str = _BARRED

    def __attrs_post_init__(self) -> None:
        """Refuse weights that do not belong to the wishes.

        Raises:
            ConfigError: There are more or fewer weights than wishes, or one is negative.
        """
        if self.weights and len(self.weights) != len(self.wishes):
            msg = f"got {len(self.weights)} weights for {len(self.wishes)} wishes; give one each"
            raise ConfigError(msg, "allocation.weights")
        if not all(isfinite(weight) and weight >= 0 for weight in self.weights):
            msg = f"weights must be 0 or more, got {list(self.weights)}"
            raise ConfigError(msg, "allocation.weights")

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
        team = self._team(table(reps))
        people = self._people(given)
        on = None if as_of is None else float(day(as_of))
        problem = Problem(
            Score(self.wishes, parts(self.weights, len(self.wishes)), people, team),
            self.limits.places(team.columns, team.ids, most=people.size, as_of=on),
            self._barred(people),
            self._present(people, team),
        )
        outcome = self._solved(problem)
        return AllocationPlan(cast("T", self._attached(given, outcome)), outcome)

    def _team(self, reps: Table[Any]) -> Side:
        wanted = [*(wish.rep_needs for wish in self.wishes), self.limits.needs(reps.columns)]
        together = merged([*(dict(needs) for needs in wanted), {self.rep_id: "text"}])
        return read_side(reps.select([self.rep_id, *together]), self.rep_id, together)

    def _people(self, customers: Table[Any]) -> Side:
        own: dict[str, Kind] = {}
        if self.do_not_assign != _BARRED or _BARRED in customers.columns:
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

    def _solved(self, problem: Problem) -> Outcome:
        points, places = problem.points(), problem.places
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
