"""What is asked, in arrays: who is to be shared out among whom, in canonical order."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.limits import Places
from custseg.allocate.planning.settings import Settings
from custseg.allocate.wishing.points import Score


@attrs.frozen(eq=False)
class Problem:
    """Who is to be shared out among whom, in canonical order.

    Attributes:
        score: The wishes over both sides.
        places: The limits.
        barred: Who may not be assigned.
        present: The owner before, -1 for none of the team; ``None`` where it is not known.
        gates: The wishes that only exclude, over the same sides.
        ruled: What the rules decide of each customer.
        loads: What else each representative may carry, beside the number of customers.
        families: The number of the family of each customer; ``None``: everybody alone.
        locked: Who stays with the present owner, whatever the rest says.
        settings: What the allocation was told.
        as_of: The day, in days since 1970-01-01.
    """

    score: Score
    places: Places
    barred: Bools
    present: Index | None = None
    gates: Score | None = None
    ruled: Any = None
    loads: Any = None
    families: Index | None = None
    locked: Bools | None = None
    settings: Settings | None = None
    as_of: float | None = None

    @property
    def size(self) -> int:
        """How many customers there are."""
        return self.score.people.size

    def points(self) -> Floats:
        """One number a pair; NaN where the pair is not eligible."""
        out = self.score.points()
        out[self.barred] = np.nan
        return out
