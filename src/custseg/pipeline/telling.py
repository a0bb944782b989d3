"""What the results of a job say alike: how many customers, how many by word, and each part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from custseg.labels import label, title


def lead(size: int, day: date | str | None, locale: str) -> str:
    """How many customers, as of which day.

    >>> lead(1200, date(2026, 6, 30), "en")
    'customers: 1,200 (2026-06-30)'
    """
    return f"{title('customers', locale)}: {size:,} ({day})"


def by_word(counts: Mapping[str, int], locale: str) -> str:
    """Customers by what was decided.

    >>> by_word({"active": 1200, "dormant": 3}, "en")
    'active 1,200, dormant 3'
    """
    return ", ".join(f"{label(word, locale)} {n:,}" for word, n in counts.items())


def parts_told(room: str, parts: Mapping[str, Any], locale: str) -> list[str]:
    """Each part below its heading.

    Args:
        room: Whose labels name the parts.
        parts: What has a text of its own, by name.
        locale: ``en`` or ``zh``.
    """
    return [
        f"{label(f'{room}.{name}', locale)}\n{part.text(locale)}" for name, part in parts.items()
    ]
