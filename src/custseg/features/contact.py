"""How much contact there is, of which kind, and how long ago."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Column, Floats, Ints
from custseg.features.conventions import means, spoken
from custseg.features.events import Events

CHANNELS: Final = ("call", "email", "meeting", "chat", "visit", "social")
DIRECTIONS: Final = ("inbound", "outbound")


def contact(events: Events, as_of: int) -> Mapping[str, Column]:
    """Interactions, in all and by direction and channel, and days since the last one.

    Args:
        events: Interactions up to ``as_of``.
        as_of: The last day that counts.
    """
    columns: dict[str, Column] = {
        "interactions": events.count(),
        "contact_days": as_of - last_day(events),
    }
    for role, codes in (("direction", DIRECTIONS), ("channel", CHANNELS)):
        columns |= {f"interactions_{code}": _of(events, role, code) for code in codes}
    return columns


def last_day(events: Events) -> Floats:
    """Day of the last event of each customer, NaN where there is none."""
    last = np.full(events.size, np.iinfo(np.int32).min, dtype=np.int32)
    np.maximum.at(last, events.code, events.clock.day)
    return np.where(events.count() > 0, last, np.nan)


def _of(events: Events, role: str, code: str) -> Floats | Ints:
    if not events.has(role):
        return np.full(events.size, np.nan)
    return count_of(events, role, means(code))


def count_of(events: Events, role: str, words: frozenset[str]) -> Ints:
    """Events of each customer whose column says one of these words."""
    codes = events.text(role)
    meant = np.array([*(spoken(word) in words for word in codes.words), False])
    return events.count(meant[codes.at])
