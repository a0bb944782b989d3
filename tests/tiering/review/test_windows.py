from datetime import date, timedelta

import numpy as np
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import (
    AnniversaryWindow,
    CalendarWindow,
    RollingWindow,
    Term,
    values_at,
)

EPOCH = date(1970, 1, 1)


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def rolling_year(day, first, review):
    del first
    return months_before(review + timedelta(1), 12) <= day <= review


def whole_quarter(day, first, review):
    del first
    after = review + timedelta(1)
    begin = date(after.year, 3 * ((after.month - 1) // 3) + 1, 1)
    return months_before(begin, 3) <= day < begin


def running_month(day, first, review):
    del first
    return (day.year, day.month) == (review.year, review.month) and day <= review


def own_year(day, first, review):
    def years(at):
        whole = at.year - first.year
        try:
            birthday = first.replace(year=at.year)
        except ValueError:
            birthday = date(at.year, 2, 28)
        return whole - (at < birthday)

    return day <= review and years(day) == years(review)


def ninety_days(day, first, review):
    del first
    return review - timedelta(90) < day <= review


WINDOWS = [
    (RollingWindow(Term(12)), rolling_year),
    (RollingWindow(90), ninety_days),
    (CalendarWindow("quarter"), whole_quarter),
    (CalendarWindow("month", whole=False), running_month),
    (AnniversaryWindow(), own_year),
]


@pytest.mark.parametrize(("window", "counts"), WINDOWS)
def test_each_window_adds_up_what_it_says(window, counts):
    """Against a rule of one transaction and one review, written with dates alone."""
    rng = np.random.default_rng(11)
    start = date(2023, 11, 1)
    events = [
        {"customer_id": f"c{who}", "at": start + timedelta(int(days)), "amount": int(money)}
        for who, days, money in zip(
            rng.integers(0, 12, 400),
            rng.integers(0, 900, 400),
            rng.integers(1, 500, 400),
            strict=True,
        )
    ]
    events.append({"customer_id": "c0", "at": date(2024, 2, 29), "amount": -70})
    reviews = [start + timedelta(int(d)) for d in sorted(rng.integers(30, 1000, 25))]
    reviews += [date(2024, 2, 29), date(2024, 3, 31), date(2024, 12, 31)]
    history = values_at(cs.TransactionLog.of(events), reviews, window)
    place = {name: i for i, name in enumerate(history.ids)}
    first = {}
    for row in events:
        if row["amount"] > 0:
            had = first.setdefault(row["customer_id"], row["at"])
            first[row["customer_id"]] = min(had, row["at"])
    for at, review in enumerate(history.dates):
        for name, began in first.items():
            mine = [row for row in events if row["customer_id"] == name]
            worth = sum(row["amount"] for row in mine if counts(row["at"], began, review))
            found = history.values[at, place[name]]
            assert (np.isnan(found)) if review < began else found == worth


def test_nothing_after_a_date_counts_at_it():
    events = [{"customer_id": "a", "at": "2026-01-05", "amount": 10}]
    later = [*events, {"customer_id": "a", "at": "2026-02-01", "amount": 99}]
    for window, _ in WINDOWS:
        one, two = (
            values_at(cs.TransactionLog.of(some), ["2026-01-31"], window).values
            for some in (events, later)
        )
        assert np.array_equal(one, two)


def test_the_last_whole_year_of_ones_own():
    log = cs.TransactionLog.of(
        [
            {"customer_id": "a", "at": "2024-05-10", "amount": 1},
            {"customer_id": "a", "at": "2025-05-09", "amount": 2},
            {"customer_id": "a", "at": "2025-05-10", "amount": 4},
        ]
    )
    days = ["2025-05-09", "2025-05-10", "2026-05-10", "2027-05-10"]
    history = values_at(log, days, AnniversaryWindow(whole=True))
    assert history.values.ravel().tolist() == [0.0, 3.0, 4.0, 0.0]


def test_impossible_windows_are_refused():
    with pytest.raises(ConfigError, match="one of"):
        CalendarWindow("decade")
    with pytest.raises(ConfigError, match="months or days"):
        AnniversaryWindow(Term(1, 1))


@pytest.mark.parametrize("length", [0, "0 days", None])
def test_a_window_of_no_length_holds_nothing_and_is_refused(length):
    with pytest.raises(ConfigError, match="longer than nothing"):
        RollingWindow(length)
