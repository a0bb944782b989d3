"""The transactions of a log, for a profile: they are not read again."""

from typing import Final

import numpy as np

from custseg.features.events import Clock, Events, People, Sieve, Source
from custseg.features.lasting.state import TransactionState
from custseg.features.lasting.told import ledger_in
from custseg.features.lateness import LATENESS
from custseg.features.ledger import MONEY, Ledger
from custseg.features.log import TransactionLog
from custseg.frames import Keys

LOST: Final = {
    "order": ("order_not_in_log", ("orders", "average_order")),
    "product": ("product_not_in_log", ("products",)),
    "category": ("category_not_in_log", ("categories", "favourite_category")),
    "channel": ("channel_not_in_log", ("favourite_channel",)),
    "cost": ("cost_not_in_log", ("margin",)),
    "due": ("due_not_in_log", LATENESS),
    "payment_method": ("payment_method_not_in_log", ("favourite_payment",)),
}
"""What a log leaves out of its table: the remark, and the columns of a profile that are unknown."""


def ledger_of(log: TransactionLog, people: People, until: int) -> Ledger:
    """The transactions of a log up to a day.

    Args:
        log: The log.
        people: The customers.
        until: The last day that counts.

    Raises:
        DataError: The ids of the customers are of another type.
    """
    if isinstance(log, TransactionState):
        return ledger_in(log, people, until)
    report, rows = log.report, log.rows
    sieve = Sieve(report.table, report.rows)
    sieve.left_out |= report.left_out
    sieve.notes |= {note: n for note, n in report.notes.items() if note != "refund"}
    code, size = people.placed(Keys(rows.code, log.ids.keys.uniques), sieve, log.ids.column)
    sieve.drop("after_as_of", np.asarray(rows.day > until))
    used = sieve.used
    clock = Clock(rows.day, log.second).take(used)
    units = rows.units if used is None else rows.units[used]
    sieve.note("refund", int(np.count_nonzero(units < 0)))
    lost = [LOST[role] for role in LOST if role in log.columns]
    for remark, _ in lost:
        sieve.note(remark, len(units))
    unknown = [name for _, names in lost for name in names]
    unknown += [] if log.priced else MONEY
    silent = frozenset[str]() if log.priced else frozenset({"amount"})
    source = Source(report.table, log.like, {}, log.conventions, silent=silent)
    events = Events(source, code if used is None else code[used], size, clock, used, sieve)
    return Ledger(events, units, unknown=tuple(unknown))
