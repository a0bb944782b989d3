"""A job whose document says how customers are shared out, on a generated company."""

import tomllib

import pytest

import custseg as cs

TOML = """
[allocation]
kind = "allocation"
weights = [40, 25, 20]
priority = ["revenue"]
pool = "public"
shortfall = "report"
locked = { field = "vip", op = "==", value = "true" }
gates = [{ kind = "match-wish", column = "territory", required = true }]
wishes = [
  { kind = "stay" },
  { kind = "match-wish", column = "industry", rep_column = "industries", separator = ";" },
  { kind = "senior" },
]

[allocation.rules]
rules = [
  { name = "home", when = { field = "territory", op = "present" }, to = { same = ["territory"] } },
]
fallback = { pool = "abroad" }

[[allocation.loads]]
measure = "orders"
high = 200.0
"""


@pytest.fixture(scope="module")
def run():
    company = cs.datasets.crm(200, seed=7)
    job = cs.load({"kind": "pipeline", "scorecard": None, **tomllib.loads(TOML)})
    names = {"transactions": cs.Names(at="paid_at")}
    return cs.Pipeline(
        names=names, scorecard=None, dedupe=None, cleaner=None, allocation=job.allocation
    ).run(
        as_of="2026-06-30",
        customers=company.customers,
        transactions=company.transactions,
        reps=company.reps,
    )


def test_the_job_gives_owners_rules_and_pools(run):
    rows = run.customers
    assert len(rows) == 200
    territory = {load.rep_id: load for load in run.plan.loads}
    assert all(row["owner"] is None or row["owner"] in territory for row in rows)
    assert {row["owner_rule"] for row in rows} <= {"home", "fallback"}
    for row in rows:
        assert (row["owner"] is None) == (row["pool"] is not None)
    assert run.plan.totals["assigned"] > 150


def test_the_policy_keeps_the_settings_and_decides_the_same(run):
    policy = cs.load(cs.dump(run.policy))
    assert policy == run.policy
    assert policy.allocation.pool == "public"


def test_everybody_without_an_owner_has_a_reason(run):
    left = {one.customer_id: one.reason.code for one in run.unassigned}
    assert {row["customer_id"] for row in run.customers if row["owner"] is None} == set(left)
    assert run.explain(run.customers[0]["customer_id"]).parts["owner"].text()
