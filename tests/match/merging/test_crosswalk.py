"""Rows that follow their customer, and find back."""

import pytest

from custseg.match import Journal, MergeEntry, MergePlan
from everykind import KINDS, as_records, as_table

CARDS = [{"customer_id": one} for one in "abc"]
ORDERS = [{"customer_id": one, "amount": 1.0} for one in ("b", "new", None)]
KIND_OF = {"customer_id": "text", "amount": "number"}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_keep_the_id_of_their_record_and_find_back(kind):
    merge = MergeEntry.of(("a", "b"), "a")
    journal = Journal().apply(MergePlan((merge,))).journal
    moved = journal.crosswalk(CARDS).rekey(as_table(kind, ORDERS, KIND_OF), origin="record_id")
    rows = as_records(moved)
    assert [row["customer_id"] for row in rows] == ["a", "new", None]
    assert [row["record_id"] for row in rows] == ["b", "new", None]
    back = journal.undo(merge.id).journal.crosswalk(CARDS).rekey(moved, origin="record_id")
    assert [row["customer_id"] for row in as_records(back)] == ["b", "new", None]
    assert [row["record_id"] for row in as_records(back)] == ["b", "new", None]
