"""How well does a score tell, may its probabilities be believed, and how do customers move?"""

from custseg.measures.areas import Area, Influence, area, influence
from custseg.measures.calibration import Calibration, calibration
from custseg.measures.duration import MoveRates
from custseg.measures.intervals import quantile, ratio, wilson
from custseg.measures.markov import (
    LikelihoodRatio,
    Passage,
    first_passage,
    homogeneity,
    reached,
    reaching,
    resting,
)
from custseg.measures.mobility import Mobility, mobility
from custseg.measures.monotone import MonotoneMap, monotone_map
from custseg.measures.stability import Stability, psi
from custseg.measures.tally import Tally

__all__ = [
    "Area",
    "Calibration",
    "Influence",
    "LikelihoodRatio",
    "Mobility",
    "MonotoneMap",
    "MoveRates",
    "Passage",
    "Stability",
    "Tally",
    "area",
    "calibration",
    "first_passage",
    "homogeneity",
    "influence",
    "mobility",
    "monotone_map",
    "psi",
    "quantile",
    "ratio",
    "reached",
    "reaching",
    "resting",
    "wilson",
]
