import datetime as dt

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.pipeline.history import beginning, log_of

ORDERS = [{"customer_id": "a", "at": "2020-01-05", "amount": 1.0}]


def run(**tables):
    return cs.Pipeline(scorecard=None).run(**tables, as_of="2026-06-30")


def test_the_past_goes_two_years_back_or_to_the_first_purchase():
    log = log_of(run(transactions=[*ORDERS, {**ORDERS[0], "at": "2026-01-01"}]))
    day = run(transactions=ORDERS).day
    assert beginning(log, None, day) == dt.date(2024, 6, 30)
    young = log_of(run(transactions=[{**ORDERS[0], "at": "2026-01-01"}]))
    assert beginning(young, None, day) == dt.date(2026, 1, 1)
    assert beginning(young, "2019-01-01", day) == dt.date(2019, 1, 1)


@pytest.mark.parametrize("since", ["2026-07-01", "soon"])
def test_a_past_that_begins_after_today_or_on_no_day_is_refused(since):
    log = log_of(run(transactions=ORDERS))
    with pytest.raises(ConfigError, match="since"):
        beginning(log, since, dt.date(2026, 6, 30))


def test_a_job_without_transactions_has_no_past():
    with pytest.raises(ConfigError, match="needs transactions"):
        log_of(run(customers=[{"customer_id": 1}]))
