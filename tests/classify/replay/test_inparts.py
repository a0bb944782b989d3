"""Customers of one partition after the other have the states that they have together."""

from datetime import date

import numpy as np
import pytest

import custseg as cs
from custseg import frames
from custseg.classify import (
    FixedDays,
    Hysteresis,
    Lifecycle,
    advance,
    customer_states,
    due,
    growth_accounting,
    month_ends,
    states_asof,
    transition_matrix,
    transitions,
)
from custseg.classify.replay import history, inparts, standing, stream
from custseg.errors import ConfigError, DataError
from custseg.features import PartitionedLog
from inparts import in_parts

RULE = FixedDays(60, at_risk_after=30, churned_after=120, new_for=10, reactivated_for=10)
MODEL = Lifecycle(RULE, calm=Hysteresis(dwell_days=7)).fit([])
DAYS = month_ends("2026-01-31", "2026-06-30")


@pytest.fixture(scope="module")
def company():
    return cs.datasets.crm(60, seed=4)


@pytest.fixture
def parted(monkeypatch):
    """Work by customer is done in three partitions, in Arrow tables that come back shuffled."""

    def by_customer(given, work, *, like):
        assert like in given
        return in_parts(given, work, seed=5)

    def totals(given, work):
        return frames.table(in_parts(given, work, seed=6))

    for module in (inparts, stream):
        monkeypatch.setattr(module.frames, "by_customer", by_customer)
        monkeypatch.setattr(module.frames, "totals", totals)


def ordered(table):
    opened = frames.table(table)
    columns = {name: opened.values(name) for name in opened.columns}
    words = {name: [*column.words, None] for name, column in columns.items()}
    rows = range(opened.size)
    told = [{n: words[n][c.at[row]] for n, c in columns.items()} for row in rows]
    return sorted(told, key=lambda row: str([row.get(n) for n in ("customer_id", "as_of", "on")]))


@pytest.mark.usefixtures("parted")
def test_states_of_parts_are_states_of_all(company):
    orders = company.transactions
    log, parts = cs.TransactionLog.of(orders), PartitionedLog.of(orders)
    whole, grid = (states_asof(each, DAYS, MODEL) for each in (log, parts))
    assert grid.counts().tolist() == whole.counts().tolist()
    assert (grid.dates, grid.words, grid.classes) == (whole.dates, whole.words, whole.classes)
    assert ordered(grid.table) == ordered(whole.table)
    assert grid._repr_html_() == whole._repr_html_()
    for by in ("state", "class"):
        one, two = (transition_matrix(each, by=by).as_dict() for each in (whole, grid))
        assert one == two
    between = (DAYS[0], DAYS[3])
    one, two = (transition_matrix(each, between=between).as_dict() for each in (whole, grid))
    assert one == two
    assert growth_accounting(grid).as_dict() == growth_accounting(whole).as_dict()
    with pytest.raises(ConfigError, match="in memory"):
        growth_accounting(grid, value=np.zeros((1, 1)))


@pytest.mark.usefixtures("parted")
@pytest.mark.parametrize("lifecycle", [MODEL, Lifecycle(FixedDays(60)), None])
def test_changes_and_standing_of_parts_are_those_of_all(company, lifecycle):
    orders = company.transactions
    log, parts = cs.TransactionLog.of(orders), PartitionedLog.of(orders)
    for start in (None, "2026-02-01"):
        one, two = (
            transitions(each, lifecycle, start=start, until="2026-06-30") for each in (log, parts)
        )
        assert ordered(two) == ordered(one)
    one, two = (customer_states(each, lifecycle, as_of="2026-06-30") for each in (log, parts))
    assert ordered(two) == ordered(one)


@pytest.mark.usefixtures("parted")
def test_customers_and_contacts_travel_too(company):
    orders = company.transactions
    model = Lifecycle(FixedDays(60, contact_within=30)).fit([])
    more = {"customers": company.customers, "interactions": company.interactions}
    log, parts = cs.TransactionLog.of(orders), PartitionedLog.of(orders)
    one, two = (customer_states(each, model, as_of="2026-06-30", **more) for each in (log, parts))
    assert ordered(two) == ordered(one)
    one, two = (states_asof(each, DAYS, model, **more).counts() for each in (log, parts))
    assert one.tolist() == two.tolist()


@pytest.mark.usefixtures("parted")
def test_states_of_parts_are_brought_forward(company):
    orders = company.transactions
    day = "2026-05-31"
    old, new = (
        [row for row in orders if (str(row["paid_at"])[:10] <= day) is early]
        for early in (True, False)
    )
    states = customer_states(cs.TransactionLog.of(old), MODEL, as_of=day)
    log, parts = cs.TransactionLog.of(new), PartitionedLog.of(new)
    one, two = (advance(states, each, model=MODEL, as_of="2026-06-30") for each in (log, parts))
    assert ordered(two) == ordered(one)


def test_states_in_an_engine_go_on_with_transactions_there():
    polars = pytest.importorskip("polars")
    rows = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
    log = cs.TransactionLog.of(rows)
    states = customer_states(log, MODEL, as_of="2026-01-31")
    lazy = polars.DataFrame(states).lazy()
    scattered = frames.table(lazy)
    type(scattered).scattered, kept = True, type(scattered).scattered
    try:
        with pytest.raises(DataError, match="PartitionedLog"):
            advance(scattered, log, model=MODEL, as_of="2026-02-28")
    finally:
        type(scattered).scattered = kept
    later = date(2026, 12, 31)
    assert due(lazy, as_of=later).collect().height == len(due(states, as_of=later)) == 1
    assert due(lazy, as_of="2026-01-31").collect().height == 0


def test_every_question_is_asked_where_it_is_looked_for():
    assert history.PartitionedGrid is inparts.PartitionedGrid
    assert standing.Customers is inparts.Customers
