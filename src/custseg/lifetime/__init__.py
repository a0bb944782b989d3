"""How will customers buy from now on, and what is that worth?"""

from custseg.lifetime.bgbb import BGBB, BGBBModel
from custseg.lifetime.bgnbd import BGNBD, BGNBDModel
from custseg.lifetime.cadence import predictive_gap
from custseg.lifetime.choice import LikelihoodRatio, compare, likelihood_ratio
from custseg.lifetime.effects import Effect
from custseg.lifetime.gammagamma import GammaGamma, GammaGammaModel, frequency_correlation
from custseg.lifetime.gate import DataGate, data_gate
from custseg.lifetime.history import NEW_CUSTOMER, History
from custseg.lifetime.maximum import Fitting
from custseg.lifetime.mbgcnbd import MBGCNBD, MBGCNBDModel
from custseg.lifetime.mbgnbd import MBGNBD, MBGNBDModel
from custseg.lifetime.outlook import Outlook
from custseg.lifetime.paretonbd import ParetoNBD, ParetoNBDModel
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.sbg import ShiftedBetaGeometric, ShiftedBetaGeometricModel, survivors
from custseg.lifetime.value import Terms, lifetime_value

__all__ = [
    "BGBB",
    "BGNBD",
    "MBGCNBD",
    "MBGNBD",
    "NEW_CUSTOMER",
    "BGBBModel",
    "BGNBDModel",
    "DataGate",
    "Effect",
    "Fitting",
    "GammaGamma",
    "GammaGammaModel",
    "History",
    "LikelihoodRatio",
    "MBGCNBDModel",
    "MBGNBDModel",
    "Outlook",
    "ParetoNBD",
    "ParetoNBDModel",
    "PurchaseModel",
    "ShiftedBetaGeometric",
    "ShiftedBetaGeometricModel",
    "Terms",
    "compare",
    "data_gate",
    "frequency_correlation",
    "lifetime_value",
    "likelihood_ratio",
    "predictive_gap",
    "survivors",
]
