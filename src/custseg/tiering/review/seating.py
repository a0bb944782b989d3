"""Seats: at most so many customers in a tier, incumbents first, a tie at the last seat out."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Column, Days, Floats, Index, Kind
from custseg.errors import ConfigError
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.situation import number, placed

T = TypeVar("T")


@attrs.frozen
class Seats:
    """A limit on how many customers a tier, and those above it, can hold.

    Unlike a review, which decides each customer alone, this needs the whole table: who gets the
    last seat depends on everybody else. Who had the tier, or a higher one, comes before who is
    new to it; within both by value. Customers with equal values are never parted: if not all of
    them fit, none of them does, and seats stay free. Who has no seat has the tier below, counts
    as never promoted if that is the tier before, and gets the reason ``no_seat``. A tier set by
    hand has its seat first, also beyond the limit.

    Attributes:
        at_most: Tier -> seats.

    Raises:
        ConfigError: There is no limit, or one is below 0.

    >>> from custseg.tiering import Calm, Cuts, Retier
    >>> model = Retier(Cuts((100.0,)), Calm()).fit().on("2026-06-30")
    >>> people = [
    ...     {"customer_id": name, "revenue": revenue, "tier_previous": tier}
    ...     for name, revenue, tier in (("a", 120, "high"), ("b", 900, "low"), ("c", 900, "low"))
    ... ]
    >>> said = Seats({"high": 2}).seat(model, model.apply(people))
    >>> [(row["customer_id"], row["tier"], row["tier_reason"]) for row in said]
    [('a', 'high', 'tier_earned'), ('b', 'low', 'no_seat'), ('c', 'low', 'no_seat')]
    """

    at_most: Mapping[str, int]

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        if not self.at_most or any(seats < 0 for seats in self.at_most.values()):
            msg = f"give at least one tier and 0 seats or more each, got {dict(self.at_most)}"
            raise ConfigError(msg, "at_most")

    def seat(self, model: RetierModel, reviewed: T) -> T:
        """Hold a reviewed table against the seats.

        Args:
            model: What reviewed it.
            reviewed: What its ``apply`` gave, the whole table.

        Returns:
            The same kind of table; the columns of the review are mended where there was no seat.

        Raises:
            ConfigError: A limit is on a tier that there is not, or on the lowest.
            MissingColumnError: A column of the review is missing.
        """
        if unknown := [tier for tier in self.at_most if tier not in model.tiers[1:]]:
            msg = f"seats for {unknown}; the tiers that can be limited are {list(model.tiers[1:])}"
            raise ConfigError(msg, "at_most")
        opened = frames.table(reviewed)
        lacking = {name for name in model.optional if name not in opened.columns}
        needs: dict[str, Kind] = {
            name: kind for name, kind in model.needs.items() if name not in lacking
        }
        cols = opened.read(needs)
        cols |= {name: frames.unknown(model.needs[name], opened.size) for name in lacking}
        written = opened.read({name: _kind(model, name) for name in model.gives})
        return cast("T", opened.attach(_mended(model, self.at_most, cols, written)))


def _kind(model: RetierModel, name: str) -> Any:  # noqa: ANN401 - how a column is read
    kind = model.gives[name]
    return kind if isinstance(kind, str) else "text"


def _mended(
    model: RetierModel,
    most: Mapping[str, int],
    cols: Mapping[str, Column],
    written: Mapping[str, Column],
) -> dict[str, Column]:
    tier = placed(written, col.TIER, model.tiers)
    before = placed(cols, col.previous(col.TIER), model.tiers)
    hand: Bools = placed(written, col.REASON, why.CODES) == why.AT[why.HAND]
    value = number(cols, model.value)
    seated = tier.copy()
    for place in range(len(model.tiers) - 1, 0, -1):
        if model.tiers[place] in most:
            rows = np.flatnonzero(seated >= place)
            out = _unseated(rows, most[model.tiers[place]], (before >= place, value, hand))
            seated[out] = place - 1
    rows = np.flatnonzero(seated < tier)
    return _rewritten(model, rows, (tier, seated, before), cols, written)


def _unseated(rows: Index, seats: int, said: tuple[Bools, Floats, Bools]) -> Index:
    """Who gets no seat."""
    incumbent, hand = said[0][rows], said[2][rows]
    value = said[1][rows]
    left = seats - int(np.count_nonzero(hand))
    open_ = np.flatnonzero(~hand)
    worth = np.where(np.isnan(value[open_]), -np.inf, value[open_])
    order = np.lexsort((-worth, ~incumbent[open_]))
    if left >= len(open_):
        return rows[:0]
    if left <= 0:
        return rows[open_]
    had, following = incumbent[open_], order[left]
    same: Bools = (worth == worth[following]) & (had == had[following])
    keeps = np.zeros(len(open_), dtype=np.bool_)
    keeps[order[:left]] = True
    return rows[open_[~(keeps & ~same)]]


def _rewritten(
    model: RetierModel,
    rows: Index,
    tiers: tuple[Index, Index, Index],
    cols: Mapping[str, Column],
    written: Mapping[str, Column],
) -> dict[str, Column]:
    """The columns of the review, as they are for those who have no seat."""
    _, seated, before = tiers
    back = rows[seated[rows] == before[rows]]
    on = rows[seated[rows] != before[rows]]
    move: Index = placed(written, col.MOVE, col.MOVES).copy()
    reason: Index = placed(written, col.REASON, why.CODES).copy()
    gone = np.where(seated < before, col.MOVES.index("down"), col.MOVES.index("up"))
    move[rows] = np.where(before[rows] < 0, col.MOVES.index("new"), gone[rows])
    move[back] = col.MOVES.index("same")
    reason[rows] = why.AT[why.NO_SEAT]
    until = number(written, col.UNTIL).copy()
    until[rows] = np.nan
    said: dict[str, Column] = {
        col.TIER: Codes(seated, model.tiers),
        col.MOVE: Codes(move, col.MOVES),
        col.REASON: Codes(reason, why.CODES),
        col.UNTIL: Days(until),
    }
    memory = _remembered(cols, written, back, on, on[seated[on] < before[on]])
    if col.EARNED in written:
        earned = placed(written, col.EARNED, model.tiers).copy()
        earned[rows] = np.minimum(earned[rows], seated[rows])
        memory[col.EARNED] = Codes(earned, model.tiers)
    return {**said, **memory, **_needed(model, rows, seated, cols, written)}


def _remembered(
    cols: Mapping[str, Column],
    written: Mapping[str, Column],
    back: Index,
    on: Index,
    fallen: Index,
) -> dict[str, Column]:
    """What the next review must know of those who were not promoted, went on, or fell."""
    now = number(written, col.REVIEWED)
    changed: dict[str, Floats] = {}
    for name in (col.SINCE, col.DEMOTED, col.LOCKED, col.EARNED_SINCE):
        if name in written:
            changed[name] = number(written, name).copy()
            changed[name][back] = number(cols, col.previous(name))[back]
    for name, rows in ((col.SINCE, on), (col.EARNED_SINCE, on), (col.DEMOTED, fallen)):
        if name in changed:
            changed[name][rows] = now[rows]
    out: dict[str, Column] = {name: Days(days) for name, days in changed.items()}
    if col.BELOW in written:  # the tier below is not the one that was forgiven
        below, since = (number(written, name).copy() for name in (col.BELOW, col.BELOW_SINCE))
        below[fallen], since[fallen] = 0.0, np.nan
        out |= {col.BELOW: below, col.BELOW_SINCE: Days(since)}
    return out


def _needed(
    model: RetierModel,
    rows: Index,
    seated: Index,
    cols: Mapping[str, Column],
    written: Mapping[str, Column],
) -> dict[str, Column]:
    which = model.hurdles.rows(cols)
    some = None if which is None else which[rows]
    value = number(cols, model.value)[rows]
    out: dict[str, Column] = {}
    ways: tuple[tuple[str, Index, Literal["keep", "enter"]], ...] = (
        (col.KEEP, seated[rows], "keep"),
        (col.NEXT, seated[rows] + 1, "enter"),
    )
    for name, tier, at in ways:
        bar = model.hurdles.bar(tier, some, at)
        way = number(written, name).copy()
        way[rows] = np.maximum(bar - value, 0.0)
        out[name] = way
    return out
