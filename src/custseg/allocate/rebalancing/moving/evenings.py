"""The order of moves in which no load is above its limit on the way, as far as there is one."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.limiting.loads import Loads

_CLOSE: Final = 1e-6
_ROUNDS: Final = 50


class Carried:
    """What everybody carries while moves are made, and may carry on the way.

    Nobody is to carry more than the limit, or than what was carried before the first move.
    """

    def __init__(self, loads: Loads, before: Index, after: Index) -> None:
        """Start where nobody has moved.

        Args:
            loads: Value, hours and the like.
            before: The representative of each row, -1 for none.
            after: The same when all is done.
        """
        self._loads, self._before, self._after = loads, before, after
        self.held = [np.array(each, dtype=np.float64) for each in loads.held(before)]
        self._most = [
            np.maximum(high, held) + _CLOSE for high, held in zip(loads.hi, self.held, strict=True)
        ]

    def over(self) -> bool:
        """Whether somebody carries too much now."""
        return any(
            bool((held > most).any()) for held, most in zip(self.held, self._most, strict=True)
        )

    def take(self, rows: Index) -> None:
        """Let some rows change hands."""
        for at, change in enumerate(self._changes(rows)):
            self.held[at] += change

    def fits(self, rows: Index) -> bool:
        """Whether nobody carries more than allowed by it; who gets nothing does not count."""
        return not any(
            bool(((change > _CLOSE) & (held + change > most)).any())
            for held, most, change in zip(self.held, self._most, self._changes(rows), strict=True)
        )

    def _changes(self, rows: Index) -> list[Floats]:
        loads, out = self._loads, list[Floats]()
        for at, held in enumerate(self.held):
            change = np.zeros(held.size)
            for plan, sign in ((self._before, -1.0), (self._after, 1.0)):
                some = rows[plan[rows] >= 0]
                group = loads.group[at, plan[some]]
                np.add.at(change, group[group >= 0], sign * loads.weight[at, some][group >= 0])
            out.append(change)
        return out


def in_turn(groups: Sequence[Index], carried: Carried) -> list[int]:
    """The order of groups of rows: as given, but who would carry too much waits for room.

    What fits at no time comes last, as given.

    Args:
        groups: The rows of each group, those to be done first first.
        carried: What everybody carries before the first.
    """
    waiting, order = list(range(len(groups))), list[int]()
    for _ in range(_ROUNDS):
        later: list[int] = []
        for group in waiting:
            if carried.fits(groups[group]):
                carried.take(groups[group])
                order.append(group)
            else:
                later.append(group)
        if not later or len(later) == len(waiting):
            return order + later
        waiting = later
    return order + waiting
