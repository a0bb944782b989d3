"""Matching inside an engine gives what matching in memory gives, and fetches no record."""

from decimal import Decimal
from uuid import UUID

import attrs
import duckdb
import polars as pl
import pytest

from anymatches import ACROSS, BY_KEYS, COLUMNS, WEIGHED, dirty, matched_alike
from custseg.errors import DataError, MissingColumnError
from custseg.frames import crossings
from custseg.match import Dedupe, ExactKey, Names
from custseg.match.comparing.compared import Compared
from custseg.match.comparing.parts import Swapped
from everykind import as_records, as_table

ROWS = dirty(110)
LAZY = ("polars-lazy", "duckdb")


@pytest.mark.parametrize("kind", LAZY)
def test_keys_join_the_same_records(kind):
    found = matched_alike(kind, BY_KEYS, ROWS)
    assert found.report.skipped  # the switchboard joins nobody, and is named
    assert found.report.entities < len(ROWS)


@pytest.mark.parametrize("kind", LAZY)
def test_weights_are_learnt_and_used_alike(kind):
    model = WEIGHED.fit(as_table(kind, ROWS, COLUMNS))
    assert model == WEIGHED.fit(ROWS)
    matched_alike(kind, model, ROWS)


def test_pairs_of_two_sources_alone():

    matched_alike("polars-lazy", attrs.evolve(ACROSS, which="across"), ROWS)


def test_names_of_two_columns_and_many_forms(monkeypatch):
    monkeypatch.setattr("custseg.match.inside.drawing._FEW", 30)
    monkeypatch.setattr("custseg.match.inside.drawing.SAMPLE", 20)
    for side in (Compared, Swapped):
        monkeypatch.setattr(side.chances, "__defaults__", (20,))
    names = [("Anna", "Lee"), ("Lee", "Anna"), ("Boris", "Abbott"), ("Clara", "Carter")]
    rows = [
        {
            "id": f"r{at}",
            "given_name": names[at % 4][0] + "abcdefghij"[at % 10],
            "surname": names[at % 4][1],
            "birthday": f"19{50 + at % 40}-0{1 + at % 9}-1{at % 7}",
        }
        for at in range(150)
    ]
    rows += [{**row, "id": f"s{at}"} for at, row in enumerate(rows[:40])]
    rows += [
        {**row, "id": f"t{at}", "surname": row["given_name"], "given_name": row["surname"]}
        for at, row in enumerate(rows[:9])
    ]
    spec = Dedupe.preset("person", locale="en")
    assert spec.fit(pl.DataFrame(rows).lazy()) == spec.fit(rows)


def test_pairs_kept_apart_by_hand_stay_apart():
    rows = [{"id": n, "email": "a@corp.cn"} for n in (1, 2, 3)]
    matcher = Dedupe((ExactKey("email", read="email"),), id="id").fit(rows)
    lazy = pl.DataFrame(rows).lazy()
    found = {r["id"]: r["entity_id"] for r in as_records(matcher.apply(lazy, apart=[(1, 3)]))}
    assert found == {r["id"]: r["entity_id"] for r in matcher.apply(rows, apart=[(1, 3)])}


def test_a_record_without_a_double_is_itself_and_nothing_is_fetched():
    lazy = pl.DataFrame({"id": [7, 8], "email": ["a@corp.cn", None], "n": [1, 2]}).lazy()
    with crossings() as account:
        out = Dedupe((ExactKey("email", read="email"),)).run(lazy).table
    assert [one.rows for one in account if not one.sums and not one.streamed] == [0]
    assert out.collect().to_dicts() == [
        {"id": 7, "email": "a@corp.cn", "n": 1, "entity_id": 7, "match_rule": None},
        {"id": 8, "email": None, "n": 2, "entity_id": 8, "match_rule": None},
    ]


def test_what_is_refused_in_memory_is_refused_in_an_engine():
    spec = Dedupe((ExactKey("email", read="email"),), id="id")
    twice = pl.DataFrame({"id": [1, 1], "email": ["a@corp.cn", "b@corp.cn"]}).lazy()
    with pytest.raises(DataError, match="1 records bear an id"):
        spec.run(twice)
    with pytest.raises(MissingColumnError):
        spec.fit(twice).apply(pl.DataFrame({"id": [1]}).lazy())


@pytest.mark.parametrize("kind", LAZY)
def test_few_questions_are_asked_of_an_engine(kind):
    """Each of them is a job of Spark, which takes its time."""
    with crossings() as account:
        found = WEIGHED.run(as_table(kind, ROWS, COLUMNS))
        assert found.report.weighing.pairs
    asked = [one.columns for one in account if one.sums]
    assert len(asked) <= 8, asked  # sizes, above, forms, patterns; customers, weights, words


@pytest.mark.parametrize("kind", LAZY)
def test_columns_of_any_name_are_compared(kind):
    odd = ("place", "block", "held", "left", "cs_id", "客户 名")
    words = ("Anna Lee", "Anna Lee", None, "Bo", "Anna Li")
    rows = [
        {"id": f"0{at}", **{name: words[(at + more) % 5] for more, name in enumerate(odd)}}
        for at in range(10)
    ]
    passes = tuple(ExactKey(name, read="name") for name in odd)
    spec = Dedupe(passes=passes, comparisons=tuple(map(Names, odd)))
    found = spec.run(as_table(kind, rows, dict.fromkeys(rows[0], "text")))
    told = ["id", *odd, "entity_id", "match_rule"]
    assert sorted(_told(found.table, told)) == sorted(_told(spec.run(rows).table, told))


def _told(table, names):
    return [tuple(str(row[name]) for name in names) for row in as_records(table)]


def test_columns_called_as_our_own_are_refused():
    lazy = pl.DataFrame({"id": [1], "email": ["a@corp.cn"], "__CustSeg_id": [2]}).lazy()
    with pytest.raises(DataError, match="rename it first") as caught:
        Dedupe((ExactKey("email", read="email"),)).run(lazy)
    assert caught.value.column == "__CustSeg_id"


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("UUID", [UUID(int=n * 10**30 + 5) for n in (3, 1, 2)]),
        ("VARCHAR", ["007", "7", "07"]),
        ("BIGINT", [2**53 + 1, 2**53, -(2**62)]),
        ("DECIMAL(9, 2)", [Decimal("1.50"), Decimal("0.00"), Decimal("-3.25")]),
        ("ENUM('b', 'a', 'c')", ["b", "a", "c"]),
        ("UINTEGER", [7, 5, 6]),
    ],
)
def test_ids_of_any_type_come_back_as_they_went_in(kind, ids):
    emails = ["a@corp.cn", "A@corp.cn", None]
    spec = Dedupe((ExactKey("email", read="email"),), id="id")
    con = duckdb.connect()
    con.sql(f"CREATE TABLE people (id {kind}, email VARCHAR)")
    con.executemany(
        "INSERT INTO people VALUES (?, ?)", [[*one] for one in zip(ids, emails, strict=True)]
    )
    found = spec.run(con.table("people")).table.project("id, entity_id").fetchall()
    rows = [{"id": one, "email": email} for one, email in zip(ids, emails, strict=True)]
    assert dict(found) == {row["id"]: row["entity_id"] for row in spec.run(rows).table}


def test_records_without_ids_are_matched_in_memory():
    spec = Dedupe((ExactKey("email", read="email"),), id="id")
    rows = [{"id": 1, "email": "a@corp.cn"}, {"id": None, "email": "A@corp.cn"}]
    found = spec.run(pl.DataFrame(rows).lazy())
    assert found.table.collect()["entity_id"].to_list() == [1, 1]
    assert found.report == spec.run(rows).report
