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
from custseg.tiering.moves.bridge import ValueBridge
from custseg.tiering.moves.ladder import MoveNames
from custseg.tiering.moves.matrix import Migration, migration
from custseg.tiering.moves.sankey import Sankey
from custseg.tiering.plan import TierPlan, tiers
from custseg.tiering.service.policy import ServicePolicy, services

__all__ = [
    "BandModel",
    "Currency",
    "Cuts",
    "Cutter",
    "GroupCuts",
    "Migration",
    "MoveNames",
    "Pareto",
    "Quantiles",
    "Sankey",
    "Scale",
    "ServicePolicy",
    "Thresholds",
    "TierModel",
    "TierPlan",
    "ValueBridge",
    "fitted",
    "migration",
    "services",
    "tiers",
]
