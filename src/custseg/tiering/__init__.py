"""What is this customer worth, and what service follows?"""

from custseg.tiering.bands import BandModel, Scale
from custseg.tiering.currency import Currency
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.cutters.pareto import Pareto
from custseg.tiering.cutters.quantiles import Quantiles
from custseg.tiering.cutters.thresholds import Thresholds
from custseg.tiering.fitting import fitted
from custseg.tiering.groups import GroupCuts
from custseg.tiering.model import TierModel
from custseg.tiering.plan import TierPlan, tiers
from custseg.tiering.service.policy import ServicePolicy, services

__all__ = [
    "BandModel",
    "Currency",
    "Cuts",
    "Cutter",
    "GroupCuts",
    "Pareto",
    "Quantiles",
    "Scale",
    "ServicePolicy",
    "Thresholds",
    "TierModel",
    "TierPlan",
    "fitted",
    "services",
    "tiers",
]
