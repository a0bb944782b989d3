"""A stranger's cutter: cut where the gap between neighbours is widest."""

import attrs
import numpy as np

import custseg as cs
from custseg.tiering import Cuts


@cs.strategy("widest-gaps")
@attrs.frozen
class WidestGaps:
    """Cut in the middle of the widest gaps between the values that there are.

    Attributes:
        count: How many cuts.
    """

    count: int = 2

    def cuts(self, values):
        """Sort the distinct values; the widest gaps become cut points."""
        there = np.unique(values[~np.isnan(values)])
        if there.size <= self.count:
            return Cuts(tuple(float(there[-1]) if there.size else 0.0 for _ in range(self.count)))
        gaps = np.diff(there)
        widest = np.sort(np.argsort(-gaps, kind="stable")[: self.count])
        return Cuts(tuple(((there[widest] + there[widest + 1]) / 2).tolist()))
