"""A job whose tiers are reviewed: one run goes on from what the last one wrote."""

import pandas as pd
import pytest

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.tiering import Bars, ByHand, Calm, Cuts, Retier, RollingWindow, tier_history, values_at

CALM = Calm(bars=Bars(keep=0.8), grace=1, min_tenure="1 month", by_hand=ByHand())
TIER = Retier(Cuts((500.0, 2000.0)), CALM, value="revenue_365d")
JOB = cs.Pipeline(cleaner=None, dedupe=None, scorecard=None, tier=TIER)
PEOPLE = [{"customer_id": name} for name in ("0017", "0020", "0031")]
ORDERS = [
    {"customer_id": "0017", "at": "2025-05-02", "amount": 1800.0},
    {"customer_id": "0017", "at": "2026-02-11", "amount": 300.0},
    {"customer_id": "0020", "at": "2026-03-20", "amount": 450.0},
    {"customer_id": "0020", "at": "2026-05-20", "amount": 4500.0},
    {"customer_id": "0031", "at": "2025-04-20", "amount": 700.0},
]
DAYS = ("2026-03-31", "2026-06-30", "2026-09-30")


def run(day, job=JOB, **tables):
    return job.run(**{"customers": PEOPLE, "transactions": ORDERS, **tables}, as_of=day)


def tiers(done):
    rows = everykind.as_records(done.customers)
    return {row["customer_id"]: (row["tier"], row["tier_reason"]) for row in rows}


def test_the_second_run_goes_on_from_the_first():
    first = run(DAYS[0])
    assert {tier for tier, _ in tiers(first).values()} == {"low", "medium", "high"}
    assert tiers(run(DAYS[1], previous=first.customers)) == {
        "0017": ("high", "kept_grace"),
        "0020": ("high", "promoted"),
        "0031": ("medium", "kept_grace"),
    }


def test_a_chain_of_runs_is_the_replay_of_the_history():
    last = None
    for day in DAYS:
        last = run(day, previous=last).customers
    history = values_at(cs.TransactionLog.of(ORDERS), DAYS, RollingWindow(365))
    whole = {row["customer_id"]: row["tier"] for row in tier_history(history, TIER).table}
    assert {row["customer_id"]: row["tier"] for row in last} == whole


def test_a_policy_and_one_record_go_on_alike():
    first = run(DAYS[0])
    second = first.policy.run(
        customers=PEOPLE, transactions=ORDERS, previous=first.customers, as_of=DAYS[1]
    )
    assert tiers(second) == tiers(run(DAYS[1], previous=first.customers))
    for row in second.customers:
        bare = {name: value for name, value in row.items() if name not in TIER.fit().gives}
        assert second.policy.one(bare)["tier"] == row["tier"]


@pytest.mark.parametrize("kind", ["records", "pandas", "polars"])
def test_tables_may_be_of_different_kinds(kind):
    last = pd.DataFrame(run(DAYS[0]).customers)
    people = everykind.as_table(kind, PEOPLE, {"customer_id": "text"})
    done = run(DAYS[1], customers=people, previous=last)
    assert tiers(done)["0020"] == ("high", "promoted")


def test_what_came_in_is_told():
    done = run(DAYS[1], previous=run(DAYS[0]).customers)
    assert "last run: 3" in done.text()
    assert "上次结果: 3" in done.text("zh")


def test_a_review_that_would_start_all_over_is_refused():
    """Last run's file as the customers of this one: everybody would be new, in silence."""
    last = run(DAYS[0]).customers
    with pytest.raises(ConfigError, match="as previous") as refused:
        run(DAYS[1], customers=last)
    assert refused.value.path == "tables.previous"
    assert tiers(run(DAYS[1], customers=last, previous=last))["0031"] == ("medium", "kept_grace")
    plan = cs.Pipeline(cleaner=None, dedupe=None, scorecard=None)
    assert run(DAYS[1], plan, customers=last).counts["tier"]


def test_what_is_no_last_run_is_refused():
    with pytest.raises(MissingColumnError, match="tier"):
        run(DAYS[1], previous=PEOPLE)
    last = run(DAYS[0]).customers
    with pytest.raises(DataError, match="repeat a customer"):
        run(DAYS[1], previous=[*last, last[0]])
