"""Statuses of orders: which void one, and which are not known."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from custseg.features.conventions import customary, spoken
from custseg.values.tables import table
from custseg.values.text import tidy

_COMMA: Final = re.compile(r"[,\uff0c]")
VOIDING: Final = ("void", "unpaid", "refunded")
"""Statuses of orders that are no purchases: cancelled, not paid yet, paid back in full."""


def status_of(word: str) -> str:
    """What a status means; empty where it is not known.

    >>> (
    ...     status_of("交易关闭"),
    ...     status_of("Partially_refunded"),
    ...     status_of("等待买家付款"),
    ...     status_of("已取消，退款成功"),
    ...     status_of("x"),
    ... )
    ('void', 'partly', 'unpaid', 'void', '')
    """
    if whole := _meaning(word):
        return whole
    parts = [_meaning(part) for part in _COMMA.split(word)]
    voided = next((part for part in parts if part in VOIDING), "")
    return voided or (parts[0] if all(parts) else "")


def voiding(words: Iterable[str]) -> tuple[str, ...]:
    """The statuses that void an order though they are not customary.

    >>> voiding(["已退款", "voided", "paid"])
    ('已退款',)
    """
    known = customary("void")
    return tuple(w for w in words if spoken(w) not in known and status_of(w) in VOIDING)


def unknown(words: Mapping[str, int]) -> dict[str, int]:
    """The statuses that are not known, with how many orders have them; they count as purchases.

    >>> unknown({"paid": 3, "hm": 1})
    {'hm': 1}
    """
    return {word: number for word, number in words.items() if not status_of(word)}


def _meaning(word: str) -> str:
    said = _said(word)
    return "void" if said in customary("void") else _meanings().get(said, "")


def _said(word: str) -> str:
    return spoken(tidy(word) or "")


@cache
def _meanings() -> dict[str, str]:
    kinds = (*VOIDING, "partly", "bought")
    return {_said(word): kind for kind in kinds for word in table("exports")[kind]}
