"""Profiles, summaries and models of buying on Spark and Dask: those in memory, to the last bit."""

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest

import custseg as cs
from anyshop import AS_OF, CONVENTIONS, NAMES, shop
from custseg.errors import DataError
from custseg.features import EventPoints, EventRule, profile_report
from custseg.features.summary import MORE
from custseg.frames import crossings, spark_frame
from custseg.lifetime import BGNBD

OPTIONS = {"names": NAMES, "conventions": CONVENTIONS, "as_of": AS_OF}
SHOP = shop(people=24, rows=300, numbers=True)
POINTS = EventPoints(EventRule("complaint", -5, half_life=60))


def in_dask(held):
    return dd.from_pandas(held.to_pandas(types_mapper=pd.ArrowDtype), npartitions=3)


@pytest.fixture(params=["spark", "dask"])
def engine(request):
    """How a table comes into an engine; each job of Spark takes seconds, so there are few."""
    if request.param == "dask":
        return in_dask
    session = request.getfixturevalue("spark")
    return lambda held: spark_frame(held, session=session)


def records(table):
    """A table of Spark, Dask or Arrow as records in the order of ids, missing as None."""
    if isinstance(table, pa.Table):
        rows = table.to_pylist()
    elif hasattr(table, "compute"):
        rows = table.compute().astype(object).to_dict("records")
    else:
        rows = [row.asDict() for row in table.collect()]
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return sorted(plain, key=lambda row: str(row["customer_id"]))


def _plain(value):
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN test
        return None
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date()
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def test_a_profile_and_its_report(engine):
    held = {name: engine(table) for name, table in SHOP.items()}
    whole = profile_report(**SHOP, **OPTIONS)
    with crossings() as account:
        done = profile_report(**held, **OPTIONS)
        assert account == []
        assert records(done.table) == records(whole.table)
        report = done.report
    assert report == whole.report
    assert report.text() == whole.report.text()
    assert [each.sums for each in account] == [True]
    assert account[0].rows < 500


def test_who_comes_twice_in_several_partitions_is_refused_in_one():
    twice = in_dask(pa.concat_tables([SHOP["customers"]] * 2))
    with pytest.raises(DataError, match=r"customer_id.*come twice.*\(partition \d+\)"):
        profile_report(twice, **OPTIONS).report  # noqa: B018 - it is worked out here


def test_a_log_and_its_summary(engine):
    orders = SHOP["transactions"]
    held = engine(orders)
    with pytest.raises(DataError, match="PartitionedLog"):
        cs.TransactionLog.of(held, conventions=CONVENTIONS)
    log = cs.PartitionedLog.of(held, conventions=CONVENTIONS)
    whole = cs.TransactionLog.of(orders, conventions=CONVENTIONS)
    form = {"unit": "week", "merge": "month", "also": MORE}
    split, expected = (one.split(at="2025-09-30", until=AS_OF) for one in (log, whole))
    assert records(split.summary(**form)) == records(expected.summary(**form))


def test_what_is_counted_of_a_log():
    orders = SHOP["transactions"]
    log = cs.PartitionedLog.of(in_dask(orders), conventions=CONVENTIONS)
    whole = cs.TransactionLog.of(orders, conventions=CONVENTIONS)
    assert log.last_day == whole.last_day
    assert log.report == whole.report
    split, expected = (one.split(at="2025-09-30", until=AS_OF) for one in (log, whole))
    assert split.report == expected.report
    assert records(log.summary(as_of=AS_OF)) == records(whole.summary(as_of=AS_OF))


def test_models_learn_and_answer(engine):
    cdnow = cs.TransactionLog.of(pa.Table.from_pylist(cs.datasets.cdnow()), cs.Names(at="date"))
    known = cdnow.summary(as_of="1997-09-30", unit="week")
    held, expected = engine(known), BGNBD().fit(known)
    with crossings() as account:
        model = BGNBD().fit(held)
        alive = model.p_alive(held)
    assert [(each.sums, each.columns) for each in account] == [(True, tuple(model.needs))]
    assert model.params == pytest.approx(dict(expected.params), rel=1e-9)
    assert [row["p_alive"] for row in records(alive)] == model.p_alive(records(known)).tolist()


def test_points_of_events():
    people, events = SHOP["customers"], SHOP["feedback"]
    found = POINTS.profile(in_dask(people), in_dask(events), as_of=AS_OF)
    expected = POINTS.profile(people, events, as_of=AS_OF)
    told = [row["event_points"] for row in records(found)]
    assert told == [row["event_points"] for row in records(expected)]
