"""The best way to join neighbouring bins, found exactly.

Every way to cut the row of fine bins is weighed by dynamic programming over pairs (last cut, next
cut): what a joint bin is worth depends on its ends alone, and whether it may follow another on
their two rates alone. So the best of all ways is found, not a good one.
"""

from functools import cached_property
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats

Trend: TypeAlias = Literal["auto", "ascending", "descending", "peak", "valley", "none"]
Course: TypeAlias = Literal["ascending", "descending", "peak", "valley", "none"]

_NEVER: Final = -np.inf
_SAME: Final = 1e-12


@attrs.frozen(eq=False)
class Joints:
    """Every bin that can be made of neighbouring fine bins: from one cut (row) to a later one.

    Attributes:
        worth: What each is worth; minus infinity where it is not allowed.
        rate: The rate of each.
        most: The most bins.
    """

    worth: Floats
    rate: Floats
    most: int

    def best(self, course: Course) -> tuple[float, tuple[int, ...]]:
        """The cuts of greatest worth whose rates take a course, in at most so many bins.

        Returns:
            The worth, and the inner cuts; one single bin is always allowed. Of equals the one
            with the fewest bins.
        """
        if course == "none":
            return self._ways(np.ones((len(self.rate),) * 3, dtype=np.bool_)).found()
        if course in {"ascending", "descending"}:
            return (self._up if course == "ascending" else self._down).found()
        first, then = (self._up, self._down) if course == "peak" else (self._down, self._up)
        return first.turned(then.may, self.most).found()

    @cached_property
    def _up(self) -> "_Ways":
        return self._ways(self.rate[None, :, :] > self.rate[:, :, None] + _SAME)

    @cached_property
    def _down(self) -> "_Ways":
        return self._ways(self.rate[None, :, :] < self.rate[:, :, None] - _SAME)

    def _ways(self, may: Bools) -> "_Ways":
        """The ways of one course: which bin may follow which, by first, second and third cut."""
        start = np.full_like(self.worth, _NEVER)
        start[0] = self.worth[0]
        going = [start]
        while len(going) < self.most and np.isfinite(going[-1]).any():
            going.append(_further(going[-1], may, self.worth))
        return _Ways(self.worth, may, going)


def _further(known: Floats, may: Bools, worth: Floats) -> Floats:
    """The best ways with one bin more."""
    return np.asarray(np.where(may, known[:, :, None], _NEVER).max(axis=0) + worth)


@attrs.frozen(eq=False)
class _Ways:
    """The best worth of all ways that end in a given bin, by number of bins.

    Attributes:
        worth: What each bin is worth.
        may: Which bin may follow which.
        going: Of ways that go on as they began.
        back: Of ways that have turned; none where they may not.
        turn: Which bin may follow which after the turn.
    """

    worth: Floats
    may: Bools
    going: list[Floats]
    back: list[Floats] = attrs.field(factory=list[Floats])
    turn: Bools | None = None

    def turned(self, turn: Bools, most: int) -> "_Ways":
        """The same ways, and those that turn once."""
        never = np.full_like(self.worth, _NEVER)
        going, back = list(self.going), [never]
        while len(back) < most:
            known = np.maximum(going[len(back) - 1], back[-1])
            if not np.isfinite(known).any():
                break
            back.append(_further(known, turn, self.worth))
            if len(going) < len(back):
                going.append(never)
        return attrs.evolve(self, going=going[: len(back)], back=back, turn=turn)

    def found(self) -> tuple[float, tuple[int, ...]]:
        """The best of all, with its inner cuts."""
        ends = [float(known[:, -1].max()) for known in self.going]
        if self.back:
            late = (float(known[:, -1].max()) for known in self.back)
            ends = [max(pair) for pair in zip(ends, late, strict=True)]
        top = max(ends)
        many = next(i for i, end in enumerate(ends) if end >= top - _SAME * max(1.0, abs(top)))
        return ends[many], self._cuts(many)

    def _cuts(self, many: int) -> tuple[int, ...]:
        """Follow the best way from its end to its start."""
        end, cuts = len(self.worth) - 1, list[int]()
        on = self.going[many][:, end].max()
        late = bool(self.back and self.back[many][:, end].max() > on)
        begin = int(np.argmax((self.back if late else self.going)[many][:, end]))
        for step in range(many - 1, -1, -1):
            cuts.append(begin)
            may = self.turn if late and self.turn is not None else self.may
            ways = np.where(may[:, begin, end], self.going[step][:, begin], _NEVER)
            if late:
                still = np.where(may[:, begin, end], self.back[step][:, begin], _NEVER)
                late = bool(still.max() > ways.max())
                ways = still if late else ways
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
