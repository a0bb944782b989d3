"""How much is missing, in the money of the value, to keep the tier and to reach the next one?"""

import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.tiering.review.bars import At
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.situation import Situation
from custseg.tiering.review.standing import Standing
from custseg.tiering.review.verdict import Verdict


def needed(
    model: Rulebook, seen: Situation, said: Verdict, shown: Standing
) -> tuple[Floats, Floats]:
    """What is missing by the next review: to keep the tier, and to reach the next one.

    0: nothing; NaN: the value is not known, or there is no next tier. Whoever has a higher tier by
    hand has to enter it by the value itself; a newcomer, also one of those, is placed by the cut
    points once the trial is over.

    Args:
        model: The rules.
        seen: What is known of the rows.
        said: What the rules say.
        shown: The tiers that count.
    """
    following = _missing(model, seen, shown.tier + np.int8(1), keep=False)
    if model.calm.adjustment is not None:
        keep = _missing(model, seen, shown.tier, keep=True)
    else:
        keep = np.zeros(seen.value.size)
        some = np.concatenate((said.waiting, said.fallen, said.closed))
        keep[some] = _of(model, seen, some, shown.tier[some], "keep")
    entering = np.flatnonzero(shown.tier > said.tier) if shown.hand.size else shown.hand
    ways: tuple[tuple[Index, At], ...] = ((entering, "enter"), (seen.trial, "first"))
    for rows, at in ways:
        keep[rows] = _of(model, seen, rows, shown.tier[rows], at)
        following[rows] = _of(model, seen, rows, shown.tier[rows] + np.int8(1), at)
    keep[shown.tier == 0] = 0.0
    if said.closed.size:
        unknown: Bools = np.isnan(seen.value)
        keep[unknown] = np.nan
        following[unknown] = np.nan
    return keep, following


def _missing(model: Rulebook, seen: Situation, tier: Index, *, keep: bool) -> Floats:
    """The way to the bar of a tier, for every row."""
    bar = model.hurdles.bar(tier, seen.which, "keep" if keep else "enter")
    adjustment = model.calm.adjustment
    if adjustment is not None and model.ruler is not None:
        bar = adjustment.asked(model.ruler, seen.smoothed, bar, keep=keep)
    with np.errstate(invalid="ignore"):  # minus infinity is in the lowest tier, which needs nothing
        bar -= seen.value
    return np.maximum(bar, 0.0, out=bar)


def _of(model: Rulebook, seen: Situation, rows: Index, tier: Index, at: At) -> Floats:
    """The same for some rows, by the value as it is."""
    which = None if seen.which is None else seen.which[rows]
    bar = model.hurdles.bar(tier, which, at)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.maximum(bar - seen.value[rows], 0.0))
