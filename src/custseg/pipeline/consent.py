"""Who may be contacted: consent and do-not-contact, which every list of actions respects."""

from typing import Any

import numpy as np

from custseg._typing import Codes, Index
from custseg.frames import Table
from custseg.values.flags import flag

DO_NOT_CONTACT = "do_not_contact"
CONSENT = "consent"
WORDS = ("may_contact", "do_not_contact", "no_consent", "consent_unknown")


def contactable(table: Table[Any]) -> Codes:
    """Whether each customer may be contacted, and if not, why.

    A do-not-contact flag forbids, also one that says neither yes nor no; where there is a consent
    column only an explicit yes allows: unknown consent is not consent.

    Args:
        table: Customers, with the columns ``do_not_contact`` and ``consent`` where they are kept.

    >>> from custseg.frames import table
    >>> contactable(table([{"consent": "是"}, {"consent": None}, {"consent": "no"}])).texts()
    ['may_contact', 'consent_unknown', 'no_consent']
    """
    at: Index = np.zeros(table.size, dtype=np.intp)
    if CONSENT in table.columns:
        at = _by_value(table, CONSENT, {True: 0, False: 2, None: 3}, unknown=3)
    if DO_NOT_CONTACT in table.columns:
        forbidden = _by_value(table, DO_NOT_CONTACT, {True: 1, False: 0, None: 1}, unknown=0)
        at = np.where(forbidden > 0, forbidden, at)
    return Codes(at, WORDS)


def _by_value(
    table: Table[Any], name: str, places: dict[bool | None, int], *, unknown: int
) -> Index:
    held = table.values(name)
    return np.array([*(places[flag(value)] for value in held.words), unknown])[held.at]
