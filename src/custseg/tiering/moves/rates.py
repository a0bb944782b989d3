"""How fast customers move between tiers, from the days since which they have had them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats, Index
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.layout import plain
from custseg.measures.duration import MoveRates
from custseg.showing import Shown
from custseg.tiering.moves.counting import counted
from custseg.tiering.moves.ladder import THREE, MoveNames, States
from custseg.tiering.moves.pairs import only, tiers_of

YEAR: Final = 365.25


@attrs.frozen(eq=False)
class TierRates(Shown):
    """Moves between tiers per customer and year.

    Attributes:
        states: Tiers, lowest first, then states outside, then ``left``: who has none any more.
        found: Moves and years, from which rates and chances come.

    >>> log = [
    ...     {"customer_id": 1, "tier": "low", "as_of": "2025-01-01"},
    ...     {"customer_id": 1, "tier": "high", "as_of": "2025-07-02"},
    ... ]
    >>> tier_rates(log, until="2026-01-01").chances(years=1)["low"]["high"] > 0.8
    True
    """

    states: tuple[str, ...]
    found: MoveRates

    def chances(self, *, years: float = 1.0) -> dict[str, dict[str, float | None]]:
        """The chances to have gone from state to state after some years; ``None`` if unknown.

        Args:
            years: How many; fractions too.

        Raises:
            ConfigError: They are below 0 or not finite.
        """
        rows = zip(self.states, self.found.over(years), strict=True)
        return {state: dict(zip(self.states, plain(row), strict=True)) for state, row in rows}

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "states": list(self.states),
            "moves": self.found.moves.tolist(),
            "years": self.found.time.tolist(),
            "chances": self.chances(),
        }


def tier_rates(
    changes: object,
    *,
    until: date | str,
    tiers: Iterable[str] = THREE,
    names: MoveNames | None = None,
) -> TierRates:
    """Rates of moving, from a log of changes: one row when a customer got a tier.

    Args:
        changes: A table with ``customer_id``, ``tier`` and ``as_of``, the day since when. A row
            without a tier: the customer has left on that day.
        until: The last day that is known; what is dated later does not count.
        tiers: The tiers, lowest first. Other words are states outside the tiers.
        names: What columns are called, if otherwise.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer has two states on one day, or a row lacks its customer or its day.
        ConfigError: None of the tiers is there, though there are words; or ``until`` is no date.

    Source: see ``measures.MoveRates``.

    >>> log = [{"customer_id": 1, "tier": "low", "as_of": "2025-01-01"}]
    >>> tier_rates(log, until="2026-01-01").found.time.round(2).tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    called = MoveNames() if names is None else names
    last = Conventions().day(until)
    spells = _Spells.of(frames.table(changes), called, last)
    there: list[int] = np.unique(spells.at[spells.at >= 0]).tolist()
    states = States.of(tiers, [spells.words[i] for i in there])
    fold = states.folding(spells.words)
    moves = fold.T @ spells.moves @ fold
    years = fold.T @ spells.days / YEAR
    order = [*range(1, len(moves)), 0]  # who has left stands last
    moves = moves[np.ix_(order, order)]
    np.fill_diagonal(moves, 0)  # the same tier given again is no move
    time = years[order]
    return TierRates((*states.words, "left"), MoveRates(moves, time))


@attrs.frozen(eq=False)
class _Spells:
    """Changes in order of customer and day: what began, what follows, how long it lasted."""

    at: Index
    words: tuple[str, ...]
    moves: Any
    days: Floats

    @classmethod
    def of(cls, table: Any, names: MoveNames, last: int) -> "_Spells":  # noqa: ANN401 - a table
        some = only(table, (names.customer, names.tier, names.as_of))
        who, tier = some.keys(names.customer).at, tiers_of(some, names.tier)
        day: Floats = np.asarray(some.read({names.as_of: "day"})[names.as_of], dtype=np.float64)
        _check(who, day, names)
        order = np.lexsort((day, who))
        order = order[day[order] <= last]
        who, day, at = who[order], day[order], np.asarray(tier.at)[order]
        same: Bools = who[1:] == who[:-1]
        if (same & (day[1:] == day[:-1])).any():
            msg = "holds customers with two tiers on one day; keep the last of a day"
            raise DataError(msg, names.customer)
        goes_on = np.append(same, np.False_)[: len(who)]
        end = np.where(goes_on, np.append(day[1:], 0.0)[: len(who)], last)
        before = np.flatnonzero(goes_on)
        moved = counted(Codes(at[before], tier.words), Codes(at[before + 1], tier.words))
        days = np.bincount(at + 1, end - day, minlength=len(tier.words) + 1).astype(np.float64)
        return cls(at, tier.words, moved, days)


def _check(who: Index, day: Floats, names: MoveNames) -> None:
    for column, lacks in ((names.customer, who < 0), (names.as_of, np.isnan(day))):
        if lacks.any():
            msg = "lacks a value, so the change cannot be placed"
            raise DataError(msg, column, int(np.argmax(lacks)))
