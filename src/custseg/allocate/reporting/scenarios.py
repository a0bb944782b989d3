"""What if? The same customers under another team or other settings, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, cast

import attrs

from custseg import frames
from custseg.allocate.planning.asking.fetching import fetched, read_by_allocation
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.planning.telling.plan import AllocationPlan
from custseg.allocate.reporting.change import PlanChange, compare_plans
from custseg.errors import ConfigError, did_you_mean
from custseg.frames.held import held
from custseg.labels import label
from custseg.layout import html_table
from custseg.showing import Shown

Day: TypeAlias = date | str
Rep: TypeAlias = Mapping[str, object]
_HEADS = ("scenario", "assigned", "changed", "points", "gini")


def _ids(given: object) -> tuple[object, ...]:
    """One id alone is one id, and no row of letters."""
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        return (given,)
    return tuple(cast("Iterable[object]", given))


@attrs.frozen(kw_only=True)
class Scenario:
    """One thing to try: somebody comes, goes or carries more; other rules, limits or weights.

    Attributes:
        name: What it is called in the comparison.
        add: Rows of representatives who join; a column that a row lacks is empty.
        remove: Ids of representatives who leave.
        change: Cells of representatives that become others: id -> column -> value.
        settings: Settings of the allocation that become others, such as ``{"limits": ...}``.

    >>> Scenario(name="without R1", remove=["R1"]).remove
    ('R1',)
    """

    name: str
    add: tuple[Rep, ...] = attrs.field(default=(), converter=tuple)
    remove: tuple[object, ...] = attrs.field(default=(), converter=_ids)
    change: Mapping[Any, Mapping[str, object]] = attrs.field(
        factory=dict[Any, Mapping[str, object]]
    )
    settings: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    def team(self, reps: Sequence[Rep], rep_id: str) -> list[Rep]:
        """The representatives of this scenario.

        Args:
            reps: Those there are, as records.
            rep_id: The column of their ids.

        Raises:
            ConfigError: Who is to leave or to change is not there.
        """
        known = {rep[rep_id] for rep in reps}
        for one in (*self.remove, *self.change):
            if one not in known:
                msg = f"there is no representative {one!r} to change; ids keep their type"
                raise ConfigError(msg, f"scenario {self.name!r}")
        stay = [rep for rep in reps if rep[rep_id] not in self.remove]
        changed = [{**rep, **self.change.get(rep[rep_id], {})} for rep in stay]
        every = dict.fromkeys(name for rep in (*reps, *self.add) for name in rep)
        return [{name: rep.get(name) for name in every} for rep in (*changed, *self.add)]

    def spec(self, allocation: Allocation) -> Allocation:
        """The settings of this scenario.

        Raises:
            ConfigError: The allocation has no such setting.
        """
        known = [field.name for field in attrs.fields(Allocation)]
        for name in self.settings:
            if name not in known:
                hint = did_you_mean(name, known)
                msg = f"an allocation has no setting {name!r}{hint}"
                raise ConfigError(msg, f"scenario {self.name!r}")
        return attrs.evolve(allocation, **self.settings)


@attrs.frozen(eq=False)
class WhatIf(Shown):
    """A plan and what it would be under each scenario.

    Attributes:
        base: The plan as things are.
        plans: The plan of each scenario, by its name.

    >>> people = [{"customer_id": 1}, {"customer_id": 2}]
    >>> team = [{"rep_id": "R1", "capacity": 1}]
    >>> tried = Scenario(name="R2 joins", add=[{"rep_id": "R2", "capacity": 1}])
    >>> what_if(Allocation(), people, team, [tried]).changes["R2 joins"].assigned
    (1, 2)
    """

    base: AllocationPlan[Any]
    plans: Mapping[str, AllocationPlan[Any]]

    @property
    def changes(self) -> Mapping[str, PlanChange]:
        """What each scenario changes."""
        return {name: compare_plans(self.base, plan) for name, plan in self.plans.items()}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {name: change.as_dict() for name, change in self.changes.items()}

    def text(self, locale: str = "en") -> str:
        """A line for things as they are, and one for each scenario.

        Args:
            locale: ``en`` or ``zh``.
        """
        heads = [label(f"what_if.{name}", locale) for name in _HEADS]
        rows = [heads, *self._rows(locale)]
        wide = [max(len(row[k]) for row in rows) for k in range(len(heads))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
            for row in rows
        )

    def _rows(self, locale: str) -> Iterable[list[str]]:
        same = compare_plans(self.base, self.base)
        yield _row(label("what_if.base", locale), self.base, same)
        for name, change in self.changes.items():
            yield _row(name, self.plans[name], change)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table([label(f"what_if.{name}", locale) for name in _HEADS], self._rows(locale))


def what_if(
    allocation: Allocation,
    customers: object,
    reps: object,
    scenarios: Scenario | Iterable[Scenario],
    *,
    as_of: Day | None = None,
) -> WhatIf:
    """Share the same customers out as things are and under each scenario.

    Of a lazy table the columns that are read are fetched: scenarios are compared customer by
    customer.

    Args:
        allocation: The settings as they are.
        customers: One row a customer.
        reps: One row a representative.
        scenarios: What to try.
        as_of: The day of the plan; needed where somebody has leave.

    Raises:
        ConfigError: Two scenarios have one name, or one changes what is not there.

    >>> people = [{"customer_id": 1}, {"customer_id": 2}]
    >>> team = [{"rep_id": "R1", "capacity": 1}, {"rep_id": "R2", "capacity": 1}]
    >>> tried = what_if(Allocation(), people, team, Scenario(name="R2 leaves", remove=["R2"]))
    >>> print(tried.text())
    scenario       assigned  other owner  points  Gini
    as things are  2         0            0.000   0.0000
    R2 leaves      1         1            0.000   0.0000
    """
    some = (scenarios,) if isinstance(scenarios, Scenario) else tuple(scenarios)
    names = [one.name for one in some]
    if len(set(names)) < len(names):
        msg = f"each scenario needs a name of its own, got {names}"
        raise ConfigError(msg, "what_if.scenarios")
    read = read_by_allocation(allocation).union(*(_read(one, allocation) for one in some))
    people = fetched(frames.table(customers), read)
    team = _records(frames.table(reps))
    base: AllocationPlan[Any] = allocation.assign(people, team, as_of=as_of)
    return WhatIf(
        base,
        {
            one.name: one.spec(allocation).assign(
                people, one.team(team, allocation.rep_id), as_of=as_of
            )
            for one in some
        },
    )


def _read(one: Scenario, allocation: Allocation) -> set[str]:
    return read_by_allocation(one.spec(allocation))


def _records(reps: frames.Table[Any]) -> list[Rep]:
    columns = {name: held(reps, name) for name in reps.columns}
    return [
        {
            name: found.values[found.at[row]] if found.at[row] >= 0 else None
            for name, found in columns.items()
        }
        for row in range(reps.size)
    ]


def _row(name: str, plan: AllocationPlan[Any], change: PlanChange) -> list[str]:
    gini = plan.fairness.gini
    return [
        name,
        f"{change.assigned[1]:,}",
        f"{len(change.changed):,}",
        f"{change.points[1]:,.3f}",
        "-" if gini is None else f"{gini:.4f}",
    ]
