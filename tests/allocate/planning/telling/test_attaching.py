"""Columns of a plan beside the customers."""

import pandas as pd
import pytest

from custseg.allocate import Allocation, Fallback, Match, RuleBook

PEOPLE = [{"customer_id": k, "region": "ns"[k % 2]} for k in range(4)]


@pytest.mark.parametrize("ids", [("R1", "R2"), (1, 2), (1.5, 2.5)])
def test_ids_come_back_as_they_went_in(ids):
    team = [{"rep_id": one, "region": r, "capacity": 4} for one, r in zip(ids, "ns", strict=True)]
    rows = Allocation(wishes=[Match("region", required=True)]).assign(PEOPLE, team).table
    owners = [row["owner"] for row in rows]
    assert owners == [ids[0], ids[1], ids[0], ids[1]]
    assert {type(owner) for owner in owners} == {type(ids[0])}


def test_rows_and_index_of_the_caller_stay():
    frame = pd.DataFrame(PEOPLE[::-1], index=[9, 9, 7, 8])
    found = Allocation().assign(frame, [{"rep_id": "R1", "capacity": 2}]).table
    assert found.index.tolist() == [9, 9, 7, 8]
    assert found["owner"].fillna("-").tolist() == ["-", "-", "R1", "R1"]


def test_columns_are_named_after_the_owner_and_appear_only_where_they_say_something():
    team = [{"rep_id": "R1", "capacity": 9}]
    bare = Allocation(owner="keeper").assign(PEOPLE, team).table
    assert list(bare[0]) == ["customer_id", "region", "keeper", "keeper_reason"]
    book = RuleBook([], fallback=Fallback(pool="open"))
    ruled = Allocation(rules=book).assign(PEOPLE, team).table
    assert ruled[0]["owner_rule"] == "fallback"
    assert {row["pool"] for row in ruled} == {"open"}
