"""What customers are shown, where a tier set by hand goes before the one that they earned."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.tiering.review import reasons as why
from custseg.tiering.review.byhand import ByHand
from custseg.tiering.review.columns import MOVE, MOVES, REASON, SINCE, TIER, previous
from custseg.tiering.review.rulebook import Rulebook
from custseg.tiering.review.situation import Situation, number, placed
from custseg.tiering.review.verdict import Verdict

_NEW, _SAME = MOVES.index("new"), MOVES.index("same")
_UP, _DOWN = MOVES.index("up"), MOVES.index("down")


@attrs.frozen(eq=False)
class Standing:
    """The tier that counts for everybody else.

    Attributes:
        tier: The tier.
        since: Since when.
        earned_since: Since when the customer has the tier that it earned.
        move: Where it went, by its place among the moves.
        reason: Why, by its place among the codes.
        hand: Rows whose tier is set by hand.
    """

    tier: Index
    since: Floats
    earned_since: Floats
    move: Index
    reason: Index
    hand: Index


def standing(model: Rulebook, seen: Situation, said: Verdict) -> Standing:
    """Put what was set by hand before what the rules say.

    Args:
        model: The rules.
        seen: What is known of the rows.
        said: What the rules say.
    """
    hand: Index = np.empty(0, dtype=np.intp)
    tier, reason = said.tier, said.reason
    before = seen.held
    earned_since = _since(seen.since, said.tier, seen.held, seen.day)
    since = earned_since
    rule = model.calm.by_hand
    if rule is not None:
        before = placed(seen.cols, previous(TIER), model.tiers)
        tier, reason, hand = _by_hand(model, seen, said, before)
        since = _since(number(seen.cols, previous(SINCE)), tier, before, seen.day)
    move: Index = np.where(tier > before, np.int8(_UP), np.int8(_SAME))
    move[tier < before] = _DOWN
    move[before < 0] = _NEW
    _as_before(seen, said.again[tier[said.again] == before[said.again]], move, reason)
    return Standing(tier, since, earned_since, move, reason, hand)


def _since(since: Floats, tier: Index, before: Index, now: Floats) -> Floats:
    moved = np.flatnonzero(tier != before)
    if not moved.size:
        return since
    out = since.copy()
    out[moved] = now[moved]
    return out


def _as_before(seen: Situation, rows: Index, move: Index, reason: Index) -> None:
    """What was said of a day is said again when the day is reviewed again."""
    for name, words, out in ((MOVE, MOVES, move), (REASON, why.CODES, reason)):
        if rows.size:
            told = placed(seen.cols, previous(name), words)[rows]
            out[rows] = np.where(told < 0, out[rows], told)


def _by_hand(
    model: Rulebook, seen: Situation, said: Verdict, before: Index
) -> tuple[Index, Index, Index]:
    rule = model.calm.by_hand
    assert rule is not None  # noqa: S101 - asked by the caller
    given = placed(seen.cols, rule.tier, model.tiers)
    valid = _in_force(rule, seen)
    hand = np.flatnonzero(valid & (given >= 0))
    tier, reason = said.tier.copy(), said.reason.copy()
    tier[hand] = given[hand]
    reason[hand] = why.AT[why.HAND]
    column: Any = seen.cols[rule.tier]
    written: Codes = column
    reason[valid & (given < 0) & (written.at >= 0)] = why.AT[why.HAND_WRONG]
    over = (before >= 0) & (seen.held != before) & (tier != before) & (tier == said.tier)
    over[hand] = False
    reason[over] = why.AT[why.HAND_OVER]
    return tier, reason, hand


def _in_force(rule: ByHand, seen: Situation) -> Bools:
    """Rows whose tier by hand counts on this day."""
    valid: Bools = np.ones(seen.day.size, dtype=np.bool_)
    if rule.until is not None:
        until = number(seen.cols, rule.until)
        valid &= np.isnan(until) | (seen.day <= until)
    if rule.since is not None:
        since = number(seen.cols, rule.since)
        valid &= np.isnan(since) | (seen.day >= since)
    return valid
