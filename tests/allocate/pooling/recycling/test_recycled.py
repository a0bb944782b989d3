import json

import pandas as pd
import pytest

from anysea import NOW, ago, customer
from custseg.allocate import NoDeal, NoFollowUp, Pool

SEA = Pool(clocks=[NoFollowUp(30), NoDeal(90)], remind_before=5)
ROWS = [
    customer(customer_id=1, owner=7, tier="high"),
    customer(customer_id=2, owner=8, last_follow_up=NOW, tier=None),
    customer(customer_id=3, owner=7, won=1),
    customer(customer_id=4, owner=None, received_at=None),
    customer(customer_id=5, owner=8, received_at=ago(28)),
    customer(customer_id=6, owner=8, received_at=None, last_follow_up=ago(-4)),
]


def test_every_customer_is_counted_once():
    done = SEA.recycle(ROWS, NOW)
    assert done.counts == {
        "in_pool": {"in_pool": 1},
        "due": {"no_follow_up": 1, "no_deal": 1},
        "remind": {"no_follow_up": 1},
        "exempt": {"won": 1},
        "unknown": {"no_received": 1},
    }
    assert done.by_level == {"no_deal": {"": 1}, "no_follow_up": {"high": 1}}
    assert [row["in_pool"] for row in done.table] == [True, True, False, True, False, False]


def test_parts_of_the_table_are_of_its_kind():
    done = SEA.recycle(pd.DataFrame(ROWS), NOW)
    assert done.due["customer_id"].tolist() == [1, 2]
    assert done.exempt["customer_id"].tolist() == [3]
    assert done.reminders["customer_id"].tolist() == [5]
    assert list(done.events["from_rep"]) == [7, 8]


def test_what_is_released_keeps_ids_as_they_were():
    done = SEA.recycle(ROWS, NOW)
    owners = [(row["owner"], row["previous_owner"]) for row in done.released]
    assert owners == [(None, 7), (None, 8), (7, None), (None, None), (8, None), (8, None)]
    again = SEA.recycle([{**row, "previous_owner": "x"} for row in ROWS], NOW).released
    assert [row["previous_owner"] for row in again] == [7, 8, "x", "x", "x", "x"]


def test_it_tells_in_two_languages_and_as_plain_data():
    done = SEA.recycle(ROWS, NOW)
    english, chinese = done.text(), done.text("zh")
    assert "2 return to the pool, 1 are in it, 1 to be reminded" in english
    assert "1 date after the day was left out (last follow-up)" in english
    assert "2 位客户回收进公海" in chinese
    assert "应回收: 未跟进 1" in chinese
    assert repr(done) == f"<Recycled: {english.splitlines()[0]}>"
    assert json.loads(json.dumps(done.as_dict()))["future_dates"] == {"last_follow_up": 1}
    assert "<td>no deal</td>" in done._repr_html_()


@pytest.mark.parametrize("order", [slice(None, None, -1), slice(3, None, -1)])
def test_the_order_of_the_rows_changes_nothing(order):
    rows = ROWS[order]
    whole = {row["customer_id"]: row for row in SEA.recycle(ROWS, NOW).table}
    assert all(row == whole[row["customer_id"]] for row in SEA.recycle(rows, NOW).table)
