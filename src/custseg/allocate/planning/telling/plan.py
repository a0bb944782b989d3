"""The answer: who looks after whom, who is left without and why, and what each has to carry."""

from collections.abc import Mapping
from html import escape
from typing import Generic, TypeVar

import attrs
import numpy as np

from custseg.allocate.planning.sharing.violation import Violation
from custseg.allocate.planning.telling.audit import plan_hash
from custseg.allocate.planning.telling.evenness import Fairness, fairness
from custseg.allocate.planning.telling.explaining import explained
from custseg.allocate.planning.telling.outcome import Outcome
from custseg.allocate.planning.telling.portions import Share
from custseg.allocate.planning.telling.proof import proof, summary
from custseg.allocate.planning.telling.why import OwnerExplanation
from custseg.errors import DataError
from custseg.frames import Tabled
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown, page

T = TypeVar("T")


@attrs.frozen
class Unassigned(Shown):
    """A customer without an owner.

    Attributes:
        customer_id: The id as it was given.
        reason: ``do_not_assign``, ``no_eligible_rep``, ``capacity_full``, or ``left_out`` where
            a solver of your own leaves somebody out though there is room.

    >>> Unassigned("C-1", Reason("capacity_full")).reason.text()
    'everybody who is eligible is full or on leave'
    """

    customer_id: object
    reason: Reason

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return page(f"{self.customer_id}: {self.reason.text(locale)}")


@attrs.frozen
class RepLoad(Shown):
    """What one representative has to carry.

    Attributes:
        rep_id: The id as it was given.
        capacity: The most customers in all, ``None`` for no limit.
        before: Customers before: the load given, and those here that were theirs.
        after: Customers after: the load given, and those of this plan.
        given: Customers of this plan.
        on_leave: Away on the day of the plan.

    >>> print(RepLoad("R1", 5, 0, 3, 3, on_leave=False).text())
    R1: 0 -> 3 of 5
    """

    rep_id: object
    capacity: int | None
    before: int
    after: int
    given: int
    on_leave: bool

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "allocate.load" if self.capacity is not None else "allocate.load_free"
        line = label(code, locale).format_map(attrs.asdict(self))
        return f"{line} ({label('on_leave', locale)})" if self.on_leave else line


@attrs.frozen(eq=False, repr=False)
class AllocationPlan(Tabled, Generic[T]):
    """Who looks after whom: a table, a list of those left out, loads and totals.

    Attributes:
        table: The customers, as the kind they came, with ``owner`` and ``owner_reason``.
        outcome: The same in arrays.

    >>> from custseg.allocate import Allocation, Match
    >>> plan = Allocation(wishes=[Match("region", required=True)]).assign(
    ...     [{"customer_id": 1, "region": "north"}, {"customer_id": 2, "region": "west"}],
    ...     [{"rep_id": "R1", "region": "north", "capacity": 5}],
    ... )
    >>> [(left.customer_id, left.reason.code) for left in plan.unassigned]
    [(2, 'no_eligible_rep')]
    >>> print(plan.text())
    1 of 2 customers has an owner
      - no eligible representative: 1
      - R1: 0 -> 1 of 5
    """

    table: T
    outcome: Outcome

    def __repr__(self) -> str:
        """The first line."""
        return f"<AllocationPlan: {self.text().splitlines()[0]}>"

    @property
    def unassigned(self) -> tuple[Unassigned, ...]:
        """Everybody without an owner, in order of priority."""
        codes = self.outcome.reasons().texts()
        ids = self.outcome.problem.score.people.ids
        left = np.flatnonzero(self.outcome.at < 0).tolist()
        return tuple(Unassigned(ids[row], Reason(codes[row] or "")) for row in left)

    @property
    def loads(self) -> tuple[RepLoad, ...]:
        """Each representative before and after, by id."""
        places, held, given = self.outcome.problem.places, self.outcome.held, self.outcome.given
        return tuple(
            RepLoad(
                rep_id,
                None if np.isinf(places.capacity[rep]) else int(places.capacity[rep]),
                int(places.load[rep] + held[rep]),
                int(places.load[rep] + given[rep]),
                int(given[rep]),
                bool(places.away[rep]),
            )
            for rep, rep_id in enumerate(self.outcome.problem.score.team.ids)
        )

    @property
    def fairness(self) -> Fairness:
        """How evenly loads lie, against capacities where everybody has one; without leave."""
        there = [load for load in self.loads if not load.on_leave]
        meant = [load.capacity for load in there]
        shares = None if any(one is None for one in meant) else [float(one or 0) for one in meant]
        return fairness([float(load.after) for load in there], shares)

    @property
    def prices(self) -> Mapping[object, float]:
        """What one more place with each representative is worth, in points; 0: free places."""
        team = self.outcome.problem.score.team
        return dict(zip(team.ids, self.outcome.prices.tolist(), strict=True))

    @property
    def bound(self) -> float | None:
        """Points that no plan for the same customers can exceed; ``None``: no proof."""
        return self.outcome.bound

    @property
    def gap(self) -> float | None:
        """The part of ``bound`` that may be missing: 0 is proven best; ``None``: no proof."""
        return self.outcome.gap

    @property
    def shares(self) -> tuple[Share, ...]:
        """Who has which part of the customers that were split, the primary owner first."""
        problem, at = self.outcome.problem, self.outcome.at
        people, team = problem.score.people.ids, problem.score.team.ids
        order = sorted(self.outcome.solution.splits, key=lambda it: (it[0], it[1] != at[it[0]]))
        return tuple(
            Share(people[row], team[rep], part, primary=bool(at[row] == rep))
            for row, rep, part in order
        )

    @property
    def hash(self) -> str:
        """Fingerprint of settings, of what was read, and of who got whom; rows in any order."""
        return plan_hash(self.outcome)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What could not be kept, and why."""
        return self.outcome.violations

    @property
    def totals(self) -> Mapping[str, object]:
        """Counts and points of the whole plan.

        ``unassigned`` counts by reason. ``points_bound`` is what no plan can exceed: as many
        customers as there are places, each with the best eligible representative. ``kept`` and
        ``moved`` count customers who had an owner of the team; ``None`` where that is not known.
        """
        return self.outcome.totals()

    def explain(self, customer_id: object) -> OwnerExplanation:
        """Say why a customer has the owner it has, or none.

        Args:
            customer_id: The id as it was given.

        Raises:
            DataError: There is no such customer.
        """
        try:
            row = self.outcome.problem.score.people.ids.index(customer_id)
        except ValueError:
            msg = "no customer has the id asked for; ids keep their type, so 17 is not '17'"
            raise DataError(msg) from None
        return explained(row, self.outcome)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON: totals, loads and those left out."""
        return {
            "totals": dict(self.totals),
            "loads": [attrs.asdict(load) for load in self.loads],
            "unassigned": [
                {"customer_id": left.customer_id, "reason": left.reason.code}
                for left in self.unassigned
            ],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: how many have an owner, why others have none, who carries what.

        Args:
            locale: ``en`` or ``zh``.
        """
        lines = [summary(self.outcome.problem.unit, self.totals, locale)]
        left = self.outcome.left().items()
        lines += [f"  - {label(code, locale)}: {count}" for code, count in left]
        lines += [f"  ! {broken.text(locale)}" for broken in self.violations]
        lines += [f"  - {load.text(locale)}" for load in self.loads]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = [title(n, locale) for n in ("rep_id", "load_before", "load_after", "capacity")]
        rows = [(load.rep_id, load.before, load.after, load.capacity) for load in self.loads]
        lines = self.text(locale).splitlines()[: -len(rows) or None]
        lines += [proof(self.totals), self.fairness.text(locale)]
        return f"<p>{'<br>'.join(map(escape, lines))}</p>{html_table(heads, rows)}"
