"""Days and times in one spelling."""

import pytest

from custseg.io.moments import moment, order_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", "2026-06-30"),
        ("2026-06-30 08:15", "2026-06-30 08:15:00"),
        ("2026-06-30T08:15:30.123Z", "2026-06-30 08:15:30"),
        ("2026-06-30 23:59:59 -0400", "2026-06-30 23:59:59"),
        ("2026/6/3 9:05", "2026-06-03 09:05:00"),
        ("2026年6月3日 9:05:07", "2026-06-03 09:05:07"),
        ("20260603", "2026-06-03"),
        ("30.06.2026 21:00", "2026-06-30 21:00:00"),
        ("Jun 30, 2026 1:05 PM", "2026-06-30 13:05:00"),
        ("30 Jun 2026 12:05 AM", "2026-06-30 00:05:00"),
        ("2026-06-30 25:00", "2026-06-30"),
        ("2026-02-30", None),
        ("1970-01-01", None),
        ("soon", None),
        ("12.50", None),
    ],
)
def test_moments(text: str, expected: str | None) -> None:
    assert moment(text) == expected


def test_the_order_of_day_and_month_is_the_columns() -> None:
    assert moment("03/04/2026", "dmy") == "2026-04-03"
    assert moment("03/04/2026", "mdy") == "2026-03-04"
    assert order_of(["03/04/2026", "25/04/2026"]) == ("dmy", True)
    assert order_of(["03/04/2026", "04/25/2026"]) == ("mdy", True)
    assert order_of(["03/03/2026"]) == ("dmy", True)
    assert order_of(["03/04/2026"]) == ("dmy", False)
    assert order_of(["25/04/2026", "04/25/2026"]) == (None, False)
