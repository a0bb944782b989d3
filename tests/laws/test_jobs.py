"""The whole job, from raw tables to owners, keeps the laws of its parts."""

import copy
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from anyhistory import AS_OF, histories, known_then, people
from custseg.checks.kinds import answers, as_kind, contents, kinds, same
from custseg.errors import ConfigError, DataError
from custseg.tiering import Thresholds, TierPlan

JOB = cs.Pipeline(
    conventions=cs.Conventions(tz="Asia/Shanghai", currency="CNY"),
    tier=TierPlan(Thresholds((10.0, 100.0))),
)
GIVES = ("lifecycle", "score", "grade", "tier", "service", "owner", "owner_reason", "revenue")
KINDS = [name for name, _ in kinds([{"a": 1}]) if name != "generator"]
REPS = st.lists(
    st.fixed_dictionaries(
        {"capacity": st.integers(0, 2), "seniority": st.sampled_from([1.0, 5.0, None])}
    ),
    min_size=1,
    max_size=3,
).map(lambda rows: [{"rep_id": f"R{i}", **row} for i, row in enumerate(rows)])

# A job is a hundred times the work of a rule: fewer examples of it, whatever the profile.
few = settings(max_examples=max(4, settings().max_examples // 4))


def decided(run):
    return answers(run.customers, GIVES, "customer_id")


def run_of(customers, tables, reps, job=JOB):
    """The run, or what refused it: a day before all transactions, ids that nobody has."""
    try:
        return job.run(customers=customers, **tables, reps=reps, as_of=AS_OF)
    except (ConfigError, DataError) as error:
        return type(error)


@few
@given(people, histories(), REPS, st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_kinds_and_orders_of_rows_do_not_matter(customers, tables, reps, kind, chance):
    first = run_of(customers, tables, reps)
    before = copy.deepcopy((customers, tables, reps))
    mixed = {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}
    turned = run_of(chance.sample(customers, len(customers)), mixed, reps[::-1])
    assert (customers, tables, reps) == before
    made = {name: as_kind(kind, rows) if rows else rows for name, rows in tables.items()}
    crew, crowd = as_kind(kind, reps), as_kind(kind, customers)
    was = contents(crowd), contents(crew)
    other = run_of(crowd, made, crew)
    assert same((contents(crowd), contents(crew)), was)
    if isinstance(first, type):
        assert turned is other is first
        return
    assert same(decided(turned), decided(first))
    assert same(decided(other), decided(first))


@few
@given(people, histories(), REPS)
def test_nothing_after_the_day_changes_a_decision(customers, tables, reps):
    now = run_of(customers, tables, reps)
    then = run_of(customers, known_then(tables, "Asia/Shanghai"), reps)
    if not isinstance(now, type):
        assert same(decided(now), decided(then))


@few
@given(people, histories(), REPS)
def test_a_policy_is_plain_data_that_decides_the_same(customers, tables, reps):
    run = run_of(customers, tables, reps)
    if isinstance(run, type):
        return
    back = cs.load(json.dumps(cs.dump(run.policy)))
    assert back == run.policy
    again = back.run(customers=customers, **tables, reps=reps, as_of=AS_OF)
    assert same(decided(again), decided(run))
    assert again.stamp == run.stamp
    gives = [name for model in back.models.values() for name in model.gives]
    rows = [dict(row) for row in run.customers]
    with ThreadPoolExecutor(4) as pool:
        ones = list(pool.map(back.one, rows * 3))
    for row, one in zip(rows * 3, ones, strict=True):
        assert {name: one[name] for name in gives} == {name: row[name] for name in gives}


@few
@given(people, histories(), REPS)
def test_nobody_carries_more_than_the_capacity_and_nobody_is_lost(customers, tables, reps):
    run = run_of(customers, tables, reps)
    if isinstance(run, type):
        return
    owners = [row["owner"] for row in run.customers]
    assert all(owners.count(rep["rep_id"]) <= rep["capacity"] for rep in reps)
    assert owners.count(None) == len(run.unassigned)
    assert {row["customer_id"] for row in run.customers} == {c["customer_id"] for c in customers}


@pytest.mark.parametrize("kind", KINDS)
def test_deciding_twice_is_deciding_once(kind):
    crm = cs.datasets.crm(60, seed=5)
    policy = JOB.fit(customers=crm.customers, transactions=crm.transactions, as_of=crm.recipe.end)
    once = policy.run(
        customers=as_kind(kind, crm.customers),
        transactions=as_kind(kind, crm.transactions),
        as_of=crm.recipe.end,
    )
    people = once.customers
    for model in policy.models.values():
        people = model.apply(people)
    names = [name for model in policy.models.values() for name in model.gives]
    assert same(
        answers(people, names, "customer_id"), answers(once.customers, names, "customer_id")
    )
