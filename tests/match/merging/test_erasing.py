"""Who is to be forgotten leaves every merge; the others stay as they were."""

import pytest

from custseg.match import Journal, MergeEntry, MergePlan

CARDS = [{"id": i} for i in range(1, 6)]


def journal(*groups):
    merges = tuple(MergeEntry.of(group, group[0]) for group in groups)
    return Journal().apply(MergePlan(merges)).journal


@pytest.mark.parametrize(
    ("groups", "record", "members"),
    [
        (((1, 2), (1, 3)), 1, {2: (2, 3)}),
        (((1, 2), (1, 3), (4, 5)), 2, {1: (1, 3), 4: (4, 5)}),
        (((1, 2, 3),), 3, {1: (1, 2)}),
        (((1, 2),), 1, {}),
        (((1, 2), (2, 3), (3, 4)), 2, {1: (1, 3, 4)}),
    ],
)
def test_one_record_leaves_and_the_rest_holds(groups, record, members):
    done = journal(*groups).erase(CARDS, record, alone=True)
    assert done.journal.joined.members == members
    assert record not in {row["id"] for row in done.records}


def test_merges_get_new_ids_and_the_old_ones_are_told():
    before = journal((1, 2, 3))
    old = before.merges[0].id
    done = before.erase(CARDS, 3, alone=True)
    assert done.renamed == {old: MergeEntry.of((1, 2), 1).id}
    assert before.erase(CARDS, 3).renamed == {old: None}


def test_pairs_that_are_apart_go_on_with_the_heir():
    start = journal((1, 2), (1, 3))
    undone = start.undo(MergeEntry.of((1, 3), 1).id).journal
    done = undone.erase(CARDS, 1, alone=True)
    assert done.journal.apart == ((2, 3),)
    assert undone.erase(CARDS, 1).journal.apart == ()
