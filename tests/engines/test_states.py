"""States and kept transactions where the tables are: as in memory, and no row is fetched."""

import functools

import pytest

import custseg as cs
from custseg import frames
from custseg.checks.kinds import as_kind
from custseg.classify import (
    FixedDays,
    Lifecycle,
    customer_states,
    due,
    growth_accounting,
    month_ends,
    states_asof,
    transition_matrix,
    transitions,
)
from custseg.features import PartitionedLog, PartitionedState, TransactionLog, TransactionState

RULE = FixedDays(60, at_risk_after=30, churned_after=120, new_for=10, reactivated_for=10)
MODEL = Lifecycle(RULE).fit([])
DAYS = month_ends("2026-03-31", "2026-06-30")
AS_OF = "2026-06-30"
ENGINES = ("polars-lazy", "duckdb", "dask", "spark")


@functools.cache
def orders():
    """Orders of a company, with what companies send: late rows, no ids, refunds, odd ids."""
    rows = cs.datasets.crm(60, seed=4).transactions
    odd = [{**rows[0], "customer_id": None}, {**rows[1], "customer_id": "007", "amount": -5.0}]
    return [*rows, *odd, {**rows[2], "customer_id": "张三", "amount": 0.0}, rows[3]]


@pytest.fixture(params=ENGINES)
def engine(request):
    if request.param == "spark":
        request.getfixturevalue("spark")
    return request.param


def plain(value):
    return str(value)[:10] if hasattr(value, "year") else value


def rows_of(table, by=("customer_id",)):
    """A table as records in an order, whatever holds it."""
    opened = frames.table(table)
    held = opened.select(opened.columns) if opened.lazy else opened
    columns = {name: held.values(name) for name in held.columns}
    words = {name: [*map(plain, column.words), None] for name, column in columns.items()}
    every = [{n: words[n][c.at[row]] for n, c in columns.items()} for row in range(held.size)]
    return sorted(every, key=lambda row: str([row[name] for name in by]))


def fetched(account):
    return [one for one in account if not (one.sums or one.streamed) and one.rows]


def test_states_stay_where_their_transactions_are(engine):
    whole, log = TransactionLog.of(orders()), PartitionedLog.of(as_kind(engine, orders()))
    mine, by = states_asof(whole, DAYS, MODEL), ("customer_id", "as_of")
    with frames.crossings() as account:
        grid = states_asof(log, DAYS, MODEL)
        table, standing = grid.table, customer_states(log, MODEL, as_of=AS_OF)
        matrix = transition_matrix(grid)
    assert not fetched(account)
    assert matrix.as_dict() == transition_matrix(mine).as_dict()
    assert rows_of(table, by) == rows_of(mine.table, by)
    assert rows_of(standing) == rows_of(customer_states(whole, MODEL, as_of=AS_OF))


@pytest.mark.parametrize("lazy", [kind for kind in ENGINES if kind != "spark"])
def test_changes_and_growth_stay_there_too(lazy):
    whole, log = TransactionLog.of(orders()), PartitionedLog.of(as_kind(lazy, orders()))
    now = customer_states(whole, MODEL, as_of=AS_OF)
    with frames.crossings() as account:
        changes = transitions(log, MODEL, start="2026-05-01", until=AS_OF)
        waiting = due(customer_states(log, MODEL, as_of=AS_OF), as_of="2026-09-30")
        growth = growth_accounting(states_asof(log, DAYS, MODEL))
    assert not fetched(account)
    mine = growth_accounting(states_asof(whole, DAYS, MODEL))
    assert growth.as_dict() == mine.as_dict()
    theirs, by = transitions(whole, MODEL, start="2026-05-01", until=AS_OF), ("customer_id", "on")
    assert rows_of(changes, by) == rows_of(theirs, by)
    assert rows_of(waiting) == rows_of(due(now, as_of="2026-09-30"))


def test_a_state_in_an_engine_is_the_state_of_all(engine):
    old, new = orders()[::2], orders()[1::2]
    first = TransactionState.of(old, batch="old")
    with frames.crossings() as account:
        state = PartitionedState.of_table(as_kind(engine, first.table()), first.header())
        grown = state.append(as_kind(engine, new), batch="new")
        told = grown.summary(as_of=AS_OF, also=("gap_median", "gross"))
    assert not fetched(account)
    whole = first.append(new, batch="new")
    assert rows_of(told) == rows_of(whole.summary(as_of=AS_OF, also=("gap_median", "gross")))
    kept = TransactionState.of_table(rows_of(grown.table, whole.like.columns), grown.header())
    assert rows_of(cs.profile(transactions=kept, as_of=AS_OF)) == rows_of(
        cs.profile(transactions=whole, as_of=AS_OF)
    )
