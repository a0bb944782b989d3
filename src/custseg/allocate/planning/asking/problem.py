"""What is asked, in arrays: who is to be shared out among whom, in canonical order."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.limits import Places
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.pairs import Pairs, in_turn
from custseg.allocate.planning.settings import Settings
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.wishing.grouping import Grouped, together
from custseg.allocate.wishing.ordering.urgency import Urgency
from custseg.allocate.wishing.points import Score
from custseg.reasons import Reason

_BLOCK = 1 << 15


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
        families: The number of the family of each customer, from 0; ``None``: everybody alone.
        locked: Who stays with the present owner, whatever the rest says.
        strays: Whose owner before is none of the team.
        settings: What the allocation was told.
        as_of: The day, in days since 1970-01-01.
    """

    score: Score
    places: Places
    barred: Bools
    present: Index | None = None
    gates: Score | None = None
    ruled: Ruled | None = None
    loads: Loads | None = None
    families: Index | None = None
    locked: Bools | None = None
    strays: Bools | None = None
    settings: Settings | None = None
    as_of: float | None = None

    @property
    def size(self) -> int:
        """How many customers there are."""
        return self.score.people.size

    @property
    def unit(self) -> str:
        """What is shared out: ``customer``, ``lead`` or ``opportunity``."""
        return "customer" if self.settings is None else self.settings.unit

    def urgency(self, row: int) -> tuple[tuple[Reason, float], ...]:
        """Why one customer comes where it does when places are short, with the points of each.

        Args:
            row: The customer, in canonical order.
        """
        columns = self.score.people.part(np.array([row]))
        rules = () if self.settings is None else self.settings.priority
        return tuple(
            (term.reason(known=not np.isnan(term.share(columns)[0])), float(points[0]))
            for rule in rules
            if isinstance(rule, Urgency)
            for term, points in rule.breakdown(columns)
        )

    def points(self) -> Floats:
        """One number a pair; NaN where the pair is not eligible."""
        out = self.open_points()
        out[self.barred] = np.nan
        return out

    def open_points(self) -> Floats:
        """The same as if nobody were barred."""
        out = self._asked.points()
        if self.ruled is not None:
            for start in range(0, self.size, _BLOCK):
                rows = slice(start, start + _BLOCK)
                out[rows][~self.ruled.open[self.ruled.at[rows]]] = np.nan
        return out

    def part(self, rows: Index) -> "Problem":
        """Some of the customers, each as often as asked; they have no families and no loads.

        Args:
            rows: Customers, in canonical order.
        """
        people = self.score.people.some(rows)
        gates, ruled = self.gates, self.ruled
        return attrs.evolve(
            self,
            score=attrs.evolve(self.score, people=people),
            barred=self.barred[rows],
            present=None if self.present is None else self.present[rows],
            gates=None if gates is None else attrs.evolve(gates, people=people),
            ruled=None if ruled is None else attrs.evolve(ruled, at=ruled.at[rows]),
            locked=None if self.locked is None else self.locked[rows],
            strays=None if self.strays is None else self.strays[rows],
        )

    def grouped(self) -> Pairs | None:
        """The same by classes of alike customers; ``None`` where classes would save no work.

        Who is barred shares a class with others who are not: ask ``barred`` too.
        """
        found = self._asked.grouped()
        if found is None:
            return None
        if self.ruled is None:
            return in_turn(Pairs(found[1], found[0]))
        allowed = Grouped(self.ruled.at, np.where(self.ruled.open, 0.0, np.nan))
        both = together(Grouped(*found), allowed, self.size // 2)
        return None if both is None else in_turn(Pairs(both.points, both.at))

    @property
    def _asked(self) -> Score:
        """Wishes and gates, which count nothing and exclude."""
        if self.gates is None:
            return self.score
        wishes = (*self.score.wishes, *self.gates.wishes)
        nothing = np.zeros(len(self.gates.wishes))
        parts = np.concatenate([self.score.parts, nothing])
        return attrs.evolve(self.score, wishes=wishes, parts=parts)
