"""The columns of a rebalancing beside owner and reason."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from custseg._typing import Codes, Days, Index
from custseg.allocate.rebalancing.answering.course import Course


def columns(course: Course) -> dict[str, Any]:
    """The columns beside owner and reason, in the order of the caller's rows."""
    rows, why = course.question.problem.score.people.rows, course.why
    back = np.empty_like(rows)
    back[rows] = np.arange(rows.size)
    words = tuple(dict.fromkeys(reason.code for reason in why.reasons))
    codes = np.array([words.index(reason.code) for reason in why.reasons], dtype=np.intp)
    move = np.full(rows.size, -1, dtype=np.intp)
    move[why.rows] = codes[why.at]
    return {
        "owner_before": [course.owners[k] for k in back.tolist()],
        "move": Codes(move[back], words, plain=True),
        "move_day": Days(course.day[back]),
        "cover_rep": _named(course.question.problem.score.team.ids, course.covers.at[back]),
        "cover_from": Days(course.covers.first[back]),
        "cover_until": Days(course.covers.last[back]),
    }


def _named(ids: Sequence[object], at: Index) -> Codes | list[object]:
    """Ids as they were given: texts as a column of texts, whatever the kind of table."""
    texts = tuple(one for one in ids if isinstance(one, str))
    if len(texts) == len(ids):
        return Codes(at, texts, plain=True)
    names = (*ids, None)
    return [names[k] for k in at.tolist()]
