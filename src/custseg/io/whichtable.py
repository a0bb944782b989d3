"""Which table is it? The one that most headers tell of."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from custseg.io.recognised import NEEDED, Found, otherwise
from custseg.io.vocabulary import bare, loose, marks, ranks, tables
from custseg.values.columns import kind_of

_TELLING: Final[Mapping[str, Mapping[str, float]]] = {
    "transactions": {
        "order": 2.0,
        "at": 2.0,
        "payment_method": 2.0,
        "amount": 1.5,
        "quantity": 1.0,
        "price": 1.0,
        "product": 1.0,
        "currency": 0.5,
        "status": 0.5,
    },
    "customers": {"joined": 1.5, "source": 1.0, "referrer": 1.0},
    "interactions": {"channel": 1.5, "direction": 1.5, "text": 1.5, "at": 0.5},
    "feedback": {"score": 2.0, "feedback_kind": 2.0, "text": 1.5, "scale": 1.0},
    "visits": {"pages": 2.0, "clicks": 2.0, "at": 0.5},
    "opportunities": {"stage": 3.0, "closed": 0.5},
    "reps": {"capacity": 2.0, "rep": 1.0},
}
"""What tells a table from the others, and how strongly."""
_VAGUE: Final = 0.3
"""What a header says that other tables have too."""
_MARK: Final = 0.5
_LACKING: Final = 1.5
_CLEAR: Final = 0.25


def likeliest(known: Mapping[str, Found], columns: tuple[str, ...], told: Mapping[str, str]) -> str:
    """The table that most headers tell of; nothing where none does, or two do alike.

    Args:
        known: What the headers say, were it each of the tables.
        columns: The columns.
        told: What somebody said, by role.
    """
    worth = {table: _worth(table, found, columns, told) for table, found in known.items()}
    best, *others = sorted(worth, key=lambda table: -worth[table])
    clear = all(worth[best] - worth[other] >= _CLEAR for other in others)
    return best if worth[best] > 0 and clear else ""


def _worth(table: str, found: Found, columns: tuple[str, ...], said: Mapping[str, str]) -> float:
    held = {guess.role: guess.column for guess in found[0]}
    asked = {ask.what: ask.candidates[0] for ask in found[1]}
    roles = {**asked, **held, **{role: said[role] for role in said if role in ranks(table)}}
    lacking = [role for role in NEEDED[table] if role not in roles and not otherwise(role, roles)]
    telling = sum(
        weight * (_VAGUE if _elsewhere(table, role, roles[role]) else 1.0)
        for role, weight in _TELLING[table].items()
        if role in roles
    )
    told = telling + _MARK * len(marks(table).intersection(map(loose, columns)))
    if table == "customers":
        told += _MARK * sum(kind_of(name) is not None for name in columns)
    return told - _LACKING * len(lacking) if len(lacking) < len(NEEDED[table]) else 0.0


@cache
def _elsewhere(table: str, role: str, column: str) -> bool:
    """Whether a day may be that of another table: created_at is of all."""
    if role not in {"at", "joined", "opened"}:
        return False
    others = ((other, each) for other in tables() for each in ("at", "joined") if other != table)
    held = (ranks(other).get(each, ()) for other, each in others)
    return any(bare(column) in words for rank in held for words in rank)
