"""A plan told as a whole: points and proof, fairness, what each carries, what was broken."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, cast

import attrs

from custseg.allocate.limiting.keeping import KeptLoad, kept
from custseg.allocate.planning.sharing.violation import Violation
from custseg.allocate.planning.telling.evenness import Fairness
from custseg.allocate.planning.telling.plan import AllocationPlan, RepLoad
from custseg.allocate.planning.telling.proof import proof, summary
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.showing import Shown

_COLUMNS = ("rep_id", "load_before", "load_after", "capacity")
_HELD = ("load", "group", "held", "low", "high", "price")


@attrs.frozen(eq=False)
class PlanReport(Shown):
    """A plan as a whole, to be read, stored or audited.

    Attributes:
        totals: Customers, assigned, unassigned by reason, kept, moved, points.
        bound: Points that no plan for these customers can exceed; ``None``: no proof.
        gap: The part of the bound that may be missing; 0 is proven best.
        fairness: How evenly loads lie, against capacities where everybody has one.
        reps: What each representative carries before and after.
        prices: What one more place with each is worth, in points.
        carried: What each carries of every other load, beside its limits.
        violations: What could not be kept, and why.
        hash: Fingerprint of settings, inputs and decisions.
        unit: What was shared out: ``customer``, ``lead`` or ``opportunity``.

    >>> from custseg.allocate import Allocation
    >>> plan = Allocation().assign([{"customer_id": 1}], [{"rep_id": "R1", "capacity": 2}])
    >>> plan_report(plan).as_dict()["fairness"]["gini"]
    0.0
    """

    totals: Mapping[str, object]
    bound: float | None
    gap: float | None
    fairness: Fairness
    reps: tuple[RepLoad, ...]
    prices: Mapping[object, float]
    carried: tuple[KeptLoad, ...]
    violations: tuple[Violation, ...]
    hash: str
    unit: str = "customer"

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Rows for files: ``reps``, and ``carried`` where there are loads."""
        reps: list[dict[str, Any]] = [
            {**attrs.asdict(one), "price": self.prices.get(one.rep_id, 0.0)} for one in self.reps
        ]
        carried = [one.as_dict() for one in self.carried]
        return {"reps": reps, "carried": carried} if carried else {"reps": reps}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "hash": self.hash,
            "unit": self.unit,
            "totals": dict(self.totals),
            "bound": self.bound,
            "gap": self.gap,
            "fairness": self.fairness.as_dict(),
            **self.tables,
            "violations": [one.as_dict() for one in self.violations],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        lines = [said for _, said in self.lines(locale)]
        lines += [f"  - {load.text(locale)}" for load in self.reps]
        return "\n".join(lines)

    def lines(self, locale: str = "en") -> Iterator[tuple[str, str]]:
        """What is to be said of the whole plan, by topic.

        Args:
            locale: ``en`` or ``zh``.
        """
        yield "summary", summary(self.unit, self.totals, locale)
        for code, count in cast("Mapping[str, int]", self.totals["unassigned"]).items():
            yield "unassigned", f"  - {label(code, locale)}: {count:,}"
        if self.totals.get("moved") is not None:
            yield "moves", label("allocate.moves", locale).format_map(self.totals)
        yield "proof", proof({**self.totals, "bound": self.bound}, locale)
        yield "fairness", self.fairness.text(locale)
        for one in self.violations:
            yield "violations", f"  ! {one.text(locale)}"

    def html(self, locale: str = "en") -> str:
        """Lines and tables as HTML, escaped.

        Args:
            locale: ``en`` or ``zh``.
        """
        heads = [*(title(name, locale) for name in _COLUMNS), label("carried.price", locale)]
        rows = [
            (one.rep_id, one.before, one.after, one.capacity, f"{self.prices[one.rep_id]:.3f}")
            for one in self.reps
        ]
        said = "".join(f"<p>{escape(line.strip())}</p>" for _, line in self.lines(locale))
        held = [label(f"carried.{name}", locale) for name in _HELD]
        more = [tuple(getattr(one, name) for name in _HELD) for one in self.carried]
        return said + html_table(heads, rows) + (html_table(held, more) if more else "")


def plan_report(plan: AllocationPlan[Any]) -> PlanReport:
    """Tell a plan as a whole.

    Args:
        plan: From ``allocate``.

    >>> from custseg.allocate import Allocation
    >>> plan = Allocation().assign([{"customer_id": 1}], [{"rep_id": "R1", "capacity": 2}])
    >>> print(plan_report(plan).text().splitlines()[0])
    1 of 1 customer has an owner
    """
    return PlanReport(
        plan.totals,
        plan.bound,
        plan.gap,
        plan.fairness,
        plan.loads,
        plan.prices,
        _carried(plan),
        plan.violations,
        plan.hash,
        plan.outcome.problem.unit,
    )


def _carried(plan: AllocationPlan[Any]) -> tuple[KeptLoad, ...]:
    loads = plan.outcome.problem.loads
    return () if loads is None else kept(loads, plan.outcome.solution)
