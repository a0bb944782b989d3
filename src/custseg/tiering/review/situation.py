"""What a review knows of every row, as arrays."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.columns import (
    EARNED,
    EARNED_SINCE,
    REVIEWED,
    SINCE,
    SMOOTHED,
    TIER,
    previous,
)
from custseg.tiering.review.rulebook import Rulebook


@attrs.frozen(eq=False)
class Situation:
    """Columns of a review, read.

    Attributes:
        cols: As they were read.
        day: The day of the review, one a row.
        value: The value, NaN where missing.
        worth: What the bars are held against: the value, smoothed or brought to a year.
        smoothed: The smoothed value; the value where nothing is smoothed.
        which: Which bars hold for each row; ``None``: the same for all.
        held: The tier of the last review that the rules go on from, -1 where there is none.
        since: Since when.
        reviewed: The day of the last review.
        trial: Rows of newcomers.
        tried: Rows whose trial is over now.
    """

    cols: Columns
    day: Floats
    value: Floats
    worth: Floats
    smoothed: Floats
    which: Index | None
    held: Index
    since: Floats
    reviewed: Floats
    trial: Index
    tried: Index

    def past(self, name: str) -> Floats:
        """A day or a number of the last review."""
        return number(self.cols, previous(name))


_NOBODY: Index = np.empty(0, dtype=np.intp)


def number(cols: Columns, name: str) -> Floats:
    """A column of numbers or days."""
    column: Any = cols[name]
    found: Floats = column
    return found


def placed(cols: Columns, name: str, words: tuple[str, ...]) -> Index:
    """A column of words as small codes, -1 where it is none of them."""
    column: Any = cols[name]
    held: Codes = column
    place = {word: i for i, word in enumerate(words)}
    table = np.array([*(place.get(word, -1) for word in held.words), -1], dtype=np.int8)
    return table[held.at]


def situation(model: Rulebook, cols: Columns) -> Situation:
    """Read what the rules look at.

    Args:
        model: The rules.
        cols: The columns that it needs.
    """
    calm, value = model.calm, number(cols, model.value)
    now = _now(model, cols, len(value))
    held, since = _held(model, cols)
    reviewed = number(cols, previous(REVIEWED))
    trial, tried = _tried(calm, cols, now, held)
    smoothed = _smoothed(model, cols, now, held, np.concatenate((trial, tried)))
    worth = smoothed
    if calm.newcomers is not None:
        worth = smoothed.copy()
        tenure = number(cols, calm.newcomers.tenure)
        worth[trial] = calm.newcomers.worth(value[trial], tenure[trial])
    which = model.hurdles.rows(cols)
    return Situation(cols, now, value, worth, smoothed, which, held, since, reviewed, trial, tried)


def _tried(calm: Calm, cols: Columns, now: Floats, held: Index) -> tuple[Index, Index]:
    """Rows of newcomers, and rows whose trial is over now."""
    if calm.newcomers is None:
        return _NOBODY, _NOBODY
    tenure = number(cols, calm.newcomers.tenure)
    young = tenure < calm.newcomers.days
    then = tenure - (now - number(cols, previous(REVIEWED)))
    return np.flatnonzero(young), np.flatnonzero(
        ~young & (then < calm.newcomers.days) & (held >= 0)
    )


def _smoothed(model: Rulebook, cols: Columns, now: Floats, held: Index, fresh: Index) -> Floats:
    value, adjustment = number(cols, model.value), model.calm.adjustment
    if adjustment is None or model.ruler is None:
        return value
    before = number(cols, previous(SMOOTHED)).copy()
    before[fresh] = np.nan
    after = adjustment.moved(model.ruler, before, value)
    again = (number(cols, previous(REVIEWED)) >= now) & (held >= 0)
    return np.where(again, number(cols, previous(SMOOTHED)), after) if again.any() else after


def _now(model: Rulebook, cols: Columns, size: int) -> Floats:
    return number(cols, "as_of") if model.day is None else np.full(size, model.day)


def _held(model: Rulebook, cols: Columns) -> tuple[Index, Floats]:
    held = placed(cols, previous(TIER), model.tiers)
    since = number(cols, previous(SINCE))
    if model.calm.by_hand is None:
        return held, since
    earned = placed(cols, previous(EARNED), model.tiers)
    known: Bools = earned >= 0
    own = number(cols, previous(EARNED_SINCE))
    return np.where(known, earned, held), np.where(known, own, since)
