"""Which tier does each row get, and why? The decision kernel."""

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.tiering.review import reasons as why
from custseg.tiering.review.columns import BELOW, BELOW_SINCE, DEMOTED, LOCKED, TIER, previous
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.situation import Situation, number


@attrs.frozen(eq=False)
class Verdict:
    """What the rules say, before tiers set by hand.

    Attributes:
        tier: The tier of each row.
        reason: Why, by its place among the codes.
        waiting: Rows below their bar that keep the tier.
        fallen: Rows that a rule demoted.
        risen: Rows that a rule promoted.
        closed: Rows of which nothing is counted: no value, no day, or reviewed already.
        again: Those of them that were reviewed already.
    """

    tier: Index
    reason: Index
    waiting: Index
    fallen: Index
    risen: Index
    closed: Index
    again: Index


def judged(model: Rulebook, seen: Situation) -> Verdict:
    """Decide every row.

    Args:
        model: The rules.
        seen: What is known of the rows.
    """
    hurdles, held = model.hurdles, seen.held
    up = hurdles.reached(seen.worth, seen.which)
    least = hurdles.reached(seen.worth, seen.which, "keep")
    if (fresh := np.concatenate((np.flatnonzero(held < 0), seen.trial, seen.tried))).size:
        some = None if seen.which is None else seen.which[fresh]
        up[fresh] = hurdles.reached(seen.worth[fresh], some, "first")
    # No branch for the many rows that stay: 0 is "earned", 1 "within the band".
    reason = (up < held).view(np.int8)
    tier = held.copy()
    closed, again = _closed(model, seen)
    rising, falling = np.flatnonzero(up > held), np.flatnonzero(least < held)
    aside = np.concatenate((closed, seen.trial, seen.tried))
    if aside.size:
        free = np.ones(held.size, dtype=np.bool_)
        free[aside] = False
        rising, falling = rising[free[rising]], falling[free[falling]]
    _rise(model, seen, rising, up, (tier, reason))
    waiting, fallen = _fall(model, seen, falling, least, (tier, reason))
    if model.calm.adjustment is not None:
        _lagging(model, seen, (tier, reason))
    _try(model, seen, up, (tier, reason))
    _close(seen, closed, again, (tier, reason))
    risen = rising[(held[rising] >= 0) & (tier[rising] > held[rising])]
    return Verdict(tier, reason, waiting, fallen, risen, closed, again)


def _closed(model: Rulebook, seen: Situation) -> tuple[Index, Index]:
    """Rows of which nothing is counted, and those of them that were reviewed already."""
    again: Bools = (seen.reviewed >= seen.day) & (seen.held >= 0)
    none: Bools = np.isnan(seen.value)
    none |= np.isnan(seen.day)
    none |= again
    if model.calm.newcomers is not None:  # who may be a newcomer earns nothing as one who is none
        none |= np.isnan(number(seen.cols, model.calm.newcomers.tenure))
    return np.flatnonzero(none), np.flatnonzero(again)


def _rise(
    model: Rulebook,
    seen: Situation,
    rows: Index,
    up: Index,
    out: tuple[Index, Index],
) -> None:
    """Promotions, and the first tiers."""
    tier, reason = out
    to, held = up[rows], seen.held[rows]
    most = model.calm.max_up
    column: Any = seen.cols[previous(TIER)]
    named: Codes = column
    first = np.where(named.at[rows] < 0, why.AT[why.EARNED], why.AT[why.STRANGE])
    code = np.where(held >= 0, why.AT[why.PROMOTED], first)
    if most is not None:
        limited = (held >= 0) & (to > held + most)
        code = np.where(limited, why.AT[why.PROMOTED_STEP], code)
        to = np.where(limited, held + most, to)
    tier[rows] = to
    reason[rows] = code


def _fall(
    model: Rulebook,
    seen: Situation,
    rows: Index,
    least: Index,
    out: tuple[Index, Index],
) -> tuple[Index, Index]:
    """Demotions, unless something stops them: the rows that wait and those that fall."""
    tier, reason = out
    code = np.full(rows.size, -1, dtype=np.int8)
    for name, stops in stopping(model, seen, rows):
        code[(code < 0) & stops] = why.AT[name]
    waiting, falls = rows[code >= 0], code < 0
    reason[waiting] = code[code >= 0]
    fallen = rows[falls]
    to, most = least[fallen], model.calm.max_down
    said = np.full(fallen.size, why.AT[why.DEMOTED], dtype=np.int8)
    if most is not None:
        lowest = seen.held[fallen] - most
        said[to < lowest] = why.AT[why.DEMOTED_STEP]
        to = np.maximum(to, lowest)
    tier[fallen] = to
    reason[fallen] = said
    return waiting, fallen


def stopping(model: Rulebook, seen: Situation, rows: Index) -> Iterator[tuple[str, Bools]]:
    """What stops a demotion of these rows, the first that holds before the next.

    Args:
        model: The rules.
        seen: What is known of the rows.
        rows: Rows below their bar.
    """
    calm, now, since = model.calm, seen.day[rows], seen.since[rows]
    for name in locks(model):
        yield why.LOCK, number(seen.cols, name)[rows] > now
    if calm.min_tenure is not None:
        yield why.TENURE, calm.min_tenure.all_later(since) > now
    if calm.cooldown is not None:
        yield why.COOLDOWN, calm.cooldown.all_later(seen.past(DEMOTED)[rows]) > now
    if calm.anniversary is not None:
        start = beginning(model, seen)[rows]
        yield why.ANNIVERSARY, ~calm.anniversary.due(start, seen.reviewed[rows], now)
    if calm.grace:
        yield why.GRACE, below(seen, rows) <= calm.grace
    if calm.grace_for is not None:
        yield why.GRACE_FOR, calm.grace_for.all_later(below_since(seen, rows)) > now


def locks(model: Rulebook) -> tuple[str, ...]:
    """The columns of days before which a tier cannot fall."""
    own = (f"{LOCKED}_previous",) if model.calm.lock is not None else ()
    return own if model.calm.locked is None else (*own, model.calm.locked)


def beginning(model: Rulebook, seen: Situation) -> Floats:
    """The days that anniversaries are counted from."""
    rule = model.calm.anniversary
    member = rule is not None and rule.of == "membership"
    return number(seen.cols, rule.start) if rule is not None and member else seen.since


def below(seen: Situation, rows: Index) -> Floats:
    """The reviews in a row at which these rows were below their bar, this one included."""
    before = seen.past(BELOW)[rows]
    return np.where(np.isnan(before), 1.0, before + 1.0)


def below_since(seen: Situation, rows: Index) -> Floats:
    """The day of the first of them."""
    first = seen.past(BELOW_SINCE)[rows]
    return np.where(np.isnan(first), seen.day[rows], first)


def _lagging(model: Rulebook, seen: Situation, out: tuple[Index, Index]) -> None:
    """The value is good for another tier, but it is not far enough away."""
    tier, reason = out
    up = model.hurdles.reached(seen.value, seen.which)
    least = model.hurdles.reached(seen.value, seen.which, "keep")
    stays = (reason == why.AT[why.EARNED]) | (reason == why.AT[why.BAND])
    other = ((up > tier) | (least < tier)) & stays & (tier == seen.held)
    reason[other] = why.AT[why.SMOOTHED]


def _try(model: Rulebook, seen: Situation, up: Index, out: tuple[Index, Index]) -> None:
    """Newcomers, and those who are none any more, are placed anew."""
    newcomers = model.calm.newcomers
    if newcomers is None:
        return
    tier, reason = out
    given = -1 if newcomers.tier is None else model.tiers.index(newcomers.tier)
    tier[seen.trial] = np.maximum(up[seen.trial], given)
    reason[seen.trial] = why.AT[why.TRIAL]
    tier[seen.tried] = up[seen.tried]
    reason[seen.tried] = why.AT[why.TRIAL_OVER]


def _close(seen: Situation, closed: Index, again: Index, out: tuple[Index, Index]) -> None:
    """Without a value or a day, and on a day that was reviewed, nothing moves."""
    tier, reason = out
    held = seen.held[closed]
    tier[closed] = np.maximum(held, 0)
    undated = np.isnan(seen.day[closed])
    known = np.where(held < 0, why.AT[why.NEW_UNKNOWN], why.AT[why.UNKNOWN])
    reason[closed] = np.where(undated, why.AT[why.UNDATED], known)
    reason[again] = why.AT[why.REVIEWED]
