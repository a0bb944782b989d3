"""Days in many spellings."""

from datetime import date

import pytest

from custseg.values import dates


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "2024/2/29",
        "2024.02.29",
        "20240229",
        "2024年2月29日",
        "2024年02月29号",
        "２０２４年２月２９日",
        "二〇二四年二月二十九日",
        "二零二四年二月二十九日",
        "2024-02-29T08:30:00Z",
        "2024-02-29 08:30:00.123+08:00",
        "20240229083000",
        "29/02/2024",
        "02/29/2024",
        "29 Feb 2024",
        "29th February 2024",
        "Feb 29, 2024",
        "February 29th, 2024",
        "Thu, 29 Feb 2024",
        "2024-02-29 星期四",
        " 2024 - 2 - 29 ",
    ],
)
def test_one_day_in_many_spellings(text: str):
    assert dates.read(text) == (date(2024, 2, 29), None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2023-02-29", "impossible_date"),
        ("20231301", "impossible_date"),
        ("19371233", "impossible_date"),
        ("2023年4月31日", "impossible_date"),
        ("31 Feb 2023", "impossible_date"),
        ("1900-01-01", "placeholder"),
        ("1970-01-01", "placeholder"),
        ("0000-00-00", "placeholder"),
        ("0001-01-01 00:00:00", "placeholder"),
        ("9999-12-31", "placeholder"),
        ("00/00/00", "placeholder"),
        ("暂无", "placeholder"),
        ("", "blank"),
        ("农历八月十五", "lunar_date"),
        ("soon", "unreadable_date"),
        ("29 Foo 2024", "unreadable_date"),
        ("45296", "unreadable_date"),
        ("2024", "unreadable_date"),
        ("2024-02-29" + "0" * 100, "unreadable_date"),
    ],
)
def test_no_day_is_guessed(text: str, problem: str):
    assert dates.read(text) == (None, problem)


def test_the_order_of_day_and_month_is_told_or_flagged():
    assert dates.read("03/04/2024") == (date(2024, 4, 3), "ambiguous_order")
    assert dates.read("03/04/2024", order="mdy") == (date(2024, 3, 4), "ambiguous_order")
    assert dates.read("04/04/2024") == (date(2024, 4, 4), None)
    assert dates.read("13/04/2024", order="mdy") == (date(2024, 4, 13), None)


def test_years_of_two_digits_are_doubtful():
    assert dates.read("05-03-17") == (date(2017, 3, 5), "two_digit_year")
    assert dates.read("05-03-85") == (date(1985, 3, 5), "two_digit_year")


def test_nothing_is_no_problem():
    assert dates.read(None) == (None, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("民国77年3月4日", date(1988, 3, 4)),
        ("昭和63年3月4日", date(1988, 3, 4)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成30.4.1", date(2018, 4, 1)),
        ("3. März 2024", date(2024, 3, 3)),
        ("1er janvier 2020", date(2020, 1, 1)),
        ("3 de marzo de 2024", date(2024, 3, 3)),
        ("12 Dez. 2023", date(2023, 12, 12)),
    ],
)
def test_other_calendars_and_languages(text: str, day: date) -> None:
    assert dates.read(text) == (day, None)


@pytest.mark.parametrize(
    ("text", "problem"), [("1900/1/0", "placeholder"), ("1111-11-11", "repeated_digits")]
)
def test_days_that_only_fill_a_field(text: str, problem: str) -> None:
    assert dates.read(text) == (None, problem)


@pytest.mark.parametrize(
    ("text", "day", "problem"),
    [
        ("两千年一月一日", date(2000, 1, 1), None),
        ("两千零五年十二月三日", date(2005, 12, 3), None),
        ("二千零二十四年二月二十九日", date(2024, 2, 29), None),
        ("一千九百八十五年十月一日", date(1985, 10, 1), None),
        ("85年10月1日", date(1985, 10, 1), "two_digit_year"),
        ("12-Mar-85", date(1985, 3, 12), "two_digit_year"),
        ("99-01-02", date(1999, 1, 2), "two_digit_year"),
        ("2024 01 02", date(2024, 1, 2), None),
        ("85年13月1日", None, "impossible_date"),
    ],
)
def test_years_said_in_full_and_years_of_two_digits(
    text: str, day: date | None, problem: str | None
) -> None:
    assert dates.read(text) == (day, problem)
