"""How a customer pays: on time or late, and what is overdue."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Bools, Column, Floats, Ints
from custseg.features.ledger import Ledger
from custseg.frames import amounts

LATENESS: Final = ("late_share", "late_days", "overdue", "overdue_days")


def lateness(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """Late payments and what is overdue, from the days that purchases were due and paid on.

    A purchase tells how a customer pays once it is due or paid; on its day it is not late yet.
    What was paid after ``as_of`` was unpaid then. Refunds are not payments.

    Args:
        ledger: Transactions up to ``as_of``.
        as_of: The last day that counts.
    """
    if not (ledger.events.has("due") and ledger.events.has("settled")):
        return dict.fromkeys(LATENESS, np.full(ledger.events.size, np.nan))
    due, paid = ledger.events.day("due"), ledger.events.day("settled")
    unpaid = ~(paid <= as_of)
    late = np.where(unpaid, as_of, paid) - due
    telling = ledger.buys & ((due <= as_of) | (~np.isnan(due) & ~unpaid))
    days = np.maximum(np.where(telling, late, 0), 0).astype(np.int64)
    overdue = unpaid & (days > 0)
    return {
        "late_share": _mean(ledger, (days > 0).astype(np.int64), telling),
        "late_days": _mean(ledger, days, telling),
        "overdue": amounts(ledger.total(ledger.units, overdue)),
        "overdue_days": _longest(ledger, days, overdue),
    }


def _mean(ledger: Ledger, whole: Ints, where: Bools) -> Floats:
    count = ledger.events.count(where)
    return np.where(count > 0, ledger.total(whole, where) / np.maximum(count, 1), np.nan)


def _longest(ledger: Ledger, days: Ints, where: Bools) -> Floats:
    most = np.zeros(ledger.events.size, dtype=np.int64)
    np.maximum.at(most, ledger.events.code[where], days[where])
    return np.where(most > 0, most, np.nan)
