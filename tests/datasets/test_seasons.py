import datetime as dt

import numpy as np
import pytest

from custseg.datasets.draws import Draws
from custseg.datasets.seasons import DAY, season, seconds_of_day

FIRST = (dt.date(2024, 1, 1) - dt.date(1970, 1, 1)).days
DAYS = 911


def weight(language: str, day: str) -> int:
    spot = (dt.date.fromisoformat(day) - dt.date(2024, 1, 1)).days
    clock = season(language, FIRST, DAYS).clock
    return int(clock[spot] - clock[spot - 1])


@pytest.mark.parametrize(
    ("language", "busy", "usual"),
    [
        ("zh", "2024-11-11", "2024-05-13"),
        ("zh", "2025-06-18", "2025-05-14"),
        ("zh", "2026-02-06", "2026-03-13"),
        ("en", "2024-11-29", "2024-05-17"),
        ("en", "2025-12-10", "2025-05-14"),
        ("zh", "2025-05-14", "2025-01-29"),
        ("en", "2025-05-15", "2025-12-25"),
    ],
)
def test_some_days_are_busier(language: str, busy: str, usual: str) -> None:
    assert weight(language, busy) > 1.2 * weight(language, usual)


def test_a_purchase_of_a_day_falls_on_that_day() -> None:
    clock = season("zh", FIRST, DAYS)
    days = np.arange(DAYS)
    assert clock.day(clock.before(days)).tolist() == days.tolist()
    assert clock.day(clock.clock[-1:]).tolist() == [DAYS]


def test_a_year_is_about_a_year_long() -> None:
    for language in ("zh", "en"):
        assert season(language, FIRST, DAYS).clock[-1] / 1_000 == pytest.approx(DAYS, rel=0.06)


def test_nights_are_quiet() -> None:
    hours = seconds_of_day(Draws.of(7, 0, "x"), 5_000) // 3_600
    assert hours.min() >= 0
    assert hours.max() < 24
    assert (hours < 6).mean() < 0.03
    assert DAY == 86_400
