"""Purchases at many days from one sorting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.course import Course
from custseg.features.kernel import measure
from custseg.features.purchases import Purchases, figures
from custseg.features.rows import Counting, Rows

row = st.tuples(st.integers(0, 6), st.integers(-20, 60), st.integers(-300, 900))


@given(st.lists(row, max_size=40), st.lists(st.integers(-25, 60), max_size=4), st.booleans())
def test_any_day_is_as_measured_on_that_day(some, days, net_days):
    code, day, units = np.array(some, dtype=np.int64).reshape(-1, 3).T
    rows = Rows(code.astype("i4"), day.astype("i4"), units.copy(), 7, Counting(net_days=net_days))
    course = Course.of(rows, until=60)
    for until in days:
        expected = Purchases.blank(7)
        measure(rows, until, expected)
        found = course.purchases(until)
        np.testing.assert_equal(figures(found)[:4], figures(expected)[:4])
        bought = found.days > 0
        assert found.opening[bought].tolist() == expected.opening[bought].tolist()
