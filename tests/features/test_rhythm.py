import pytest

import custseg as cs


def rhythm(*days, as_of="2026-12-31"):
    rows = [{"customer_id": "a", "at": day, "amount": 1} for day in days]
    return cs.profile([{"customer_id": "a"}], transactions=rows, as_of=as_of)[0]


def test_a_purchase_today_was_no_day_ago():
    row = rhythm("2026-12-31")
    assert (row["recency_days"], row["tenure_days"]) == (0, 0)


@pytest.mark.parametrize("days", [(), ("2026-01-01",), ("2026-01-01", "2026-01-08")])
def test_one_gap_is_no_rhythm(days):
    row = rhythm(*days)
    assert {row["gap_mean_days"], row["gap_median_days"], row["gap_cv"]} == {None}


@pytest.mark.parametrize(
    ("days", "last", "longest"),
    [
        ((), None, None),
        (("2026-01-01",), None, None),
        (("2026-01-01", "2026-01-08"), 7.0, 7.0),
        (("2026-01-01", "2026-03-01", "2026-03-05", "2026-03-05"), 4.0, 59.0),
    ],
)
def test_one_gap_is_a_last_and_a_longest(days, last, longest):
    row = rhythm(*days)
    assert (row["gap_last_days"], row["gap_max_days"]) == (last, longest)


def test_a_customer_like_a_clock_has_no_variation():
    row = rhythm("2026-01-01", "2026-01-08", "2026-01-15")
    assert (row["gap_mean_days"], row["gap_median_days"], row["gap_cv"]) == (7.0, 7.0, 0.0)


def test_the_median_does_not_mind_one_long_silence():
    row = rhythm("2026-01-01", "2026-01-03", "2026-01-06", "2026-06-01")
    assert (row["gap_median_days"], row["gap_mean_days"]) == (3.0, 151 / 3)
