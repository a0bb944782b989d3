"""A policy's queries say what the policy says, and what has none is named."""

import sqlite3
from contextlib import closing

import duckdb
import pandas as pd
import pytest

import custseg as cs
from custseg.classify import FixedDays, Hysteresis, Lifecycle
from custseg.errors import CustsegError
from custseg.pipeline import Policy
from custseg.scoring import Factor, Grades, Ramp, Scorecard
from custseg.tiering import ServiceBook, Thresholds, TierPlan

PEOPLE = [
    {"frequency": i % 4, "recency_days": i * 7 % 400 if i % 4 else None, "revenue": 9.5 * (i % 90)}
    for i in range(200)
]
CARD = Scorecard(
    (
        Factor("revenue", worth=60, curve=Ramp(0, 500)),
        Factor("frequency", worth=40, curve=Ramp(0, 3)),
    ),
    grades=Grades(),
)
LIFE = Lifecycle(FixedDays(at_risk_after=90))
TIER = TierPlan(Thresholds((100.0, 600.0)))


def policy(**parts):
    return Policy(**{"lifecycle": LIFE.fit([]), "scorecard": CARD, "tier": TIER.fit([]), **parts})


def told(made, people=PEOPLE):
    for model in made.models.values():
        people = model.apply(people)
    return people


def answers(rows, columns):
    return [[row[name] for name in columns] for row in rows]


def in_sqlite(text):
    with closing(sqlite3.connect(":memory:")) as engine:
        pd.DataFrame(PEOPLE).to_sql("profiles", engine, index=False)
        found = engine.execute(text)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


def in_duckdb(text):
    with duckdb.connect() as engine:
        engine.register("profiles", pd.DataFrame(PEOPLE))
        return engine.sql(text).to_arrow_table().to_pylist()


@pytest.mark.parametrize("dialect", ["duckdb", "sqlite"])
def test_one_query_decides_as_the_policy_does(dialect):
    made = policy()
    found = made.to_sql(table="profiles", dialect=dialect)
    assert list(found.selects) == ["lifecycle", "scorecard", "tier"]
    assert found.told() == ""
    rows = (in_sqlite if dialect == "sqlite" else in_duckdb)(found.text)
    columns = [name for model in made.models.values() for name in model.gives]
    assert answers(rows, columns) == answers(told(made), columns)


def test_models_of_dbt_read_one_another():
    made = policy().to_sql(dialect="spark").dbt("{{ source('crm', 'profiles') }}")
    ends = [text.splitlines()[-1] for text in made.values()]
    assert list(made) == ["custseg_lifecycle", "custseg_scorecard", "custseg_tier"]
    assert ends == [
        "FROM {{ source('crm', 'profiles') }}",
        "FROM {{ ref('custseg_lifecycle') }}",
        "FROM {{ ref('custseg_scorecard') }}",
    ]
    with duckdb.connect() as engine:
        engine.register("profiles", pd.DataFrame(PEOPLE))
        for name, text in policy().to_sql().dbt("profiles").items():
            body = text.replace("{{ ref('", "").replace("') }}", "")
            engine.execute(f"CREATE VIEW {name} AS {body}")
        rows = engine.sql("SELECT * FROM custseg_tier").to_arrow_table().to_pylist()
    assert answers(rows, ["score", "tier"]) == answers(told(policy()), ["score", "tier"])


def test_what_no_query_says_is_named():
    calm = Lifecycle(FixedDays(), Hysteresis(dwell_days=5)).fit([])
    made = policy(lifecycle=calm, service=ServiceBook().fit(told(policy())))
    found = made.to_sql()
    assert list(found.selects) == ["scorecard", "tier"]
    assert {step: why.code for step, why in found.lacking.items()} == {
        "lifecycle": "sql_kernel",
        "service": "sql_after",
    }
    assert found.told("zh").splitlines()[1] == "service: 要读取 客户状态，它由步骤 客户状态 给出"


def test_cleaning_and_sharing_out_are_no_queries():
    crm = cs.datasets.crm(60, seed=2)
    job = cs.Pipeline(lifecycle=LIFE, allocation=cs.allocate.Allocation())
    made = job.fit(customers=crm.customers, as_of=crm.recipe.end)
    found = made.to_sql()
    assert {"clean", "match", "allocation"} <= set(found.lacking)


def test_a_policy_without_a_query_says_so():
    with pytest.raises(CustsegError, match="no step of this policy is a query"):
        _ = Policy().to_sql().text
