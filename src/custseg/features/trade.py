"""What transactions say of each customer: when, how much, what, and how it is paid."""

from collections.abc import Mapping

import numpy as np

from custseg._typing import Column
from custseg.features.lateness import lateness
from custseg.features.layout import unknown
from custseg.features.ledger import Ledger
from custseg.features.money import money
from custseg.features.products import products
from custseg.features.rhythm import rhythm


def purchase_columns(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """What transactions say of each customer.

    Args:
        ledger: Transactions up to ``as_of``.
        as_of: The last day that counts.
    """
    found = {
        **rhythm(ledger, as_of),
        **money(ledger, as_of),
        **products(ledger),
        **lateness(ledger, as_of),
    }
    nothing = np.full(ledger.events.size, np.nan)
    blank = {name: unknown(name, len(nothing), nothing) for name in ledger.unknown}
    return found | blank
