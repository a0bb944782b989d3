"""The journal of merges, as a user meets it: every kind of table, every refusal."""

import json
from datetime import date

import pytest

import custseg as cs
from custseg.errors import DataError, MissingColumnError
from custseg.match import Journal, Lock, Longest, Merge, MergeEntry, MergePlan, Sum
from everykind import KINDS, as_records, as_table

CARDS = [
    {"customer_id": "b", "name": "Li", "city": "Ulm", "points": 5.0},
    {"customer_id": "x", "name": "Han", "city": None, "points": None},
    {"customer_id": "a", "name": "Li Lei", "city": None, "points": 7.0},
    {"customer_id": "c", "name": "Li L", "city": "Bonn", "points": None},
]
KIND_OF = {"customer_id": "text", "name": "text", "city": "text", "points": "number"}
MERGE = Merge({"name": Longest(), "points": Sum()})
ENTITY = {"a": "a", "b": "a", "c": "c", "x": "x"}
MATCHED = [{**card, "entity_id": ENTITY[card["customer_id"]]} for card in CARDS]
AB = MergeEntry.of(("a", "b"), "a").id


def started():
    journal = Journal(MERGE)
    return journal.apply(journal.plan(MATCHED), at=date(2026, 7, 1), actor="anna").journal


def later(journal):
    found = [{**card, "entity_id": "x" if card["customer_id"] == "x" else "a"} for card in CARDS]
    return journal.apply(journal.plan(found), at="2026-07-02", actor="bo")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_is_merged_undone_and_erased(kind):
    cards = as_table(kind, CARDS, KIND_OF)
    matched = as_table(kind, MATCHED, {**KIND_OF, "entity_id": "text"})
    journal = Journal(MERGE)
    step = journal.apply(journal.plan(matched))
    golden = as_records(step.journal.golden(cards).table)
    assert [(row["customer_id"], row["name"], row["points"]) for row in golden] == [
        ("a", "Li Lei", 12.0),
        ("x", "Han", None),
        ("c", "Li L", None),
    ]
    back = step.journal.undo(step.merges[0].id)
    assert [row["name"] for row in as_records(back.journal.golden(cards).table)] == [
        card["name"] for card in CARDS
    ]
    renewed = as_records(back.journal.golden(cards, only=back.changed).table)
    assert [row["customer_id"] for row in renewed] == ["b", "a"]
    done = step.journal.erase(cards, "b")
    assert [row["customer_id"] for row in as_records(done.records)] == ["x", "c"]
    assert done.erased == ("a", "b")
    assert done.journal == journal


def test_undoing_the_first_merge_leaves_the_second():
    step = later(started())
    assert [(one.records, one.into) for one in step.merges] == [(("a", "c"), "a")]
    undone = step.journal.undo(AB, at="2026-07-03", actor="anna")
    golden = {row["customer_id"]: row for row in undone.journal.golden(CARDS).table}
    assert golden.keys() == {"a", "b", "x"}
    assert golden["a"]["city"] == "Bonn"
    assert undone.moved == {"b": "b"}
    assert (undone.gone, undone.changed) == ((), ("a", "b"))
    assert undone.journal.apart == (("a", "b"),)
    again = undone.journal.redo(AB)
    assert again.journal.golden(CARDS).table == step.journal.golden(CARDS).table
    assert not again.journal.apart


def test_what_was_undone_is_held_back_in_later_plans():
    journal = started().undo(AB).journal
    plan = journal.plan(MATCHED)
    assert (len(plan.merges), [one.id for one in plan.held], plan.known) == (0, [AB], 0)
    assert journal.apply(MergePlan((MergeEntry.of(("a", "b"), "a"),))).skipped == (AB,)
    by_a_third = MergePlan((MergeEntry.of(("a", "c"), "a"), MergeEntry.of(("b", "c"), "b")))
    step = journal.apply(by_a_third)
    assert not step.merges
    assert len(step.skipped) == 2


def test_one_record_is_taken_out_of_a_merge():
    merge = MergeEntry.of(("a", "b", "c"), "a")
    journal = Journal(MERGE).apply(MergePlan((merge,))).journal
    step = journal.undo(merge.id, ["a"])
    assert step.journal.joined.members == {"b": ("b", "c")}
    assert step.journal.apart == (("a", "b"), ("a", "c"))
    assert step.moved == {"b": "b", "c": "b"}


def test_other_merges_may_hold_together_what_was_set_apart():
    merges = [MergeEntry.of(pair, pair[0]) for pair in ("ab", "bc", "ac")]
    journal = Journal(MERGE).apply(MergePlan(tuple(merges))).journal
    assert journal.undo(AB).journal.torn == (("a", "b"),)


def test_a_plan_is_looked_through():
    plan = Journal(MERGE).plan(MATCHED)
    assert plan.rows() == [
        {"merge_id": AB, "into": "a", "record_id": "a"},
        {"merge_id": AB, "into": "a", "record_id": "b"},
    ]
    assert plan.only([AB]) == plan
    assert not plan.without([AB]).merges
    with pytest.raises(DataError, match="no merge"):
        plan.only(["0"])
    assert json.loads(json.dumps(plan.as_dict()))["merges"][0]["records"] == ["a", "b"]


def test_the_map_for_children_leads_there_and_back():
    orders = [{"customer_id": "b", "amount": 3}, {"customer_id": "new", "amount": 1}]
    journal = started()
    moved = journal.crosswalk(CARDS).rekey(orders, origin="record_id")
    assert [row["customer_id"] for row in moved] == ["a", "new"]
    back = journal.undo(AB).journal.crosswalk(CARDS).rekey(moved, origin="record_id")
    assert [row["customer_id"] for row in back] == ["b", "new"]
    assert journal.tombstones() == [{"record_id": "b", "into": "a"}]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "records"])
def test_the_journal_may_live_in_a_table(kind):
    journal = later(started()).journal.undo(AB, at="2026-07-03", actor="eve").journal
    rows = [{**row, "undone": float(row["undone"])} for row in journal.rows()]
    kinds = {name: "number" if name == "undone" else "text" for name in rows[0]}
    assert Journal.of_rows(as_table(kind, rows, kinds), MERGE) == journal
    assert Journal.of_rows([]) == Journal()
    with pytest.raises(MissingColumnError, match="record_id"):
        Journal.of_rows([{"merge_id": "x"}])


def test_ids_of_numbers_stay_numbers():
    cards = [{"id": 10, "entity_id": 9}, {"id": 9, "entity_id": 9}]
    journal = Journal().apply(Journal().plan(cards)).journal
    assert journal.merges[0].records == (9, 10)
    assert cs.load(json.dumps(cs.dump(journal))) == journal
    assert journal.golden(cards).table == [{"id": 9, "entity_id": 9}]


def test_a_customer_whose_naming_record_is_gone_goes_by_the_next():
    cards = [card for card in CARDS if card["customer_id"] != "a"]
    golden = later(started()).journal.golden(cards).table
    assert [row["customer_id"] for row in golden] == ["b", "x"]


def test_no_records_have_no_golden_records():
    assert started().golden([]).table == []


def test_nothing_shows_a_value():
    step = later(started().lock(Lock("a", "city", "Secret")))
    journal = step.journal
    said = [
        journal.text(),
        journal.text("zh"),
        journal._repr_html_(),
        json.dumps(journal.as_dict()),
    ]
    said += [step.text("zh"), step._repr_html_(), json.dumps(step.as_dict())]
    done = journal.erase(CARDS, "a")
    said += [done.text(), done._repr_html_(), json.dumps(done.as_dict())]
    assert "Secret" not in "".join(said)
    assert "Secret" in json.dumps(journal.as_dict(values=True))


@pytest.mark.parametrize(
    ("what", "match"),
    [
        (lambda j: j.undo("0"), "no merge 0"),
        (lambda j: j.redo("zz"), "no merge zz"),
        (lambda j: j.undo(AB, ["x"]), "joined no such record"),
        (lambda j: j.erase(CARDS, "nobody"), "no record with this id"),
        (lambda j: j.plan([{"entity_id": 1}]), "ids of the records"),
        (lambda j: j.plan([{"id": 1, "entity_id": 1}] * 2), "another record bears"),
        (lambda j: j.golden([{"id": None}, {"id": 1}]), "without an id"),
    ],
)
def test_what_cannot_be_done_is_said(what, match):
    with pytest.raises(DataError, match=match):
        what(started())


def test_a_plan_needs_the_column_of_customers():
    with pytest.raises(MissingColumnError, match="entity_id"):
        Journal().plan([{"id": 1}])
