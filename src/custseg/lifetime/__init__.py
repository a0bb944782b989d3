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
from custseg.lifetime.profiles import profile_intervals
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.resampling import Bootstrap, bootstrap
from custseg.lifetime.sbg import ShiftedBetaGeometric, ShiftedBetaGeometricModel, survivors
from custseg.lifetime.soundness import doubts
from custseg.lifetime.uncertainty import Interval, estimate_interval, outcome_interval
from custseg.lifetime.value import Terms, lifetime_value

__all__ = [
    "BGBB",
    "BGNBD",
    "MBGCNBD",
    "MBGNBD",
    "NEW_CUSTOMER",
    "BGBBModel",
    "BGNBDModel",
    "Bootstrap",
    "DataGate",
    "Effect",
    "Fitting",
    "GammaGamma",
    "GammaGammaModel",
    "History",
    "Interval",
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
    "bootstrap",
    "compare",
    "data_gate",
    "doubts",
    "estimate_interval",
    "frequency_correlation",
    "lifetime_value",
    "likelihood_ratio",
    "outcome_interval",
    "predictive_gap",
    "profile_intervals",
    "survivors",
]
