"""How well leads and representatives go together, and which gate keeps a pair apart."""

from collections.abc import Callable, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes, Column, Columns, Floats
from custseg.allocate.routing.desk.lead import some_rows
from custseg.allocate.routing.desk.team import Team
from custseg.allocate.wishing.points import added
from custseg.allocate.wishing.protocol import Wish, dated
from custseg.errors import ConfigError

Codes8 = NDArray[np.int16]
"""Why each was dropped: 0 not at all, else one more than the place of the reason."""


@attrs.frozen(eq=False)
class Fit:
    """The points of some leads with a team.

    Attributes:
        points: One number a pair; NaN where one of the gates or wishes refuses it.
        barred: The first of them that refuses the pair, counted from 1; 0: none.
    """

    points: Floats
    barred: Codes8


@attrs.frozen(eq=False)
class Fitting:
    """Gates and wishes on a team.

    Attributes:
        gates: Only who is eligible counts.
        wishes: What makes a pair go well together.
        parts: The weight of each wish; they add up to 1.
        team: The representatives.
        by_day: Whether one of them depends on the day.
    """

    gates: Sequence[Wish]
    wishes: Sequence[Wish]
    parts: Floats
    team: Team
    by_day: bool

    def one(self, columns: Columns, said: object, day: int) -> Fit:
        """The points of one lead; those of the same words are remembered.

        Args:
            columns: The lead, one row.
            said: Its values.
            day: The civil day.
        """
        if not self.gates and not self.wishes:
            return self._blank(1)
        key = (day if self.by_day else None, said)
        found = self.team.known.get(key)
        if found is None:
            found = self._fit(1, day, lambda k, wish: self._known(k, wish, columns, day))
            self.team.keep(key, found)
        made: Fit = found
        return made

    def some(self, columns: Columns, rows: slice, day: int) -> Fit:
        """The points of some leads of one day.

        Args:
            columns: Leads.
            rows: Which of them.
            day: The civil day.
        """
        size = rows.stop - rows.start
        return self._fit(size, day, lambda _, wish: self._asked(wish, columns, rows))

    def _fit(self, size: int, day: int, ask: Callable[[int, Wish], Floats]) -> Fit:
        """Gates and wishes put together, each asked in turn."""
        fit = self._blank(size)
        found: list[Floats] = []
        for k, wish in enumerate(dated([*self.gates, *self.wishes], float(day))):
            points = ask(k, wish)
            fit.barred[np.isnan(points) & (fit.barred == 0)] = k + 1
            if k >= len(self.gates):
                found.append(points)
        if found:
            fit.points[:] = added(self.parts.tolist(), found)
        fit.points[fit.barred > 0] = np.nan
        return fit

    def _known(self, k: int, wish: Wish, columns: Columns, day: int) -> Floats:
        """The points of one wish for one lead; those of the same values are remembered."""
        said = tuple(_value(columns[name]) for name in wish.needs)
        key = (k, day if self.by_day else None, said)
        found = self.team.known.get(key)
        if found is None:
            found = self._asked(wish, columns, slice(0, 1))
            self.team.keep(key, found)
        made: Floats = found
        return made

    def _asked(self, wish: Wish, columns: Columns, rows: slice) -> Floats:
        """The points of one wish, held against its promise."""
        found = wish.points(
            some_rows(columns, list(wish.needs), rows),
            {name: self.team.columns[name] for name in wish.rep_needs},
        )
        shape = (rows.stop - rows.start, len(self.team.keys))
        if found.shape != shape and not (not wish.needs and found.shape == (1, shape[1])):
            name = type(wish).__name__
            msg = f"{name}.points must be leads x representatives {shape}, got {found.shape}"
            raise ConfigError(msg)
        with np.errstate(invalid="ignore"):
            outside = (found < 0) | (found > 1)
        if outside.any():
            msg = f"{type(wish).__name__}.points must be 0 to 1, or NaN where not eligible"
            raise ConfigError(msg)
        return np.broadcast_to(found, shape)

    def _blank(self, size: int) -> Fit:
        shape = (size, len(self.team.keys))
        return Fit(np.zeros(shape), np.zeros(shape, dtype=np.int16))


def _value(column: Column) -> object:
    """The only value of a column of one row."""
    at: float = (column if isinstance(column, np.ndarray) else column.at)[0].item()
    if isinstance(column, Codes):
        return None if at < 0 else column.words[int(at)]
    return at
