"""Customers with every difficulty: ties, zeros, nothing known, extremes, words in two scripts."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle, islice
from typing import Any, Final

Rows = list[dict[str, Any]]

_NUMBERS: Final = (None, 0.0, 1.0, 1.0, 2.5, 30.0, 99.99, 100.0, 100.0, 365.0, 1000.0, 1e7, -5.0)
_CHANCES: Final = (0.02, None, 0.4, 0.4, 1.0, 0.6, 0.0, 0.97)
_TEXTS: Final = ("north", "south", None, "north", "", "O'Hara & Co", "north", "south-west")
_DAYS: Final = (None, date(2024, 2, 29), date(2026, 6, 30), date(2026, 6, 30), date(1969, 12, 31))
_SIZE: Final = 52
_WORDS: Final = {
    "lifecycle": ("active", "dormant", "potential", None),
    "tier": ("low", "medium", "high", None),
    "territory": ("north", "south", None),
    "industry": ("retail", "medical", "retail", None, "software"),
    "email": ("a@corp.example", "b@corp.example", None, "a@corp.example", "not an address"),
    "phone": ("13800138000", "+86 138 0013 8000", None, "02012345678", "13900139000"),
    "name": ("Li Wei", "Wei Li", None, "Anna Smith", "Smith, Anna"),
    "company": ("Acme Ltd", "Acme Limited", None, "Globex GmbH"),
}


def people(needs: Mapping[str, str] | None = None) -> Rows:
    """Sample customers with the columns that a strategy reads.

    Args:
        needs: Column -> kind, beside the columns that every sample has.

    >>> len(people()), people({"my_score": "number"})[1]["my_score"]
    (52, 1.0)
    """
    wanted: dict[str, str] = {"revenue": "number", "frequency": "number", **(needs or {})}
    wanted |= {"recency_days": "number", "contact_days": "number"}
    columns = {
        name: _column(name, kind, shift)
        for shift, (name, kind) in enumerate(wanted.items())
        if name != "customer_id"
    }
    return [
        {"customer_id": f"C{i:03d}", **{name: values[i] for name, values in columns.items()}}
        for i in range(_SIZE)
    ]


def worded() -> dict[str, str]:
    """The text columns whose words the sample knows, for what tells columns by their names.

    >>> worded()["email"]
    'text'
    """
    return dict.fromkeys(_WORDS, "text")


def twins(rows: Rows, key: str = "customer_id") -> Rows:
    """The same customers once more under other ids.

    >>> twins([{"customer_id": "C1", "revenue": 5.0}])
    [{'customer_id': 'C1 twin', 'revenue': 5.0}]
    """
    return [{**row, key: f"{row[key]} twin"} for row in rows]


def doubles(kind: str, needs: Mapping[str, str]) -> Rows:
    """Records of customers who have several, to be merged into one ``value`` each.

    Args:
        kind: What the column ``value`` holds, ``number`` or ``text``.
        needs: Column -> kind of what a strategy reads besides.

    >>> [row["entity_id"] for row in doubles("text", {})[:3]]
    ['C000', 'C001', 'C002']
    """
    rows = people({**needs, "value": kind})
    return [{**row, "entity_id": f"C{i % 17:03d}"} for i, row in enumerate(rows)]


def reps(needs: Mapping[str, str] | None = None, capacity: Sequence[int] = (5, 0, 7, 3)) -> Rows:
    """Sample salespeople, one of them without a free place.

    >>> [rep["capacity"] for rep in reps()]
    [5, 0, 7, 3]
    """
    columns = {
        name: _column(name, kind, 3)
        for name, kind in (needs or {}).items()
        if name not in {"rep_id", "capacity"}
    }
    return [
        {
            "rep_id": f"R{i}",
            "capacity": places,
            **{name: values[i] for name, values in columns.items()},
        }
        for i, places in enumerate(capacity)
    ]


def _column(name: str, kind: str, shift: int) -> list[Any]:
    if kind == "number":
        return _taken(_CHANCES if name == "probability" else _NUMBERS, shift)
    if kind == "day":
        return _taken(_DAYS, shift)
    return _taken(_WORDS.get(name, _TEXTS), shift)


def _taken(values: tuple[Any, ...], shift: int) -> list[Any]:
    return list(islice(cycle(values), shift, shift + _SIZE))
