"""What was found, in arrays in canonical order: the result reads its figures from here."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.rebalancing.answering.covering import Covers
from custseg.allocate.rebalancing.answering.why import NOBODY, STRANGER, Why
from custseg.allocate.rebalancing.asking.asked import Asked
from custseg.allocate.rebalancing.moving.exchanges import Exchanges
from custseg.allocate.rebalancing.moving.minimum import MinimalMoves
from custseg.allocate.rebalancing.moving.phasing import Staged
from custseg.allocate.rebalancing.moving.rounding import LARGEST, Rest, rounded
from custseg.allocate.rebalancing.moving.search import Found, Search
from custseg.allocate.rebalancing.settings import Rebalancing

_CLOSE: Final = 1e-6


@attrs.frozen(eq=False)
class Course:
    """A rebalancing in arrays.

    Attributes:
        question: What was asked.
        settings: How calm it was to be.
        as_of: The day of the plan.
        search: Plans at prices of a move.
        budget: The budget in units of the search; infinity without one.
        unit: What one unit of the search is in customers or in value.
        found: The plan.
        minimum: Moves that are forced.
        names: The ids of the whole team as it was given, sorted as the team is.
        place: The place of each of the remaining team among ``names``.
        left: Of the whole team, who leaves.
        origin: The owner before among ``names``, -1 for nobody, -2 for somebody not of the team.
        owners: The owner before as it was given.
        why: The reason of each change.
        gain: What each customer gains.
        value: The value of each customer, NaN where not known; ``None`` if none is read.
        moves: The moves in chains and rings.
        staged: The stage of each move.
        days: The day of each stage.
        crowded: Evenings on which a load other than the number of customers is above its limit.
        covers: Who stands in for whom.
    """

    question: Asked
    settings: Rebalancing
    as_of: float
    search: Search
    budget: float
    unit: float
    found: Found
    minimum: MinimalMoves
    names: Sequence[object]
    place: Index
    left: Bools
    origin: Index
    owners: Sequence[object]
    why: Why
    gain: Floats
    value: Floats | None
    moves: Exchanges
    staged: Staged
    days: Sequence[int]
    crowded: tuple[int, ...]
    covers: Covers

    @cached_property
    def after(self) -> Index:
        """The owner of the plan among ``names``, -1 for nobody."""
        return np.append(self.place, NOBODY)[self.found.at]

    @cached_property
    def day(self) -> Floats:
        """The day on which each customer changes hands; NaN who stays."""
        out = np.full(self.origin.size, np.nan)
        if self.days:
            out[self.why.rows] = self.days[0]
            out[self.moves.rows] = np.array(self.days, dtype=np.float64)[self.staged.stage]
        return out

    @cached_property
    def counted(self) -> Bools:
        """Who counts in the budget: had an owner of the remaining team, and changes hands."""
        present = self.question.present
        out: Bools = (present >= 0) & (self.found.at != present)
        return out

    @cached_property
    def joined(self) -> Bools:
        """Who changes hands because merged accounts have one owner; no part of the budget."""
        merged = np.array(sorted(self.question.scene.merged), dtype=np.intp)
        rows = self.question.problem.score.people.rows
        gone = np.append(self.left, [True, True])[self.origin]
        changed = (self.origin >= 0) & (self.origin != self.after) & ~gone
        out: Bools = np.isin(rows, merged) & changed
        return out

    def within(self, budget: float) -> Found:
        """The best plan that moves no more than a budget, in units of the search."""
        return within(self.question, self.search, budget)

    def held(self, at: Index) -> Ints:
        """How many customers each of ``names`` has."""
        return np.bincount(at[at >= 0], minlength=len(self.names))

    def worth(self, at: Index) -> Floats | None:
        """The known value of the customers of each of ``names``."""
        if self.value is None:
            return None
        rows = np.flatnonzero((at >= 0) & ~np.isnan(self.value))
        order = rows[np.argsort(self.value[rows], kind="stable")]
        found = np.bincount(at[order], self.value[order], minlength=len(self.names))
        return found.astype(np.float64)

    def flows(self) -> dict[tuple[int, int], Index]:
        """The rows that go from one to another."""
        rows = self.why.rows
        size = len(self.names) + 2
        key = (self.origin[rows] + 2) * size + self.after[rows] + 2
        order = np.argsort(key, kind="stable")
        kinds, starts = np.unique(key[order], return_index=True)
        parts = np.split(rows[order], starts[1:]) if rows.size else []
        return {
            (int(kind) // size - 2, int(kind) % size - 2): part
            for kind, part in zip(kinds.tolist(), parts, strict=True)
        }

    def name(self, at: int) -> object:
        """Somebody's id; nobody and strangers have none."""
        return None if at in (NOBODY, STRANGER) else self.names[at]

    def total(self, rows: Index) -> float | None:
        """The known value of some customers."""
        if self.value is None:
            return None
        known = self.value[rows]
        return float(np.sort(known[~np.isnan(known)]).sum())


def within(question: Asked, search: Search, budget: float) -> Found:
    """The best plan within a budget that keeps the loads and leaves families together."""
    loads, families = question.problem.loads, question.problem.families

    def fits(at: Index) -> bool:
        return not crowded(question, at)

    if loads is not None or families is not None:
        return search.within(budget, fits, families=families)
    found = search.within(budget, _anything)
    small = question.points.size <= LARGEST
    return _rounded(question, search, found, budget) if small and not found.whole else found


def _rounded(question: Asked, search: Search, found: Found, budget: float) -> Found:
    """The same with single moves for what is left of the budget."""
    at, places = found.at.copy(), question.problem.places
    cost = np.repeat(search.weight[:, None], question.points.shape[1], axis=1)
    rows = np.flatnonzero(question.present >= 0)
    cost[rows, question.present[rows]] = 0.0
    rest = Rest(places.lo, places.hi, ~question.locked, budget)
    more = rounded(at, question.points - search.least * cost, cost, rest)
    if not more:
        return found
    filled = found.filled + more
    return attrs.evolve(found, at=at, moved=search.cost(at), points=search.total(at), filled=filled)


def _anything(_: Index) -> bool:
    return True


def crowded(question: Asked, at: Index) -> bool:
    """Whether a load other than the number of customers is above its most."""
    loads = question.problem.loads
    if loads is None:
        return False
    return any(
        bool((held > high + _CLOSE).any())
        for held, high in zip(loads.held(at), loads.hi, strict=True)
    )
