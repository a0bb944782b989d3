"""The rows behind the counts of a report."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.errors import ConfigError, MissingColumnError
from custseg.features import left_out, profile_report
from everykind import as_records
from plainprofile import AS_OF, logs

PEOPLE = [{"customer_id": who} for who in ("007", "a", "b")]
ODD = [
    {"customer_id": None, "at": "2026-01-05", "amount": 1},
    {"customer_id": "a", "at": "2026-01-05", "amount": 1},
    {"customer_id": "a", "at": "soon", "amount": 1},
    {"customer_id": "a", "at": None, "amount": 1},
    {"customer_id": "a", "at": "2026-01-05", "amount": "much"},
    {"customer_id": "a", "at": "2026-01-05", "amount": None},
    {"customer_id": "a", "at": "2026-01-05", "amount": 1, "status": "void"},
    {"customer_id": "a", "at": "2026-01-05", "amount": -1},
    {"customer_id": "z", "at": "2026-01-05", "amount": 1},
    {"customer_id": "a", "at": "2026-02-05", "amount": 1},
]


def test_every_reason_has_its_rows():
    how = cs.Conventions(refunds="ignore")
    found = left_out(ODD, conventions=how, customers=PEOPLE, as_of="2026-01-31")
    assert {row["row"]: row["left_out"] for row in found} == {
        0: "null_id",
        2: "unreadable_time",
        3: "missing_time",
        4: "unreadable_amount",
        5: "missing_amount",
        6: "void",
        7: "refund_ignored",
        8: "unknown_customer",
        9: "after_as_of",
    }
    assert all(ODD[row["row"]].items() <= row.items() for row in found)
    assert cs.label(f"left_out.{found[0]['left_out']}", "zh") == "未计入：无客户编号"


def test_without_a_day_and_customers_no_row_is_late_or_a_strangers():
    assert [row["row"] for row in left_out(ODD)] == [0, 2, 3, 4, 5, 6]


@given(logs)
def test_the_rows_are_those_that_the_report_counts(log):
    report = profile_report(PEOPLE, transactions=log, as_of=AS_OF).report.table("transactions")
    found = left_out(log, customers=PEOPLE, as_of=AS_OF)
    assert Counter(row["left_out"] for row in found) == report.left_out
    rows = [row["row"] for row in found]
    assert rows == sorted(set(rows))
    used = [row for i, row in enumerate(log) if i not in rows]
    assert not left_out(used, customers=PEOPLE, as_of=AS_OF)
    assert (
        cs.profile(PEOPLE, transactions=used, as_of=AS_OF)
        == cs.profile(PEOPLE, transactions=log, as_of=AS_OF)
        or not used
    )


@pytest.mark.parametrize("kind", [name for name, _ in kinds([{"a": 1}])])
def test_they_come_in_the_callers_kind(kind):
    rows = [
        {"customer_id": who, "at": at, "amount": 1.5}
        for who, at in (("a", "2026-01-05"), (None, "2026-01-05"), ("a", "soon"))
    ]
    found = as_records(left_out(as_kind(kind, rows)))
    assert found == [
        {**rows[1], "row": 1, "left_out": "null_id"},
        {**rows[2], "row": 2, "left_out": "unreadable_time"},
    ]


def test_a_pandas_index_comes_along():
    frame = pd.DataFrame(ODD[:2], index=["x", "y"])
    assert left_out(frame).index.tolist() == ["x"]


@pytest.mark.parametrize("table", ["interactions", "feedback", "visits", "opportunities"])
def test_other_tables_leave_rows_out_too(table):
    rows = [
        {"customer_id": who, "at": "2026-03-01", "opened_at": "2026-03-01"} for who in ("a", "z")
    ]
    found = left_out(rows, customers=PEOPLE, as_of="2026-02-28", table=table)
    assert [row["left_out"] for row in found] == ["after_as_of", "unknown_customer"]
    assert not left_out(rows, table=table)


def test_there_is_no_other_table():
    with pytest.raises(
        ConfigError, match=r"table: there is no table 'visit'.*Did you mean 'visits'"
    ):
        left_out([], table="visit")
    with pytest.raises(MissingColumnError, match="no column 'amount'"):
        left_out([{"customer_id": "a", "at": "2026-01-05"}])
