"""Who may be contacted: consent and do-not-contact, which every list of actions respects."""

from typing import Any

import numpy as np

from custseg._typing import Bools, Codes, Index
from custseg.frames import Table

DO_NOT_CONTACT = "do_not_contact"
CONSENT = "consent"
_NO = frozenset({"0", "false", "no", "n", "off", "none", "否", "无", "不", "f"})
WORDS = ("may_contact", "do_not_contact", "no_consent", "consent_unknown")


def contactable(table: Table[Any]) -> Codes:
    """Whether each customer may be contacted, and if not, why.

    A do-not-contact flag forbids; where there is a consent column only an explicit yes allows:
    unknown consent is not consent.

    Args:
        table: Customers, with the columns ``do_not_contact`` and ``consent`` where they are kept.

    >>> from custseg.frames import table
    >>> contactable(table([{"consent": True}, {"consent": None}, {"consent": "no"}])).texts()
    ['may_contact', 'consent_unknown', 'no_consent']
    """
    at: Index = np.zeros(table.size, dtype=np.intp)
    if CONSENT in table.columns:
        given, known = flag(table, CONSENT)
        at = np.where(given, 0, np.where(known, 2, 3))
    if DO_NOT_CONTACT in table.columns:
        forbidden, _ = flag(table, DO_NOT_CONTACT)
        at = np.where(forbidden, 1, at)
    return Codes(at, WORDS)


def flag(table: Table[Any], name: str) -> tuple[Bools, Bools]:
    """A yes-or-no column, however it is written: whether it says yes, and whether it says.

    Args:
        table: The table.
        name: Column of booleans, numbers or words in Chinese or English.

    >>> from custseg.frames import table
    >>> flag(table([{"x": "是"}, {"x": 0}, {"x": None}]), "x")[0].tolist()
    [True, False, False]
    """
    held = table.values(name)
    says = np.array([*(_says(value) for value in held.words), False])
    return says[held.at], np.asarray(held.at >= 0)


def _says(value: object) -> bool:
    return str(value).strip().lower().removesuffix(".0") not in _NO
