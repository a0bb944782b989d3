"""One customer in a web request is the customer in a profile."""

import subprocess
import sys

import pytest
from hypothesis import given

import custseg as cs
import plainprofile
from custseg.errors import DataError
from plainprofile import AS_OF, logs


@given(logs)
def test_one_is_a_row_of_the_profile(log):
    for row in cs.profile(transactions=log, as_of=AS_OF):
        own = [each for each in log if each["customer_id"] == row["customer_id"]]
        one = cs.TransactionLog.one(own, as_of=AS_OF)
        assert one == {name: row[name] for name in one}
        assert plainprofile.profile(log, row["customer_id"]).keys() <= one.keys()


def test_the_id_can_be_left_out():
    one = cs.TransactionLog.one([{"at": "2026-01-05", "amount": 1}], as_of=AS_OF)
    assert "customer_id" not in one
    assert one["frequency"] == 1


def test_nobodys_transactions_are_no_purchases():
    one = cs.TransactionLog.one([], as_of=AS_OF)
    assert (one["orders"], one["recency_days"], one["revenue"]) == (0, None, 0.0)


def test_several_customers_are_refused():
    rows = [{"customer_id": who, "at": "2026-01-05", "amount": 1} for who in "ab"]
    with pytest.raises(DataError, match="holds 2 customers"):
        cs.TransactionLog.one(rows, as_of=AS_OF)


def test_no_dataframe_library_is_loaded():
    code = (
        "import sys, custseg as cs\n"
        "cs.TransactionLog.one([{'at': '2026-01-05', 'amount': 1}], as_of='2026-01-31')\n"
        "print({'pandas', 'polars', 'pyarrow', 'narwhals', 'scipy'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"
