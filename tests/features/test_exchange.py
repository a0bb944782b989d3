import numpy as np
import pytest

import custseg as cs
from custseg.errors import DataError
from custseg.features import profile_report
from custseg.features.exchange import Exchange

ROWS = [
    {"customer_id": "a", "at": "2026-01-05", "amount": 100, "cost": 60, "currency": "CNY"},
    {"customer_id": "a", "at": "2026-01-06", "amount": 10, "cost": 5, "currency": "usd"},
    {"customer_id": "a", "at": "2026-01-07", "amount": 1, "cost": 1, "currency": None},
]


def profiled(rows, **how):
    conventions = cs.Conventions(**how)
    done = profile_report(transactions=rows, conventions=conventions, as_of="2026-01-31")
    return done.table[0], done.report.tables[0]


def test_given_rates_convert_money_and_costs():
    row, report = profiled(ROWS, currency="CNY", rates={"USD": 7.1})
    assert (row["revenue"], row["margin"]) == (172.0, 172.0 - 60 - 35.5 - 1)
    assert report.notes == {"currency_assumed": 1, "currency_converted": 1}


def test_several_currencies_without_a_rate_are_refused():
    with pytest.raises(DataError, match=r"column 'currency'.*\['CNY', 'USD'\]"):
        profiled(ROWS)
    with pytest.raises(DataError, match=r"\['USD'\], and there is no rate to CNY"):
        profiled(ROWS, currency="CNY")


def test_one_currency_is_the_companys():
    row, report = profiled([ROWS[1], ROWS[2]])
    assert row["revenue"] == 11.0
    assert report.notes == {"currency_assumed": 1}


def test_a_foreign_currency_alone_needs_a_rate_too():
    with pytest.raises(DataError, match="no rate to CNY"):
        profiled([ROWS[1]], currency="CNY")
    assert profiled([ROWS[1]], currency="CNY", rates={"USD": 7})[0]["revenue"] == 70.0


def test_what_is_left_out_needs_no_rate():
    later = {**ROWS[1], "at": "2027-01-01", "currency": "XXX"}
    assert profiled([ROWS[0], later])[0]["revenue"] == 100.0


def test_the_companys_own_money_is_not_touched():
    exchange = Exchange(np.array([-1, 0, 1]), np.array([2.0, 1.0]))
    big = 2**60 + 1
    assert exchange.convert(np.array([big, 3, big])).tolist() == [big, 6, big]
