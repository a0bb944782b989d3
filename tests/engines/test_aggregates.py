"""What Spark counts, joins and adds up: the same as in memory, and only sums leave it."""

import pyarrow as pa

from custseg.classify import Lifecycle, PopulationQuantile
from custseg.frames import crossings, table
from custseg.tiering import HeadTail, NaturalBreaks, Pareto, TierPlan
from custseg.tiering.fitting import fitted

ROWS = [
    {
        "at": i,
        "id.no": None if i % 50 == 0 else f"C{i % 9}",
        "paid": None if i % 17 == 0 else (i * i % 997) / 4,
        "shop": ("a", "b", None, "c")[i % 4],
        "recency_days": float(i * 7 % 300),
        "frequency": 1.0 + i % 5,
        "gap_last_days": float(i % 40),
        "revenue": i * i % 997 / 4,
    }
    for i in range(600)
]


def arrow():
    return pa.Table.from_pylist(ROWS)


def away(spark):
    return spark.createDataFrame(arrow()).repartition(3).cache()


def test_rows_are_counted_and_joined(spark):
    people = table(away(spark))
    with crossings() as account:
        found = people.counted(("id.no", "shop"))
    assert [one.sums for one in account] == [True]
    here = table(arrow()).counted(("id.no", "shop"))
    known = [sorted(map(repr, held.native.to_pylist())) for held in (found, here)]
    assert known[0] == known[1]
    said = table([{"who": f"C{n}", "city": f"city {n}"} for n in range(0, 9, 2)])
    with crossings() as account:
        joined = people.joined(said, "id.no", "city", theirs="who")
    assert account == []
    expected = table(arrow()).joined(said, "id.no", "city", theirs="who")
    assert joined.toArrow().sort_by("at")["city"].to_pylist() == expected["city"].to_pylist()
    facts = table(people.build({"who": ["C1", "C2"], "city": ["x", "y"]}))
    rows = people.joined(facts, "id.no", "city", theirs="who").where("city = 'y'").count()
    assert rows == sum(row["id.no"] == "C2" for row in ROWS)


def test_fits_are_those_of_the_rows_in_memory(spark):
    people, rows = away(spark), arrow()
    with crossings() as account:
        cuts = [
            fitted(NaturalBreaks(3), people, value="paid"),
            fitted(HeadTail(), people, value="paid"),
            fitted(Pareto((0.5,)), people, value="paid", by="shop"),
        ]
        model = Lifecycle(PopulationQuantile()).fit(people)
    assert all(one.sums for one in account)
    assert cuts[0] == fitted(NaturalBreaks(3), rows, value="paid")
    assert cuts[1] == fitted(HeadTail(), rows, value="paid")
    assert cuts[2] == fitted(Pareto((0.5,)), rows, value="paid", by="shop")
    assert model == Lifecycle(PopulationQuantile()).fit(rows)
    tiers = TierPlan(Pareto(), value="paid").fit(rows)
    decided = tiers.apply(people).toArrow().sort_by("at")["tier"].to_pylist()
    assert decided == tiers.apply(rows)["tier"].to_pylist()
