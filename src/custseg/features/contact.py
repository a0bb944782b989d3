"""How much contact there is, of which kind, from which side, and how long ago."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Bools, Column, Floats, Ints
from custseg.features.conventions import means, spoken
from custseg.features.events import Events

CHANNELS: Final = ("call", "email", "meeting", "chat", "visit", "social")
DIRECTIONS: Final = ("inbound", "outbound")
QUARTER_DAYS: Final = 90


def contact(events: Events, as_of: int) -> Mapping[str, Column]:
    """Interactions: how many, of late, by direction and channel; since when; who is silent.

    Args:
        events: Interactions up to ``as_of``.
        as_of: The last day that counts.
    """
    columns: dict[str, Column] = {
        "interactions": events.count(),
        "interactions_90d": events.count(events.clock.day > as_of - QUARTER_DAYS),
        "contact_days": as_of - last_day(events),
    }
    for code in CHANNELS:
        columns[f"interactions_{code}"] = _of(events, "channel", code)
    return {**columns, **_sides(events, as_of)}


def _sides(events: Events, as_of: int) -> Mapping[str, Column]:
    """What came from the customer, what went out, and what got no answer."""
    if not events.has("direction"):
        return {}
    came, went = (said(events, "direction", means(code)) for code in DIRECTIONS)
    inbound, outbound = events.count(came), events.count(went)
    both = inbound + outbound
    return {
        "interactions_inbound": inbound,
        "interactions_outbound": outbound,
        "inbound_share": np.where(both > 0, inbound / np.maximum(both, 1), np.nan),
        "inbound_days": as_of - last_day(events, came),
        "outbound_days": as_of - last_day(events, went),
        "unanswered": _unanswered(events, came, went),
    }


def _unanswered(events: Events, came: Bools, went: Bools) -> Ints:
    """What went out after the last that came in; on days without times the same day answers."""
    moment = events.clock.moment
    heard = np.full(events.size, np.iinfo(np.int64).min)
    np.maximum.at(heard, events.code[came], moment[came])
    return events.count(went & (moment > heard[events.code]))


def last_day(events: Events, where: Bools | None = None) -> Floats:
    """Day of the last event of each customer, NaN where there is none."""
    never = np.iinfo(np.int32).min
    last = np.full(events.size, never, dtype=np.int32)
    code, day = events.code, events.clock.day
    if where is not None:
        code, day = code[where], day[where]
    np.maximum.at(last, code, day)
    return np.where(last > never, last, np.nan)


def _of(events: Events, role: str, code: str) -> Floats | Ints:
    if not events.has(role):
        return np.full(events.size, np.nan)
    return count_of(events, role, means(code))


def count_of(events: Events, role: str, words: frozenset[str]) -> Ints:
    """Events of each customer whose column says one of these words."""
    return events.count(said(events, role, words))


def said(events: Events, role: str, words: frozenset[str]) -> Bools:
    """The events whose column says one of these words."""
    codes = events.text(role)
    meant = np.array([*(spoken(word) in words for word in codes.words), False])
    return meant[codes.at]
