"""Where is the customer in its life with us?"""

from custseg.classify.ladder import StateLadder, Step
from custseg.classify.membership import Membership, MembershipModel
from custseg.classify.states import Lifecycle, LifecycleModel, lifecycle
from custseg.classify.strategies import FixedDays, LifecycleStrategy

__all__ = [
    "FixedDays",
    "Lifecycle",
    "LifecycleModel",
    "LifecycleStrategy",
    "Membership",
    "MembershipModel",
    "StateLadder",
    "Step",
    "lifecycle",
]
