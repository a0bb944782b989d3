"""How well does a score tell, may its probabilities be believed, and how do customers move?"""

from custseg.measures.areas import Area, Influence, area, area_of, influence
from custseg.measures.association import cramers_v
from custseg.measures.calibrating import Calibration, calibration
from custseg.measures.duration import MoveRates
from custseg.measures.folds import CrossFit, crossfit
from custseg.measures.intervals import Estimate, difference, quantile, ratio, relative, wilson
from custseg.measures.logistic import CalibrationLine, LogisticMap, calibration_line, logistic_map
from custseg.measures.markov import (
    LikelihoodRatio,
    Passage,
    first_passage,
    homogeneity,
    reached,
    reaching,
    resting,
)
from custseg.measures.monotone import MonotoneMap, monotone_map
from custseg.measures.moving import Mobility, mobility
from custseg.measures.stability import Stability, psi
from custseg.measures.tally import Tally

__all__ = [
    "Area",
    "Calibration",
    "CalibrationLine",
    "CrossFit",
    "Estimate",
    "Influence",
    "LikelihoodRatio",
    "LogisticMap",
    "Mobility",
    "MonotoneMap",
    "MoveRates",
    "Passage",
    "Stability",
    "Tally",
    "area",
    "area_of",
    "calibration",
    "calibration_line",
    "cramers_v",
    "crossfit",
    "difference",
    "first_passage",
    "homogeneity",
    "influence",
    "logistic_map",
    "mobility",
    "monotone_map",
    "psi",
    "quantile",
    "ratio",
    "reached",
    "reaching",
    "relative",
    "resting",
    "wilson",
]
