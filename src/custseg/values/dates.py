"""Calendar days from many spellings; impossible ones are told, never guessed."""

import re
from datetime import date
from typing import Final, Literal

from custseg.values.junk import filler, placeholder
from custseg.values.tables import table
from custseg.values.text import plain, tidy

Order = Literal["dmy", "mdy"]
"""Which comes first in 03/04/2024: the day or the month."""

_TIME: Final = r"(?:[T\s]+.*)?"
_YEAR_FIRST: Final = re.compile(
    rf"([0-9]{{4}})(?:\s*[-/._年]\s*|\s)([0-9]{{1,2}})(?:\s*[-/._月]\s*|\s)([0-9]{{1,2}})"
    rf"\s*[日号]?{_TIME}"
)
_SHORT_YEAR: Final = re.compile(rf"([0-9]{{2}})年([0-9]{{1,2}})月([0-9]{{1,2}})[日号]?{_TIME}")
_COMPACT: Final = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[T\s]*[0-9]{2}:?[0-9]{2}.*|[0-9]{6})?"
)
_YEAR_LAST: Final = re.compile(
    rf"([0-9]{{1,2}})\s*[-/._]\s*([0-9]{{1,2}})\s*[-/._]\s*([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_DAY_MONTH: Final = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[\s.-]*([^\W\d_]{{3,10}})[\s.,-]*([0-9]{{4}}|[0-9]{{2}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"([^\W\d_]{{3,10}})[\s.-]*([0-9]{{1,2}})(?:st|nd|rd|th)?[\s.,-]+([0-9]{{4}}){_TIME}",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]+)|\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?",
    re.IGNORECASE,
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# Names of months in German, French, Spanish, Italian and Portuguese, without accents.
_FOREIGN_MONTHS: Final = {
    name: number
    for number, names in enumerate(table("months")["names"], 1)
    for name in names.split("/")
}
# Years are counted from the first year of an era.
_ERAS: Final = {name: int(year) for name, year in map(str.split, table("months")["eras"])}
_ERA: Final = re.compile(rf"({'|'.join(_ERAS)})\s*([0-9]{{1,3}}|元)\s*(?=[年./-])", re.IGNORECASE)
_OF: Final = re.compile(r"(?<=\s)(?:de|del|of)\s+|(?<=[0-9])(?:er|º|ª|\.)(?=\s)", re.IGNORECASE)
_NUMERALS: Final = str.maketrans("\u3007\u96f6\u25cb一二三四五六七八九", "000123456789")
_TEN: Final = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")
_THOUSANDS: Final = re.compile(
    "([一二两])千(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)年"
)
_LUNAR: Final = re.compile(r"农历|阴历|闰|正月|腊月|冬月|初[一二三四五六七八九十]")
_PLACEHOLDERS: Final = frozenset(
    {
        date(1, 1, 1),
        date(1899, 12, 30),
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(1970, 1, 1),
        date(9999, 12, 31),
    }
)
_PIVOT: Final = 69
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_LONGEST: Final = 80


def read(text: str | None, *, order: Order = "dmy") -> tuple[date | None, str | None]:
    """Read one calendar day.

    Months may be named in English, German, French, Spanish, Italian or Portuguese; years may be
    counted from the Republic of China (民国) or in the eras of Japan.

    Args:
        text: The date as it was typed, with or without a time; or None.
        order: Which comes first in ``03/04/2024``, where nothing else tells.

    Returns:
        The day (None if there is none) and the problem. Without a day:
        ``blank``, ``placeholder`` (also the days that systems write for unknown,
        such as 1900-01-01), ``repeated_digits`` (1111-11-11), ``impossible_date``, ``lunar_date``,
        ``unreadable_date``. With a day that is doubtful: ``ambiguous_order``,
        ``two_digit_year``.

    Source: ISO 8601; two-digit years by the POSIX rule (69-99 are 19xx).

    Example:
        >>> read("二〇二四年二月二十九日")
        (datetime.date(2024, 2, 29), None)
        >>> read("2023-02-29")
        (None, 'impossible_date')
        >>> read("03/04/2024", order="mdy")
        (datetime.date(2024, 3, 4), 'ambiguous_order')
    """
    if text is None:
        return None, None
    clean = tidy(text)
    if clean is None:
        return None, "blank"
    if placeholder(clean):
        return None, "placeholder"
    if len(clean) > _LONGEST:
        return None, "unreadable_date"
    if _LUNAR.search(clean):
        return None, "lunar_date"
    digits = clean if clean.isascii() else _plain_digits(_ERA.sub(_in_years, clean))
    return _read(_OF.sub("", _WEEKDAY.sub("", digits).strip()), order)


def _in_years(era: re.Match[str]) -> str:
    """A year of an era as one of the calendar: 民国77 is 1988, 令和元 is 2019."""
    year = 1 if era[2] == "元" else int(era[2])
    return str(_ERAS[era[1].upper()] + year - 1)


def _plain_digits(text: str) -> str:
    """Chinese numerals as digits: 二十三日 is 23日, 二〇二四年 is 2024年."""
    if text.isascii():
        return text
    tens = _TEN.sub(lambda m: f"{m[1] or '一'}{m[2] or '零'}", _THOUSANDS.sub(_as_said, text))
    return tens.translate(_NUMERALS)


def _as_said(year: re.Match[str]) -> str:
    """The digits of a year said in full: 两千零五 is 二〇〇五."""
    tens = (year[3] or "一") if year[4] else "〇"
    return f"{'一' if year[1] == '一' else '二'}{year[2] or '〇'}{tens}{year[5] or '〇'}年"


def _read(text: str, order: Order) -> tuple[date | None, str | None]:
    """Read a date in plain digits."""
    if not text.strip("0-/.: T"):
        return None, "placeholder"
    for form in (_YEAR_FIRST, _COMPACT):
        if found := form.fullmatch(text):
            return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT_YEAR.fullmatch(text):
        return _day(_full(found[1]), int(found[2]), int(found[3]), "two_digit_year")
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), found[3], order)
    for form, (day, month) in ((_DAY_MONTH, (1, 2)), (_MONTH_DAY, (2, 1))):
        if (found := form.fullmatch(text)) and (number := _month(found[month])):
            short = "two_digit_year" if len(found[3]) == 2 else None  # noqa: PLR2004
            return _day(_full(found[3]), number, int(found[day]), short)
    return None, "unreadable_date"


def _full(year: str) -> int:
    """A year of four digits for one of two."""
    century = (1900 if int(year) >= _PIVOT else 2000) if len(year) == 2 else 0  # noqa: PLR2004
    return century + int(year)


def _month(word: str) -> int:
    """The number of a month's English name, whole or short; 0 if it is none."""
    name = "september" if word.lower() == "sept" else plain(word)
    if name in _FOREIGN_MONTHS:
        return _FOREIGN_MONTHS[name]
    known = (i for i, month in enumerate(_MONTHS, 1) if name in {month, month[:3]})
    return next(known, 0)


def _day(
    year: int, month: int, day: int, problem: str | None = None
) -> tuple[date | None, str | None]:
    """The day, unless it is not in the calendar or only stands for unknown."""
    # The day 0 of January 1900 is how spreadsheets write the number 0.
    if year == month == day == 0 or (year, month, day) == (1900, 1, 0):
        return None, "placeholder"
    if junk := filler(f"{year:04d}{month:02d}{day:02d}"):
        return None, junk
    try:
        found = date(year, month, day)
    except ValueError:
        return None, "impossible_date"
    return (None, "placeholder") if found in _PLACEHOLDERS else (found, problem)


def _year_last(first: int, second: int, year: str, order: Order) -> tuple[date | None, str | None]:
    """A day with its year at the end: a number over twelve tells the order, or ``order`` does."""
    short = len(year) == 2  # noqa: PLR2004
    problem = "two_digit_year" if short else None
    if short and first > _LAST_DAY:  # 99-01-02
        return _day(_full(str(first)), second, int(year), problem)
    full = _full(year)
    if first > _LAST_MONTH or (second <= _LAST_MONTH and order == "dmy"):
        day, month = first, second
    else:
        day, month = second, first
    if first <= _LAST_MONTH and second <= _LAST_MONTH and first != second:
        problem = problem or "ambiguous_order"
    return _day(full, month, day, problem)
