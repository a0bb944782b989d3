"""Which cut points has the business set?"""

from typing import ClassVar

import attrs

from custseg._typing import Floats
from custseg.tiering.cuts import Cuts, Side
from custseg.tiering.settings import check_points, check_word, settled


@attrs.frozen
class Thresholds:
    """Fixed cut points, set by the business.

    Attributes:
        at: The points, ascending, in the unit of the value.
        closed: ``left``: a value on a point is in the class above ("1000 and more", the way
            people say it, hence the default); ``right``: in the class below.

    Raises:
        ConfigError: The points do not ascend, are not finite, or there are none.

    >>> import numpy as np
    >>> Thresholds((100.0, 1000.0)).cuts(np.array([]))
    Cuts(points=(100.0, 1000.0), closed='left')
    """

    learns: ClassVar[bool] = False
    weighs: ClassVar[bool] = True

    at: tuple[float, ...] = attrs.field(converter=settled)
    closed: Side = "left"

    def __attrs_post_init__(self) -> None:
        """Check the points and the side."""
        check_points("at", self.at, strict=True)
        check_word("closed", self.closed, ("left", "right"))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.at) + 1

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:  # noqa: ARG002 - fixed points learn nothing
        """Give the points, whatever the data."""
        return Cuts(self.at, self.closed)
