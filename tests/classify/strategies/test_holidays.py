import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import Contract, FixedDays, Freeze, Lifecycle, every_year, spring_festival
from custseg.errors import ConfigError

SPRING = spring_festival([2026])


def told(model, last, today):
    quiet = (today - last).days
    row = {"frequency": 1, "recency_days": quiet, "last_purchase": last, "as_of": today}
    return model.one(row)["lifecycle"]


@given(st.dates(date(2025, 12, 1), date(2026, 3, 31)), st.integers(0, 60))
def test_frozen_days_are_no_silence(last, quiet):
    model = Lifecycle(Freeze(FixedDays(20), SPRING)).fit([])
    today = last + timedelta(days=quiet)
    (first, end), counted = SPRING[0], 0
    for ahead in range(1, quiet + 1):
        counted += not first <= last + timedelta(days=ahead) <= end
    assert told(model, last, today) == ("dormant" if counted >= 20 else "active")


def test_the_public_holiday_from_eve_to_seventh_day():
    assert spring_festival([2024, 2025]) == (
        (date(2024, 2, 9), date(2024, 2, 16)),
        (date(2025, 1, 28), date(2025, 2, 4)),
    )
    lantern = spring_festival([2026], days_before=0, days_after=14)
    assert lantern == ((date(2026, 2, 17), date(2026, 3, 3)),)
    assert len(spring_festival(range(2000, 2051))) == 51


@pytest.mark.parametrize(
    ("years", "days", "path"),
    [([1999], {}, "years"), ([2051], {}, "years"), ([2026], {"days_before": -1}, "days_before")],
)
def test_years_and_days_that_are_not_known_are_refused(years, days, path):
    with pytest.raises(ConfigError, match=path):
        spring_festival(years, **days)


def test_seasons_of_every_year():
    assert every_year("10-01", "10-07", range(2025, 2027)) == (
        (date(2025, 10, 1), date(2025, 10, 7)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    )
    winter = every_year("11-15", "02-29", [2025, 2026, 2027])
    assert winter[-1] == (date(2027, 11, 15), date(2028, 2, 29))
    assert winter[0] == (date(2025, 11, 15), date(2026, 2, 28))
    assert every_year("03-05", "03-05", [2026]) == ((date(2026, 3, 5), date(2026, 3, 5)),)


@pytest.mark.parametrize("day", ["2026-02-15", "13-01", "02-30", "spring", ""])
def test_a_day_of_no_year_is_refused(day):
    with pytest.raises(ConfigError, match="must be month and day"):
        every_year(day, "12-31", [2026])


def test_windows_of_two_freezes_add_up():
    twice = Freeze(Freeze(FixedDays(90), SPRING), every_year("10-01", "10-07", [2026]))
    assert len(Lifecycle(twice).fit([]).ladder.frozen) == 2
    for thing in (twice, Lifecycle(twice).fit([])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_a_strategy_without_silence_has_nothing_to_freeze():
    model = Lifecycle(Freeze(Contract(), SPRING)).fit([])
    assert set(model.needs) == {"as_of", "contract_end"}
    row = {"as_of": date(2026, 2, 20), "contract_end": date(2026, 2, 19)}
    assert model.one(row)["lifecycle"] == "dormant"
    assert model.apply([row])[0]["lifecycle"] == "dormant"


def test_a_time_that_ends_before_it_begins_is_refused():
    with pytest.raises(ConfigError, match="ends before it begins"):
        Freeze(FixedDays(), [(date(2026, 2, 2), date(2026, 2, 1))])
