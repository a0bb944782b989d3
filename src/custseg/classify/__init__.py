"""Where is the customer in its life with us?"""

from custseg.classify.backtesting import backtest
from custseg.classify.cadence import OwnCadence
from custseg.classify.chance import ModelProbability
from custseg.classify.churn import ChurnSettings, churn_report
from custseg.classify.churnreport import ChurnReport
from custseg.classify.clocks import DaysSince
from custseg.classify.composites import AllOf, AnyOf
from custseg.classify.contract import Contract
from custseg.classify.coverage import lint
from custseg.classify.evidence import ChurnSigns
from custseg.classify.fixed import FixedDays
from custseg.classify.flows import TransitionMatrix, transition_matrix
from custseg.classify.foresight import CohortProjection
from custseg.classify.funnel import Funnel
from custseg.classify.growth import GrowthAccounting, growth_accounting
from custseg.classify.history import StateGrid, states_asof, transitions
from custseg.classify.holidays import Freeze, every_year, spring_festival
from custseg.classify.hysteresis import Hysteresis
from custseg.classify.ladder import STATES, Signal, StateLadder, Step
from custseg.classify.learned import Enough
from custseg.classify.limits import ChanceLimits, GapLimits
from custseg.classify.lintreport import GroupReport
from custseg.classify.listed import LossSum
from custseg.classify.lookback import Backtest
from custseg.classify.markov import LikelihoodRatio
from custseg.classify.membership import Membership, MembershipModel
from custseg.classify.money import MoneyGrowth, revenue_asof
from custseg.classify.origins import Origins
from custseg.classify.override import Override
from custseg.classify.periods import month_ends, period_ends
from custseg.classify.projection import Projection
from custseg.classify.quantile import PopulationQuantile
from custseg.classify.reads import Read
from custseg.classify.retention import CohortAverage
from custseg.classify.risks import (
    Gone,
    ModelColumn,
    NoPurchase,
    Overdue,
    OwnGap,
    Recency,
    RiskSignal,
    risk_signals,
)
from custseg.classify.seen import Seen
from custseg.classify.segments import BySegment, OneTime
from custseg.classify.standing import customer_states
from custseg.classify.stateorder import StateOrder
from custseg.classify.states import Lifecycle, LifecycleModel, lifecycle
from custseg.classify.strategies import LifecycleStrategy
from custseg.classify.stream import advance, due
from custseg.classify.triangle import CohortTriangle, cohorts
from custseg.classify.verdicts import Chances, SignalFigures

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
