import datetime as dt

import pytest

import custseg as cs
import everykind
from custseg.classify import FixedDays, Lifecycle
from custseg.errors import ConfigError
from custseg.pipeline import Pipeline, life_of

NAMES = {
    "customers": cs.Names(customer="id"),
    "transactions": cs.Names(customer="who", at="paid_at"),
}
PEOPLE = [{"id": "b", "name": "Li"}, {"id": "a", "name": "<An>"}, {"id": "c", "name": "Wu"}]
ORDERS = [
    {"who": "a", "paid_at": "2026-01-05", "amount": 40.0},
    {"who": "b", "paid_at": "2026-02-05", "amount": 60.0},
    {"who": "b", "paid_at": "2026-05-20", "amount": 60.0},
]
KINDS = {"who": "text", "paid_at": "text", "amount": "number"}
JOB = Pipeline(names=NAMES, lifecycle=Lifecycle(FixedDays(60)), scorecard=None, merge=None)


def run(kind="records", job=JOB):
    orders = everykind.as_table(kind, ORDERS, KINDS)
    people = everykind.as_table(kind, PEOPLE, {"id": "text", "name": "text"})
    return job.run(customers=people, transactions=orders, as_of="2026-06-30")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_states_today_and_the_way_there(kind):
    life = life_of(run(kind), since="2026-01-01")
    assert life.counts == {"potential": 1, "active": 1, "dormant": 1}
    assert life.soon == {"dormant": 1}
    assert [day.month for day in life.grid.dates] == [1, 2, 3, 4, 5, 6]
    moved = everykind.as_records(life.changes)
    assert [(row["who"], str(row["on"])[:10], row["to"]) for row in moved] == [
        ("a", "2026-01-05", "active"),
        ("b", "2026-02-05", "active"),
        ("a", "2026-03-06", "dormant"),
        ("b", "2026-04-06", "dormant"),
        ("b", "2026-05-20", "active"),
    ]
    assert life.growth.end.tolist()[-1] == 1
    assert set(life.as_dict()) >= {"counts", "soon", "growth", "flows", "cohorts", "churn"}
    assert life.as_dict()["churn"]["customers"] == []


def test_without_a_customers_table_whoever_buys_is_known():
    done = JOB.run(transactions=ORDERS, as_of="2026-06-30")
    life = life_of(done)
    assert life.counts == {"active": 1, "dormant": 1}
    assert life.grid.dates[0] == dt.date(2026, 1, 31)


def test_no_value_of_a_customer_is_said():
    life = life_of(run())
    said = f"{life.text()} {life.text('zh')} {life.as_dict()}"
    assert "<An>" not in said
    assert "潜在客户" in life.text("zh")


def test_a_job_that_cannot_be_replayed_says_why():
    without = Pipeline(names=NAMES, lifecycle=None)
    with pytest.raises(ConfigError, match="no lifecycle model"):
        life_of(run(job=without))
    with pytest.raises(ConfigError, match="needs transactions"):
        life_of(Pipeline().run(customers=[{"customer_id": "a"}], as_of="2026-06-30"))
