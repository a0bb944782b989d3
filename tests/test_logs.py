"""The log tells steps and counts, and never what stands in a field."""

import logging
import re
import subprocess
import sys

import pytest

import custseg as cs
from custseg.errors import CustsegError

# Every value is one that occurs nowhere else: a name, a number, a word of each column.
SECRET = re.compile(r"zq\d|7301\d\d|Qiu|秘密|@zq")
PEOPLE = [
    {
        "customer_id": f"zq{i:03}",
        "name": f"Qiu {'Anna' if i % 9 else 'Ann'}{i % 60}",
        "phone": f"1380073{10 + i % 80:02}{i % 10:02}",
        "email": f"m{i % 70}@zq.example",
        "city": "秘密",
        "region": "zq9north" if i % 2 else "zq8south",
        "won": "zq7yes" if i % 3 else "zq6no",
    }
    for i in range(90)
]
ORDERS = [
    {
        "customer_id": f"zq{i % 90:03}",
        "at": f"{2024 + i % 3}-{1 + i % 6:02}-{1 + i % 28:02}",
        "amount": 730100.0 + i % 97,
        "product": "秘密",
    }
    for i in range(900)
]
FEEDBACK = [{"customer_id": "zq001", "at": "2026-03-01", "text": "秘密 zq5 terrible"}]
REPS = [{"rep_id": f"zqrep{i}", "region": "zq9north", "capacity": 40} for i in range(3)]


def tables(make):
    named = {"customers": PEOPLE, "transactions": ORDERS, "feedback": FEEDBACK, "reps": REPS}
    return {name: make(rows) for name, rows in named.items()}


def whole_job(make):
    return cs.Pipeline().run(**tables(make), as_of="2026-06-30", actor="zqactor")


def rooms(make):
    """Work of each room that is no step of a job."""
    log = cs.TransactionLog.of(make(ORDERS))
    cs.classify.states_asof(log, ["2026-03-31", "2026-06-30"])
    cs.classify.backtest(log, {}, horizon=20)
    cs.lifetime.bootstrap(cs.lifetime.MBGNBD(), log.summary(as_of="2026-06-30"), draws=3)
    cs.features.TransactionState.of(make(ORDERS), batch="zq1").merged(
        cs.features.TransactionState.of(make(ORDERS[:5]))
    )
    cs.match.Dedupe.preset("person").run(make(PEOPLE))
    people = cs.profile(make(PEOPLE), transactions=make(ORDERS), as_of="2026-06-30")
    cs.scoring.WeightOfEvidence().fit(people, outcome="won", positive="zq7yes")


def frames_of(kind):
    if kind == "duckdb":
        duckdb, pa = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
        connection = duckdb.connect()
        return lambda rows: connection.from_arrow(pa.Table.from_pylist(rows))
    return list


@pytest.mark.parametrize(
    ("work", "kind"), [(whole_job, "records"), (whole_job, "duckdb"), (rooms, "records")]
)
def test_no_value_of_a_field_is_logged(work, kind, caplog):
    caplog.set_level(logging.DEBUG, "custseg")
    work(frames_of(kind))
    said = [record.getMessage() for record in caplog.records]
    assert len(said) >= 10
    assert not [line for line in said if SECRET.search(line)]
    assert all(record.name.startswith("custseg.") for record in caplog.records)


def test_what_is_wrong_with_data_is_no_line_of_the_log(caplog):
    caplog.set_level(logging.DEBUG, "custseg")
    with pytest.raises(CustsegError):
        cs.Pipeline().run(customers=[*PEOPLE, PEOPLE[0]], as_of="zq")
    assert not [record for record in caplog.records if SECRET.search(record.getMessage())]


def test_steps_and_counts_are_told_and_details_beneath(caplog):
    caplog.set_level(logging.INFO, "custseg")
    whole_job(list)
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if line.startswith("step: ")][:4] == [
        f"step: {step}" for step in ("read", "read", "clean", "match")
    ]
    assert "clean: 90 records, 5 columns" in said
    assert any(re.fullmatch(r"profile: \d+ customers, \d+ have bought", line) for line in said)
    assert {record.levelno for record in caplog.records} == {logging.INFO}
    caplog.clear()
    caplog.set_level(logging.DEBUG, "custseg")
    whole_job(list)
    assert {record.levelno for record in caplog.records} == {logging.INFO, logging.DEBUG}


def test_a_program_that_sets_up_nothing_hears_nothing():
    code = (
        "import logging, custseg as cs; "
        "cs.TransactionLog.of([{'customer_id': 1, 'at': '2026-01-01', 'amount': 1}]); "
        "found = logging.getLogger('custseg'); "
        "found.warning('unheard'); "
        "print([type(h).__name__ for h in found.handlers], logging.getLogger().handlers)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("['NullHandler'] []", "")
