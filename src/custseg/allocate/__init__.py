"""Who looks after it?"""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.allocate.limiting.limits import Limits, Places
    from custseg.allocate.planning.account import Candidate, Flip, OwnerExplanation, Term
    from custseg.allocate.planning.plan import AllocationPlan, RepLoad, Unassigned
    from custseg.allocate.planning.spec import Allocation, AllocationModel
    from custseg.allocate.planning.usual import assign, suggest
    from custseg.allocate.reporting.change import ChangedOwner, PlanChange, compare_plans
    from custseg.allocate.reporting.evenness import Fairness, fairness
    from custseg.allocate.reporting.scenarios import Scenario, WhatIf, what_if
    from custseg.allocate.solving.regret import Greedy
    from custseg.allocate.solving.solver import InfeasibleError, Solver
    from custseg.allocate.wishing.matching import Match
    from custseg.allocate.wishing.priority import First, Priority
    from custseg.allocate.wishing.protocol import Wish
    from custseg.allocate.wishing.ranking import Senior
    from custseg.allocate.wishing.staying import Stay

__all__ = [
    "Allocation",
    "AllocationModel",
    "AllocationPlan",
    "Candidate",
    "ChangedOwner",
    "Fairness",
    "First",
    "Flip",
    "Greedy",
    "InfeasibleError",
    "Limits",
    "Match",
    "OwnerExplanation",
    "Places",
    "PlanChange",
    "Priority",
    "RepLoad",
    "Scenario",
    "Senior",
    "Solver",
    "Stay",
    "Term",
    "Unassigned",
    "WhatIf",
    "Wish",
    "assign",
    "compare_plans",
    "fairness",
    "suggest",
    "what_if",
]

__getattr__ = opener(
    __name__,
    {
        "Allocation": "planning.spec",
        "AllocationModel": "planning.spec",
        "AllocationPlan": "planning.plan",
        "Candidate": "planning.account",
        "ChangedOwner": "reporting.change",
        "Fairness": "reporting.evenness",
        "First": "wishing.priority",
        "Flip": "planning.account",
        "Greedy": "solving.regret",
        "InfeasibleError": "solving.solver",
        "Limits": "limiting.limits",
        "Match": "wishing.matching",
        "OwnerExplanation": "planning.account",
        "Places": "limiting.limits",
        "PlanChange": "reporting.change",
        "Priority": "wishing.priority",
        "RepLoad": "planning.plan",
        "Scenario": "reporting.scenarios",
        "Senior": "wishing.ranking",
        "Solver": "solving.solver",
        "Stay": "wishing.staying",
        "Term": "planning.account",
        "Unassigned": "planning.plan",
        "WhatIf": "reporting.scenarios",
        "Wish": "wishing.protocol",
        "assign": "planning.usual",
        "compare_plans": "reporting.change",
        "fairness": "reporting.evenness",
        "suggest": "planning.usual",
        "what_if": "reporting.scenarios",
    },
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
