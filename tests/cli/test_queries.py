"""`custseg sql` writes models that run, and says what has none."""

import json

import duckdb
import pytest

import custseg as cs
from custseg.cli import main

ORDERS = "customer_id,paid_at,amount\n" + "".join(
    f"C{n % 40:02},2026-0{1 + n % 6}-1{n % 9},{n * 3}.5\n" for n in range(300)
)
JOB = """
as_of = 2026-06-30
[tables]
transactions = "orders.csv"
[names.transactions]
at = "paid_at"
[conventions]
tz = "UTC"
currency = "CNY"
[pipeline.lifecycle]
kind = "lifecycle"
strategy = { kind = "fixed-days" }
[pipeline.tier]
kind = "tier-plan"
cutter = { kind = "quantiles", at = [0.5, 0.8] }
"""


@pytest.fixture
def job(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "job.toml").write_text(JOB, encoding="utf-8")
    return tmp_path / "job.toml"


def test_each_step_is_a_model(job, capsys):
    assert main(["sql", str(job), "--json", "--out", str(job.parent / "models")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {"custseg_lifecycle", "custseg_tier"} <= set(said["written"])
    first = (job.parent / "models" / "custseg_lifecycle.sql").read_text(encoding="utf-8")
    assert first.splitlines()[-1] == "FROM {{ ref('profiles') }}"


def test_one_query_runs(job, capsys):
    out = job.parent / "one"
    assert main(["sql", str(job), "--one", "--profiles", "people", "--out", str(out)]) == 0
    assert "custseg.sql" in capsys.readouterr().out
    orders = cs.io.read_table(job.parent / "orders.csv")
    shop = {"names": cs.Names(at="paid_at"), "conventions": cs.Conventions(currency="CNY")}
    people = cs.profile(transactions=orders, as_of="2026-06-30", **shop)
    with duckdb.connect() as engine:
        engine.register("people", people)
        text = (out / "custseg.sql").read_text(encoding="utf-8")
        found = engine.sql(text).project("lifecycle, tier").fetchall()
    assert len(found) == len(people)
    assert {tier for _, tier in found} == {"low", "medium", "high"}
