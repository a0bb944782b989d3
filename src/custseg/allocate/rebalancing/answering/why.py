"""Why each customer changes hands: what forces it, or what gains most."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.rebalancing.asking.asked import Asked
from custseg.allocate.rebalancing.signals.voices import Voice
from custseg.allocate.wishing.points import Score
from custseg.reasons import Reason

NOBODY: Final = -1
STRANGER: Final = -2
LEAVER: Final = -3
_BLOCK: Final = 1 << 15

_LEAVES, _GONE, _NEW, _MERGED, _UNFIT, _OVER, _ROOM, _POOL, _FAMILY = (
    Reason("rep_leaves"),
    Reason("owner_gone"),
    Reason("no_owner"),
    Reason("merged_account"),
    Reason("not_eligible_now"),
    Reason("over_capacity"),
    Reason("makes_room"),
    Reason("to_pool"),
    Reason("family_moves"),
)


@attrs.frozen(eq=False)
class Why:
    """The reason of each change.

    Attributes:
        rows: The rows that change.
        at: The place of the reason of each.
        reasons: The reasons.
    """

    rows: Index
    at: Index
    reasons: tuple[Reason, ...]

    def counts(self) -> dict[str, int]:
        """How many changes there are of each reason, the most frequent first."""
        found = np.bincount(self.at, minlength=len(self.reasons)).tolist()
        order = sorted(range(len(found)), key=lambda k: (-found[k], self.reasons[k].code))
        out: dict[str, int] = {}
        for k in order:
            if found[k]:
                code = self.reasons[k].code
                out[code] = out.get(code, 0) + found[k]
        return out


def reasons_of(question: Asked, rows: Index, origin: Index, after: Index, gain: Floats) -> Why:
    """Say of each change why it is made.

    Args:
        question: What was asked.
        rows: The rows that change.
        origin: The owner before among the whole team, -1 for nobody, -2 for a stranger, -3 for
            who leaves.
        after: The owner of the plan among the team that stays.
        gain: What each row gains.
    """
    score = question.problem.score
    wishes = tuple(wish.reason for wish in score.wishes)
    reasons = (*wishes, _LEAVES, _GONE, _NEW, _MERGED, _UNFIT, _OVER, _ROOM, _POOL, _FAMILY)
    first = len(wishes)
    leaves, gone, new, merged, unfit, over, room, pool, family = range(first, first + 9)
    leading = _leading(score, rows, question.present[rows], after[rows])
    merged_rows = np.isin(score.people.rows[rows], np.array(sorted(question.scene.merged)))
    before = origin[rows]
    held = question.present[rows] >= 0
    at = np.select(
        [
            after[rows] < 0,
            before == STRANGER,
            before == LEAVER,
            merged_rows,
            before == NOBODY,
            ~question.held[rows] & held,
            _overflow(question, rows, after, gain),
            (leading >= 0) & (gain[rows] > 0),
            _in_family(question, rows),
        ],
        [pool, gone, leaves, merged, new, _said(question, rows, unfit), over, leading, family],
        room,
    )
    return Why(rows, np.asarray(at, dtype=np.intp), reasons)


def _in_family(question: Asked, rows: Index) -> Bools:
    """Who belongs to a family of several: where it gains nothing alone, it goes with them."""
    families = question.problem.families
    if families is None:
        return np.zeros(rows.size, dtype=np.bool_)
    several: Bools = np.bincount(families[families >= 0], minlength=families.size + 1) > 1
    return (families[rows] >= 0) & several[families[rows]]


def _said(question: Asked, rows: Index, unfit: int) -> Index:
    """The voice that speaks against the owner, where it is that which makes the pair impossible."""
    out = np.full(rows.size, unfit, dtype=np.intp)
    score = question.problem.score
    voices = [k for k, w in enumerate(score.wishes) if isinstance(w, Voice) and w.strict]
    owners = question.present[rows]
    lost = np.flatnonzero((owners >= 0) & ~question.held[rows])
    if not voices or not lost.size:
        return out
    people = score.people.part(rows[lost])
    for k in voices:
        wish = score.wishes[k]
        points = wish.points(
            {name: people[name] for name in wish.needs},
            {name: score.team.columns[name] for name in wish.rep_needs},
        )
        against = np.isnan(points[np.arange(lost.size), owners[lost]])
        out[lost[against]] = k
    return out


def _overflow(question: Asked, rows: Index, after: Index, gain: Floats) -> Bools:
    """Of those who leave an owner with too many, as many as there are too many: the least gain."""
    out = np.zeros(rows.size, dtype=np.bool_)
    leaves = question.held[rows] & (after[rows] != question.present[rows])
    owners = np.where(leaves, question.present[rows], -1)
    counted = question.present[(question.present >= 0) & (question.held | question.locked)]
    size = question.problem.score.team.size
    beyond = np.bincount(counted, minlength=size) - question.problem.places.hi
    for rep in np.flatnonzero(beyond > 0).tolist():
        mine = np.flatnonzero(owners == rep)
        order = mine[np.lexsort((mine, gain[rows[mine]]))]
        out[order[: int(beyond[rep])]] = True
    return out


def _leading(score: Score, rows: Index, before: Index, after: Index) -> Index:
    """The wish that gains most; -1 where none gains."""
    out = np.full(rows.size, -1, dtype=np.intp)
    best = np.zeros(rows.size)
    if not score.team.size:
        return out
    for start in range(0, rows.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        each = np.arange(rows[part].size)
        for k, found in enumerate(score.terms(rows[part])):
            new, old = (
                np.where(at[part] < 0, 0.0, np.nan_to_num(found[each, np.maximum(at[part], 0)]))
                for at in (after, before)
            )
            more = np.asarray(np.round(score.parts[k] * (new - old), 9), dtype=np.float64)
            better = np.asarray(more > best[part], dtype=np.bool_)
            out[part][better] = k
            best[part][better] = more[better]
    return out


def names_of(reasons: Sequence[Reason], at: Index) -> list[str]:
    """The code of each change.

    >>> names_of([Reason("to_pool")], np.array([0]))
    ['to_pool']
    """
    codes = [reason.code for reason in reasons]
    return [codes[k] for k in at.tolist()]
