"""Where is the customer in its life with us?"""

from custseg.classify.churn.backtesting import backtest
from custseg.classify.churn.evidence import ChurnSigns
from custseg.classify.churn.listed import LossSum
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.origins import Origins
from custseg.classify.churn.report import ChurnReport
from custseg.classify.churn.reporting import ChurnSettings, churn_report
from custseg.classify.churn.risks import (
    Gone,
    ModelColumn,
    NoPurchase,
    Overdue,
    OwnGap,
    Recency,
    risk_signals,
)
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import RiskSignal
from custseg.classify.churn.stateorder import StateOrder
from custseg.classify.churn.verdicts import Chances, SignalFigures
from custseg.classify.clocks import DaysSince
from custseg.classify.flows.foresight import CohortProjection
from custseg.classify.flows.growth import GrowthAccounting, growth_accounting
from custseg.classify.flows.matrix import TransitionMatrix, transition_matrix
from custseg.classify.flows.money import MoneyGrowth, revenue_asof
from custseg.classify.flows.periods import month_ends, period_ends
from custseg.classify.flows.projection import Projection
from custseg.classify.flows.retention import CohortAverage
from custseg.classify.flows.triangle import CohortTriangle, cohorts
from custseg.classify.groups.coverage import lint
from custseg.classify.groups.lintreport import GroupReport
from custseg.classify.groups.membership import Membership, MembershipModel
from custseg.classify.groups.reads import Read
from custseg.classify.hysteresis import Hysteresis
from custseg.classify.ladder import STATES, Signal, StateLadder, Step
from custseg.classify.replay.grid import StateGrid
from custseg.classify.replay.history import states_asof, transitions
from custseg.classify.replay.inparts import PartitionedGrid
from custseg.classify.replay.standing import customer_states
from custseg.classify.replay.stream import advance, due
from custseg.classify.states import Lifecycle, LifecycleModel, lifecycle
from custseg.classify.strategies.cadence import OwnCadence
from custseg.classify.strategies.chance import ModelProbability
from custseg.classify.strategies.composites import AllOf, AnyOf
from custseg.classify.strategies.contract import Contract
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.funnel import Funnel
from custseg.classify.strategies.holidays import Freeze, every_year, spring_festival
from custseg.classify.strategies.learned import Enough
from custseg.classify.strategies.limits import ChanceLimits, GapLimits
from custseg.classify.strategies.override import Override
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.classify.strategies.quantile import PopulationQuantile
from custseg.classify.strategies.segments import BySegment, OneTime
from custseg.measures.markov import LikelihoodRatio

__all__ = [
    "STATES",
    "AllOf",
    "AnyOf",
    "Backtest",
    "BySegment",
    "ChanceLimits",
    "Chances",
    "ChurnReport",
    "ChurnSettings",
    "ChurnSigns",
    "CohortAverage",
    "CohortProjection",
    "CohortTriangle",
    "Contract",
    "DaysSince",
    "Enough",
    "FixedDays",
    "Freeze",
    "Funnel",
    "GapLimits",
    "Gone",
    "GroupReport",
    "GrowthAccounting",
    "Hysteresis",
    "Lifecycle",
    "LifecycleModel",
    "LifecycleStrategy",
    "LikelihoodRatio",
    "LossSum",
    "Membership",
    "MembershipModel",
    "ModelColumn",
    "ModelProbability",
    "MoneyGrowth",
    "NoPurchase",
    "OneTime",
    "Origins",
    "Overdue",
    "Override",
    "OwnCadence",
    "OwnGap",
    "PartitionedGrid",
    "PopulationQuantile",
    "Projection",
    "Read",
    "Recency",
    "RiskSignal",
    "Seen",
    "Signal",
    "SignalFigures",
    "StateGrid",
    "StateLadder",
    "StateOrder",
    "Step",
    "TransitionMatrix",
    "advance",
    "backtest",
    "churn_report",
    "cohorts",
    "customer_states",
    "due",
    "every_year",
    "growth_accounting",
    "lifecycle",
    "lint",
    "month_ends",
    "period_ends",
    "revenue_asof",
    "risk_signals",
    "spring_festival",
    "states_asof",
    "transition_matrix",
    "transitions",
]
