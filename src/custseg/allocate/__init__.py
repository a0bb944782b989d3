"""Who looks after it?"""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.allocate.limiting.conflict import ConflictError, ConflictingLimit
    from custseg.allocate.limiting.effort import Extra
    from custseg.allocate.limiting.keeping import KeptLoad
    from custseg.allocate.limiting.limits import Limits, Places
    from custseg.allocate.limiting.loads import Load
    from custseg.allocate.limiting.splitting import Split
    from custseg.allocate.planning.sharing.violation import Violation
    from custseg.allocate.planning.spec import Allocation, AllocationModel
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
    from custseg.allocate.reporting.evenness import Fairness, fairness
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

__getattr__ = opener(
    __name__,
    {
        "Allocation": "planning.spec",
        "AllocationModel": "planning.spec",
        "AllocationPlan": "planning.telling.plan",
        "Area": "wishing.territories.areas",
        "AtWork": "routing.guards.hours",
        "Availability": "wishing.calendars.attendance",
        "AvailabilityBuckets": "routing.strategies.buckets",
        "Avoid": "wishing.avoiding",
        "Blocked": "rebalancing.answering.figures",
        "Budget": "rebalancing.settings",
        "Candidate": "planning.telling.why",
        "Cap": "routing.guards.caps",
        "ChangedOwner": "reporting.change",
        "Claim": "pooling.claiming.claim",
        "Claims": "pooling.claiming.queue",
        "Classes": "solving.grouping",
        "Clock": "pooling.terms.clocks",
        "ConflictError": "limiting.conflict",
        "ConflictingLimit": "limiting.conflict",
        "CoolOff": "wishing.cooling",
        "CreditLevel": "routing.strategies.crediting",
        "DailyQuota": "routing.guards.caps",
        "DealColumns": "rebalancing.signals.counting",
        "DoNotAssign": "wishing.avoiding",
        "Exact": "solving.optimal",
        "Extra": "limiting.effort",
        "Fairness": "reporting.evenness",
        "Fallback": "ruling.saying.rule",
        "Finding": "reviewing.finding",
        "First": "wishing.ordering.priority",
        "Flip": "planning.telling.why",
        "Gap": "ruling.auditing.findings",
        "Greedy": "solving.regret",
        "Guard": "routing.desk.protocol",
        "HasRoom": "routing.guards.room",
        "Hash": "solving.rendezvous",
        "HistoryColumns": "wishing.histories",
        "InfeasibleError": "solving.solver",
        "KeptLoad": "limiting.keeping",
        "LeastLoaded": "routing.strategies.loads",
        "Leave": "wishing.calendars.leaves",
        "Limits": "limiting.limits",
        "Load": "limiting.loads",
        "LoadFinding": "reviewing.finding",
        "LongestWaiting": "routing.strategies.turns",
        "Match": "wishing.matching",
        "Merged": "rebalancing.events",
        "Milp": "solving.loaded.milp",
        "MinimalMoves": "rebalancing.moving.minimum",
        "MostRoom": "routing.strategies.loads",
        "Move": "rebalancing.answering.figures",
        "MoveFlow": "rebalancing.answering.figures",
        "MoveJournal": "rebalancing.answering.journal",
        "Newcomer": "rebalancing.events",
        "NoDeal": "pooling.terms.clocks",
        "NoFollowUp": "pooling.terms.clocks",
        "NoOpportunity": "pooling.terms.clocks",
        "OnLeave": "rebalancing.events",
        "OwnerChange": "rebalancing.answering.journal",
        "OwnerExplanation": "planning.telling.why",
        "ParetoPoint": "rebalancing.answering.figures",
        "PassedRule": "ruling.deciding.account",
        "Phases": "rebalancing.settings",
        "Places": "limiting.limits",
        "PlanChange": "reporting.change",
        "PlanReport": "reporting.summary",
        "Pool": "pooling.spec",
        "PoolColumns": "pooling.terms.naming",
        "PoolDesk": "pooling.claiming.desk",
        "PoolForecast": "pooling.recycling.forecast",
        "PoolLimit": "pooling.terms.limits",
        "PoolModel": "pooling.recycling.daily",
        "Pools": "pooling.spec",
        "PriceGuided": "routing.strategies.priced",
        "Priority": "wishing.ordering.priority",
        "PriorityExplanation": "wishing.ordering.weighted",
        "PriorityPoints": "wishing.ordering.weighted",
        "PriorityTerm": "wishing.ordering.weighted",
        "Protection": "pooling.terms.protection",
        "RateLimit": "routing.guards.caps",
        "Rebalance": "rebalancing.answering.result",
        "Rebalancing": "rebalancing.settings",
        "Recycled": "pooling.recycling.recycled",
        "RegionTree": "ruling.saying.tree",
        "Relationship": "wishing.relating",
        "RepChange": "rebalancing.answering.figures",
        "RepLeaves": "rebalancing.events",
        "RepLoad": "planning.telling.plan",
        "RepReview": "reviewing.finding",
        "Results": "rebalancing.signals.results",
        "Review": "reviewing.outcome",
        "ReviewRules": "reviewing.settings",
        "RoundRobin": "routing.strategies.turns",
        "Routed": "routing.routed",
        "RoutedBatch": "routing.routed",
        "Router": "routing.router",
        "RouterState": "routing.memory.state",
        "RouterTeam": "routing.compiled",
        "Routing": "routing.desk.protocol",
        "RoutingCandidate": "routing.routed",
        "RoutingDesk": "routing.desk.desk",
        "RoutingEvent": "routing.memory.event",
        "RoutingExplanation": "routing.routed",
        "Rule": "ruling.saying.rule",
        "RuleBook": "ruling.book",
        "RuleCoverage": "ruling.auditing.findings",
        "RuleExplanation": "ruling.deciding.account",
        "RuleLint": "ruling.auditing.findings",
        "Ruled": "ruling.ruled",
        "Same": "ruling.saying.targets",
        "Scenario": "reporting.scenarios",
        "Senior": "wishing.ranking",
        "Seniority": "wishing.ranking",
        "Share": "planning.telling.portions",
        "Skills": "wishing.matching",
        "SmoothWeighted": "routing.strategies.turns",
        "Solver": "solving.solver",
        "Split": "limiting.splitting",
        "Stay": "wishing.staying",
        "StickyHash": "routing.strategies.sticky",
        "Term": "planning.telling.why",
        "Territory": "wishing.territories.covering",
        "To": "ruling.saying.targets",
        "Turn": "planning.telling.why",
        "Unassigned": "planning.telling.plan",
        "Urgency": "wishing.ordering.urgency",
        "Violation": "planning.sharing.violation",
        "Voice": "rebalancing.signals.voices",
        "WhatIf": "reporting.scenarios",
        "Wish": "wishing.protocol",
        "WorkCalendar": "wishing.calendars.workdays",
        "WorkHours": "routing.guards.hours",
        "WorstCase": "reviewing.finding",
        "assign": "planning.usual",
        "compare_plans": "reporting.change",
        "end_covers": "rebalancing.answering.journal",
        "fairness": "reporting.evenness",
        "plan_report": "reporting.summary",
        "rebalance": "rebalancing.call",
        "review": "reviewing.call",
        "suggest": "planning.usual",
        "what_if": "reporting.scenarios",
        "with_history": "wishing.histories",
        "with_results": "rebalancing.signals.counting",
    },
)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
