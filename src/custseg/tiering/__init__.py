"""What is this customer worth, and what service follows?"""

from custseg.tiering.cuts import Cuts, Cutter, Thresholds
from custseg.tiering.model import TierModel
from custseg.tiering.pareto import Pareto
from custseg.tiering.plan import TierPlan, tiers
from custseg.tiering.quantiles import Quantiles
from custseg.tiering.service.policy import ServicePolicy, services

__all__ = [
    "Cuts",
    "Cutter",
    "Pareto",
    "Quantiles",
    "ServicePolicy",
    "Thresholds",
    "TierModel",
    "TierPlan",
    "services",
    "tiers",
]
