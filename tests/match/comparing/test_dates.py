import pytest

from comparedsides import level
from custseg.match import Dates

DATES = Dates("born")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1984-03-07", "07/03/1984", "exact"),
        ("1984-03-07", "一九八四年三月七日", "exact"),
        ("1984-03-07", "1984-07-03", "swapped"),
        ("1984-03-07", "1985-03-07", "one_edit"),
        ("1984-12-07", "1984-12-70", "one_edit"),
        ("1984-03-17", "1948-03-17", "one_edit"),
        ("1984-03-07", "1984-03-29", "two_parts"),
        ("1984-12-28", "1985-01-16", "month"),
        ("1984-03-07", "1984-10-28", "year"),
        ("1984-03-07", "1990-11-22", "decade"),
        ("1984-03-07", "1951-11-22", "else"),
        ("1984-03-07", "1900-01-01", "missing"),
        ("1970-01-01", "1970-01-01", "missing"),
        ("1984-03-07", "未知", "missing"),
        ("19560439", "19560409", "one_edit"),
    ],
)
def test_dates(one, other, expected):
    assert level(DATES, one, other) == expected


def test_the_month_stands_first_in_the_united_states():
    assert level(DATES, "03/04/1984", "1984-03-04", region="US") == "exact"
    assert level(DATES, "03/04/1984", "1984-04-03") == "exact"
    assert level(Dates("born", month_first=True), "03/04/1984", "1984-03-04") == "exact"
