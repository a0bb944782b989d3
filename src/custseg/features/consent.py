"""Who may be contacted? Consent and do-not-contact, which every list of actions respects."""

from typing import Any

import numpy as np

from custseg._typing import Codes, Index
from custseg.frames import Distinct, Table
from custseg.values.columns import ContactFlag, contact_flag
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
            at = np.maximum(at, strictness_of(table.values(name), holds))
    return Codes(at, WORDS)


def strictness_of(held: Codes | Distinct, holds: ContactFlag) -> Index:
    """How strictly a column forbids to contact each customer: a place in ``WORDS``.

    Args:
        held: The column.
        holds: Whether it gives leave or refuses it.
    """
    words = (*held.words, None)
    return np.array([strictness(word, holds) for word in words], dtype=np.intp)[held.at]


def strictness(value: object, holds: ContactFlag) -> int:
    """How strictly one value forbids to contact a customer: its place in ``WORDS``.

    Args:
        value: The value; ``None`` where there is none.
        holds: Whether its column gives leave or refuses it.

    >>> [WORDS[strictness(word, "permission")] for word in ("yes", None, "no")]
    ['may_contact', 'consent_unknown', 'no_consent']
    >>> [WORDS[strictness(word, "refusal")] for word in ("no", None, "perhaps")]
    ['may_contact', 'may_contact', 'do_not_contact']
    """
    said = None if value is None else flag(value)
    if holds == "permission":
        return _PERMISSION[said]
    return 0 if value is None else _REFUSAL[said]
