"""The trend of revenue at its edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.features.kernel import measure
from custseg.features.rows import Rows
from custseg.features.trend import Trend

DAYS = tuple(f"2026-0{month}-10" for month in range(1, 7))


def trend(*amounts, days=DAYS):
    rows = [
        {"customer_id": "a", "at": day, "amount": amount}
        for day, amount in zip(days, amounts, strict=True)
    ]
    return cs.profile(transactions=rows, as_of="2026-12-31")[0]["revenue_trend"]


def test_who_spends_half_as_much_has_a_trend_of_a_half():
    assert trend(20, 20, 20, 10, 10, 10) == 0.5


def test_five_purchase_days_are_too_few():
    assert trend(20, 20, 20, 10, 10, days=DAYS[:5]) is None


def test_no_money_before_has_no_ratio():
    assert trend(0, 0, 0, 10, 10, 10) is None


def test_a_refund_is_taken_off_the_purchases_before_it():
    assert trend(20, 20, 20, -30, 10, 10, 10, days=(*DAYS[:3], "2026-03-20", *DAYS[3:])) == 1.0
    assert trend(20, 20, 20, 10, 10, 10, -15, days=(*DAYS, "2026-07-20")) == 0.25


@pytest.mark.parametrize("last", [1, 2, 3])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(-200, 900)), max_size=40)
)
def test_it_is_what_plain_python_says(last, some):
    code, day, units = np.array(some, dtype=np.int64).reshape(-1, 3).T
    found = Trend.blank(4, last)
    measure(Rows(code.astype("i4"), day.astype("i4"), units.copy(), 4), 99, found)
    for who in range(4):
        own = [(d, u) for c, d, u in some if c == who]
        days = sorted({d for d, u in own if u >= 0})
        assert found.known[who] == (len(days) >= 2 * last)
        if found.known[who]:
            recent = sum(u for d, u in own if d >= days[-last])
            before = sum(u for d, u in own if days[-2 * last] <= d < days[-last])
            assert (found.recent[who], found.before[who]) == (recent, before)
