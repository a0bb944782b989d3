from datetime import date

import pytest

from custseg.errors import ConfigError, DataError
from custseg.features import Names, ProfileReport, TableReport
from custseg.pipeline.counted import check_counted

COLUMNS = ("uid", "paid_at", "sum")
NAMES = Names("uid", amount="sum")


def check(rows, left_out, customers=5):
    table = TableReport("transactions", rows, left_out)
    check_counted(ProfileReport(date(2026, 6, 30), customers, 0, (table,)), NAMES, COLUMNS)


@pytest.mark.parametrize(
    ("left_out", "column", "says"),
    [
        ({"unreadable_time": 3}, "paid_at", "write moments as 2026-06-30"),
        ({"missing_time": 3}, "paid_at", "is empty"),
        ({"unreadable_amount": 2, "null_id": 1}, "sum", "plain numbers"),
        ({"null_id": 3}, "uid", "needs the id of its customer"),
        ({"unknown_customer": 3}, "uid", "17 is not '17'"),
    ],
)
def test_a_column_that_leaves_out_every_row_is_named(left_out, column, says):
    with pytest.raises(DataError, match=says) as caught:
        check(3, left_out)
    assert caught.value.column == column


def test_a_day_before_all_transactions_is_refused():
    with pytest.raises(ConfigError, match="as_of: 2026-06-30 is before all 3 transactions"):
        check(3, {"after_as_of": 2, "null_id": 1})


@pytest.mark.parametrize(
    ("rows", "left_out", "customers"),
    [(0, {}, 5), (3, {"null_id": 2}, 5), (3, {"void": 3}, 5), (3, {"unknown_customer": 3}, 0)],
)
def test_where_something_counts_or_nothing_can_all_is_fine(rows, left_out, customers):
    check(rows, left_out, customers)


def test_without_transactions_there_is_nothing_to_check():
    check_counted(ProfileReport(date(2026, 6, 30), 5, 0), Names(), ())
