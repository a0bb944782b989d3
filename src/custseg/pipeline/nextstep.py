"""What to do next for one customer, as a reason."""

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any

from custseg import frames
from custseg.features.consent import WORDS
from custseg.features.daynumbers import as_date, day_of
from custseg.pipeline.actions import BOOK, planned
from custseg.reasons import Reason


def next_step(row: Mapping[str, Any], intervals: Mapping[str, int | None], as_of: date) -> Reason:
    """What is to be done for a decided customer, and when.

    Args:
        row: The decided row.
        intervals: Tier -> days between contacts; ``None``: none on our own initiative.
        as_of: The day.

    >>> row = {"lifecycle": "dormant", "tier": "low", "contact_days": 400.0}
    >>> next_step(row, {"low": 90}, date(2026, 6, 30)).text()
    'Next: win back. A contact has been due since 2025-08-24.'
    """
    if row.keys() >= BOOK:
        return _by_book(row, as_of)
    said, due = planned(frames.table([dict(row)]), intervals, day_of(as_of))
    (what,), day = said.texts(), float(due[0])
    if isnan(day):
        return Reason("next_nothing") if what not in WORDS else _withheld(what)
    known = row.get("contact_days") is not None
    return _due(str(what), as_date(day) if known else None, as_of)


def _by_book(row: Mapping[str, Any], as_of: date) -> Reason:
    """As the book of services has decided."""
    if row["due_reason"] in WORDS:
        return _withheld(row["due_reason"])
    day = row["next_contact_due"]
    if row["contact_due"] == "now" and not isinstance(day, date):
        return _due(str(row["action"]), None, as_of)
    planned_day = isinstance(day, date) and row["action"] is not None
    return _due(str(row["action"]), day, as_of) if planned_day else Reason("next_nothing")


def _due(action: str, day: date | None, as_of: date) -> Reason:
    if action in WORDS:
        return _withheld(action)
    if day is None:
        return Reason("next_due_now", {"action": action})
    said = {"action": action, "day": day.isoformat()}
    return Reason("next_due", said) if day <= as_of else Reason("next_later", said)


def _withheld(why: object) -> Reason:
    return Reason("next_withheld", {"why": str(why)})
