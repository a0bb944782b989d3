"""Profiles made part by part equal the profile of the whole, to the last bit."""

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
from anyshop import AS_OF, CONVENTIONS, NAMES, shop
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import byparts, profile_report
from custseg.features.base import BROUGHT, Job
from custseg.features.completion.spec import Completeness
from custseg.features.making import Manner
from custseg.features.names import names_of
from custseg.features.sentiment.strategy import Sentiment
from custseg.frames import crossings, table
from everykind import as_records
from inparts import in_parts

MANNER = Manner(Completeness(), Sentiment())
OPTIONS = {"names": NAMES, "conventions": CONVENTIONS, "as_of": AS_OF}


def job_of(tables):
    opened = {name: table(held) for name, held in tables.items()}
    names = names_of(NAMES, {name: held.columns for name, held in opened.items()})
    return Job(opened, names, CONVENTIONS, CONVENTIONS.day(AS_OF))


def by_id(rows, column="customer_id"):
    return sorted(rows, key=lambda row: str(row[column]))


def engines(tables):
    """The tables in each engine of this process."""
    connection = duckdb.connect()
    yield "polars", {name: pl.from_arrow(held).lazy() for name, held in tables.items()}
    yield "duckdb", {name: connection.from_arrow(held) for name, held in tables.items()}


@settings(max_examples=12)
@given(seed=st.integers(0, 99), parts=st.integers(1, 7), numbers=st.booleans(), whole=st.booleans())
def test_parts_together_are_the_whole(seed, parts, numbers, whole):
    tables = shop(people=15, rows=120, seed=seed, numbers=numbers)
    if not whole:
        del tables["customers"]
    job = job_of(tables)
    work = byparts.PartProfile(job.names, job.conventions, job.until, MANNER)
    found = in_parts(byparts.shares(job), work, parts=parts, seed=seed)
    expected = cs.profile(**tables, **OPTIONS)
    assert by_id(found.to_pylist()) == by_id(expected.to_pylist())


@pytest.mark.parametrize("numbers", [False, True])
def test_lazy_profiles_equal_those_in_memory(numbers):
    tables = shop(numbers=numbers)
    done = profile_report(**tables, **OPTIONS)
    expected = by_id(done.table.to_pylist())
    for engine, held in engines(tables):
        lazy = profile_report(**held, **OPTIONS)
        assert type(lazy.table) is type(held["customers"]), engine
        assert by_id(as_records(lazy.table)) == expected, engine
        assert lazy.report == done.report, engine
        assert lazy.report.text() == done.report.text(), engine


def test_without_customers_whoever_bought_is_one():
    tables = shop()
    del tables["customers"]
    done = profile_report(**tables, **OPTIONS)
    for _, held in engines(tables):
        lazy = profile_report(**held, **OPTIONS)
        assert by_id(as_records(lazy.table)) == by_id(done.table.to_pylist())
        assert lazy.report == done.report


def test_histories_in_memory_go_into_the_engine():
    tables = shop()
    mixed = {**tables, "customers": pl.from_arrow(tables["customers"]).lazy()}
    mixed["visits"] = tables["visits"].to_pylist()
    expected = by_id(cs.profile(**tables, **OPTIONS).to_pylist())
    assert by_id(as_records(cs.profile(**mixed, **OPTIONS))) == expected


def test_what_is_empty_in_memory_goes_into_the_engine_too():
    tables = shop()
    nothing = {name: [] for name in tables if name != "customers"}
    nothing["visits"] = [{"customer_id": "001", "at": "2026-01-05", "pages": None}]
    people = tables["customers"].append_column("said", pa.nulls(tables["customers"].num_rows))
    expected = profile_report(people, **nothing, **OPTIONS)
    for _, held in engines({"customers": people}):
        found = profile_report(**held, **nothing, **OPTIONS)
        assert by_id(as_records(found.table)) == by_id(expected.table.to_pylist())
        assert found.report == expected.report


def test_only_what_is_read_travels():
    tables = shop()
    shares = byparts.shares(job_of(tables))
    assert shares["customers"].columns == tuple(tables["customers"].column_names)
    assert "remark" not in shares["transactions"].columns
    assert shares[BROUGHT].key == ("referrer_id",)
    assert shares[BROUGHT].known_only
    assert set(shares[BROUGHT].columns) == {"referrer_id", "customer_id", "joined_at"}


def test_no_table_is_fetched_and_nothing_runs_before_it_is_asked_for():
    for _, held in engines(shop()):
        with crossings() as account:
            done = profile_report(**held, **OPTIONS)
            assert account == []
            as_records(done.table)
            assert done.report.customers == 40
        assert any(each.streamed for each in account)
        assert any(each.sums for each in account)
        assert all(each.sums or each.streamed for each in account)
        assert not any("remark" in each.columns for each in account)


def test_customers_who_come_twice_are_refused_with_their_part():
    tables = shop()
    tables["customers"] = pa.concat_tables([tables["customers"]] * 2)
    for _, held in engines(tables):
        with pytest.raises(DataError, match=r"come twice.*\(partition \d+\)"):
            profile_report(**held, **OPTIONS).report  # noqa: B018 - it is worked out here


def test_what_is_wrong_with_names_is_said_at_once():
    for _, held in engines(shop()):
        with pytest.raises(MissingColumnError):
            cs.profile(**held, names=cs.Names(at="payd_at"), as_of=AS_OF)
        with pytest.raises(ConfigError):
            cs.profile(**held, as_of="some day")


def test_several_currencies_are_refused_before_anything_is_parted():
    for _, held in engines(shop()):
        with pytest.raises(DataError, match="several currencies"):
            cs.profile(**held, names=NAMES, as_of=AS_OF)


def test_one_currency_need_not_be_named():
    tables = shop()
    column = tables["transactions"].column_names.index("currency")
    only = pa.array(["CNY", None] * (tables["transactions"].num_rows // 2))
    tables["transactions"] = tables["transactions"].set_column(column, "currency", only)
    options = {"names": NAMES, "as_of": AS_OF}
    expected = profile_report(**tables, **options)
    for _, held in engines(tables):
        lazy = profile_report(**held, **options)
        assert lazy.report == expected.report
        assert by_id(as_records(lazy.table)) == by_id(expected.table.to_pylist())


def test_months_are_labels_where_the_engine_has_them():
    held = {name: pl.from_arrow(one).lazy() for name, one in shop().items()}
    assert isinstance(cs.profile(**held, **OPTIONS).collect_schema()["favourite_month"], pl.Enum)


def test_a_log_that_stays_where_it_is_has_a_profile():
    tables = shop()
    lazy = pl.from_arrow(tables["transactions"]).lazy()
    log = cs.PartitionedLog.of(lazy, conventions=CONVENTIONS)
    people = pl.from_arrow(tables["customers"]).lazy()
    found = cs.profile(people, transactions=log, names=NAMES, as_of=AS_OF)
    expected = cs.profile(tables["customers"], transactions=tables["transactions"], **OPTIONS)
    assert by_id(as_records(found)) == by_id(expected.to_pylist())
    with pytest.raises(ConfigError, match="conventions"):
        cs.profile(people, transactions=log, conventions=cs.Conventions(), as_of=AS_OF)
    with pytest.raises(DataError, match="whole log"):
        cs.profile(people, transactions=log.until("2025-06-30"), names=NAMES, as_of=AS_OF)
