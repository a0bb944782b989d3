"""Who looks after it?"""

from custseg.allocate.allocation import Allocation, AllocationModel
from custseg.allocate.greedy import Greedy
from custseg.allocate.limits import Limits, Places
from custseg.allocate.plan import AllocationPlan, RepLoad, Unassigned
from custseg.allocate.priority import First, Priority
from custseg.allocate.solvers import InfeasibleError, Solver
from custseg.allocate.usual import assign, suggest
from custseg.allocate.why import Candidate, OwnerExplanation, Term
from custseg.allocate.wishes import Match, Senior, Stay, Wish

__all__ = [
    "Allocation",
    "AllocationModel",
    "AllocationPlan",
    "Candidate",
    "First",
    "Greedy",
    "InfeasibleError",
    "Limits",
    "Match",
    "OwnerExplanation",
    "Places",
    "Priority",
    "RepLoad",
    "Senior",
    "Solver",
    "Stay",
    "Term",
    "Unassigned",
    "Wish",
    "assign",
    "suggest",
]
