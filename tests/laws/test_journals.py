"""Laws of the journal: undone is undone in any order, nothing is lost, who is erased is gone."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.match import (
    AllValues,
    Clearable,
    FieldGroup,
    InTurn,
    Journal,
    Lock,
    Longest,
    Merge,
    MergeEntry,
    MergePlan,
    MostComplete,
    MostRecent,
    MostValid,
    SourcePriority,
    Sum,
)

FIELDS = ("name", "phone", "city", "street", "points", "tags", "source", "updated_at", "consent")
MERGE = Merge(
    {
        "name": InTurn((SourcePriority(("erp", "shop")), Longest())),
        "phone": InTurn((MostValid("phone", "CN"), MostRecent())),
        "points": Sum(),
        "tags": AllValues(),
        "source": MostComplete(),
    },
    groups=(FieldGroup(("city", "street"), MostRecent()),),
)
fields = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, "", "Li", "Li Lei", "王小明"]),
        "phone": st.sampled_from([None, "138", "13800138000", "13912345678"]),
        "city": st.sampled_from([None, "Ulm", "Bonn"]),
        "street": st.sampled_from([None, "Markt 1", "Ring 2"]),
        "points": st.sampled_from([None, 1, 2.5]),
        "tags": st.sampled_from([None, "vip", "golf; vip"]),
        "source": st.sampled_from([None, "erp", "shop", "web"]),
        "updated_at": st.sampled_from([None, "2026-06-01", "2026-06-02 08:00"]),
        "consent": st.sampled_from([None, True, False]),
    }
)
tables = st.lists(fields, min_size=1, max_size=8).map(
    lambda rows: [{"id": f"r{i}", **row} for i, row in enumerate(rows)]
)
numbers = st.integers(0, 7)
merges = st.lists(st.sets(numbers, min_size=2, max_size=3), max_size=6)


def plan(groups):
    records = [sorted(f"r{i}" for i in group) for group in groups]
    found = {one.id: one for one in (MergeEntry.of(ids, ids[0]) for ids in records)}
    return MergePlan(tuple(found.values()))


def applied(groups, journal=None):
    """A journal with these merges, done one after the other."""
    journal = journal or Journal(MERGE)
    for group in groups:
        journal = journal.apply(plan([group]), at="2026-07-01").journal
    return journal


def golden(journal, rows):
    return {row["id"]: row for row in journal.golden(rows).table}


def customers(journal):
    return Counter(journal.joined.members.values())


@given(tables, merges, st.randoms(use_true_random=False))
def test_undoing_all_merges_in_any_order_is_identity(rows, groups, chance):
    journal = applied(groups)
    order = [merge.id for merge in journal.merges]
    chance.shuffle(order)
    for merge in order:
        journal = journal.undo(merge).journal
    assert golden(journal, rows) == golden(Journal(MERGE), rows)
    assert not journal.crosswalk(rows).moved
    assert not journal.tombstones()


@given(tables, merges, merges, st.randoms(use_true_random=False))
def test_an_undone_merge_is_as_if_it_had_never_been(rows, first, then, chance):
    kept = [merge.id for merge in plan(then).merges]
    journal = applied(then, applied(first))
    order = [merge.id for merge in journal.merges if merge.id not in kept]
    chance.shuffle(order)
    for merge in order:
        journal = journal.undo(merge).journal
    never = applied(then)
    assert customers(journal) == customers(never)
    assert golden(journal, rows) == golden(never, rows)


@given(tables, merges, st.randoms(use_true_random=False))
def test_the_order_of_merges_and_of_rows_does_not_matter(rows, groups, chance):
    turned, again = list(groups), list(rows)
    chance.shuffle(turned)
    chance.shuffle(again)
    one, other = applied(groups), applied(turned)
    assert one == other
    assert golden(one, rows) == golden(other, again)
    assert one.crosswalk(rows).moved == other.crosswalk(again).moved


@given(merges, st.data())
def test_the_order_of_undos_does_not_matter(groups, data):
    journal = applied(groups)
    undos = [
        (merge.id, data.draw(st.sets(st.sampled_from(merge.records), min_size=1)))
        for merge in journal.merges
    ]
    turned = data.draw(st.permutations(undos))
    one = other = journal
    for merge, records in undos:
        one = one.undo(merge, records, at="2026-07-02", actor="anna").journal
    for merge, records in turned:
        other = other.undo(merge, records, at="2026-07-02", actor="anna").journal
    assert one == other
    assert one.apart == other.apart


@given(merges)
def test_applying_twice_is_applying_once(groups):
    journal = applied(groups)
    again = journal.apply(plan(groups), at="2026-08-01")
    assert again.journal == journal
    assert not again.merges
    assert not again.moved


@given(tables, merges)
def test_a_plan_is_done_once(rows, groups):
    matched = applied(groups).golden(rows)
    names = matched.crosswalk
    found = [{**row, "entity_id": names.of(row["id"])} for row in rows]
    step = Journal(MERGE).apply(Journal(MERGE).plan(found))
    assert step.journal.golden(rows).table == matched.table
    assert not step.journal.plan(found).merges


@given(tables, merges, st.data())
def test_what_was_undone_stays_apart(rows, groups, data):
    journal = applied(groups)
    found = [{**row, "entity_id": journal.joined.of(row["id"])} for row in rows]
    if journal.merges:
        merge = data.draw(st.sampled_from(journal.merges))
        journal = journal.undo(merge.id).journal
        later = journal.apply(journal.plan(found)).journal
        assert later.torn == journal.torn
        assert set(merge.apart) <= set(later.apart)


@given(merges, st.data())
def test_a_step_tells_what_changed(groups, data):
    journal = applied(groups)
    if not journal.merges:
        return
    merge = data.draw(st.sampled_from(journal.merges))
    step = journal.undo(merge.id)
    rows = [{"id": f"r{i}"} for i in range(8)]
    before, after = journal.crosswalk(rows), step.journal.crosswalk(rows)
    ids = [row["id"] for row in rows]
    assert step.moved == {i: after.of(i) for i in ids if before.of(i) != after.of(i)}
    assert set(step.gone) == {before.of(i) for i in ids} - {after.of(i) for i in ids}
    members = [
        {name: {i for i in ids if walk.of(i) == name} for name in map(walk.of, ids)}
        for walk in (before, after)
    ]
    assert set(step.changed) == {n for n, of in members[1].items() if members[0].get(n) != of}


@given(tables, merges)
def test_no_value_is_lost(rows, groups):
    found = applied(groups).golden(rows)
    past = found.provenance.table(values=True)
    kept = {(line["record_id"], line["field"]): line["value"] for line in past}
    assert kept == {
        (row["id"], field): str(row[field])
        for row in rows
        for field in FIELDS
        if row[field] not in {None, ""}
    }


@given(tables, merges)
def test_a_group_comes_from_one_record(rows, groups):
    journal = applied(groups)
    given_pairs = {}
    for row in rows:
        held = given_pairs.setdefault(journal.joined.of(row["id"]), set())
        held.add((row["city"], row["street"]))
    for entity, row in golden(journal, rows).items():
        members = journal.joined.group(entity)
        there = [r for r in rows if r["id"] in members]
        assert (row["city"], row["street"]) in {(r["city"], r["street"]) for r in there}


MARK = "☂"


@given(tables, merges, st.data())
def test_who_is_erased_leaves_no_trace(rows, groups, data):
    journal = applied(groups)
    if journal.merges:
        journal = journal.undo(data.draw(st.sampled_from(journal.merges)).id).journal
    record = data.draw(st.sampled_from(rows))["id"]
    gone = journal.joined.group(record)
    marked = [
        {**row, "name": f"{MARK}{row['name']}", "id": row["id"]} if row["id"] in gone else row
        for row in rows
    ]
    journal = journal.lock(Lock(record, "city", MARK))
    others = golden(journal, marked)
    done = journal.erase(marked, record)
    assert set(done.erased) == set(gone)
    left = done.journal.golden(done.records)
    said = (done.records, cs.dump(done.journal), left.table, left.as_dict(values=True))
    text = json.dumps([*said, done.journal.apart, done.journal.tombstones()], ensure_ascii=False)
    assert MARK not in text
    assert not [one for one in gone if json.dumps(one) in text]
    assert {row["id"]: row for row in left.table} == {
        name: row for name, row in others.items() if name not in gone
    }


@given(tables, merges, st.data())
def test_one_record_leaves_and_the_others_stay_together(rows, groups, data):
    journal = applied(groups)
    record = data.draw(st.sampled_from(rows))["id"]
    done = journal.erase(rows, record, alone=True)
    stay = set(journal.joined.group(record)) - {record}
    assert set(done.stay) == stay
    assert len({done.journal.joined.of(one) for one in stay}) <= 1
    assert not [merge for merge in done.journal.merges if record in merge.records]
    for row in rows:
        if row["id"] not in {record, *stay}:
            assert done.journal.joined.group(row["id"]) == journal.joined.group(row["id"])


@given(tables, merges)
def test_a_lock_goes_with_its_record_and_comes_back(rows, groups):
    record = rows[0]["id"]
    lock = Lock(record, "name", "by hand", at="2026-07-01", actor="anna")
    journal = applied(groups).lock(lock)
    assert golden(journal, rows)[journal.joined.of(record)]["name"] == "by hand"
    for merge in journal.merges:
        journal = journal.undo(merge.id).journal
    assert golden(journal, rows)[record]["name"] == "by hand"
    assert golden(journal.unlock(record, "name"), rows) == golden(Journal(MERGE), rows)


@given(merges, st.data())
def test_a_journal_is_plain_data(groups, data):
    journal = applied(groups).lock(Lock("r1", "city", "Ulm"))
    for merge in journal.merges:
        taken = data.draw(st.sets(st.sampled_from(merge.records)))
        if taken:
            journal = journal.undo(merge.id, taken, at="2026-07-02").journal
    assert cs.load(json.dumps(cs.dump(journal))) == journal
    rows = data.draw(st.permutations(journal.rows()))
    assert Journal.of_rows(rows, journal.merge, journal.locks) == journal


@given(tables, st.sampled_from([MostRecent(), Longest()]))
def test_what_was_cleared_on_purpose_competes_only_where_asked(rows, by):
    marked = [{**row, "cleared_fields": None if row["phone"] else "name; phone"} for row in rows]
    found = [{**row, "entity_id": "r0"} for row in marked]
    held = [row["phone"] for row in rows if row["phone"]]
    plain = Merge({"phone": by}).golden(found).table[0]["phone"]
    assert plain in held or not held
    asked = Merge({"phone": Clearable(by)}).golden(found).table[0]["phone"]
    assert asked in held or asked is None
    newest = [row for row in rows if row["updated_at"] == "2026-06-02 08:00"]
    if by == MostRecent() and newest and not any(row["phone"] for row in newest):
        assert asked is None
