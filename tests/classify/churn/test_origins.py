from datetime import date, timedelta

import pytest

from anychurn import START, log_of
from custseg.classify import Origins
from custseg.errors import ConfigError, NotEnoughDataError

LOG = log_of([{"customer_id": "b", "date": START + timedelta(400), "amount": 1.0}])


def test_the_first_day_has_half_a_year_before_it():
    assert Origins().days(LOG, 90)[0] == date(2026, 6, 30)
    assert Origins(every="quarter").days(LOG, 90) == (date(2026, 6, 30), date(2026, 9, 30))
    assert Origins(every=100).days(LOG, 90) == (date(2026, 6, 30), date(2026, 10, 8))
    assert Origins(every="week").days(LOG, 200)[:2] == (date(2026, 6, 30), date(2026, 7, 7))
    assert Origins(every="year").days(LOG, 30) == (date(2026, 12, 31),)


def test_no_horizon_goes_beyond_the_end():
    last = Origins(every="day").days(LOG, 90)[-1]
    assert last + timedelta(90) == LOG.last_day
    known = Origins(every="day", end="2027-03-31").days(LOG, 90)[-1]
    assert known + timedelta(90) == date(2027, 3, 31)
    with pytest.raises(ConfigError, match="beyond the end of the log"):
        Origins(first="2026-06-30", last="2027-01-31").days(LOG, 90)


def test_named_days_are_taken_as_they_are():
    assert Origins(first="2026-01-15", last="2026-03-15").days(LOG, 30) == (
        date(2026, 1, 15),
        date(2026, 2, 15),
        date(2026, 3, 15),
    )


def test_too_short_a_log_says_what_to_do():
    with pytest.raises(NotEnoughDataError, match="name the first day"):
        Origins().days(LOG, 300)


@pytest.mark.parametrize("name", ["least", "within_days"])
@pytest.mark.parametrize("number", [0, 1.5, True, "x"])
def test_who_is_looked_at_is_told_in_whole_numbers(name, number):
    with pytest.raises(ConfigError, match=f"{name}: must be a whole number of 1 or more"):
        Origins(**{name: number})


def test_a_horizon_of_ages_leaves_no_day():
    with pytest.raises(NotEnoughDataError, match="name the first day"):
        Origins().days(LOG, 10**6)
    with pytest.raises(ConfigError, match="every: must be a whole number"):
        Origins(every=0.5).days(LOG, 30)
