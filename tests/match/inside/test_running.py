"""Matching inside an engine gives what matching in memory gives, and fetches no record."""

import attrs
import polars as pl
import pytest

from anymatches import ACROSS, BY_KEYS, COLUMNS, WEIGHED, dirty, matched_alike
from custseg.errors import DataError, MissingColumnError
from custseg.frames import crossings
from custseg.match import Dedupe, ExactKey
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


def test_records_without_ids_are_matched_in_memory():
    spec = Dedupe((ExactKey("email", read="email"),), id="id")
    rows = [{"id": 1, "email": "a@corp.cn"}, {"id": None, "email": "A@corp.cn"}]
    found = spec.run(pl.DataFrame(rows).lazy())
    assert found.table.collect()["entity_id"].to_list() == [1, 1]
    assert found.report == spec.run(rows).report
