"""The price of a move that keeps a budget: every point exact, the rest filled by gain."""

from collections.abc import Callable
from typing import Final, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.rebalancing.moving.exchanges import exchanges
from custseg.allocate.rebalancing.settings import LEAST
from custseg.allocate.solving.solution import Solution, total

Solve: TypeAlias = Callable[[Floats, Floats | None], Solution]
"""Points and prices to start from in, an answer within all limits out."""
Fits: TypeAlias = Callable[[Index], bool]
_TRIES: Final = 24
_CLOSE: Final = 1e-9
_ENOUGH: Final = 1e-5


@attrs.frozen(eq=False)
class Point:
    """The best plan at one price of a move.

    Attributes:
        price: Points that a move must gain.
        solution: The plan.
        moved: What moves, in units of the budget.
        points: The points of the plan, without the price.
    """

    price: float
    solution: Solution
    moved: float
    points: float


@attrs.frozen(eq=False)
class Found:
    """The plan within a budget.

    Attributes:
        at: The representative of each row.
        moved: What moves, in units of the budget.
        points: Its points.
        price: Points that a unit moved had to gain.
        filled: Chains and rings of moves that were added between two prices.
        bound: What no plan within the budget can exceed; ``None``: the solver proves nothing.
        within: The budget is kept; else no plan moves less within the limits.
        solution: The plan at that price, with its prices of places.
    """

    at: Index
    moved: float
    points: float
    price: float
    filled: int
    bound: float | None
    within: bool
    solution: Solution

    @property
    def whole(self) -> bool:
        """Nothing is left to be gained: it is proven, too much moves already, or some are cut."""
        proven = self.bound is None or self.bound - self.points <= _ENOUGH * abs(self.bound)
        return proven or not self.within or bool(self.solution.splits)


@attrs.frozen(eq=False)
class _Room:
    """A budget, and what a plan must keep beside it."""

    budget: float
    fits: Fits
    families: Index | None


@attrs.frozen(eq=False)
class Owned:
    """Who has whom before.

    Attributes:
        present: The present owner of each row, -1 for none.
        weight: What a move of each row counts in the budget.
        locked: Who stays with the present owner, eligible or not; ``None``: nobody.
    """

    present: Index
    weight: Floats
    locked: Bools | None = None


class Search:
    """Plans at prices of a move, each solved once and from the prices of the last.

    A move costs its weight times the price: the price is given as a bonus to the present owner.
    The higher it is, the less moves; the plan at each price is the best of all that move no more
    than it (Lagrange), so between two neighbouring prices only whole chains and rings of the one
    plan can be added to the other.

    Attributes:
        points: Points without any bonus, n x m; NaN where a pair is not eligible.
        held: Who can stay with the present owner, which is eligible.
        weight: What a move of each row counts in the budget.
        least: The lowest price.
    """

    def __init__(self, solve: Solve, points: Floats, owned: Owned, *, least: float) -> None:
        """Keep what does not change from price to price.

        Args:
            solve: The solver within all limits.
            points: Points of the wishes.
            owned: The present owners.
            least: The lowest price.
        """
        present, weight, locked = owned.present, owned.weight, owned.locked
        self.points, self._present, self._solve = points, present, solve
        self.owned: Bools = present >= 0
        rows = np.flatnonzero(self.owned)
        self._rows = rows[~np.isnan(points[rows, present[rows]])]
        self.held: Bools = np.zeros(present.size, dtype=np.bool_)
        self.held[self._rows] = True
        self.weight = np.where(self.owned, weight, 0.0)
        self._whole = bool((self.weight == np.rint(self.weight)).all())
        self.moveable = float(self.weight.sum())
        stays = self.held if locked is None else self.held | locked
        self._forced = float(self.weight[~stays].sum())
        self.least = max(least, LEAST)
        self._most = max(4.0 * (points.shape[1] + 1) * _spread(points), self.least * 2)
        self.known: dict[float, Point] = {}

    def at_price(self, price: float) -> Point:
        """The best plan at a price."""
        price = round(min(max(price, self.least), self._most), 9)
        if price not in self.known:
            self.known[price] = self._solved(price)
        return self.known[price]

    def calmest(self) -> Point:
        """The plan of the fewest moves; of those, the best."""
        return self.at_price(self._most)

    def freest(self) -> Point:
        """The plan at the lowest price."""
        return self.at_price(self.least)

    def within(self, budget: float, fits: Fits, *, families: Index | None = None) -> Found:
        """The best plan that moves no more than a budget.

        Args:
            budget: In units of the weights.
            fits: Whether a plan keeps the limits that chains alone do not keep.
            families: Rows with the same number of 0 or more move together.
        """
        if self._whole:
            budget = float(np.floor(budget + _CLOSE)) if np.isfinite(budget) else budget
        calm = self.calmest()
        if calm.moved > budget + _CLOSE:
            return self._plain(calm, budget, within=False)
        free = self.freest()
        if free.moved <= budget + _CLOSE:
            return self._plain(free, budget, within=True)
        at, filled, calm, free = self._narrowed(calm, free, _Room(budget, fits, families))
        return Found(
            at,
            self.cost(at),
            self.total(at),
            _slope(calm, free) if filled else calm.price,
            filled,
            self.bound(budget),
            within=True,
            solution=calm.solution,
        )

    def cost(self, at: Index) -> float:
        """What moves in a plan, in units of the budget."""
        return float(np.sort(self.weight[self.owned & (at != self._present)]).sum())

    def bound(self, budget: float) -> float | None:
        """What no plan within a budget can exceed, from every plan that was solved."""
        stay = float(self.weight[self._rows].sum()) - (min(budget, self.moveable) - self._forced)
        proofs = [
            point.solution.bound - point.price * stay
            for point in self.known.values()
            if point.solution.bound is not None
        ]
        return min(proofs) if proofs else None

    def total(self, at: Index) -> float:
        """The points of a plan; who is locked to somebody not eligible counts nothing."""
        seated = np.flatnonzero(at >= 0)
        known = np.full(at.size, -1, dtype=np.intp)
        some = seated[~np.isnan(self.points[seated, at[seated]])]
        known[some] = at[some]
        return total(self.points, known)

    @property
    def _cut(self) -> list[int]:
        return sorted({cut[0] for point in self.known.values() for cut in point.solution.splits})

    def _narrowed(self, calm: Point, free: Point, room: "_Room") -> tuple[Index, int, Point, Point]:
        """Narrow the price down, until the plan filled from both sides is as good as proven."""
        for tried in range(_TRIES):
            at, filled = self._filled(calm, free, room)
            if self._proven(at, room.budget):
                break
            halved = tried % 3 == 2  # noqa: PLR2004 - against a long row of short steps
            middle = (free.price + calm.price) / 2 if halved else _slope(calm, free)
            if not free.price < round(middle, 9) < calm.price:
                break
            found = self.at_price(middle)
            value = found.points - found.price * found.moved
            if not halved and value <= free.points - found.price * free.moved + _CLOSE:
                break
            calm, free = (found, free) if found.moved <= room.budget + _CLOSE else (calm, found)
        at, filled = self._filled(calm, free, room)
        return at, filled, calm, free

    def _proven(self, at: Index, budget: float) -> bool:
        """Whether no plan within the budget is better by a hundred-thousandth."""
        bound = self.bound(budget)
        return bound is not None and bound - self.total(at) <= _ENOUGH * abs(bound)

    def _filled(self, calm: Point, free: Point, room: "_Room") -> tuple[Index, int]:
        """Add the chains that gain most per move until the budget is used."""
        at, filled = calm.solution.at.copy(), 0
        for target in (free, self.freest()):
            filled += self._towards(at, target.solution.at, room)
        return at, filled

    def _towards(self, at: Index, target: Index, room: "_Room") -> int:
        """Go from one plan towards another as far as the budget reaches, in place."""
        gain = self.gains(at, target)
        away, gone = (plan != self._present for plan in (at, target))
        cost = self.weight * (gone.astype(np.float64) - away.astype(np.float64))
        found = exchanges(at, target, gain, reps=self.points.shape[1], families=room.families)
        gains, costs, members = found.total(gain), found.total(cost), found.members()
        gains[found.group[np.isin(found.rows, self._cut)]] = 0.0  # shares stay as they were solved
        rate = np.where(costs > 0, gains / np.where(costs > 0, costs, 1), np.inf)
        used, filled = self.cost(at), 0
        for group in np.lexsort((np.arange(found.size), -rate)).tolist():
            if gains[group] <= 0 or used + costs[group] > room.budget + _CLOSE:
                continue
            rows: Index = members[int(group)]
            kept = at[rows].copy()
            at[rows] = target[rows]
            if room.fits(at):
                used, filled = used + costs[group], filled + 1
            else:
                at[rows] = kept
        return filled

    def gains(self, before: Index, after: Index) -> Floats:
        """What each row gains from one owner to another; nobody is worth nothing."""
        return np.asarray(_got(self.points, after) - _got(self.points, before))

    def _plain(self, point: Point, budget: float, *, within: bool) -> Found:
        room = budget if within else point.moved
        return Found(
            point.solution.at,
            point.moved,
            point.points,
            point.price,
            0,
            self.bound(room),
            within=within,
            solution=point.solution,
        )

    def _solved(self, price: float) -> Point:
        """Put the bonus in, solve, take it out: no second matrix is held."""
        rows, owners = self._rows, self._present[self._rows]
        plain = self.points[rows, owners].copy()
        self.points.flags.writeable = True
        self.points[rows, owners] = np.round(plain + price * self.weight[rows], 9)
        try:
            solution = self._solve(self.points, self._warm(price))
        finally:
            self.points.flags.writeable = True
            self.points[rows, owners] = plain
        return Point(price, solution, self.cost(solution.at), self.total(solution.at))

    def _warm(self, price: float) -> Floats | None:
        """The prices of places at the nearest price of a move."""
        near = min(self.known, key=lambda known: abs(known - price), default=None)
        return None if near is None else self.known[near].solution.prices


def _slope(calm: Point, free: Point) -> float:
    """Points that a unit moved gains between two plans."""
    return round((free.points - calm.points) / (free.moved - calm.moved), 9)


def _got(points: Floats, at: Index) -> Floats:
    if not points.shape[1]:
        return np.zeros(at.size)
    found = points[np.arange(at.size), np.maximum(at, 0)]
    return np.where((at < 0) | np.isnan(found), 0.0, found)


def _spread(points: Floats) -> float:
    known = points[~np.isnan(points)]
    return float(known.max() - min(known.min(), 0.0)) or 1.0 if known.size else 1.0
