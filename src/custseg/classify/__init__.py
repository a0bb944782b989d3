"""Where is the customer in its life with us?"""

from custseg.classify.clocks import DaysSince
from custseg.classify.history import StateGrid, StateHistory, states_asof, transitions
from custseg.classify.hysteresis import Hysteresis
from custseg.classify.ladder import STATES, Signal, StateLadder, Step
from custseg.classify.membership import Membership, MembershipModel
from custseg.classify.states import Lifecycle, LifecycleModel, lifecycle
from custseg.classify.strategies import FixedDays, LifecycleStrategy

__all__ = [
    "STATES",
    "DaysSince",
    "FixedDays",
    "Hysteresis",
    "Lifecycle",
    "LifecycleModel",
    "LifecycleStrategy",
    "Membership",
    "MembershipModel",
    "Signal",
    "StateGrid",
    "StateHistory",
    "StateLadder",
    "Step",
    "lifecycle",
    "states_asof",
    "transitions",
]
