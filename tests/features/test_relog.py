"""A profile from a log is the profile from its table, as far as a log goes."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.errors import ConfigError, DataError
from custseg.features import profile_report
from custseg.features.relog import LOST
from everykind import as_records
from plainprofile import AS_OF, logs

PEOPLE = [{"customer_id": who} for who in ("007", "a", "b", "nobody")]
LEAST = ("customer_id", "paid_at", "amount")
HOW = st.sampled_from(["net", "net_day", "ignore"])


def narrow(log):
    return [{name: row[name] for name in LEAST} for row in log]


@given(logs.filter(bool), HOW, st.booleans())
def test_a_log_says_what_its_table_says(log, how, given_people):
    people = PEOPLE if given_people else None
    conventions = cs.Conventions(refunds=how)
    read = cs.TransactionLog.of(narrow(log), conventions=conventions)
    once = profile_report(people, transactions=narrow(log), conventions=conventions, as_of=AS_OF)
    again = profile_report(people, transactions=read, as_of=AS_OF)
    assert again.table == once.table
    mine, theirs = (done.report.table("transactions") for done in (again, once))
    assert (mine.rows, mine.used, mine.notes) == (theirs.rows, theirs.used, theirs.notes)


@given(logs, logs.filter(bool))
def test_a_log_that_has_grown_says_what_all_its_tables_say(log, more):
    grown = cs.TransactionLog.of(narrow(log)).append(narrow(more))
    assert cs.profile(PEOPLE, transactions=grown, as_of=AS_OF) == cs.profile(
        PEOPLE, transactions=narrow([*log, *more]), as_of=AS_OF
    )


@given(logs.filter(bool))
def test_what_a_log_does_not_keep_is_unknown_and_noted(log):
    lost = {name for _, names in LOST.values() for name in names}
    done = profile_report(PEOPLE, transactions=cs.TransactionLog.of(log), as_of=AS_OF)
    whole = cs.profile(PEOPLE, transactions=log, as_of=AS_OF)
    for row, full in zip(done.table, whole, strict=True):
        assert row == {name: None if name in lost else value for name, value in full.items()}
    report = done.report.table("transactions")
    noted = {note for note in report.notes if note.endswith("_not_in_log")}
    assert noted == ({f"{role}_not_in_log" for role in LOST} if report.used else set())
    assert "交易日志不保留产品：未知" in done.report.text("zh") or not report.used


@pytest.mark.parametrize("kind", [name for name, _ in kinds([{"a": 1}])])
def test_every_kind_of_log(kind):
    rows = [
        {"customer_id": who, "paid_at": f"2026-01-{day:02d}", "amount": 1.5}
        for who, day in (("b", 5), ("007", 6), ("b", 9))
    ]
    log = cs.TransactionLog.of(as_kind(kind, rows))
    found = cs.profile(transactions=log, as_of=AS_OF)
    assert type(found) is type(cs.profile(transactions=as_kind(kind, rows), as_of=AS_OF))
    assert {row["customer_id"]: row["frequency"] for row in as_records(found)} == {"b": 2, "007": 1}


def test_numbers_of_a_log_that_has_grown_are_in_order():
    def frame(ids):
        return pd.DataFrame({"customer_id": ids, "at": "2026-01-05", "amount": 1.0})

    grown = cs.TransactionLog.of(frame([5, 9])).append(frame([7, 7]))
    found = cs.profile(transactions=grown, as_of=AS_OF)
    assert found[["customer_id", "orders"]].to_numpy().tolist() == [[5, 1], [7, 2], [9, 1]]
    people = pd.DataFrame({"customer_id": [9, 1, 7]})
    assert cs.profile(people, transactions=grown, as_of=AS_OF)["orders"].tolist() == [1, 0, 2]


def test_a_log_keeps_its_names_and_conventions():
    rows = [{"uid": "a", "when": "2026-01-05T20:00:00Z", "sum": 4}]
    names = cs.Names(customer="uid", at="when", amount="sum")
    how = cs.Conventions(tz="Asia/Shanghai")
    log = cs.TransactionLog.of(rows, names, conventions=how)
    row = cs.profile(transactions=log, as_of="2026-01-06")[0]
    assert (row["uid"], row["recency_days"]) == ("a", 0)
    visits = [{"customer_id": "a", "at": "2026-01-05T20:00:00Z"}]
    people = [{"customer_id": "a"}]
    seen = cs.profile(people, transactions=log, visits=visits, as_of="2026-01-06")[0]
    assert (seen["orders"], seen["visits"]) == (1, 1)
    with pytest.raises(ConfigError, match="conventions: differ from those"):
        cs.profile(transactions=log, conventions=cs.Conventions(), as_of="2026-01-06")


def test_ids_of_another_type_are_refused():
    log = cs.TransactionLog.of([{"customer_id": 17, "at": "2026-01-05", "amount": 1}])
    with pytest.raises(DataError, match="17 is not '17'"):
        cs.profile([{"customer_id": "17"}], transactions=log, as_of=AS_OF)
