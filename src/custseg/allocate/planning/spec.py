"""Customers shared out among representatives: wishes, limits, order of priority, solver."""

import logging
from datetime import date
from typing import Any, ClassVar, TypeAlias, TypeVar

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.asking.reading import read_problem
from custseg.allocate.planning.counting.course import assigned_where_they_are
from custseg.allocate.planning.settings import Settings
from custseg.allocate.planning.sharing.course import pairs_of, shared_out
from custseg.allocate.planning.sharing.shared import Shared
from custseg.allocate.planning.telling.attaching import attached
from custseg.allocate.planning.telling.outcome import Outcome
from custseg.allocate.planning.telling.plan import AllocationPlan
from custseg.allocate.solving.solution import Solution
from custseg.frames import Table, table
from custseg.frames.scalar import day
from custseg.showing import Shown

_LOG = logging.getLogger(__name__)

T = TypeVar("T")
Day: TypeAlias = date | str


@attrs.frozen(kw_only=True)
class Allocation(Settings):
    """Who looks after whom: wishes under limits, with a reason for every customer.

    Every customer gets an owner or stands in the plan's unassigned list with a reason. The order
    of the rows never matters: ids break ties. ``do_not_contact`` is no obstacle, because an owner
    is a responsibility and not an action; ``do_not_assign`` keeps a customer without one.

    Attributes:
        rules: A book of rules: whom a rule gives a customer to, only those are eligible; the rule
            stands in ``<owner>_rule``.
        gates: Wishes that only exclude: a pair that one of them refuses is not eligible, its
            points do not count.
        wishes: What makes a pair go well together; a required one makes pairs ineligible.
        weights: The weight of each wish; none: equal weights.
        limits: How many customers each representative may have.
        loads: What else each may or must carry: value, hours, customers of a kind.
        priority: Who comes first when not all can be served: columns whose larger values come
            first (``"revenue"``), or priorities such as ``First``; then ids.
        solver: How they are shared out.
        together: A column whose equal words make a family that moves as one: its points are the
            sum of its members', it is served where its first member stands in the order of
            priority, and it waits as one if it fits nowhere.
        locked: Who stays with the present owner, whatever the rest says, and the family too; what
            that breaks stands in the plan's violations.
        split: Which customers may be shared by several representatives.
        pool: The pool of who has no owner; the column ``pool`` says it, also where rules name one.
        shortfall: ``refuse`` minimums that cannot be reached, or ``report`` them: they are lowered
            as little as it takes, and the set that contradicts stands in the violations.
        unit: What is shared out, for texts: ``customer``, ``lead`` or ``opportunity``.
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
            customers: One row a customer. A lazy table stays lazy: its engine counts alike
                customers, and gives each its owner (``EnginePlan``).
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
        if given.lazy:
            return assigned_where_they_are(self, given, table(reps), on)
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
        return read_problem(self, customers, reps, as_of)

    def solution(
        self, problem: Problem, *, points: Floats | None = None, warm: Floats | None = None
    ) -> Shared:
        """Solve what was read, without a table and without reasons.

        Args:
            problem: What ``problem`` read.
            points: Other points than those of the wishes, n x m, such as a bonus for the present
                owner; NaN where a pair is not eligible.
            warm: Prices of an earlier solution, where the solver can start from them.

        Raises:
            CapacityError: Minimums cannot be reached, or the solver breaks a limit.

        >>> from custseg.frames import table
        >>> problem = Allocation().problem(table([{"customer_id": 1}]), table([]), None)
        >>> Allocation().solution(problem).at.tolist()
        [-1]
        """
        pairs = pairs_of(problem, self.solver) if points is None else Pairs(points)
        return shared_out(problem, self.solver, pairs, warm)

    def plan(
        self,
        given: Table[Any],
        problem: Problem,
        *,
        points: Floats | None = None,
        warm: Floats | None = None,
        solution: Solution | None = None,
    ) -> AllocationPlan[Any]:
        """Solve what was read, and write owners and reasons beside the customers.

        Args:
            given: The customers, as they were given to ``problem``.
            problem: What ``problem`` read.
            points: As for ``solution``; the totals are in the points of the wishes all the same.
            warm: As for ``solution``.
            solution: What ``solution`` found, or an answer of your own: nothing is solved then.

        Raises:
            CustsegError: As ``assign``.

        >>> from custseg.frames import table
        >>> spec, people = Allocation(), table([{"customer_id": 1}])
        >>> spec.plan(people, spec.problem(people, table([]), None)).totals["assigned"]
        0
        """
        pairs = pairs_of(problem, self.solver)
        if solution is None:
            asked = pairs if points is None else Pairs(points)
            solution = shared_out(problem, self.solver, asked, warm)
        outcome = Outcome.of(problem, pairs, solution)
        owned = np.count_nonzero(solution.at >= 0)
        _LOG.info("allocate: %d of %d customers have an owner", owned, problem.size)
        return AllocationPlan(attached(given, outcome, self.owner), outcome)


@attrs.frozen
class AllocationModel(Shown):
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
