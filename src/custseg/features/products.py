"""What a customer buys, where, how it is paid, and in which month of the year."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Codes, Column, Index
from custseg.features.ledger import Ledger
from custseg.features.pairs import Pairs
from custseg.features.periods import month_of

MONTHS: Final = tuple(f"{month:02d}" for month in range(1, 13))


def products(ledger: Ledger) -> Mapping[str, Column]:
    """Different products and categories; favourite category, channel, month, way to pay.

    The favourite is what most purchases are of; among equals what most money went into, then the
    first by name. Refunds do not count.
    """
    return {
        "products": _different(ledger, "product"),
        "categories": _different(ledger, "category"),
        "favourite_category": _favourite(ledger, "category"),
        "favourite_channel": _favourite(ledger, "channel"),
        "favourite_payment": _favourite(ledger, "payment_method"),
        "favourite_month": Codes(_pairs(ledger, _months(ledger)).favourite(), MONTHS),
    }


def _different(ledger: Ledger, role: str) -> Column:
    if not ledger.events.has(role):
        return np.full(ledger.events.size, np.nan)
    return _pairs(ledger, ledger.events.text(role).at).count()


def _favourite(ledger: Ledger, role: str) -> Codes:
    events = ledger.events
    if not events.has(role):
        return Codes(np.full(events.size, -1, dtype=np.intp), (), plain=True)
    codes = events.text(role)
    words = tuple(sorted(codes.words))
    return Codes(_pairs(ledger, codes.recode(words)).favourite(), words, plain=True)


def _months(ledger: Ledger) -> Index:
    """Month of the year of each row, counted from 0."""
    return month_of(ledger.events.clock.day) % len(MONTHS)


def _pairs(ledger: Ledger, thing: Index) -> Pairs:
    buys = ledger.buys
    code, units = ledger.events.code, ledger.units
    if not buys.all():
        code, thing, units = code[buys], thing[buys], units[buys]
    return Pairs.of(code, thing, units, ledger.events.size)
