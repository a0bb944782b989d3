"""How do the lifecycle's answers look? Figures on matplotlib axes, in English and Chinese."""

from custseg.plot.accounting import growth
from custseg.plot.coming import transitions_ahead
from custseg.plot.flows import state_flows
from custseg.plot.fonts import MissingFontWarning
from custseg.plot.life import CustomerLife, Spell
from custseg.plot.lifeline import customer_timeline
from custseg.plot.matrix import transition_heatmap
from custseg.plot.reliability import calibration
from custseg.plot.tracks import expected_actual
from custseg.plot.triangle import cohort_triangle
from custseg.plot.weeks import Tracking

__all__ = [
    "CustomerLife",
    "MissingFontWarning",
    "Spell",
    "Tracking",
    "calibration",
    "cohort_triangle",
    "customer_timeline",
    "expected_actual",
    "growth",
    "state_flows",
    "transition_heatmap",
    "transitions_ahead",
]
