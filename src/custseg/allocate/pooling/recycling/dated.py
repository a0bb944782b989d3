"""On which day does each customer of a pool return, and what keeps it until then?"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index
from custseg.allocate.pooling.terms.clocks import Clock
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.allocate.pooling.terms.naming import PoolColumns
from custseg.allocate.pooling.terms.protection import Protection
from custseg.allocate.wishing.columns import codes, numbers

TICKING, STOPPED, UNSURE, IDLE = 0, 1, 2, 3
"""How a clock stands: it runs, something stops it, it may be stopped, it is not for this level."""


@attrs.frozen(eq=False)
class Hands:
    """One clock over the customers of a pool.

    Attributes:
        due: The day it returns each customer, NaN where it does not run.
        stand: How it stands, by the codes above.
        by: Which of its stops says so; past the last: the level is unknown.
    """

    due: Floats
    stand: Index
    by: Index


@attrs.frozen(eq=False)
class Dated:
    """The customers of a pool with their days.

    Attributes:
        until: The last protected day, NaN without protection.
        hands: The clocks, in order.
        returns: The day a customer returns if nothing happens, NaN where no clock runs.
    """

    until: Floats
    hands: tuple[Hands, ...]
    returns: Floats

    def first(self, day: Floats | float) -> Index:
        """The first clock that is due on a day (one for all, or one each), -1 for none."""
        at = np.full(self.returns.size, -1, dtype=np.intp)
        for place in reversed(range(len(self.hands))):
            at[self.hands[place].due <= day] = place
        return at

    def standing(self, stand: int) -> Index:
        """The first clock that stands so, -1 for none."""
        at = np.full(self.returns.size, -1, dtype=np.intp)
        for place in reversed(range(len(self.hands))):
            at[self.hands[place].stand == stand] = place
        return at


@attrs.frozen(eq=False)
class Known:
    """The columns of the customers of one pool, as they are known on a day.

    Attributes:
        names: What the columns are called.
        columns: The columns.
        as_of: The day; what lies after it is not known.
        until: The last protected day where the follow-ups were read one by one.
    """

    names: PoolColumns
    columns: Columns
    as_of: float
    until: Floats | None = None

    def day(self, part: str) -> Floats:
        """A column of days, without those that are yet to come."""
        found = numbers(self.columns, self.names.of(part))
        return np.where(found <= self.as_of, found, np.nan)

    def dated(
        self, clocks: Sequence[Clock], protection: Protection | None, count: DayCount
    ) -> Dated:
        """The days of each customer."""
        received = self.day("received")
        until = self._until(received, protection, count)
        hands = tuple(self._hands(clock, received, until, count) for clock in clocks)
        returns = np.full(received.size, np.nan)
        for one in hands:
            returns = np.fmin(returns, one.due)
        if protection is not None:
            returns = np.maximum(returns, until + 1)
        return Dated(until, hands, returns)

    def _until(self, received: Floats, protection: Protection | None, count: DayCount) -> Floats:
        if protection is None:
            return np.full(received.size, np.nan)
        if self.until is not None:
            return self.until
        return protection.until(received, self.day("followed"), count)

    def _hands(self, clock: Clock, received: Floats, until: Floats, count: DayCount) -> Hands:
        stand, by = self._stopped(clock.stops, received.size)
        limit = self._limit(clock)
        lost = np.isnan(limit)
        if lost.any():
            told = codes(self.columns, self.names.level).at >= 0
            stand[lost & told] = IDLE
            vague = lost & ~told & (stand != STOPPED)
            stand[vague], by[vague] = UNSURE, len(clock.stops)
        if clock.starts:
            start = received
            for part in clock.starts:
                start = np.fmax(start, self.day(part))
            due = count.later(start, limit + 1)
        else:
            due = until + 1
        return Hands(np.where((stand == TICKING) & ~np.isnan(received), due, np.nan), stand, by)

    def _stopped(self, stops: Sequence[str], size: int) -> tuple[Index, Index]:
        """Known to be stopped, else perhaps stopped, else running; and by what."""
        stand = np.full(size, TICKING, dtype=np.intp)
        by = np.full(size, -1, dtype=np.intp)
        held = [numbers(self.columns, self.names.of(part)) for part in stops]
        for place in reversed(range(len(held))):
            unknown = np.isnan(held[place])
            stand[unknown], by[unknown] = UNSURE, place
        for place in reversed(range(len(held))):
            yes = held[place] > 0
            stand[yes], by[yes] = STOPPED, place
        return stand, by

    def _limit(self, clock: Clock) -> Floats:
        rest = np.nan if clock.days is None else float(clock.days)
        if not clock.levels:
            return np.full(self.day("received").size, rest)
        return by_word(codes(self.columns, self.names.level), clock.levels, rest)


def by_word(column: Codes, table: Mapping[str, int], rest: float) -> Floats:
    """A number for each word of a column; the rest for words without one, and for none.

    >>> by_word(Codes(np.array([0, -1]), ("high",)), {"high": 30}, 7.0).tolist()
    [30.0, 7.0]
    """
    held = [float(table.get(word, rest)) for word in column.words]
    return np.array([*held, rest])[column.at]


def some(column: Floats) -> Bools:
    """Above 0; what is missing is not.

    >>> some(np.array([1.0, 0.0, np.nan])).tolist()
    [True, False, False]
    """
    return np.nan_to_num(column, nan=0.0) > 0
