"""What is this customer worth, and what service follows?"""

from custseg.tiering.bands import BandModel, Scale
from custseg.tiering.breaks.curve import GVFCurve, gvf_curve
from custseg.tiering.breaks.natural import Breaks, NaturalBreaks
from custseg.tiering.crossed import Axis, Crossed, CrossedModel
from custseg.tiering.currency import Currency
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.cutters.guard import AtLeast
from custseg.tiering.cutters.headtail import HeadTail
from custseg.tiering.cutters.pareto import Pareto
from custseg.tiering.cutters.quantiles import Quantiles
from custseg.tiering.cutters.quota import Quota
from custseg.tiering.cutters.thresholds import Thresholds
from custseg.tiering.fitting import fitted
from custseg.tiering.groups import GroupCuts
from custseg.tiering.learnt import Learnt
from custseg.tiering.model import TierModel
from custseg.tiering.moves.bridge import ValueBridge
from custseg.tiering.moves.ladder import MoveNames
from custseg.tiering.moves.matrix import Migration, migration
from custseg.tiering.moves.rates import TierRates, tier_rates
from custseg.tiering.moves.sankey import Sankey
from custseg.tiering.moves.series import MigrationSeries, migration_series
from custseg.tiering.plan import TierPlan, tiers
from custseg.tiering.review.adjustment import Adjustment
from custseg.tiering.review.anniversary import Anniversary
from custseg.tiering.review.bars import Bars
from custseg.tiering.review.byhand import ByHand
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.carrying import carried
from custseg.tiering.review.course import TierHistory, tier_history
from custseg.tiering.review.figures import PolicyFigures
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.newcomers import Newcomers
from custseg.tiering.review.programmes import Programme
from custseg.tiering.review.seating import Seats
from custseg.tiering.review.simulation import Simulation, simulate
from custseg.tiering.review.spec import Retier
from custseg.tiering.review.stable import (
    CutsUpdate,
    Since,
    frozen_cuts,
    refitted_cuts,
    smoothed_cuts,
)
from custseg.tiering.review.terms import Term
from custseg.tiering.review.valued import ValueHistory, values_at
from custseg.tiering.review.windows import AnniversaryWindow, CalendarWindow, RollingWindow, Window
from custseg.tiering.rfm.buying import rfm_measures
from custseg.tiering.rfm.cutters import Halves, RQuantiles
from custseg.tiering.rfm.enough import EnoughBuyers
from custseg.tiering.rfm.linting import SegmentLint, lint_segments
from custseg.tiering.rfm.maps import SegmentMap, SegmentRule
from custseg.tiering.rfm.measure import FREQUENCY, LENGTH, MONETARY, RECENCY, Measure
from custseg.tiering.rfm.presets import segments
from custseg.tiering.rfm.scored import RFMModel
from custseg.tiering.rfm.spec import RFM
from custseg.tiering.rfm.summary import RFMSummary
from custseg.tiering.service.book import ServiceBook
from custseg.tiering.service.linting import ServiceLint
from custseg.tiering.service.policy import ServicePolicy, services
from custseg.tiering.service.rule import ServiceRule
from custseg.tiering.service.served import ServiceModel
from custseg.tiering.upgrade import UpgradeModel, UpgradePlan
from custseg.tiering.worth.blend import ValueMixModel
from custseg.tiering.worth.box import NineBox
from custseg.tiering.worth.cells import Cell
from custseg.tiering.worth.mix import Component, ValueMix
from custseg.tiering.worth.peers import Potential, potential
from custseg.tiering.worth.wallet import PotentialModel

__all__ = [
    "FREQUENCY",
    "LENGTH",
    "MONETARY",
    "RECENCY",
    "RFM",
    "Adjustment",
    "Anniversary",
    "AnniversaryWindow",
    "AtLeast",
    "Axis",
    "BandModel",
    "Bars",
    "Breaks",
    "ByHand",
    "CalendarWindow",
    "Calm",
    "Cell",
    "Component",
    "Crossed",
    "CrossedModel",
    "Currency",
    "Cuts",
    "CutsUpdate",
    "Cutter",
    "EnoughBuyers",
    "GVFCurve",
    "GroupCuts",
    "Halves",
    "HeadTail",
    "Learnt",
    "Measure",
    "Migration",
    "MigrationSeries",
    "MoveNames",
    "NaturalBreaks",
    "Newcomers",
    "NineBox",
    "Pareto",
    "PolicyFigures",
    "Potential",
    "PotentialModel",
    "Programme",
    "Quantiles",
    "Quota",
    "RFMModel",
    "RFMSummary",
    "RQuantiles",
    "Retier",
    "RetierModel",
    "RollingWindow",
    "Sankey",
    "Scale",
    "Seats",
    "SegmentLint",
    "SegmentMap",
    "SegmentRule",
    "ServiceBook",
    "ServiceLint",
    "ServiceModel",
    "ServicePolicy",
    "ServiceRule",
    "Simulation",
    "Since",
    "Term",
    "Thresholds",
    "TierHistory",
    "TierModel",
    "TierPlan",
    "TierRates",
    "UpgradeModel",
    "UpgradePlan",
    "ValueBridge",
    "ValueHistory",
    "ValueMix",
    "ValueMixModel",
    "Window",
    "carried",
    "fitted",
    "frozen_cuts",
    "gvf_curve",
    "lint_segments",
    "migration",
    "migration_series",
    "potential",
    "refitted_cuts",
    "rfm_measures",
    "segments",
    "services",
    "simulate",
    "smoothed_cuts",
    "tier_history",
    "tier_rates",
    "tiers",
    "values_at",
]
