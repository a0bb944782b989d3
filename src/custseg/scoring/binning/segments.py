"""The best way to join neighbouring bins, found exactly.

Every way to cut the row of fine bins is weighed by dynamic programming over pairs (last cut, next
cut): what a joint bin is worth depends on its ends alone, and whether it may follow another on
their two rates alone. So the best of all ways is found, not a good one.
"""

from typing import Final, Literal, TypeAlias, get_args

import attrs
import numpy as np

from custseg._typing import Bools, Floats

Trend: TypeAlias = Literal["auto", "ascending", "descending", "peak", "valley", "none"]
Course: TypeAlias = Literal["ascending", "descending", "peak", "valley", "none"]
COURSES: Final[tuple[Course, ...]] = get_args(Course)

_NEVER: Final = -np.inf
_SAME: Final = 1e-12


@attrs.frozen(eq=False)
class Joints:
    """Every bin that can be made of neighbouring fine bins: from one cut (row) to a later one.

    Attributes:
        worth: What each is worth; minus infinity where it is not allowed.
        rate: The rate of each.
    """

    worth: Floats
    rate: Floats

    def best(self, course: Course, most: int) -> tuple[float, tuple[int, ...]]:
        """The cuts of greatest worth whose rates take a course, in at most so many bins.

        Returns:
            The worth, and the inner cuts; one single bin is always allowed. Of equals the one
            with the fewest bins.
        """
        first = "descending" if course in {"descending", "valley"} else "ascending"
        may = self._may(None if course == "none" else first)
        turned = self._may("descending" if first == "ascending" else "ascending")
        ways = _Ways(self.worth, may, turned if course in {"peak", "valley"} else None)
        return ways.found(most)

    def _may(self, way: str | None) -> Bools:
        """Whether the bin from the second to the third cut may follow that from the first."""
        before, after = self.rate[:, :, None], self.rate[None, :, :]
        if way is None:
            return np.ones((len(self.rate),) * 3, dtype=np.bool_)
        return after > before + _SAME if way == "ascending" else after < before - _SAME


@attrs.define(eq=False)
class _Ways:
    """The best worth of all ways that end in a given bin, by number of bins."""

    worth: Floats
    may: Bools
    turned: Bools | None

    def found(self, most: int) -> tuple[float, tuple[int, ...]]:
        last = len(self.worth) - 1
        start = np.full_like(self.worth, _NEVER)
        start[0] = self.worth[0]
        going, back = [start], [np.full_like(start, _NEVER)]
        ends = [start[:, last].max()]
        while len(going) < most and np.isfinite(going[-1]).any() | np.isfinite(back[-1]).any():
            risen = self._next(going[-1], self.may)
            if self.turned is not None:
                back.append(self._next(np.maximum(going[-1], back[-1]), self.turned))
            else:
                back.append(back[0])
            going.append(risen)
            ends.append(max(risen[:, last].max(), back[-1][:, last].max()))
        top = max(ends)
        many = next(i for i, end in enumerate(ends) if end >= top - _SAME * max(1.0, abs(top)))
        return float(ends[many]), self._cuts(going, back, many)

    def _next(self, known: Floats, may: Bools) -> Floats:
        step = np.where(may, known[:, :, None], _NEVER).max(axis=0)
        return np.asarray(step + self.worth)

    def _cuts(self, going: list[Floats], back: list[Floats], many: int) -> tuple[int, ...]:
        """Follow the best way from its end to its start."""
        end = len(self.worth) - 1
        down = bool(back[many][:, end].max() > going[many][:, end].max())
        begin = int(np.argmax((back if down else going)[many][:, end]))
        cuts: list[int] = []
        for step in range(many, 0, -1):
            cuts.append(begin)
            may = self.turned if down and self.turned is not None else self.may
            ways = np.where(may[:, begin, end], going[step - 1][:, begin], _NEVER)
            if down:
                still = np.where(may[:, begin, end], back[step - 1][:, begin], _NEVER)
                down = bool(still.max() > ways.max())
                ways = still if down else ways
            begin, end = int(np.argmax(ways)), begin
        return tuple(reversed(cuts))


def course_of(rates: Floats) -> Course:
    """The course that rates take from the lowest bin to the highest.

    >>> course_of(np.array([0.1, 0.3, 0.2])), course_of(np.array([0.1, 0.2]))
    ('peak', 'ascending')
    """
    up = np.diff(rates) > 0
    turns = int(np.count_nonzero(up[1:] != up[:-1]))
    if not turns:
        return "ascending" if up.all() else "descending"
    if turns > 1:
        return "none"
    return "peak" if up[0] else "valley"
