import numpy as np
import pytest

from anysea import customer
from custseg.allocate import NoFollowUp, Pool, WorkCalendar
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.errors import ConfigError


def test_no_days_are_no_days_also_on_a_day_off():
    count = DayCount(np.array([1, 4]))
    assert count.later(np.array([2.0]), 0).tolist() == [2.0]
    assert count.earlier(np.array([2.0]), 0).tolist() == [2.0]


def test_a_week_without_weekends():
    sea = Pool(clocks=[NoFollowUp(5)], calendar=WorkCalendar())
    row = customer(last_follow_up="2026-06-26")  # a Friday
    assert str(sea.one(row, "2026-06-30")["returns_on"]) == "2026-07-06"


def test_the_spring_festival_does_not_count():
    sea = Pool(clocks=[NoFollowUp(1)], calendar=WorkCalendar.china())
    row = customer(last_follow_up="2026-02-13")
    assert str(sea.one(row, "2026-02-20")["returns_on"]) == "2026-02-25"


def test_a_calendar_without_work_is_refused():
    holidays = np.arange("2026-01-01", "2030-01-01", dtype="datetime64[D]").tolist()
    sea = Pool(clocks=[NoFollowUp(5)], calendar=WorkCalendar(holidays=holidays))
    with pytest.raises(ConfigError, match="working days"):
        sea.recycle([customer()], "2026-06-30")


def test_who_waits_since_before_the_year_2000_is_due():
    sea = Pool(clocks=[NoFollowUp(5)], calendar=WorkCalendar.china())
    row = sea.one(customer(received_at="1991-05-01"), "2026-06-30")
    assert (row["pool_state"], str(row["returns_on"])) == ("due", "1991-05-13")


@pytest.mark.parametrize("calendar", [WorkCalendar(), WorkCalendar(lunar_new_year=(1, 6))])
def test_working_days_are_counted_across_the_turn_of_2000(calendar):
    sea = Pool(clocks=[NoFollowUp(9)], calendar=calendar)
    for day in ("1999-06-30", "2000-01-20"):
        assert str(sea.one(customer(received_at="1999-01-04"), day)["returns_on"]) == "1999-01-18"
    over = sea.one(customer(received_at="1999-12-30"), "2000-01-20")
    assert str(over["returns_on"]) == "2000-01-13"
    ruled = [
        sea.on(day).one(customer(received_at="1999-12-30")) for day in ("2000-01-12", "2000-01-13")
    ]
    assert [row["pool_state"] for row in ruled] == ["private", "due"]


def test_days_out_of_every_calendar_are_no_fault():
    sea = Pool(clocks=[NoFollowUp(9999)], calendar=WorkCalendar.china())
    assert sea.one(customer(received_at="0001-01-01"), "2026-06-30")["pool_state"] == "due"
    assert sea.one(customer(received_at="0001-01-01"), "1989-06-30")["pool_state"] == "due"
    assert str(sea.one(customer(received_at="2026-06-30"), "2026-06-30")["returns_on"]) > "2060"
