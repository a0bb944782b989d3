"""Whether the values of a column are there, and whether they can be true."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats
from custseg.errors import DataError
from custseg.features.completion.suspicion import doubtful
from custseg.features.daynumbers import as_date
from custseg.frames import Table, missing, scalar
from custseg.frames.letters import Letters
from custseg.values import companies, dates, emails, identifiers, junk, names, phones
from custseg.values.columns import kind_of
from custseg.values.reading import Reading

Check = Literal["filled", "email", "phone", "name", "person", "company", "uscc", "id_card", "date"]
"""What makes a value valid: a placeholder never is; ``name`` is a person's or a company's."""

EMPTY, INVALID, VALID = range(3)
_SAMPLE: Final = 512
_MANY: Final = 8
_USUAL: Final[Mapping[str, Check]] = {
    "email": "email",
    "mail": "email",
    "phone": "phone",
    "mobile": "phone",
    "tel": "phone",
}
_BY_KIND: Final = frozenset({"email", "phone", "uscc", "id_card", "date"})


@attrs.frozen(eq=False)
class Filling:
    """What the rows of a column hold.

    Attributes:
        filled: Something that is no placeholder.
        valid: Something that can be true.
    """

    filled: Bools
    valid: Bools


def usual_check(column: str) -> Check:
    """The check that a column's name asks for, in English or Chinese.

    >>> usual_check("work_phone"), usual_check("telling_name"), usual_check("邮箱")
    ('phone', 'filled', 'email')
    """
    parts = column.casefold().replace("-", "_").split("_")
    named: list[Check] = [_USUAL[part] for part in parts if part in _USUAL]
    kind = kind_of(column)
    usual = cast("Check", kind) if kind in _BY_KIND else "filled"
    return named[0] if named else usual


def filling(table: Table[Any], column: str, check: Check = "filled") -> Filling:
    """What each row of a column holds.

    >>> found = filling(frames.table([{"m": "li@"}, {"m": "n/a"}, {"m": "a@b.cn"}]), "m", "email")
    >>> found.filled.tolist(), found.valid.tolist()
    ([True, False, True], [False, False, True])
    """
    if check == "date" and table.wordless(column):
        return _of_days(table, column)
    if check != "filled":
        return _one_by_one(table, column, check)
    if table.wordless(column):
        there = np.asarray(table.read({column: "any"})[column], dtype=np.bool_)
        return Filling(there, there)
    letters = None if _repeats(table, column) else table.letters(column)
    return _one_by_one(table, column) if letters is None else _by_letters(table, column, letters)


def _repeats(table: Table[Any], column: str) -> bool:
    """Whether a sample has so few values that looking at each of them is the quickest way."""
    if table.size <= _MANY * _SAMPLE:
        return True
    rows = np.linspace(0, table.size - 1, _SAMPLE).astype(np.intp)
    some = frames.table(table.select((column,)).take(rows))
    return len(some.values(column).words) < _SAMPLE // _MANY


def _of_days(table: Table[Any], column: str) -> Filling:
    """Days are valid; those that systems write where there is none are placeholders."""
    try:
        days = cast("Floats", table.read({column: "day"})[column])
    except DataError:
        return _one_by_one(table, column, "date")  # years, or whatever else numbers may be
    there = ~np.isnan(days)
    known, at = np.unique(days[there].astype(np.int64), return_inverse=True)
    good = [_of_date(as_date(day).isoformat()) == VALID for day in known.tolist()]
    there[there] = np.array(good, dtype=np.bool_)[at]
    return Filling(there, there)


def _by_letters(table: Table[Any], column: str, letters: Letters) -> Filling:
    """Only texts that begin and end like a placeholder, or not plainly, are read."""
    there = letters.there
    rows = np.flatnonzero(doubtful(letters) & there)
    if len(rows):
        some = frames.table(table.select((column,)).take(rows))
        there[rows] = _one_by_one(some, column).filled
    return Filling(there, there)


def _one_by_one(table: Table[Any], column: str, check: Check = "filled") -> Filling:
    distinct = table.values(column)
    states = np.array([*(_state(value, check) for value in distinct.words), EMPTY], dtype=np.int8)
    held = states[distinct.at]
    return Filling(held != EMPTY, held == VALID)


def _state(value: object, check: Check) -> int:
    text = value if isinstance(value, str) or check == "filled" else scalar.text(value)
    if isinstance(text, str):
        return _STATES[check](text)
    return EMPTY if missing(value) else VALID


def _of_text(text: str) -> int:
    return VALID if junk.problem(text) is None else EMPTY


def _of_date(text: str) -> int:
    day, problem = dates.read(text)
    if problem in {"blank", "placeholder"}:
        return EMPTY
    return INVALID if day is None else VALID


def _of_name(text: str) -> Reading:
    return companies.read(text) if companies.looks_like(text) else names.read(text)


def _read(reader: Callable[[str], Reading]) -> Callable[[str], int]:
    def state(text: str) -> int:
        reading = reader(text)
        if reading.valid:
            return VALID
        return EMPTY if reading.value is None else INVALID

    return state


_STATES: Final[Mapping[Check, Callable[[str], int]]] = {
    "filled": _of_text,
    "email": _read(emails.read),
    "phone": _read(phones.read),
    "name": _read(_of_name),
    "person": _read(names.read),
    "company": _read(companies.read),
    "uscc": _read(identifiers.read_uscc),
    "id_card": _read(identifiers.read_id_card),
    "date": _of_date,
}
