"""Customers with every difficulty: ties, zeros, nothing known, extremes, words in two scripts."""

from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any, Final

Rows = list[dict[str, Any]]

_NUMBERS: Final = (None, 0.0, 1.0, 1.0, 2.5, 30.0, 99.99, 100.0, 100.0, 365.0, 1000.0, 1e7, -5.0)
_TEXTS: Final = ("north", "south", None, "north", "", "O'Hara & Co", "north", "south-west")
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
    (52, 0.0)
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


def reps(needs: Mapping[str, str] | None = None) -> Rows:
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
            "capacity": capacity,
            **{name: values[i] for name, values in columns.items()},
        }
        for i, capacity in enumerate((5, 0, 7, 3))
    ]


def _column(name: str, kind: str, shift: int) -> list[Any]:
    if kind == "number":
        return _taken(_NUMBERS, shift)
    return _taken(_WORDS.get(name, _TEXTS), shift)


def _taken(values: tuple[Any, ...], shift: int) -> list[Any]:
    return list(islice(cycle(values), shift, shift + _SIZE))
