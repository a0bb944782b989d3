"""A state in parts is merged and asked part by part, and says what the whole says."""

import numpy as np
import pytest

import custseg as cs
from custseg import frames
from custseg.errors import ConfigError, DataError
from custseg.features import PartitionedState, TransactionState
from custseg.features.lasting import parted
from inparts import in_parts

LADDER = cs.classify.Lifecycle(cs.classify.FixedDays(60, at_risk_after=30)).fit([])
DUE = {"due_at": "2026-03-01", "settled_at": "2026-03-05"}


@pytest.fixture(scope="module")
def orders():
    rows = cs.datasets.crm(60, seed=4).transactions
    some = [{**row, "due_at": None, "settled_at": None} for row in rows[:-9]]
    return some + [{**row, **DUE} for row in rows[-9:]]


@pytest.fixture
def in_three(monkeypatch):
    def by_customer(given, work, *, like):
        assert like in given
        return in_parts(given, work, seed=5)

    def totals(given, work):
        return frames.table(in_parts(given, work, seed=6))

    monkeypatch.setattr(parted.frames, "by_customer", by_customer)
    monkeypatch.setattr(parted.frames, "totals", totals)


def by_customer(table):
    rows = table if isinstance(table, list) else table.to_pylist()
    return {row["customer_id"]: row for row in rows}


@pytest.mark.usefixtures("in_three")
@pytest.mark.parametrize("currency", [None, "CNY"])
def test_parts_say_what_the_whole_says(orders, currency):
    old, new = orders[::2], orders[1::2]
    how = cs.Conventions(tz="Asia/Shanghai", currency=currency)
    first = TransactionState.of(old, conventions=how, batch="old")
    state = PartitionedState.of_table(first.table(), first.header(), conventions=how)
    grown = state.append(new, batch="new")
    whole = first.append(new, batch="new")
    header = grown.header()
    assert header["report"] == whole.header()["report"]
    assert header["columns"] == whole.header()["columns"]
    assert header["currency"] == whole.header()["currency"]
    expected = by_customer(whole.summary(as_of="2026-06-30", also="gap_median"))
    assert by_customer(grown.summary(as_of="2026-06-30", also="gap_median")) == expected
    days = ["2026-04-30", "2026-06-30"]
    grids = [cs.classify.states_asof(each, days, LADDER) for each in (whole, grown)]
    assert grids[0].counts().tolist() == grids[1].counts().tolist()
    kept = TransactionState.of_table(grown.table.native, header, conventions=how)
    profiles = [
        cs.profile(transactions=log, as_of="2026-06-30", conventions=how) for log in (kept, orders)
    ]
    mine, theirs = map(by_customer, profiles)
    assert mine.keys() == theirs.keys()
    for who, row in theirs.items():
        np.testing.assert_equal({name: mine[who][name] for name in row}, row)


def test_a_batch_has_a_name_and_is_taken_in_once(orders):
    first = TransactionState.of(orders, batch="one")
    state = PartitionedState.of_table(first.table(), first.header())
    with pytest.raises(ConfigError, match="name"):
        state.append(orders, batch="")
    with pytest.raises(DataError, match="already"):
        state.append(orders, batch="one")
    with pytest.raises(ConfigError, match="other names or conventions"):
        PartitionedState.of_table(
            first.table(), first.header(), conventions=cs.Conventions(refunds="ignore")
        )
