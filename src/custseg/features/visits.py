"""How much a customer looks around on the site or in the app."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Column, Floats, Ints
from custseg.features.contact import last_day
from custseg.features.events import Events

MONTH_DAYS: Final = 30


def visits(events: Events, as_of: int) -> Mapping[str, Column]:
    """Visits, in all and of late, days since the last one, and clicks for each page seen.

    Args:
        events: Visits up to ``as_of``.
        as_of: The last day that counts.
    """
    return {
        "visits": events.count(),
        "visits_30d": events.count(events.clock.day > as_of - MONTH_DAYS),
        "visit_days": as_of - last_day(events),
        "click_rate": click_rate(events),
    }


def click_rate(events: Events) -> Floats:
    """Clicks divided by pages, over the visits that know both; NaN where no page was seen."""
    if not (events.has("pages") and events.has("clicks")):
        return np.full(events.size, np.nan)
    pages, pages_known = events.money("pages")
    clicks, clicks_known = events.money("clicks")
    both = pages_known & clicks_known
    seen, made = _total(events, pages * both), _total(events, clicks * both)
    return np.where(seen > 0, made / np.maximum(seen, 1), np.nan)


def _total(events: Events, units: Ints) -> Ints:
    """Sums in whole 1/10000: any order of rows gives the same."""
    out = np.zeros(events.size, dtype=np.int64)
    np.add.at(out, events.code, units)
    return out
