"""How much is it: one amount, or the range that a person ticked on a form?"""

import re
from typing import Final

from custseg.values.junk import substance
from custseg.values.text import close_gaps

Range = tuple[float, float]

_UNITS: Final = {
    "": 1.0,
    "k": 1e3,
    "千": 1e3,
    "m": 1e6,
    "million": 1e6,
    "w": 1e4,
    "万": 1e4,
    "百万": 1e6,
    "亿": 1e8,
}
_AMOUNT: Final = r"([0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?)\s*(million|百万|[kmw千万亿])?"
_MARKS: Final = re.compile(
    r"[¥￥$€£]|\b(?:rmb|cny|usd|eur|gbp|aud|cad|income|about|approx)\b|人民币|美元|欧元|英镑|元|圆|块"
    r"|年收入|年薪|月收入|月薪|收入|约|每年|每月|/\s*[年月]|年|月|\b(?:per|a)\s+(?:year|month|annum)\b"
    r"|/\s*(?:year|month|yr|mo)\b|\b(?:monthly|yearly|annually|annual|p\.?a\.?)\b"
)
_MONTHLY: Final = re.compile(r"月|month|/\s*mo\b")
_BELOW: Final = re.compile(
    rf"(?:under|below|less than|up to|<=?|≤|不足|低于|小于)\s*{_AMOUNT}"
    rf"|{_AMOUNT}\s*(?:以下|以内|or less|and below)"
)
_ABOVE: Final = re.compile(
    rf"(?:over|above|more than|at least|from|>=?|≥|超过|高于|大于)\s*{_AMOUNT}"
    rf"|{_AMOUNT}\s*(?:\+|以上|及以上|or more|and over|and above)"
)
_BETWEEN: Final = re.compile(rf"{_AMOUNT}\s*(?:-|–|—|~|～|to|至|到|and)\s*{_AMOUNT}")
_ONE: Final = re.compile(_AMOUNT)
_LONGEST: Final = 60


def read(text: str | None) -> Range | None:
    """Read an amount of money a year, or a range of it.

    Ranges count from their lower end up to, and without, their upper end, so that 10-20万 lies
    between the edges 100,000 and 200,000. What is said to be a month's is taken twelve times.

    Args:
        text: The amount as it was typed, or None.

    Returns:
        The lower and the upper end, equal for one amount; None if none can be read.

    Example:
        >>> read("10-20万"), read("50万以上"), read("under 30k"), read("月薪 8,000 元")
        ((100000.0, 200000.0), (500000.0, inf), (0.0, 30000.0), (96000.0, 96000.0))
        >>> read("secret") is None
        True
    """
    clean = substance(text)
    if not isinstance(clean, str) or len(clean) > _LONGEST:
        return None
    said = close_gaps(clean.lower())
    times = 12.0 if _MONTHLY.search(said) else 1.0
    found = _range(" ".join(_MARKS.sub(" ", said).split()))
    return (found[0] * times, found[1] * times) if found else None


def _range(said: str) -> Range | None:
    """The range that is left when currencies and periods are taken away."""
    if one := _ONE.fullmatch(said):
        amount = _times(one[1], one[2])
        return amount, amount
    if below := _BELOW.fullmatch(said):
        return 0.0, _times(below[1] or below[3], below[2] or below[4])
    if above := _ABOVE.fullmatch(said):
        return _times(above[1] or above[3], above[2] or above[4]), float("inf")
    if both := _BETWEEN.fullmatch(said):
        low, high = _times(both[1], both[2] or both[4]), _times(both[3], both[4])
        return (low, high) if low <= high else None
    return None


def _times(digits: str, unit: str | None) -> float:
    return float(digits.replace(",", "").replace("，", "")) * _UNITS[unit or ""]
