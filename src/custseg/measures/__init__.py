"""How well does a score tell who will, and may its probabilities be believed?"""

from custseg.measures.areas import Area, Influence, area, influence
from custseg.measures.calibration import Calibration, calibration
from custseg.measures.intervals import quantile, ratio, wilson
from custseg.measures.monotone import MonotoneMap, monotone_map
from custseg.measures.stability import Stability, psi
from custseg.measures.tally import Tally

__all__ = [
    "Area",
    "Calibration",
    "Influence",
    "MonotoneMap",
    "Stability",
    "Tally",
    "area",
    "calibration",
    "influence",
    "monotone_map",
    "psi",
    "quantile",
    "ratio",
    "wilson",
]
