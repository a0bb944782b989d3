"""What is this customer worth, and what service follows?"""

from custseg.tiering.cuts import Cuts, Cutter, Thresholds
from custseg.tiering.pareto import Pareto
from custseg.tiering.quantiles import Quantiles

__all__ = ["Cuts", "Cutter", "Pareto", "Quantiles", "Thresholds"]
