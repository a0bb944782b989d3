"""Who looks after it?"""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.allocate.limiting.conflict import ConflictError
    from custseg.allocate.limiting.conflicting import ConflictingLimit
    from custseg.allocate.limiting.effort import Extra
    from custseg.allocate.limiting.keeping import KeptLoad
    from custseg.allocate.limiting.limits import Limits, Places
    from custseg.allocate.limiting.loads import Load
    from custseg.allocate.limiting.splitting import Split
    from custseg.allocate.planning.counting.lazyplan import EnginePlan
    from custseg.allocate.planning.sharing.violation import Violation
    from custseg.allocate.planning.spec import Allocation, AllocationModel
    from custseg.allocate.planning.telling.evenness import Fairness, fairness
    from custseg.allocate.planning.telling.plan import AllocationPlan, RepLoad, Unassigned
    from custseg.allocate.planning.telling.portions import Share
    from custseg.allocate.planning.telling.why import Candidate, Flip, OwnerExplanation, Term, Turn
    from custseg.allocate.planning.usual import assign, suggest
    from custseg.allocate.pooling.claiming.claim import Claim
    from custseg.allocate.pooling.claiming.desk import PoolDesk
    from custseg.allocate.pooling.claiming.queue import Claims
    from custseg.allocate.pooling.recycling.daily import PoolModel
    from custseg.allocate.pooling.recycling.forecast import PoolForecast
    from custseg.allocate.pooling.recycling.recycled import Recycled
    from custseg.allocate.pooling.spec import Pool, Pools
    from custseg.allocate.pooling.terms.clocks import Clock, NoDeal, NoFollowUp, NoOpportunity
    from custseg.allocate.pooling.terms.limits import PoolLimit
    from custseg.allocate.pooling.terms.naming import PoolColumns
    from custseg.allocate.pooling.terms.protection import Protection
    from custseg.allocate.rebalancing.answering.figures import (
        Blocked,
        Move,
        MoveFlow,
        ParetoPoint,
        RepChange,
    )
    from custseg.allocate.rebalancing.answering.journal import MoveJournal, OwnerChange, end_covers
    from custseg.allocate.rebalancing.answering.result import Rebalance
    from custseg.allocate.rebalancing.call import rebalance
    from custseg.allocate.rebalancing.events import Merged, Newcomer, OnLeave, RepLeaves
    from custseg.allocate.rebalancing.moving.minimum import MinimalMoves
    from custseg.allocate.rebalancing.settings import Budget, Phases, Rebalancing
    from custseg.allocate.rebalancing.signals.counting import DealColumns, with_results
    from custseg.allocate.rebalancing.signals.results import Results
    from custseg.allocate.rebalancing.signals.voices import Voice
    from custseg.allocate.reporting.change import ChangedOwner, PlanChange, compare_plans
    from custseg.allocate.reporting.scenarios import Scenario, WhatIf, what_if
    from custseg.allocate.reporting.summary import PlanReport, plan_report
    from custseg.allocate.reviewing.call import review
    from custseg.allocate.reviewing.finding import Finding, LoadFinding, RepReview, WorstCase
    from custseg.allocate.reviewing.outcome import Review
    from custseg.allocate.reviewing.settings import ReviewRules
    from custseg.allocate.routing.compiled import RouterTeam
    from custseg.allocate.routing.desk.desk import RoutingDesk
    from custseg.allocate.routing.desk.protocol import Guard, Routing
    from custseg.allocate.routing.guards.caps import Cap, DailyQuota, RateLimit
    from custseg.allocate.routing.guards.hours import AtWork, WorkHours
    from custseg.allocate.routing.guards.room import HasRoom
    from custseg.allocate.routing.memory.event import RoutingEvent
    from custseg.allocate.routing.memory.state import RouterState
    from custseg.allocate.routing.routed import (
        Routed,
        RoutedBatch,
        RoutingCandidate,
        RoutingExplanation,
    )
    from custseg.allocate.routing.router import Router
    from custseg.allocate.routing.strategies.buckets import AvailabilityBuckets
    from custseg.allocate.routing.strategies.crediting import CreditLevel
    from custseg.allocate.routing.strategies.loads import LeastLoaded, MostRoom
    from custseg.allocate.routing.strategies.priced import PriceGuided
    from custseg.allocate.routing.strategies.sticky import StickyHash
    from custseg.allocate.routing.strategies.turns import LongestWaiting, RoundRobin, SmoothWeighted
    from custseg.allocate.ruling.auditing.findings import Gap, RuleCoverage, RuleLint
    from custseg.allocate.ruling.book import RuleBook
    from custseg.allocate.ruling.deciding.account import PassedRule, RuleExplanation
    from custseg.allocate.ruling.ruled import Ruled
    from custseg.allocate.ruling.saying.rule import Fallback, Rule
    from custseg.allocate.ruling.saying.targets import Same, To
    from custseg.allocate.ruling.saying.tree import RegionTree
    from custseg.allocate.solving.grouping import Classes
    from custseg.allocate.solving.loaded.milp import Milp
    from custseg.allocate.solving.optimal import Exact
    from custseg.allocate.solving.regret import Greedy
    from custseg.allocate.solving.rendezvous import Hash
    from custseg.allocate.solving.solver import InfeasibleError, Solver
    from custseg.allocate.wishing.avoiding import Avoid, DoNotAssign
    from custseg.allocate.wishing.calendars.attendance import Availability
    from custseg.allocate.wishing.calendars.leaves import Leave
    from custseg.allocate.wishing.calendars.workdays import WorkCalendar
    from custseg.allocate.wishing.cooling import CoolOff
    from custseg.allocate.wishing.histories import HistoryColumns, with_history
    from custseg.allocate.wishing.matching import Match, Skills
    from custseg.allocate.wishing.ordering.priority import First, Priority
    from custseg.allocate.wishing.ordering.urgency import Urgency
    from custseg.allocate.wishing.ordering.weighted import (
        PriorityExplanation,
        PriorityPoints,
        PriorityTerm,
    )
    from custseg.allocate.wishing.protocol import Wish
    from custseg.allocate.wishing.ranking import Senior, Seniority
    from custseg.allocate.wishing.relating import Relationship
    from custseg.allocate.wishing.staying import Stay
    from custseg.allocate.wishing.territories.areas import Area
    from custseg.allocate.wishing.territories.covering import Territory


__all__ = [
    "Allocation",
    "AllocationModel",
    "AllocationPlan",
    "Area",
    "AtWork",
    "Availability",
    "AvailabilityBuckets",
    "Avoid",
    "Blocked",
    "Budget",
    "Candidate",
    "Cap",
    "ChangedOwner",
    "Claim",
    "Claims",
    "Classes",
    "Clock",
    "ConflictError",
    "ConflictingLimit",
    "CoolOff",
    "CreditLevel",
    "DailyQuota",
    "DealColumns",
    "DoNotAssign",
    "EnginePlan",
    "Exact",
    "Extra",
    "Fairness",
    "Fallback",
    "Finding",
    "First",
    "Flip",
    "Gap",
    "Greedy",
    "Guard",
    "HasRoom",
    "Hash",
    "HistoryColumns",
    "InfeasibleError",
    "KeptLoad",
    "LeastLoaded",
    "Leave",
    "Limits",
    "Load",
    "LoadFinding",
    "LongestWaiting",
    "Match",
    "Merged",
    "Milp",
    "MinimalMoves",
    "MostRoom",
    "Move",
    "MoveFlow",
    "MoveJournal",
    "Newcomer",
    "NoDeal",
    "NoFollowUp",
    "NoOpportunity",
    "OnLeave",
    "OwnerChange",
    "OwnerExplanation",
    "ParetoPoint",
    "PassedRule",
    "Phases",
    "Places",
    "PlanChange",
    "PlanReport",
    "Pool",
    "PoolColumns",
    "PoolDesk",
    "PoolForecast",
    "PoolLimit",
    "PoolModel",
    "Pools",
    "PriceGuided",
    "Priority",
    "PriorityExplanation",
    "PriorityPoints",
    "PriorityTerm",
    "Protection",
    "RateLimit",
    "Rebalance",
    "Rebalancing",
    "Recycled",
    "RegionTree",
    "Relationship",
    "RepChange",
    "RepLeaves",
    "RepLoad",
    "RepReview",
    "Results",
    "Review",
    "ReviewRules",
    "RoundRobin",
    "Routed",
    "RoutedBatch",
    "Router",
    "RouterState",
    "RouterTeam",
    "Routing",
    "RoutingCandidate",
    "RoutingDesk",
    "RoutingEvent",
    "RoutingExplanation",
    "Rule",
    "RuleBook",
    "RuleCoverage",
    "RuleExplanation",
    "RuleLint",
    "Ruled",
    "Same",
    "Scenario",
    "Senior",
    "Seniority",
    "Share",
    "Skills",
    "SmoothWeighted",
    "Solver",
    "Split",
    "Stay",
    "StickyHash",
    "Term",
    "Territory",
    "To",
    "Turn",
    "Unassigned",
    "Urgency",
    "Violation",
    "Voice",
    "WhatIf",
    "Wish",
    "WorkCalendar",
    "WorkHours",
    "WorstCase",
    "assign",
    "compare_plans",
    "end_covers",
    "fairness",
    "plan_report",
    "rebalance",
    "review",
    "suggest",
    "what_if",
    "with_history",
    "with_results",
]

_HOMES = {
    "limiting.conflict": "ConflictError",
    "limiting.conflicting": "ConflictingLimit",
    "limiting.effort": "Extra",
    "limiting.keeping": "KeptLoad",
    "limiting.limits": "Limits Places",
    "limiting.loads": "Load",
    "limiting.splitting": "Split",
    "planning.counting.lazyplan": "EnginePlan",
    "planning.sharing.violation": "Violation",
    "planning.spec": "Allocation AllocationModel",
    "planning.telling.plan": "AllocationPlan RepLoad Unassigned",
    "planning.telling.portions": "Share",
    "planning.telling.why": "Candidate Flip OwnerExplanation Term Turn",
    "planning.usual": "assign suggest",
    "pooling.claiming.claim": "Claim",
    "pooling.claiming.desk": "PoolDesk",
    "pooling.claiming.queue": "Claims",
    "pooling.recycling.daily": "PoolModel",
    "pooling.recycling.forecast": "PoolForecast",
    "pooling.recycling.recycled": "Recycled",
    "pooling.spec": "Pool Pools",
    "pooling.terms.clocks": "Clock NoDeal NoFollowUp NoOpportunity",
    "pooling.terms.limits": "PoolLimit",
    "pooling.terms.naming": "PoolColumns",
    "pooling.terms.protection": "Protection",
    "rebalancing.answering.figures": "Blocked Move MoveFlow ParetoPoint RepChange",
    "rebalancing.answering.journal": "MoveJournal OwnerChange end_covers",
    "rebalancing.answering.result": "Rebalance",
    "rebalancing.call": "rebalance",
    "rebalancing.events": "Merged Newcomer OnLeave RepLeaves",
    "rebalancing.moving.minimum": "MinimalMoves",
    "rebalancing.settings": "Budget Phases Rebalancing",
    "rebalancing.signals.counting": "DealColumns with_results",
    "rebalancing.signals.results": "Results",
    "rebalancing.signals.voices": "Voice",
    "reporting.change": "ChangedOwner PlanChange compare_plans",
    "planning.telling.evenness": "Fairness fairness",
    "reporting.scenarios": "Scenario WhatIf what_if",
    "reporting.summary": "PlanReport plan_report",
    "reviewing.call": "review",
    "reviewing.finding": "Finding LoadFinding RepReview WorstCase",
    "reviewing.outcome": "Review",
    "reviewing.settings": "ReviewRules",
    "routing.compiled": "RouterTeam",
    "routing.desk.desk": "RoutingDesk",
    "routing.desk.protocol": "Guard Routing",
    "routing.guards.caps": "Cap DailyQuota RateLimit",
    "routing.guards.hours": "AtWork WorkHours",
    "routing.guards.room": "HasRoom",
    "routing.memory.event": "RoutingEvent",
    "routing.memory.state": "RouterState",
    "routing.routed": "Routed RoutedBatch RoutingCandidate RoutingExplanation",
    "routing.router": "Router",
    "routing.strategies.buckets": "AvailabilityBuckets",
    "routing.strategies.crediting": "CreditLevel",
    "routing.strategies.loads": "LeastLoaded MostRoom",
    "routing.strategies.priced": "PriceGuided",
    "routing.strategies.sticky": "StickyHash",
    "routing.strategies.turns": "LongestWaiting RoundRobin SmoothWeighted",
    "ruling.auditing.findings": "Gap RuleCoverage RuleLint",
    "ruling.book": "RuleBook",
    "ruling.deciding.account": "PassedRule RuleExplanation",
    "ruling.ruled": "Ruled",
    "ruling.saying.rule": "Fallback Rule",
    "ruling.saying.targets": "Same To",
    "ruling.saying.tree": "RegionTree",
    "solving.grouping": "Classes",
    "solving.loaded.milp": "Milp",
    "solving.optimal": "Exact",
    "solving.regret": "Greedy",
    "solving.rendezvous": "Hash",
    "solving.solver": "InfeasibleError Solver",
    "wishing.avoiding": "Avoid DoNotAssign",
    "wishing.calendars.attendance": "Availability",
    "wishing.calendars.leaves": "Leave",
    "wishing.calendars.workdays": "WorkCalendar",
    "wishing.cooling": "CoolOff",
    "wishing.histories": "HistoryColumns with_history",
    "wishing.matching": "Match Skills",
    "wishing.ordering.priority": "First Priority",
    "wishing.ordering.urgency": "Urgency",
    "wishing.ordering.weighted": "PriorityExplanation PriorityPoints PriorityTerm",
    "wishing.protocol": "Wish",
    "wishing.ranking": "Senior Seniority",
    "wishing.relating": "Relationship",
    "wishing.staying": "Stay",
    "wishing.territories.areas": "Area",
    "wishing.territories.covering": "Territory",
}

__getattr__ = opener(
    __name__, {name: home for home, names in _HOMES.items() for name in names.split()}
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
