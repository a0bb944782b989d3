from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.daynumbers import as_date, day_of, days_of, months_later
from custseg.features.periods import Ruler

days = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@given(st.lists(days, max_size=5))
def test_dates_come_back(some):
    assert [as_date(day) for day in days_of(some).tolist()] == some
    assert days_of(some).dtype == np.int64


@given(days)
def test_days_follow_one_another(day):
    assert day_of(day + timedelta(1)) == day_of(day) + 1


@given(days, st.integers(-60, 60))
def test_a_later_month_is_that_month(day, months):
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    ends = (day + timedelta(1)).day == 1
    assert ((later + timedelta(1)).day == 1) if ends else later.day <= day.day
    assert ends or later.day == day.day or (later + timedelta(1)).day == 1


@given(days, st.integers(1, 60))
def test_from_the_end_of_a_month_are_whole_months(day, months):
    end = months_later(day.replace(day=1), 1) - timedelta(1)
    found = Ruler("month").between(days_of([end]), days_of([months_later(end, months)]))
    assert found.tolist() == [float(months)]
