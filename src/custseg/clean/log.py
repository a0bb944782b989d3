"""The change log as columns: a row a changed cell, without a Python object for each."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from custseg._typing import Codes, Index
from custseg.clean.columns import ReadColumn
from custseg.labels import label

_JOIN = "+"


def log_columns(
    columns: Sequence[ReadColumn], rows: Index, which: Index, *, values: bool, locale: str | None
) -> dict[str, Any]:
    """The columns of the log but for the row's own.

    Args:
        columns: The columns that were read.
        rows: Row of each changed cell.
        which: Its column.
        values: Also show old and new values.
        locale: Language of rules and steps; None leaves their codes.
    """
    made: dict[str, Any] = {
        "column": Codes(which, tuple(column.name for column in columns), plain=True)
    }
    rules, done = _Words(locale), _Words(locale)
    rule, step = np.zeros(len(rows), dtype=np.intp), np.zeros(len(rows), dtype=np.intp)
    old, new = np.empty(len(rows), dtype=object), np.empty(len(rows), dtype=object)
    for place, column in enumerate(columns):
        mine = which == place
        at = column.at[rows[mine]]
        places, back = np.unique(at, return_inverse=True)
        told = [(str(column.cell(i).rule),) for i in places.tolist()]
        rule[mine] = rules.of(told)[back]
        step[mine] = done.of([column.steps(i) for i in places.tolist()])[back]
        if values:
            old[mine] = _objects([column.old[i] for i in at.tolist()])
            new[mine] = _objects([column.new[i] for i in at.tolist()])
    made["rule"] = Codes(rule, rules.words, plain=True)
    made["steps"] = Codes(step, done.words, plain=True)
    if values:
        made |= {"old": _texts(old), "new": _texts(new)}
    return made


def records(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns as records, where no table says of which kind they are to be."""
    lists = [c.texts() if isinstance(c, Codes) else list(c) for c in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


class _Words:
    """Codes or their words, collected in the order in which they come."""

    def __init__(self, locale: str | None) -> None:
        self._locale = locale
        self._places: dict[str, int] = {}

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._places)

    def of(self, told: Sequence[tuple[str, ...]]) -> Index:
        known: dict[tuple[str, ...], int] = {}
        for codes in told:
            if codes not in known:
                word = self._word(codes)
                known[codes] = self._places.setdefault(word, len(self._places))
        return np.array([known[codes] for codes in told], dtype=np.intp)

    def _word(self, codes: tuple[str, ...]) -> str:
        if self._locale is None:
            return _JOIN.join(codes)
        words = (label(f"clean.{code}", self._locale) for code in codes)
        return label("words.semicolon", self._locale).join(words)


def _objects(values: list[object]) -> Any:  # noqa: ANN401 - an array of objects
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _texts(values: Any) -> list[object]:  # noqa: ANN401 - an array of objects
    """Values of several columns in one: as text, so that every kind of table can hold them."""
    return [value if value is None or isinstance(value, str) else str(value) for value in values]
