"""Amounts of money and numbers as exports write them."""

import re
from collections.abc import Iterable
from typing import Final, Literal

from custseg.values.tables import longest_first, table
from custseg.values.text import tidy

Mark = Literal[".", ","]
"""What stands before the cents."""

_SIGNS: Final = re.compile(
    "|".join(map(re.escape, longest_first(table("exports")["currency_signs"])))
)
_CODES: Final = re.compile(r"^(?:RMB|[A-Z]{3}|[A-Z]{2}(?=\$))\s*|\s*(?:RMB|[A-Z]{3})$")
_PLAIN: Final = re.compile(r"[0-9]+(?:[.][0-9]*)?|[.][0-9]+")
_GROUPED: Final = {
    ".": re.compile(r"[0-9]{1,3}(?:[,' ][0-9]{3})+(?:[.][0-9]*)?"),
    ",": re.compile(r"[0-9]{1,3}(?:[.' ][0-9]{3})+(?:,[0-9]*)?|[0-9]*,[0-9]+"),
}
_THOUSAND: Final = re.compile(r"[0-9]{1,3}[.][0-9]{3}")
_EXPONENT: Final = re.compile(r"[0-9](?:[.][0-9]+)?E[+-]?[0-9]{1,2}", re.IGNORECASE)


def stripped(text: str) -> tuple[str, bool]:
    """An amount without its currency, and whether it is below 0.

    >>> stripped("￥1,234.50元"), stripped("(12.00)"), stripped("USD -5"), stripped("-$3")
    (('1,234.50', False), ('12.00', True), ('5', True), ('3', True))
    """
    said = (tidy(text) or "").replace("\u2212", "-")
    below = said.startswith("(") and said.endswith(")")
    said = _bare(said[1:-1] if below else said)
    if said[:1] in {"-", "+"}:
        below, said = below or said[0] == "-", _bare(said[1:])
    elif said.endswith("-"):
        below, said = True, _bare(said[:-1])
    return said, below


def plain(text: str, mark: Mark = ".") -> str | None:
    """An amount as plain digits; ``None`` if it is none.

    Args:
        text: The amount as it was written.
        mark: What stands before the cents.

    >>> plain("¥ 1,234.50"), plain("1.234,50 €", ","), plain("(99)"), plain("n/a")
    ('1234.50', '1234.50', '-99', None)
    """
    said, below = stripped(text)
    if mark == "," and (_GROUPED[mark].fullmatch(said) or _THOUSAND.fullmatch(said)):
        said = said.translate(_CONTINENTAL)
    elif _GROUPED["."].fullmatch(said):
        said = said.translate(_ENGLISH)
    elif not (_PLAIN.fullmatch(said) or _EXPONENT.fullmatch(said)):
        return None
    return f"-{said}" if below and said.strip("0.") else said


_CONTINENTAL: Final = str.maketrans({".": "", "'": "", " ": "", ",": "."})
_ENGLISH: Final = str.maketrans({",": "", "'": "", " ": ""})


def cents(values: Iterable[str]) -> tuple[Mark | None, bool]:
    """What stands before the cents in a column, and whether its values prove it.

    ``1,234`` may be a thousand or a little over one; ``1,234.50``, ``12,50`` and ``1.234.567``
    leave no doubt. ``1.234`` may be either as well, so one amount with other cents has to tell.

    Returns:
        The mark, ``None`` where values contradict one another; and whether it is proved, or no
        value needs it.

    >>> cents(["1,234.50", "12"]), cents(["1.234,50"]), cents(["1,234"]), cents(["12.5", "3"])
    (('.', True), (',', True), ('.', False), ('.', True))
    >>> cents(["1,234.50", "12,5"]), cents(["1.234", "2.500"]), cents(["1.234", "2.5"])
    ((None, False), ('.', False), ('.', True))
    """
    told = {_told(stripped(value)[0]) for value in values}
    if {".", ","} <= told:
        return None, False
    return ("," if "," in told else "."), bool({".", ","} & told) or "?" not in told


def currency(text: str) -> str | None:
    """The currency that an amount is written with; of a sign that several have, the sign.

    >>> [currency(text) for text in ("12元", "12.00 EUR", "US$12", "￥12", "12")]
    ['CNY', 'EUR', 'USD', '¥', None]
    """
    said = tidy(text) or ""
    if code := _CODE.search(said):
        return _CODE_OF.get(code[0], code[0])
    sign = _SIGNS.search(said)
    return None if sign is None else _CODE_OF.get(sign[0], sign[0])


def code_of(word: str) -> str | None:
    """The code of a currency that a column names; ``None`` if it is not known.

    >>> [code_of(word) for word in ("人民币", "rmb", "US Dollar", "eur", "日元", "points")]
    ['CNY', 'CNY', 'USD', 'EUR', 'JPY', None]
    """
    said = (tidy(word) or "").casefold()
    return _NAMED.get(said) or (said.upper() if _THREE.fullmatch(said) else currency(word))


_THREE: Final = re.compile(r"[a-z]{3}")
_CODE: Final = re.compile(r"(?<![A-Z])(?:[A-Z]{3}|[A-Z]{2}\$)(?![A-Z])")
_CODE_OF: Final = {
    sign: code
    for sign, _, code in (pair.rpartition(" ") for pair in table("exports")["currency_codes"])
}
_NAMED: Final = {sign.casefold(): code for sign, code in _CODE_OF.items()}


def _bare(said: str) -> str:
    return _SIGNS.sub("", _CODES.sub("", said.strip())).strip()


def _told(said: str) -> str:
    """What one amount proves: a point, a comma, ``?`` for either, nothing."""
    marks = [char for char in said if char in ".,"]
    if not marks or not said[0].isdigit():
        return ""
    if len(set(marks)) == len(".,"):
        return marks[-1]
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    head, _, tail = said.partition(marks[0])
    if len(tail) == len("000") and len(head) <= len("000") and head != "0":
        return "?"
    return marks[0]
