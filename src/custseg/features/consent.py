"""Who may be contacted? Consent and do-not-contact, which every list of actions respects."""

from typing import Any

import numpy as np

from custseg._typing import Codes, Index
from custseg.frames import Table
from custseg.values.columns import contact_flag
from custseg.values.flags import flag

WORDS = ("may_contact", "consent_unknown", "no_consent", "do_not_contact")
_PERMISSION = {True: 0, None: 1, False: 2}
_REFUSAL = {False: 0, None: 3, True: 3}


def contactable(table: Table[Any]) -> Codes:
    """Whether each customer may be contacted, and if not, why.

    A do-not-contact flag forbids, also one that says neither yes nor no; where there is a consent
    column only an explicit yes allows: unknown consent is not consent. Of several columns the
    strictest decides.

    Args:
        table: Customers, with columns such as ``do_not_contact`` and ``consent`` where they are
            kept; they are known by their usual names in Chinese and English.

    >>> from custseg.frames import table
    >>> contactable(table([{"是否同意": "是"}, {"是否同意": None}, {"是否同意": "否"}])).texts()
    ['may_contact', 'consent_unknown', 'no_consent']
    """
    at: Index = np.zeros(table.size, dtype=np.intp)
    for name in table.columns:
        if holds := contact_flag(name):
            at = np.maximum(at, _by_value(table, name, permission=holds == "permission"))
    return Codes(at, WORDS)


def _by_value(table: Table[Any], name: str, *, permission: bool) -> Index:
    held = table.values(name)
    places = _PERMISSION if permission else _REFUSAL
    unknown = 1 if permission else 0
    return np.array([*(places[flag(value)] for value in held.words), unknown])[held.at]
