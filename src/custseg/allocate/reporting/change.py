"""Two plans for the same customers: who changes hands, and what it does to loads and points."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from custseg.allocate.planning.telling.evenness import Fairness
from custseg.allocate.planning.telling.plan import AllocationPlan, RepLoad
from custseg.errors import DataError
from custseg.labels import filled, label, title
from custseg.layout import html_table
from custseg.showing import Shown, page


@attrs.frozen
class ChangedOwner:
    """A customer whose owner differs between two plans.

    Attributes:
        customer_id: The id as it was given.
        before: The owner in the first plan, ``None`` without one.
        after: The owner in the second plan, ``None`` without one.
        reason: Why, in the second plan.

    >>> ChangedOwner("C-1", "R1", None, "capacity_full").after is None
    True
    """

    customer_id: object
    before: object
    after: object
    reason: str


@attrs.frozen(eq=False)
class PlanChange(Shown):
    """What is different in the second of two plans.

    Attributes:
        changed: Customers of both plans whose owner differs, in order of priority.
        compared: How many customers both plans hold.
        gone: Customers that only the first plan holds.
        new: Customers that only the second plan holds.
        points: Total points of each plan; comparable only under the same wishes and weights.
        loads: Each representative of either plan: id, load in the first, load in the second.
        fairness: How evenly loads lie in each plan, against capacities where they are given.
        assigned: Customers with an owner in each plan.

    >>> from custseg.allocate import Allocation
    >>> people, team = [{"customer_id": 1}], [{"rep_id": "R1", "capacity": 1}]
    >>> plan = Allocation().assign(people, team)
    >>> print(compare_plans(plan, plan).text().splitlines()[0])
    0 of 1 customer have another owner
    """

    changed: tuple[ChangedOwner, ...]
    compared: int
    gone: int
    new: int
    points: tuple[float, float]
    loads: tuple[tuple[object, int | None, int | None], ...]
    fairness: tuple[Fairness, Fairness]
    assigned: tuple[int, int]

    @property
    def flows(self) -> Mapping[tuple[object, object], int]:
        """How many customers go from whom to whom; ``None`` stands for nobody."""
        counts: dict[tuple[object, object], int] = {}
        for one in self.changed:
            way = (one.before, one.after)
            counts[way] = counts.get(way, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "changed": [attrs.asdict(one) for one in self.changed],
            "flows": [{"from": a, "to": b, "customers": n} for (a, b), n in self.flows.items()],
            "compared": self.compared,
            "gone": self.gone,
            "new": self.new,
            "points": list(self.points),
            "assigned": list(self.assigned),
            "loads": [{"rep_id": rep, "before": b, "after": a} for rep, b, a in self.loads],
            "fairness": [found.as_dict() for found in self.fairness],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: how many change hands, from whom to whom, points, fairness.

        Args:
            locale: ``en`` or ``zh``.
        """
        said = label("plan_change.summary", locale)
        lines = [filled(said, changed=len(self.changed), customers=self.compared)]
        lines += [f"  {a} -> {b}: {n}" for a, b, n in self._ways(locale)]
        for name, (before, after) in self._figures().items():
            lines.append(f"{label(f'plan_change.{name}', locale)}: {before} -> {after}")
        return "\n".join(lines)

    def _ways(self, locale: str) -> list[tuple[object, object, int]]:
        nobody = label("plan_change.nobody", locale)
        return [
            (nobody if a is None else a, nobody if b is None else b, n)
            for (a, b), n in self.flows.items()
        ]

    def _figures(self) -> dict[str, tuple[str, str]]:
        before, after = self.fairness
        return {
            "assigned": (f"{self.assigned[0]:,}", f"{self.assigned[1]:,}"),
            "points": (f"{self.points[0]:,.3f}", f"{self.points[1]:,.3f}"),
            "gini": (_shown(before.gini), _shown(after.gini)),
        }

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = [title(name, locale) for name in ("rep_id", "load_before", "load_after")]
        summary = self.text(locale).splitlines()[0]
        return page(summary) + html_table(heads, self.loads)


def compare_plans(before: AllocationPlan[Any], after: AllocationPlan[Any]) -> PlanChange:
    """Compare two plans customer by customer.

    Args:
        before: The first plan.
        after: The second; customers that only one of them holds are counted.

    Raises:
        DataError: A plan was made by classes, of a table in an engine.

    >>> from custseg.allocate import Allocation
    >>> people = [{"customer_id": 1}, {"customer_id": 2}]
    >>> team = [{"rep_id": "R1", "capacity": 1}]
    >>> more = [*team, {"rep_id": "R2", "capacity": 1}]
    >>> found = compare_plans(Allocation().assign(people, team), Allocation().assign(people, more))
    >>> found.flows
    {(None, 'R2'): 1}
    """
    if any(plan.outcome.sizes is not None for plan in (before, after)):
        msg = (
            "a plan of a table in an engine knows classes, not customers: compare the columns of "
            "both tables in the engine, or plan in memory"
        )
        raise DataError(msg)
    first, second = _owners(before), _owners(after)
    codes = after.outcome.reasons()
    why = codes.texts()
    both = [(row, one) for row, one in enumerate(_ids(after)) if one in first]
    changed = tuple(
        ChangedOwner(one, first[one], second[one], why[row] or "")
        for row, one in both
        if first[one] != second[one]
    )
    return PlanChange(
        changed,
        len(both),
        len(first) - len(both),
        len(second) - len(both),
        (_points(before), _points(after)),
        _loads(before.loads, after.loads),
        (before.fairness, after.fairness),
        (_assigned(before), _assigned(after)),
    )


def _ids(plan: AllocationPlan[Any]) -> Sequence[object]:
    return plan.outcome.problem.score.people.ids


def _owners(plan: AllocationPlan[Any]) -> dict[object, object]:
    team = plan.outcome.problem.score.team.ids
    return {
        one: team[rep] if rep >= 0 else None
        for one, rep in zip(_ids(plan), plan.outcome.at.tolist(), strict=True)
    }


def _points(plan: AllocationPlan[Any]) -> float:
    return round(float(np.nansum(plan.outcome.got)), 6)


def _assigned(plan: AllocationPlan[Any]) -> int:
    return int((plan.outcome.at >= 0).sum())


def _loads(
    before: Sequence[RepLoad], after: Sequence[RepLoad]
) -> tuple[tuple[object, int | None, int | None], ...]:
    first = {load.rep_id: load.after for load in before}
    second = {load.rep_id: load.after for load in after}
    return tuple((rep, first.get(rep), second.get(rep)) for rep in {**first, **second})


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
