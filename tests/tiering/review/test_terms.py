from datetime import date

import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import Term
from custseg.tiering.review.terms import months_later, some, term

EPOCH = date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
    ],
)
def test_months_of_the_calendar(day, months, then):
    assert Term(months).after(date(*day)) == date(*then)


def test_one_day_and_many_agree_on_every_day_of_four_years():
    days = np.arange(date(2023, 1, 1).toordinal(), date(2027, 1, 1).toordinal()) - EPOCH
    for length in (Term(1), Term(6, 10), Term(13), Term(days=45)):
        many = length.all_later(days.astype(float))
        assert many.tolist() == [length.later(float(day)) for day in days]
        few = length.all_later(days[::400].astype(float))
        assert few.tolist() == many[::400].tolist()


def test_an_unknown_day_has_no_later_one():
    assert np.isnan(Term(3).later(np.nan))
    assert np.isnan(Term(3).all_later(np.array([np.nan]))).all()
    assert np.isnan(months_later(np.array([5.0]), np.array([np.nan]))).all()


def test_later_than_the_calendar_of_python_is_a_day_like_any_other():
    last = float(date(9999, 12, 31).toordinal() - EPOCH)
    assert Term(1).later(last) == Term(1).all_later(np.array([last]))[0] == last + 31


@pytest.mark.parametrize(
    ("given", "length"),
    [
        (30, Term(days=30)),
        ("90 days", Term(days=90)),
        ("1 week", Term(days=7)),
        ("2 quarters", Term(6)),
        ("1 year", Term(12)),
        (Term(3), Term(3)),
        (None, None),
    ],
)
def test_how_a_length_is_written(given, length):
    assert term(given) == length


@pytest.mark.parametrize("given", ["soon", "6 moons", "six months", "6", ""])
def test_another_way_to_write_it_is_refused(given):
    with pytest.raises(ConfigError, match="a number and a unit such as '6 months'"):
        some(given)


def test_time_does_not_run_backwards():
    with pytest.raises(ConfigError, match="0 or more, got -1"):
        Term(-1)


def test_a_length_says_itself():
    assert [str(Term(6)), str(Term(1, 2)), str(Term())] == ["6 months", "1 month 2 days", "0 days"]
