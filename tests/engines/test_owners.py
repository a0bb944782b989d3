"""Owners given inside Spark and Dask: those of the plan in memory, and nobody fetched."""

from tests.anyowners import ASKED, COLUMNS, agreed, people, team
from tests.everykind import as_records, as_table

from custseg.frames import crossings

PEOPLE = people(600)


def test_owners_of_spark(spark):
    _same("spark", "wishes", 60)


def test_owners_of_dask():
    _same("dask", "rules", 400)


def _same(kind, asked, places):
    reps = team(6, places)
    eager = ASKED[asked].assign(PEOPLE, reps)
    with crossings() as account:
        plan = ASKED[asked].assign(as_table(kind, PEOPLE, COLUMNS), reps)
        found = as_records(plan.table)
    agreed(plan, eager)
    assert sorted(found, key=_id) == sorted(eager.table, key=_id)
    assert not [one for one in account if not one.sums and not one.streamed]
    some = PEOPLE[5]["customer_id"]
    assert plan.explain(some).text() == eager.explain(some).text()


def _id(row):
    return row["customer_id"]
