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
    from custseg.allocate.reporting.summary import CarriedLoad, PlanReport, plan_report
    from custseg.allocate.ruling.book import RuleBook
    from custseg.allocate.ruling.rule import Fallback, Rule
    from custseg.allocate.ruling.ruled import Ruled
    from custseg.allocate.ruling.targets import Same, To
    from custseg.allocate.ruling.tree import RegionTree
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
    "CarriedLoad",
    "ChangedOwner",
    "Fairness",
    "Fallback",
    "First",
    "Flip",
    "Greedy",
    "InfeasibleError",
    "Limits",
    "Match",
    "OwnerExplanation",
    "Places",
    "PlanChange",
    "PlanReport",
    "Priority",
    "RegionTree",
    "RepLoad",
    "Rule",
    "RuleBook",
    "Ruled",
    "Same",
    "Scenario",
    "Senior",
    "Solver",
    "Stay",
    "Term",
    "To",
    "Unassigned",
    "WhatIf",
    "Wish",
    "assign",
    "compare_plans",
    "fairness",
    "plan_report",
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
        "CarriedLoad": "reporting.summary",
        "ChangedOwner": "reporting.change",
        "Fairness": "reporting.evenness",
        "Fallback": "ruling.rule",
        "First": "wishing.priority",
        "Flip": "planning.account",
        "Greedy": "solving.regret",
        "InfeasibleError": "solving.solver",
        "Limits": "limiting.limits",
        "Match": "wishing.matching",
        "OwnerExplanation": "planning.account",
        "Places": "limiting.limits",
        "PlanChange": "reporting.change",
        "PlanReport": "reporting.summary",
        "Priority": "wishing.priority",
        "RegionTree": "ruling.tree",
        "RepLoad": "planning.plan",
        "Rule": "ruling.rule",
        "RuleBook": "ruling.book",
        "Ruled": "ruling.ruled",
        "Same": "ruling.targets",
        "Scenario": "reporting.scenarios",
        "Senior": "wishing.ranking",
        "Solver": "solving.solver",
        "Stay": "wishing.staying",
        "Term": "planning.account",
        "To": "ruling.targets",
        "Unassigned": "planning.plan",
        "WhatIf": "reporting.scenarios",
        "Wish": "wishing.protocol",
        "assign": "planning.usual",
        "compare_plans": "reporting.change",
        "fairness": "reporting.evenness",
        "plan_report": "reporting.summary",
        "suggest": "planning.usual",
        "what_if": "reporting.scenarios",
    },
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
