"""Accounts under their parents after a merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import DataError, MissingColumnError
from custseg.match import Lock, Merge, account_tree
from everykind import KINDS, as_records, as_table


def tree(rows, locks=()):
    accounts = [
        {"id": one, "entity_id": entity, "parent_id": parent} for one, entity, parent in rows
    ]
    return account_tree(Merge().golden(accounts, locks))


def shape(found):
    return {row["id"]: (row["parent_id"], row["group_id"], row["depth"]) for row in found.table}


@pytest.mark.parametrize("kind", KINDS)
def test_parents_follow_the_merge(kind):
    accounts = [
        {"id": "a", "entity_id": "a", "parent_id": None},
        {"id": "b", "entity_id": "b", "parent_id": "x"},
        {"id": "c", "entity_id": "c", "parent_id": "b"},
        {"id": "x", "entity_id": "a", "parent_id": None},
    ]
    table = as_table(kind, accounts, dict.fromkeys(accounts[0], "text"))
    rows = as_records(account_tree(Merge().golden(table)).table)
    assert [(r["id"], r["parent_id"], r["group_id"], r["depth"]) for r in rows] == [
        ("a", None, "a", 0),
        ("b", "a", "a", 1),
        ("c", "b", "a", 2),
    ]


def test_a_parent_merged_into_its_account_gives_way_to_the_next():
    found = tree([(1, 1, 2), (2, 1, 9), (9, 9, None)])
    assert shape(found) == {1: (9, 9, 1), 9: (None, 9, 0)}
    assert found.own == (1,)
    assert shape(tree([(1, 1, 2), (2, 1, None)])) == {1: (None, 1, 0)}


def test_a_circle_opens_at_its_smallest_id():
    found = tree([(3, 3, 2), (2, 2, 1), (1, 1, 3), (4, 4, 3)])
    assert found.cut == (1,)
    assert shape(found) == {1: (None, 1, 0), 2: (1, 1, 1), 3: (2, 1, 2), 4: (3, 1, 3)}
    assert found.as_dict() == {"cut": [1], "own": [], "strangers": 0}


def test_a_parent_that_is_not_there_is_kept_and_counted():
    found = tree([(1, 1, 77), (2, 2, 1)])
    assert shape(found) == {1: (77, 1, 0), 2: (1, 1, 1)}
    assert found.strangers == 1


def test_a_locked_parent_holds():
    locks = (Lock(2, "parent_id", 3),)
    assert shape(tree([(1, 1, None), (2, 2, 1), (3, 3, None)], locks))[2] == (3, 3, 1)


def test_what_is_missing_is_said():
    with pytest.raises(MissingColumnError, match="parent_id"):
        account_tree(Merge().golden([{"id": 1, "entity_id": 1}]))
    with pytest.raises(DataError, match="17 is not '17'"):
        tree([(1, 1, "2")])
    assert account_tree(Merge().golden([])).table == []


@given(st.lists(st.tuples(st.integers(0, 7), st.none() | st.integers(0, 9)), max_size=8))
def test_every_chain_ends_and_rows_may_come_in_any_order(given_rows):
    rows = [(i, min(entity, i), parent) for i, (entity, parent) in enumerate(given_rows)]
    found = shape(tree(rows))
    assert found == shape(tree(rows[::-1]))
    for one, (parent, top, depth) in found.items():
        assert depth == 0 or found[parent][1:] == (top, depth - 1)
        assert depth or top == one
