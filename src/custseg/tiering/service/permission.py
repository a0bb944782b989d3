"""Who may be contacted? A refusal forbids; where consent is asked, only a yes allows."""

from collections.abc import Mapping
from typing import Final, cast

import numpy as np

from custseg._typing import Codes, Columns, Index
from custseg.values.columns import ContactFlag
from custseg.values.flags import flag

WITHHELD: Final = ("consent_unknown", "no_consent", "do_not_contact")
"""Why somebody may not be contacted, the strictest last."""


def forbids(word: str | None, holds: ContactFlag) -> int:
    """How strictly one cell forbids contact: 0 not at all, else the place in ``WITHHELD`` from 1.

    Args:
        word: What the cell says; ``None`` where it says nothing.
        holds: What a yes means.

    >>> forbids("yes", "permission"), forbids(None, "permission"), forbids("perhaps", "refusal")
    (0, 1, 3)
    """
    said = None if word is None else flag(word)
    if holds == "permission":
        return {True: 0, None: 1, False: 2}[said]
    return 0 if word is None or said is False else 3


def forbidden(cols: Columns, flags: Mapping[str, ContactFlag], size: int) -> Index:
    """The same of each customer; of several columns the strictest decides.

    Args:
        cols: The columns, read as texts.
        flags: What a yes means in each of them.
        size: Number of customers.

    >>> cols = {"consent": Codes(np.array([0, 1, -1]), ("yes", "no"))}
    >>> forbidden(cols, {"consent": "permission"}, 3).tolist()
    [0, 2, 1]
    """
    at: Index = np.zeros(size, dtype=np.intp)
    for name, holds in flags.items():
        codes = cast("Codes", cols[name])
        words: tuple[str | None, ...] = (*codes.words, None)
        at = np.maximum(at, np.array([forbids(word, holds) for word in words])[codes.at])
    return at
