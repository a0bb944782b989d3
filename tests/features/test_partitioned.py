"""A log that stays in an engine answers what a log in memory answers."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from anyshop import AS_OF, CONVENTIONS, shop
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import partwork
from custseg.features.summary import MORE, Form
from custseg.frames import crossings
from everykind import as_records
from inparts import in_parts

FORMS = (
    {},
    {"unit": "week", "also": MORE},
    {"merge": "month", "also": ("gap_median", "revenue_trend"), "trend_days": 1},
    {"unit": "period", "merge": "month"},
    {"unit": "month", "also": MORE},
)


def orders(**options):
    return shop(**options)["transactions"]


def engines(held):
    yield pl.from_arrow(held).lazy()
    yield duckdb.connect().from_arrow(held)


def logs(held, **options):
    for table in engines(held):
        yield cs.PartitionedLog.of(table, conventions=CONVENTIONS, **options)


def by_id(table):
    return sorted(as_records(table), key=lambda row: str(row["customer_id"]))


@settings(max_examples=15)
@given(
    seed=st.integers(0, 99),
    parts=st.integers(1, 6),
    numbers=st.booleans(),
    form=st.sampled_from(FORMS),
)
def test_parts_together_are_the_whole(seed, parts, numbers, form):
    held = orders(people=12, rows=150, seed=seed, numbers=numbers)
    log = cs.PartitionedLog.of(held, conventions=CONVENTIONS)
    work = partwork.Summary(Form(**form), CONVENTIONS.day(AS_OF))
    found = in_parts(log.given, log.part(work), parts=parts, seed=seed)
    expected = cs.TransactionLog.of(held, conventions=CONVENTIONS).summary(as_of=AS_OF, **form)
    assert by_id(found) == by_id(expected)
    assert found.schema == expected.schema


@pytest.mark.parametrize("numbers", [False, True])
def test_summaries_and_reports_equal_those_in_memory(numbers):
    held = orders(numbers=numbers)
    expected = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    for log in logs(held):
        for form in FORMS:
            found = log.summary(as_of=AS_OF, **form)
            assert by_id(found) == by_id(expected.summary(as_of=AS_OF, **form))
        assert log.report == expected.report
        assert log.report.text() == expected.report.text()
        assert log.last_day == expected.last_day


def test_days_may_be_left_out():
    held = orders()
    expected = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    expected = expected.until("2025-10-31").after("2025-03-15")
    for log in logs(held):
        part = log.until("2025-10-31").after("2025-03-15").until("2026-01-01").after("2025-01-01")
        assert part.limited
        assert by_id(part.summary(as_of=AS_OF)) == by_id(expected.summary(as_of=AS_OF))
        assert part.report == expected.report
        assert part.report.text() == expected.report.text()


def test_splits_equal_those_in_memory():
    held = orders()
    expected = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    options = {"first": "2025-06-30", "every": "quarter", "horizon": 60, "end": "2026-03-31"}
    for log in logs(held):
        assert log.split(at="2025-12-31").until == expected.split(at="2025-12-31").until
        splits = log.rolling(**options), expected.rolling(**options)
        for mine, theirs in zip(*splits, strict=True):
            form = {"unit": "week", "merge": "week", "also": ("gap_max",)}
            assert by_id(mine.summary(**form)) == by_id(theirs.summary(**form))
            assert by_id(mine.newcomers()) == by_id(theirs.newcomers())
            assert mine.report == theirs.report
        later = mine.summary(as_of="2026-02-28")
        assert by_id(later) == by_id(theirs.summary(as_of="2026-02-28"))
        with pytest.raises(ConfigError, match="as_of"):
            mine.summary(as_of="2025-01-01")


def nothing_but_sums(log):
    return log.like.build({"rows": np.array([len(log)]), "buyers": np.array([len(log.ids)])})


def test_a_work_of_ones_own_sees_all_of_a_customer():
    held = orders()
    expected = cs.TransactionLog.of(held, conventions=CONVENTIONS)
    for log in logs(held):
        found = log.totals(nothing_but_sums).read({"rows": "number", "buyers": "number"})
        assert found["rows"].sum() == len(expected)
        assert found["buyers"].sum() == len(expected.ids)


def test_only_columns_of_the_log_travel():
    for log in logs(orders(), names=cs.Names(product="product", cost="cost")):
        columns = {"customer_id", "paid_at", "amount", "currency", "status"}
        assert set(log.given["transactions"].columns) == columns


def test_prices_travel_where_there_are_no_amounts():
    held = pa.table(
        {
            "customer_id": ["a", "a"],
            "at": ["2026-01-05", "2026-01-09"],
            "quantity": [2, 3],
            "price": [1.5, 2.0],
        }
    )
    names = cs.Names(amount="")
    for called in (cs.Names(), names):
        expected = cs.TransactionLog.of(held, called).summary(as_of="2026-01-31")
        for table in engines(held):
            found = cs.PartitionedLog.of(table, called).summary(as_of="2026-01-31")
            assert as_records(found) == expected.to_pylist()
    for table in engines(held.drop_columns(["price"])):
        found = as_records(cs.PartitionedLog.of(table, names).summary(as_of="2026-01-31"))
        assert found[0]["monetary_value"] is None


def test_nothing_runs_before_it_is_asked_for():
    for table in engines(orders()):
        with crossings() as account:
            log = cs.PartitionedLog.of(table, conventions=CONVENTIONS)
            log.summary(as_of=AS_OF)
        assert account == []


def test_a_log_without_a_row():
    held = orders().slice(0, 0)
    for log in logs(held):
        assert as_records(log.summary(as_of=AS_OF)) == []
        assert log.report.rows == 0
        assert log.last_day is None


def test_what_is_wrong_is_said_when_the_log_is_made():
    held = orders()
    for table in engines(held):
        with pytest.raises(MissingColumnError):
            cs.PartitionedLog.of(table, cs.Names(at="payd_at"))
        with pytest.raises(DataError, match="several currencies"):
            cs.PartitionedLog.of(table)
        with pytest.raises(ConfigError, match="also"):
            cs.PartitionedLog.of(table, conventions=CONVENTIONS).summary(as_of=AS_OF, also="gapp")


def test_refunds_that_are_refused_are_refused_with_their_part():
    how = cs.Conventions(currency="CNY", rates={"USD": 7.0}, refunds="error")
    for table in engines(orders()):
        with pytest.raises(DataError, match=r"refunds are refused.*\(partition \d+\)"):
            cs.PartitionedLog.of(table, conventions=how).report  # noqa: B018 - counted here
