"""What a review writes: the decision, what is needed, and what the next review must know."""

from collections.abc import Iterator

import numpy as np

from custseg._typing import Codes, Column, Columns, Days, Floats, Index
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.needed import needed
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.situation import Situation, number, situation
from custseg.tiering.review.standing import Standing, standing
from custseg.tiering.review.verdict import Verdict, beginning, below, below_since, judged


def reviewed(model: Rulebook, cols: Columns) -> dict[str, Column]:
    """Review every row.

    Args:
        model: The rules.
        cols: The columns that it needs.
    """
    seen = situation(model, cols)
    said = judged(model, seen)
    shown = standing(model, seen, said)
    keep, following = needed(model, seen, said, shown)
    now = _known_days(seen)
    memory = _memory(model, seen, said)
    out: dict[str, Column] = {
        col.TIER: Codes(shown.tier, model.tiers),
        col.MOVE: Codes(shown.move, col.MOVES),
        col.REASON: Codes(shown.reason, why.CODES),
        col.KEEP: keep,
        col.NEXT: following,
        col.SINCE: Days(shown.since),
        col.UNTIL: Days(_until(model, seen, shown, memory)),
        col.REVIEWED: Days(now),
        col.EARNED: Codes(said.tier, model.tiers),
        col.EARNED_SINCE: Days(shown.earned_since),
    }
    days = {name for name in memory if col.MEMORY[name] == "day"}
    out.update({name: Days(v) if name in days else v for name, v in memory.items()})
    return {name: out[name] for name in model.gives}


def _known_days(seen: Situation) -> Floats:
    """The day of this review; of rows without one, that of the last."""
    later = np.isnan(seen.day) | (seen.reviewed > seen.day)
    return np.where(later, seen.reviewed, seen.day) if later.any() else seen.day


def _memory(model: Rulebook, seen: Situation, said: Verdict) -> dict[str, Floats]:
    calm, out = model.calm, dict[str, Floats]()
    if calm.forgives:
        for name, count in ((col.BELOW, below), (col.BELOW_SINCE, below_since)):
            blank = 0.0 if name == col.BELOW else np.nan
            made = np.full(seen.held.size, blank)
            made[said.waiting] = count(seen, said.waiting)
            before = seen.past(name)[said.closed]
            made[said.closed] = np.where(np.isnan(before), blank, before)
            out[name] = made
    if calm.cooldown is not None:
        out[col.DEMOTED] = _put(seen.past(col.DEMOTED), said.fallen, seen.day[said.fallen])
    if calm.lock is not None:
        ends = calm.lock.all_later(seen.day[said.risen])
        out[col.LOCKED] = _put(seen.past(col.LOCKED), said.risen, ends)
    if calm.adjustment is not None:
        out[col.SMOOTHED] = seen.smoothed
    return out


def _put(before: Floats, rows: Index, values: Floats) -> Floats:
    if not rows.size:
        return before
    out = before.copy()
    out[rows] = values
    return out


def _until(model: Rulebook, seen: Situation, shown: Standing, memory: dict[str, Floats]) -> Floats:
    """The day before which the tier cannot fall, whatever the value; NaN: there is none."""
    calm, now = model.calm, seen.day
    until = np.full(now.size, np.nan)
    for end in _ends(model, seen, shown, memory):
        np.fmax(until, end, out=until)
    if not np.isnan(until).all():
        until[~(until > now) | (shown.tier == 0)] = np.nan
    if calm.newcomers is not None:
        tenure = number(seen.cols, calm.newcomers.tenure)[seen.trial]
        until[seen.trial] = now[seen.trial] - np.maximum(tenure, 0.0) + calm.newcomers.days
    if calm.by_hand is not None:
        until[shown.hand] = np.nan
        if calm.by_hand.until is not None:
            until[shown.hand] = number(seen.cols, calm.by_hand.until)[shown.hand]
    return until


def _ends(
    model: Rulebook, seen: Situation, shown: Standing, memory: dict[str, Floats]
) -> Iterator[Floats]:
    """When each rule stops to hold the tier."""
    calm = model.calm
    if calm.lock is not None:
        yield memory[col.LOCKED]
    if calm.locked is not None:
        yield number(seen.cols, calm.locked)
    if calm.min_tenure is not None:
        yield calm.min_tenure.all_later(shown.earned_since)
    if calm.cooldown is not None:
        yield calm.cooldown.all_later(memory[col.DEMOTED])
    if calm.grace_for is not None:
        yield calm.grace_for.all_later(memory[col.BELOW_SINCE])
    if calm.anniversary is not None:
        by_tier = calm.anniversary.of == "tier"
        start = shown.earned_since if by_tier else beginning(model, seen)
        yield calm.anniversary.coming(start, seen.day)
