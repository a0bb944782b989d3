"""How do the answers look? Figures on matplotlib axes, in English and Chinese."""

from custseg.errors import MissingFontWarning
from custseg.plot.accounting import growth
from custseg.plot.boxes import nine_box
from custseg.plot.cardpoints import card_points
from custseg.plot.cells import grade_heatmap
from custseg.plot.coming import transitions_ahead
from custseg.plot.concentration import pareto_curve
from custseg.plot.distribution import value_distribution
from custseg.plot.flows import state_flows
from custseg.plot.gains import gains_curve
from custseg.plot.handovers import owner_flows
from custseg.plot.life import CustomerLife, Spell
from custseg.plot.lifeline import customer_timeline
from custseg.plot.matrix import transition_heatmap
from custseg.plot.migrants import migration_flow, migration_heatmap
from custseg.plot.overview import audit_overview
from custseg.plot.pains import pain_points
from custseg.plot.pairweight import match_waterfall
from custseg.plot.pools import pool_forecast
from custseg.plot.qualitybars import quality_bars
from custseg.plot.reliability import calibration
from custseg.plot.scores import rfm_heatmap
from custseg.plot.shifts import drift_bars
from custseg.plot.tracks import expected_actual
from custseg.plot.tradeoff import moves_curve
from custseg.plot.treated import fairness_bars
from custseg.plot.triangle import cohort_triangle
from custseg.plot.waterfall import score_waterfall
from custseg.plot.weeks import Tracking
from custseg.plot.workloads import load_bars

__all__ = [
    "CustomerLife",
    "MissingFontWarning",
    "Spell",
    "Tracking",
    "audit_overview",
    "calibration",
    "card_points",
    "cohort_triangle",
    "customer_timeline",
    "drift_bars",
    "expected_actual",
    "fairness_bars",
    "gains_curve",
    "grade_heatmap",
    "growth",
    "load_bars",
    "match_waterfall",
    "migration_flow",
    "migration_heatmap",
    "moves_curve",
    "nine_box",
    "owner_flows",
    "pain_points",
    "pareto_curve",
    "pool_forecast",
    "quality_bars",
    "rfm_heatmap",
    "score_waterfall",
    "state_flows",
    "transition_heatmap",
    "transitions_ahead",
    "value_distribution",
]
