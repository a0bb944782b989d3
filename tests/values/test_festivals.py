from datetime import date, timedelta

from custseg.values.festivals import lunar_new_years

# Days named by the State Council's notices of public holidays.
PUBLISHED = ("2012-01-23", "2018-02-16", "2020-01-25", "2023-01-22", "2024-02-10", "2025-01-29")
MONTH = 29.530588  # mean days from new moon to new moon


def test_days_that_were_published():
    for day in map(date.fromisoformat, PUBLISHED):
        assert lunar_new_years()[day.year] == day


def test_each_year_from_2000_to_2050_begins_at_a_new_moon_between_21_january_and_21_february():
    known = lunar_new_years()
    assert list(known) == list(range(2000, 2051))
    new_moon = date(2000, 1, 6)
    for year, day in known.items():
        assert date(year, 1, 21) <= day <= date(year, 2, 21)
        since = (day - new_moon) / timedelta(days=1) % MONTH
        assert min(since, MONTH - since) < 1.5
    between = [(known[year + 1] - known[year]).days for year in range(2000, 2050)]
    assert set(between) <= {353, 354, 355, 383, 384, 385}
