"""The wishes under their former address."""

from custseg.allocate.wishing.matching import Match
from custseg.allocate.wishing.protocol import Wish
from custseg.allocate.wishing.ranking import Senior
from custseg.allocate.wishing.staying import Stay

__all__ = ["Match", "Senior", "Stay", "Wish"]
