"""A stranger's wish: the closer two floors of the same building, the better."""

import attrs
import numpy as np

import custseg as cs
from custseg.reasons import Reason


@cs.strategy("same-floor")
@attrs.frozen
class SameFloor:
    """1 on the same floor, a little less with each floor between, nothing where unknown.

    Attributes:
        floors: How many floors away is as far as can be.
    """

    floors: float = 10.0
    needs = {"floor": "number"}  # noqa: RUF012 - the protocol's plainest form
    rep_needs = {"floor": "number"}  # noqa: RUF012

    @property
    def reason(self):
        """Close by."""
        return Reason("acme_close_by", {"floors": self.floors})

    def points(self, customers, reps):
        """Customers down, representatives across."""
        apart = np.abs(customers["floor"][:, None] - reps["floor"][None, :])
        return np.nan_to_num(np.clip(1 - apart / self.floors, 0, 1), nan=0.0)
