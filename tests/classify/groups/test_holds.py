from datetime import date
from math import inf

import pytest

from custseg.classify.groups import holds
from custseg.frames import EPOCH

BORN = float(date(1990, 5, 3).toordinal() - EPOCH)


@pytest.mark.parametrize(
    ("column", "text", "value", "problem"),
    [
        ("birth_date", "1990年5月3日", BORN, None),
        ("birth_date", "1990-05-03 00:00:00", BORN, None),
        ("birth_date", "03/05/1990", None, "ambiguous_order"),
        ("birth_date", "3-5-90", None, "two_digit_year"),
        ("birth_date", "1970-01-01", None, "placeholder"),
        ("birth_date", "1990-02-30", None, "impossible_date"),
        ("amount_low", "10-20万", 1e5, None),
        ("amount_high", "10-20万", 2e5, None),
        ("amount_low", "12万", 12e4, None),
        ("amount_high", "50万以上", inf, None),
        ("amount_low", "保密", None, "placeholder"),
        ("amount_low", "rich", None, "unlisted"),
    ],
)
def test_numbers_and_days_of_texts(column, text, value, problem):
    told = holds.number_of(column, text)
    assert (told.value, told.problem) == (value, problem)


def test_one_amount_ends_right_above_itself():
    low, high = (holds.number_of(end, "100000") for end in ("amount_low", "amount_high"))
    assert low.value == 1e5 < high.value < 1e5 + 1e-6


def test_every_kind_is_read_somehow():
    assert {*holds.READERS, *holds.NUMBERS} == {*holds.HOLDS}
    assert {holds.family(each) for each in holds.HOLDS} >= {"place", "industry", "gender"}
    assert holds.codes_of("gbt4754") == holds.codes_of("isic4") == holds.codes_of("industry")
