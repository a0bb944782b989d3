"""A stranger's scoring curve: points rise to a best value and fall again."""

import attrs

import custseg as cs
from custseg.rules import Line


@cs.strategy("golden-age")
@attrs.frozen
class GoldenAge:
    """All of the worth at the best value, a straight way down to nothing on both sides.

    Attributes:
        best: The value that earns all.
        reach: How far from it the last point is earned.
    """

    best: float = 100.0
    reach: float = 90.0

    def rule(self, field, worth):
        """A line of three knots."""
        low, high = self.best - self.reach, self.best + self.reach
        return Line(field, ((low, 0), (self.best, worth), (high, 0)))
