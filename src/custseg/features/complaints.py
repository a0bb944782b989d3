"""What customers come with: complaints, of late and still open, enquiries, suggestions, praise."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Bools, Column, Floats, Ints
from custseg.features.contact import count_of, last_day, said
from custseg.features.conventions import means
from custseg.features.events import Events

KINDS: Final = {"enquiries": "enquiry", "suggestions": "suggestion", "praises": "praise"}
YEAR_DAYS: Final = 365


def matters(events: Events, as_of: int) -> Mapping[str, Column]:
    """Feedback by kind; complaints in 365 days, not settled yet, and days since the last one.

    A complaint that was settled after ``as_of`` was open then, whatever its status says now.

    Args:
        events: Feedback up to ``as_of``.
        as_of: The last day that counts.
    """
    if not events.has("feedback_kind"):
        return {}
    own = events.source.conventions.complaints
    complaint = said(events, "feedback_kind", means("complaint", own))
    columns: dict[str, Column] = {
        "complaints": events.count(complaint),
        "complaints_365d": events.count(complaint & (events.clock.day > as_of - YEAR_DAYS)),
        "complaint_days": as_of - last_day(events, complaint),
        "open_complaints": _open(events, complaint, as_of),
    }
    for name, code in KINDS.items():
        columns[name] = count_of(events, "feedback_kind", means(code))
    return columns


def _open(events: Events, complaint: Bools, as_of: int) -> Floats | Ints:
    if not (events.has("resolved") or events.has("status")):
        return np.full(events.size, np.nan)
    is_open = complaint
    if events.has("status"):
        is_open = is_open & ~said(events, "status", means("resolved"))
    if events.has("resolved"):
        day = events.day("resolved")
        is_open = np.where(np.isnan(day), is_open, complaint & (day > as_of))
    return events.count(is_open)
