from calendar import monthrange
from datetime import date, timedelta
from math import isnan, nan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.frames import EPOCH
from custseg.tiering.service.timing import MONTH, READ, REASONS, due_day, due_days, next_month

MONTHS = ("01", "02", "12", "not a month")
days = st.one_of(
    st.just(nan), st.sampled_from([-3.0, 0.0, 29.5, 1e9]), st.integers(0, 400).map(float)
)
row = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(READ, days)),
    st.integers(-1, len(MONTHS) - 1),
    st.one_of(
        st.just(nan),
        st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda d: float(d.toordinal() - EPOCH)),
    ),
    st.sampled_from([1.0, 30.0, 90.0]),
    st.integers(0, 2),
)


@given(st.lists(row, min_size=1), st.booleans())
def test_a_table_is_due_as_one_customer_is(rows, recorded):
    cols = {name: np.array([r[0][name] for r in rows]) for name in READ}
    cols[MONTH] = Codes(np.array([r[1] for r in rows]), MONTHS)
    rest = (np.array([r[i] for r in rows]) for i in (2, 3, 4))
    due, reason = due_days(cols, *rest, recorded=recorded)
    for (held, month, day, interval, timing), when, why in zip(rows, due, reason, strict=True):
        alone = {**held, MONTH: MONTHS[month] if month >= 0 else None}
        one, code = due_day(alone, day, interval, timing, recorded=recorded)
        assert (isnan(one) and isnan(when)) or one == when
        assert code == why


@given(row)
def test_a_contact_is_never_due_before_its_interval_is_over(drawn):
    held, month, day, interval, timing = drawn
    due, code = due_day({**held, MONTH: MONTHS[month]}, day, interval, timing)
    since = held["contact_days"]
    if isnan(day):
        assert REASONS[code] == "day_unknown"
    elif 0 <= since <= 36_525:
        assert due >= day - since + interval
    else:
        assert (due, REASONS[code]) == (day, "never_contacted")


@given(row)
def test_without_contacts_the_day_comes_from_purchases(drawn):
    held, month, day, interval, timing = drawn
    held = {**held, "contact_days": nan, MONTH: MONTHS[month]}
    due, code = due_day(held, day, interval, timing, recorded=False)
    assert REASONS[code] not in {"never_contacted", "interval"}
    assert isnan(due) == (REASONS[code] in {"contacts_unknown", "day_unknown"})
    if REASONS[code] == "since_purchase":
        assert due == day - held["recency_days"] + interval
    else:
        assert isnan(due) or due >= day


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_a_month_comes_on_its_first_day_or_is_now(day, month):
    found = date.fromordinal(int(next_month(f"{month:02}", day.toordinal() - EPOCH)) + EPOCH)
    walk = day
    while walk.month != month:
        walk = walk.replace(day=monthrange(walk.year, walk.month)[1]) + timedelta(1)
    assert found == walk


def test_the_right_time_is_the_own_rhythm_or_the_favourite_month():
    today = date(2026, 6, 30).toordinal() - EPOCH
    held = {"contact_days": 80.0, "recency_days": 50.0, "gap_median_days": 90.0, MONTH: "11"}
    plain, rhythm, season = (due_day(held, today, 90.0, timing) for timing in range(3))
    assert (plain[0] - today, REASONS[plain[1]]) == (10, "interval")
    assert (rhythm[0] - today, REASONS[rhythm[1]]) == (40, "own_rhythm")
    assert date.fromordinal(int(season[0]) + EPOCH) == date(2026, 11, 1)
    late = {**held, "recency_days": 200.0}
    assert due_day(late, today, 90.0, 1) == plain
