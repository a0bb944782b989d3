"""A stranger's lifecycle strategy: our trade sleeps when twice the usual gap has passed."""

import attrs
import numpy as np

import custseg as cs
from custseg.classify import StateLadder, Step


@cs.strategy("lunar-rhythm")
@attrs.frozen
class LunarRhythm:
    """Dormant after so many times the median of days since the last order of all customers.

    Attributes:
        times: How many medians of silence make a customer dormant.
        least: Never fewer days than this.
    """

    times: float = 2.0
    least: float = 28.0

    def ladder(self, table):
        """Learn the median, then give the steps as data."""
        recency = table.read({"recency_days": "number"})["recency_days"]
        known = recency[~np.isnan(recency)]
        median = float(np.median(known)) if known.size else self.least
        limit = max(self.least, self.times * median)
        silent = cs.F("recency_days") >= limit
        return StateLadder(
            (
                Step(silent, "dormant", "acme_silent", {"limit": limit}),
                Step(cs.F("recency_days") < limit, "active", "acme_awake", {"limit": limit}),
            ),
            otherwise="potential",
            reason="acme_never",
        )
