"""Decisions of feedback as columns: each distinct row is decided once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Column, Columns, Gives, Ints
from custseg.scoring.feedback.decision import Around, Decision
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


@attrs.frozen(eq=False)
class Sorting:
    """How rows are decided.

    Attributes:
        text: The column of words.
        read: Reads one text.
        around: What is known of a row besides its words.
        decide: Decides what a text says, with what is known around it.
    """

    text: str
    read: Callable[[str], Said]
    around: Callable[[Mapping[str, Any]], Around]
    decide: Callable[[Said | None, Around], Decision | None]


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


def answers(cols: Columns, sorting: Sorting) -> Columns:
    """The columns of a whole table: each distinct text is read once, each distinct row decided.

    Args:
        cols: What was read.
        sorting: How rows are decided.
    """
    words = cols[sorting.text]
    assert isinstance(words, Codes)  # noqa: S101 - text is read as codes
    rest = {name: column for name, column in cols.items() if name != sorting.text}
    about, arounds = _arounds(rest, sorting, len(words.at))
    pair = words.at.astype(np.int64) * (len(arounds) + 1) + about
    distinct, first = np.unique(pair, return_index=True)
    told: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    seen: dict[tuple[object, int], int] = {}  # most texts say what another has said before
    which: list[int] = []
    last: int = -1  # rows without words come first
    said: Said | None = None
    what: object = None
    texts: list[int] = words.at[first].tolist()
    others: list[int] = about[first].tolist()
    for code, other in zip(texts, others, strict=True):
        if code != last:
            last, said = code, sorting.read(words.words[code])
            what = said.kinds, said.rules, said.topics, said.told
        number = seen.setdefault((what, other), len(seen))
        which.append(number)
        if number == len(told["action"]):
            for name, value in answer(sorting.decide(said, arounds[other])).items():
                told[name].append(value)
    place = np.array(which, dtype=np.intp)[np.searchsorted(distinct, pair)]
    return {name: _column(name, each, place) for name, each in told.items()}


def _arounds(rest: Columns, sorting: Sorting, size: int) -> tuple[Ints, list[Around]]:
    """For each row which of the distinct surroundings is its own, and these."""
    if not size:
        return np.zeros(0, dtype=np.int64), []
    about, first = _distinct(rest.values(), size)
    picked = [_values(column, first) for column in rest.values()]
    rows = zip(*picked, strict=True)
    return about, [sorting.around(dict(zip(rest, row, strict=True))) for row in rows]


def _distinct(columns: Iterable[Column], size: int) -> tuple[Ints, Ints]:
    """For each row its distinct combination of values, and a row of each combination."""
    key = np.zeros(size, dtype=np.int64)
    for column in columns:
        code = _codes(column)
        high = int(code.max(initial=0)) + 1
        if high > 1:
            key = np.unique(key * high + code, return_inverse=True)[1].astype(np.int64)
    first = np.unique(key, return_index=True)[1].astype(np.int64)
    return key, first


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
