"""Decisions of feedback as columns: each distinct row is decided once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import numpy as np

from custseg._typing import Codes, Column, Columns, Gives, Ints
from custseg.scoring.feedback.decision import Decision
from custseg.values.feedback.reading import KINDS, Said

COLUMNS: Final[Mapping[str, Gives]] = {
    "feedback_type": KINDS,
    "feedback_types": "text",
    "importance": "number",
    "urgency": "number",
    "priority": "number",
    "topics": "text",
    "action": "text",
    "reasons": "text",
}
"""What a triage adds."""

_JOIN: Final = ","

Decide = Callable[[Said | None, Mapping[str, Any]], Decision | None]


def answer(made: Decision | None) -> dict[str, Any]:
    """A decision as the columns of one record.

    >>> answer(None)["priority"] is None
    True
    """
    if made is None:
        return dict.fromkeys(COLUMNS)
    return {
        "feedback_type": made.kind,
        "feedback_types": _JOIN.join(made.kinds),
        "importance": float(made.importance),
        "urgency": float(made.urgency),
        "priority": float(made.priority),
        "topics": _JOIN.join(made.topics) or None,
        "action": made.action,
        "reasons": _JOIN.join(made.signals) or None,
    }


def answers(cols: Columns, text: str, read: Callable[[str], Said], decide: Decide) -> Columns:
    """The columns of a whole table.

    Args:
        cols: What was read.
        text: The column of words.
        read: Reads one text.
        decide: Decides one row.
    """
    said: dict[str, Said] = {}
    place, first = _distinct(cols.values())
    picked = {name: _values(column, first) for name, column in cols.items()}
    made: list[dict[str, Any]] = []
    for values in zip(*picked.values(), strict=True):
        row = dict(zip(picked, values, strict=True))
        word = row[text]
        if word is not None and word not in said:
            said[word] = read(word)
        made.append(answer(decide(said.get(word) if word is not None else None, row)))
    return {name: _column(name, [one[name] for one in made], place) for name in COLUMNS}


def _distinct(columns: Iterable[Column]) -> tuple[Ints, Ints]:
    """For each row its distinct combination of values, and a row of each combination."""
    key: Ints | None = None
    for column in columns:
        code = _codes(column)
        high = int(code.max(initial=0)) + 1
        if high == 1 and key is not None:
            continue
        key = code if key is None else key * high + code
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    assert key is not None  # noqa: S101 - the words are always read
    _, first = np.unique(key, return_index=True)
    return key, first.astype(np.int64)


def _codes(column: Column) -> Ints:
    if isinstance(column, Codes):
        return column.at.astype(np.int64) + 1
    held: Any = getattr(column, "at", column)
    return np.unique(held, return_inverse=True)[1].astype(np.int64)


def _values(column: Column, rows: Ints) -> list[Any]:
    if isinstance(column, Codes):
        words: tuple[str | None, ...] = (*column.words, None)
        return [words[i] for i in column.at[rows].tolist()]
    held: Any = getattr(column, "at", column)
    taken: list[Any] = held[rows].tolist()
    return taken


def _column(name: str, made: list[Any], place: Ints) -> Column:
    kind = COLUMNS[name]
    if kind == "number":
        return np.array([np.nan if one is None else one for one in made], dtype=np.float64)[place]
    words = kind if isinstance(kind, tuple) else tuple(sorted({one for one in made if one}))
    at = {word: i for i, word in enumerate(words)}
    codes = np.array([-1 if one is None else at[one] for one in made], dtype=np.intp)
    return Codes(codes[place], words, plain=not isinstance(kind, tuple))
