"""Logs that grow: what is mended says what measuring all anew says."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.features import kept as module
from custseg.features.purchases import figures
from everykind import as_records
from plainprofile import AS_OF, logs

HOW = st.sampled_from(["net", "net_day", "ignore"])
LATER = st.integers(0, 40).map(lambda days: AS_OF + timedelta(days))


@pytest.fixture(autouse=True)
def _never_anew(monkeypatch):
    """So few customers are mostly all concerned; mend them all the same."""
    monkeypatch.setattr(module, "_MANY", 1)


def same(mended, once, as_of):
    """Whether two logs say the same, customer by customer."""
    assert mended.ids.keys.ids() == once.ids.keys.ids()
    assert mended.summary(as_of=as_of) == once.summary(as_of=as_of)
    mine, theirs = (log.purchases(as_of=as_of) for log in (mended, once))
    np.testing.assert_equal(figures(mine)[:4], figures(theirs)[:4])
    bought = mine.days > 0
    np.testing.assert_equal(mine.opening[bought], theirs.opening[bought])
    mine, theirs = (log.occasions(as_of=as_of) for log in (mended, once))
    assert mine.offset.tolist() == theirs.offset.tolist()
    assert mine.day.tolist() == theirs.day.tolist()


@given(logs, st.lists(logs, max_size=4), HOW, LATER)
def test_mended_is_measured_anew(log, more, how, as_of):
    conventions = cs.Conventions(refunds=how)
    grown = cs.TransactionLog.of(log, conventions=conventions).measured(as_of=AS_OF)
    for rows in more:
        grown = grown.append(rows)
    every = [*log, *(row for rows in more for row in rows)]
    once = cs.TransactionLog.of(every, conventions=conventions)
    assert grown.kept is not None
    same(grown, once, as_of)


@given(logs, st.lists(st.tuples(logs, LATER), max_size=4))
def test_measured_again_and_again_is_measured_once(log, more):
    grown, every, day = cs.TransactionLog.of(log).measured(as_of=AS_OF), list(log), AS_OF
    for rows, as_of in more:
        day = max(day, as_of)
        grown, every = grown.append(rows).measured(as_of=day), [*every, *rows]
    same(grown, cs.TransactionLog.of(every), day)
    same(grown, cs.TransactionLog.of(every), AS_OF - timedelta(9))


def test_whoever_is_not_concerned_is_not_measured(monkeypatch):
    rows = [{"customer_id": i, "at": "2026-01-05", "amount": 1} for i in range(200)]
    log = cs.TransactionLog.of(rows).measured(as_of="2026-01-31")
    more = log.append([{"customer_id": 7, "at": "2026-01-07", "amount": 1}])
    seen, measured = [], module.measure

    def spy(rows, until, *measures):
        seen.append(rows.size)
        measured(rows, until, *measures)

    monkeypatch.setattr(module, "measure", spy)
    monkeypatch.setattr("custseg.features.store.measure", spy)
    found = more.purchases(as_of="2026-01-31").days
    assert (found.sum(), found[7], seen) == (201, 2, [1])


def test_when_time_goes_on_only_who_bought_since_is_measured(monkeypatch):
    rows = [{"customer_id": i, "at": f"2026-01-{1 + i % 28:02d}", "amount": 1} for i in range(200)]
    log = cs.TransactionLog.of(rows).measured(as_of="2026-01-27")
    seen, measured = [], module.measure

    def spy(rows, until, *measures):
        seen.append(rows.size)
        measured(rows, until, *measures)

    monkeypatch.setattr(module, "measure", spy)
    assert (log.purchases(as_of="2026-01-28").days > 0).all()
    assert seen == [7]


def test_many_new_rows_are_measured_anew(monkeypatch):
    monkeypatch.setattr(module, "_MANY", 4)
    rows = [{"customer_id": i, "at": "2026-01-05", "amount": 1} for i in range(4)]
    log = cs.TransactionLog.of(rows).measured(as_of="2026-01-31")
    few, many = (log.append(rows[:some]) for some in (1, 2))
    assert few.kept.mending(few.batches, 4, 20_500) is not None
    assert many.kept.mending(many.batches, 4, 20_500) is None


def test_an_earlier_day_is_measured_anew():
    rows = [{"customer_id": "a", "at": at, "amount": 1} for at in ("2026-01-05", "2026-01-09")]
    log = cs.TransactionLog.of(rows).measured(as_of="2026-01-31")
    assert log.purchases(as_of="2026-01-08").days.tolist() == [1]


def test_logs_are_values():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 1}])
    kept = log.measured(as_of="2026-01-31")
    one = kept.append([{"customer_id": "a", "at": "2026-01-06", "amount": 2}])
    other = kept.append([{"customer_id": "b", "at": "2026-01-07", "amount": 3}])
    assert log.kept is None
    assert [len(each) for each in (log, kept, one, other)] == [1, 1, 2, 2]
    assert kept.purchases(as_of="2026-01-31").days.tolist() == [1]
    assert one.purchases(as_of="2026-01-31").days.tolist() == [2]
    assert other.purchases(as_of="2026-01-31").days.tolist() == [1, 1]
    with pytest.raises(ValueError, match="read-only"):
        kept.purchases(as_of="2026-01-31").days[0] = 9


def test_a_log_that_is_cut_keeps_no_figures_of_what_was_cut():
    rows = [{"customer_id": "a", "at": at, "amount": 1} for at in ("2026-01-05", "2026-01-09")]
    log = cs.TransactionLog.of(rows).measured(as_of="2026-01-31")
    assert log.until("2026-01-08").purchases(as_of="2026-01-31").days.tolist() == [1]
    assert log.until("2026-01-09").kept is log.kept


KINDS = tuple(name for name, _ in kinds([{"a": 1}]))
FEW = [
    {"customer_id": who, "paid_at": f"2026-01-{day:02d}", "amount": 1.5}
    for who, day in (("b", 5), ("007", 6), ("b", 9))
]
MORE = [
    {"customer_id": who, "paid_at": f"2026-01-{day:02d}", "amount": 2.5}
    for who, day in (("z", 5), ("007", 7), ("a", 9))
]


@pytest.mark.parametrize("later", KINDS)
@pytest.mark.parametrize("first", KINDS)
def test_any_kind_of_table_can_be_appended_to_any(first, later):
    once = cs.TransactionLog.of(as_kind(first, FEW + MORE)).summary(as_of=AS_OF)
    log = cs.TransactionLog.of(as_kind(first, FEW)).measured(as_of=AS_OF)
    grown = log.append(as_kind(later, MORE)).summary(as_of=AS_OF)
    assert type(grown) is type(once)
    assert as_records(grown) == as_records(once)
    if isinstance(once, pd.DataFrame):
        assert grown.dtypes.equals(once.dtypes)


def test_numbers_stay_in_order_and_keep_their_type():
    old = pd.DataFrame({"customer_id": np.array([5, 9], "i4"), "at": "2026-01-05", "amount": 1})
    new = pd.DataFrame({"customer_id": np.array([9, 1, 7], "i4"), "at": "2026-01-06", "amount": 2})
    grown = cs.TransactionLog.of(old).append(new)
    found = grown.summary(as_of=date(2026, 1, 31))
    once = cs.TransactionLog.of(pd.concat((old, new))).summary(as_of=date(2026, 1, 31))
    pd.testing.assert_frame_equal(found, once)
    assert grown.ids.keys.ids() == [5, 9, 1, 7]
