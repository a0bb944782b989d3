"""A job on tables of an engine: the same decisions, and nothing of the customers is fetched."""

import pytest

import custseg as cs
from custseg import frames, report
from custseg.errors import DataError
from custseg.pipeline.actions import actions
from custseg.pipeline.past import brought

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

JOB = cs.Pipeline(dedupe=None)
DAY = "2026-06-30"
CRM = cs.datasets.crm(customers=120, seed=11)


def arrow(table):
    if isinstance(table, list):
        return pa.Table.from_pylist(table)
    return table if isinstance(table, pa.Table) else pa.Table.from_pandas(table)


HELD = {name: arrow(getattr(CRM, name)) for name in ("customers", "transactions")}


def lazy(kind, tables):
    if kind == "polars":
        return {name: pl.from_arrow(table).lazy() for name, table in tables.items()}
    session = duckdb.connect()
    return {name: session.from_arrow(table) for name, table in tables.items()}


def rows(table):
    held = frames.table(table)
    held = held.select(held.columns) if held.lazy else held
    columns = {name: held.values(name) for name in held.columns}
    made = [
        {n: str(one.words[one.at[i]]) if one.at[i] >= 0 else None for n, one in columns.items()}
        for i in range(held.size)
    ]
    return sorted(made, key=lambda row: str(row["customer_id"]))


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_a_job_in_an_engine_decides_as_in_memory_and_fetches_no_row(kind):
    whole = JOB.run(**HELD, as_of=DAY)
    with frames.crossings() as account:
        run = JOB.run(**lazy(kind, HELD), as_of=DAY)
        told = run.as_dict(), run.text(), report.html(run)
    assert [one for one in account if not one.sums and not one.streamed] == []
    assert told[0]["stamp"] == whole.as_dict()["stamp"]
    for part in ("customers", "counts", "actions", "allocation"):
        assert told[0][part] == whole.as_dict()[part]
    page = report.html(whole)
    assert [told[2].count(mark) for mark in ("<h2>", "<td>")] == [
        page.count(mark) for mark in ("<h2>", "<td>")
    ]
    kept = run.kept()
    assert kept.counts == run.counts
    assert rows(kept.customers) == rows(whole.customers)
    assert whole.kept() is whole
    assert rows(run.actions.table) == rows(whole.actions.table)


def test_one_customer_is_found_by_the_engine():
    run = JOB.run(**lazy("duckdb", HELD), as_of=DAY)
    one = HELD["customers"]["customer_id"][3].as_py()
    with frames.crossings() as account:
        said = run.explain(one)
    assert said.customer == one
    assert max(each.rows for each in account if not each.sums) == 1
    with pytest.raises(DataError, match="no such customer"):
        run.explain("nobody")


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_what_the_last_run_said_is_joined_in_the_engine(kind):
    people = [{"customer_id": name} for name in "abc"]
    last = [{"customer_id": "b", "tier": "high", "tier_since": "2026-03-31"}]
    tables = lazy(kind, {"people": arrow(people), "last": arrow(last)})
    with frames.crossings() as account:
        found = brought(tables["people"], tables["last"], customer="customer_id")
    assert [one for one in account if not one.sums and not one.streamed] == []
    whole = brought(people, last, customer="customer_id")
    assert [
        {name: row.get(name) for name in ("customer_id", "tier_previous", "tier_since_previous")}
        for row in rows(found)
    ] == [{name: None if v is None else str(v) for name, v in row.items()} for row in whole]


def test_actions_of_a_book_of_services_are_counted_in_the_engine():
    decided = [
        {
            "customer_id": str(i),
            "action": ("keep", "care")[i % 2],
            "contact_due": ("now", "later")[i % 3 == 0],
            "due_reason": ("due", "no_consent")[i % 5 == 0],
            "next_contact_due": None,
        }
        for i in range(20)
    ]
    whole = actions(decided, intervals={}, as_of=0)
    found = actions(pl.DataFrame(decided).lazy(), intervals={}, as_of=0)
    assert found.as_dict() == whole.as_dict()
    assert [row["customer_id"] for row in rows(found.table)] == sorted(
        row["customer_id"] for row in whole.table
    )


def test_the_desk_fetches_what_people_work_through_and_few_columns_of_the_customers():
    names = ("customers", "transactions", "feedback", "opportunities")
    held = {name: arrow(getattr(CRM, name)) for name in names}
    policy = cs.Pipeline(dedupe=None, cleaner=None).fit(**held, as_of=DAY)
    whole = policy.run(**held, as_of=DAY)
    run = policy.run(**lazy("polars", held), as_of=DAY)
    with frames.crossings() as account:
        assert run.desk.as_dict() == whole.desk.as_dict()
    fetched = [one for one in account if not one.sums and not one.streamed]
    known = {*held["feedback"].column_names, *held["opportunities"].column_names}
    narrow = {"customer_id", "tier", "revenue", "consent", "do_not_contact"}
    assert [one.columns for one in fetched if not known.issuperset(one.columns)] == [
        tuple(name for name in frames.table(whole.customers).columns if name in narrow)
    ]
