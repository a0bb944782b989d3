"""Records that an undo has set apart stay apart, whatever matching is asked."""

import numpy as np
import pytest

from custseg.errors import ConfigError, DataError
from custseg.match import Dedupe, ExactKey, Journal, stack
from custseg.match.parting import parted
from everykind import KINDS, as_records, as_table

KEYS = ExactKey("email", read="email"), ExactKey("phone", read="phone", region="CN")
MATCHER = Dedupe(KEYS, id="id").fit([])
ROWS = [
    {"id": "a", "email": "li@corp.cn", "phone": None},
    {"id": "b", "email": "li@corp.cn", "phone": "13800138000"},
    {"id": "c", "email": None, "phone": "13800138000"},
]
KIND_OF = {"id": "text", "email": "text", "phone": "text"}


def entities(rows):
    return [row["entity_id"] for row in as_records(rows)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_pair_set_apart_stays_apart_also_through_others(kind):
    table = as_table(kind, ROWS, KIND_OF)
    assert entities(MATCHER.apply(table)) == ["a", "a", "a"]
    found = entities(MATCHER.apply(table, apart=[("c", "a")]))
    assert found[0] != found[2]
    assert len(set(found)) == 2
    assert MATCHER.report(table, apart=[("c", "a")]).entities == 2


def test_what_a_journal_undid_is_what_the_next_run_keeps_apart():
    journal = Journal()
    step = journal.apply(journal.plan(MATCHER.apply(ROWS)))
    journal = step.journal.undo(step.merges[0].id, ["a"]).journal
    again = MATCHER.apply(ROWS, apart=journal.apart)
    assert entities(again) == ["a", "b", "b"]
    assert not journal.plan(again).held
    assert MATCHER.start(ROWS, apart=journal.apart).table == again
    roster = MATCHER.start(ROWS)
    split = MATCHER.update(roster, apart=journal.apart)
    assert entities(split.table)[0] not in entities(split.table)[1:]
    assert [event.kind for event in split.events] == ["split"]
    told = MATCHER.explain_entity(ROWS, "b", apart=journal.apart)
    assert told.records == ("b", "c")


def test_sources_are_linked_around_what_was_set_apart():
    tables = {"erp": ROWS[:1], "shop": ROWS[1:]}
    below = stack(tables)
    journal = Journal()
    matcher = Dedupe(KEYS, id="record_id").fit(below)
    step = journal.apply(journal.plan(matcher.apply(below)))
    journal = step.journal.undo(step.merges[0].id, ["erp:a"]).journal
    found = matcher.link(tables, which="all", apart=journal.apart)
    assert entities(found.entities) == ["erp:a", "shop:b", "shop:b"]
    assert len(matcher.link(tables, which="all").links) == 3


def test_ids_that_are_not_there_say_nothing_and_ids_of_another_type_are_refused():
    assert entities(MATCHER.apply(ROWS, apart=[("a", "z"), ("b", "b")])) == ["a", "a", "a"]
    with pytest.raises(DataError, match="name ids of type int, the table has str"):
        MATCHER.apply(ROWS, apart=[(1, 2)])
    assert MATCHER.apply([], apart=[(1, 2)]) == []


def test_an_id_that_comes_again_stands_for_all_its_rows():
    rows = [*ROWS, {"id": "a", "email": None, "phone": "13800138000"}]
    merging = Dedupe(KEYS, id="id", repeated_ids="merge").fit([])
    found = merging.apply(rows, apart=[("a", "c"), ("a", "b")])
    assert entities(found) == ["a", "b", "b", "a"]
    left, right = parted([(2, 1)], np.array([0, -1, 1, 0, 1]), (1, 2))
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [
        (2, 0),
        (2, 3),
        (4, 0),
        (4, 3),
    ]


def test_records_of_two_sources_never_share_a_name():
    one = [{"id": "b:1", "email": "a@x.cn", "phone": None}]
    two = [{"id": "1", "email": "b@x.cn", "phone": None}]
    with pytest.raises(ConfigError, match="could give two records one id"):
        MATCHER.link({"a": one, "a:b": two})
    mixed = [{**two[0], "id": 1}, *two]
    with pytest.raises(DataError, match="read the same as text"):
        MATCHER.link({"a": mixed})
