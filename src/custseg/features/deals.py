"""Which deals with a customer are open."""

from collections.abc import Mapping

import numpy as np

from custseg._typing import Bools, Column
from custseg.features.conventions import means, spoken
from custseg.features.events import Clock, Events, People, Sieve, Source, in_time


def read_deals(source: Source, people: People, until: int) -> Events:
    """Read opportunities that were opened up to a day.

    Args:
        source: The table; one that says no date of opening counts, with a note.
        people: The customers.
        until: The last day that counts.
    """
    sieve = Sieve(source.name, source.table.size)
    code, size = people.placed(source.keys(), sieve, source.columns["customer"])
    clock = Clock(np.zeros(len(code), dtype=np.int32), np.zeros(len(code), dtype=np.int32))
    if source.has("opened"):
        moments = source.moments("opened")
        clock = in_time(moments, sieve, until)
        undated = ~moments.known if sieve.kept is None else ~moments.known & sieve.kept
        sieve.note("undated", int(np.count_nonzero(undated)))
    used = sieve.used
    code = code if used is None else code[used]
    return Events(source, code, size, clock.take(used), used, sieve)


def deals(events: Events, as_of: int) -> Mapping[str, Column]:
    """Opportunities that are neither won nor lost.

    One that was closed after ``as_of`` was open then, whatever its stage says now.

    Args:
        events: Opportunities opened up to ``as_of``.
        as_of: The last day that counts.
    """
    return {"open_opportunities": events.count(_open(events, as_of))}


def _open(events: Events, as_of: int) -> Bools:
    is_open = np.ones(len(events.code), dtype=np.bool_)
    if events.has("stage"):
        codes = events.text("stage")
        over = means("closed", events.source.conventions.closed_stages)
        is_open = np.array([*(spoken(word) not in over for word in codes.words), True])[codes.at]
    if not events.has("closed"):
        return is_open
    moments = events.source.moments("closed")
    known, day = moments.known, moments.day
    if events.used is not None:
        known, day = known[events.used], day[events.used]
    return np.where(known, day > as_of, is_open)
