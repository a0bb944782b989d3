"""One company, every kind of table: the same customers, states, scores, tiers and owners."""

import functools

import pytest

import custseg as cs
from custseg.checks.kinds import answers, as_kind, same, told

TABLES = ("customers", "transactions", "interactions", "feedback", "visits", "opportunities")
PROFILE = ("orders", "frequency", "recency_days", "tenure_days", "revenue", "gap_median_days")
DECIDED = ("lifecycle", "score", "grade", "tier", "service", "owner", "owner_reason")
EVERY = (*PROFILE, "favourite_category", "contact_days", "completeness", "referrals", *DECIDED)
KINDS = (
    "pandas",
    "pandas-object",
    "pandas-nullable",
    "pandas-arrow",
    "polars",
    "polars-lazy",
    "arrow",
    "dataset",
    "duckdb",
    "dask",
    "spark",
)


@functools.cache
def company():
    return cs.datasets.crm(150, seed=11)


def job():
    return cs.Pipeline(conventions=cs.Conventions(tz="Asia/Shanghai", currency="CNY"))


def run_of(kind):
    crm = company()
    tables = {name: as_kind(kind, getattr(crm, name)) for name in TABLES}
    return job().run(**tables, reps=crm.reps, as_of=crm.recipe.end)


@functools.cache
def first():
    return run_of("records")


@pytest.fixture
def kind(request):
    if request.param == "spark":
        request.getfixturevalue("spark")
    return request.param


@pytest.mark.parametrize("kind", KINDS, indirect=True)
def test_every_kind_of_table_means_the_same(kind):
    expected, run = first(), run_of(kind).kept()
    wanted = answers(expected.customers, EVERY, "customer_id")
    found = answers(run.customers, EVERY, "customer_id")
    assert same(found, wanted), told(wanted, found)
    assert run.policy == expected.policy
    assert run.counts == expected.counts
    assert run.stamp == expected.stamp
    assert run.plan.totals == expected.plan.totals
