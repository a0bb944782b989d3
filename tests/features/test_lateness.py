import pytest

import custseg as cs
from custseg.features import profile_report

AS_OF = "2026-03-31"
NAMES = ("late_share", "late_days", "overdue", "overdue_days")
BILL = {"customer_id": "a", "billed_at": "2026-01-01", "amount": 100, "due_at": "2026-01-31"}
HOW = cs.Names(at="billed_at")


def profiled(*bills, names=HOW, as_of=AS_OF):
    rows = [{**BILL, **bill} for bill in bills]
    found = cs.profile([{"customer_id": "a"}], transactions=rows, names=names, as_of=as_of)[0]
    return tuple(found[name] for name in NAMES)


@pytest.mark.parametrize(
    ("paid", "as_of", "expected"),
    [
        ("2026-01-31", AS_OF, (0.0, 0.0, 0.0, None)),  # on the last day: in time
        ("2026-02-10", AS_OF, (1.0, 10.0, 0.0, None)),
        (None, AS_OF, (1.0, 59.0, 100.0, 59)),
        (None, "2026-01-30", (None, None, 0.0, None)),  # not due yet: nothing is told
        (None, "2026-01-31", (0.0, 0.0, 0.0, None)),
        ("2026-02-10", "2026-02-05", (1.0, 5.0, 100.0, 5)),  # paid after the day that counts
        ("2026-01-05", "2026-01-10", (0.0, 0.0, 0.0, None)),  # paid before it is due
    ],
)
def test_one_bill(paid, as_of, expected):
    assert profiled({"settled_at": paid}, as_of=as_of) == expected


def test_bills_are_summed():
    bills = ({"settled_at": "2026-02-02"}, {"settled_at": None, "amount": 30.5})
    assert profiled(*bills) == (1.0, 30.5, 30.5, 59)


def test_the_day_of_payment_may_be_the_day_of_the_transaction():
    row = {"paid_at": "2026-02-10"}
    names = cs.Names(at="paid_at")
    assert profiled(row, names=names) == (1.0, 10.0, 0.0, None)


def test_refunds_and_bills_without_a_day_tell_nothing():
    refund = {"amount": -5, "settled_at": None}
    assert profiled(refund, {"due_at": None, "settled_at": None}) == (None, None, 0.0, None)


def test_without_days_of_payment_nothing_is_known():
    assert profiled({}) == (None,) * 4


def test_lateness_of_one_customer_in_a_request():
    row = cs.TransactionLog.one([{**BILL, "settled_at": None}], HOW, as_of=AS_OF)
    assert tuple(row[name] for name in NAMES) == (1.0, 59.0, 100.0, 59)


def test_bills_without_money_may_be_late_but_owe_nothing_that_is_known():
    assert profiled({"settled_at": None}, names=cs.Names(at="billed_at", amount="")) == (
        1.0,
        59.0,
        None,
        59,
    )


def test_days_that_cannot_be_read_are_told():
    rows = [{**BILL, "settled_at": "soon", "due_at": "some day"}]
    done = profile_report(transactions=rows, names=HOW, as_of=AS_OF)
    assert done.table[0]["late_share"] is None
    assert done.report.table("transactions").notes == {"unreadable_date": 2}


def test_the_favourite_way_to_pay_is_the_one_used_most():
    rows = [{**BILL, "payment_method": method} for method in ("card", "微信", "微信", None)]
    found = cs.profile(transactions=rows, names=HOW, as_of=AS_OF)[0]
    assert found["favourite_payment"] == "微信"
