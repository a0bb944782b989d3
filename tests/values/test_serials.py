"""Columns that number or name the customers, by their names."""

import pytest

from custseg.values.serials import is_serial, names_somebody


@pytest.mark.parametrize(
    "name", ["ID", "customerID", "Order No.", "lead_number", "合同编号", "订单号码"]
)
def test_names_that_number(name):
    assert is_serial(name)


@pytest.mark.parametrize("name", ["", "paid", "visits", "number_of_visits", "casino", "金额", "号"])
def test_names_that_do_not(name):
    assert not is_serial(name)


def test_who_it_is_is_not_what_kind_of_one():
    assert [names_somebody(n) for n in ("姓名", "手机号", "client_id", "industry", "城市")] == [
        True,
        True,
        True,
        False,
        False,
    ]
