"""Ids that last while records come, change and go."""

import json

import pandas as pd
import polars as pl
import pytest

from custseg.errors import DataError, MissingColumnError
from custseg.match import Dedupe, ExactKey, Roster
from everykind import KINDS, as_records, as_table

EMAIL = ExactKey("email", read="email")
PHONE = ExactKey("phone", read="phone", region="CN")
MATCHER = Dedupe((EMAIL, PHONE), id="id").fit([])


def one(number, email, phone=None):
    return {"id": number, "email": f"{email}@x.cn" if email else None, "phone": phone}


PEOPLE = [one("2", "a"), one("1", "a"), one("3", "b"), one("4", "c")]


def ids(roster):
    return {row["id"]: row["entity_id"] for row in as_records(roster.table)}


def told(roster):
    return [(e.kind, e.entity_id, e.records, e.others) for e in roster.events]


def test_a_customer_is_named_by_its_oldest_record():
    roster = MATCHER.start(PEOPLE)
    assert ids(roster) == {"1": "1", "2": "1", "3": "3", "4": "4"}
    assert told(roster)[0] == ("created", "1", ("1", "2"), ())
    assert roster.report.entities == 3
    assert roster.text("zh") == "新建客户: 3"
    assert "<table>" in roster._repr_html_()


def test_new_records_join_and_customers_merge():
    roster = MATCHER.update(MATCHER.start(PEOPLE), added=[one("0", "b"), one("9", "z")])
    assert ids(roster)["0"] == "3"
    assert told(roster) == [("created", "9", ("9",), ()), ("joined", "3", ("0",), ())]
    merged = MATCHER.update(roster, changed=[one("3", "a")])
    assert ids(merged) == {"1": "1", "2": "1", "3": "1", "0": "0", "4": "4", "9": "9"}
    assert told(merged) == [("split", "3", ("0",), ("0",)), ("merged", "1", ("3",), ("3",))]
    assert merged.retired == {"3": "1"}


def test_the_part_with_the_namesake_keeps_the_id():
    roster = MATCHER.update(MATCHER.start([one("5", "a")]), added=[one("1", "a")])
    assert ids(roster) == {"5": "5", "1": "5"}
    roster = MATCHER.update(roster, changed=[one("1", "b")])
    assert ids(roster) == {"5": "5", "1": "1"}
    assert told(roster) == [("split", "5", ("1",), ("1",))]


def test_an_id_outlives_its_record_and_is_never_given_again():
    roster = MATCHER.update(MATCHER.start(PEOPLE), deleted=["1"])
    assert ids(roster)["2"] == "1"
    assert told(roster) == [("left", "1", ("1",), ())]
    roster = MATCHER.update(roster, added=[one("1", "new")])
    assert ids(roster) == {"2": "1", "1": "1#2", "3": "3", "4": "4"}
    roster = MATCHER.update(roster, deleted=["1", "2"])
    assert told(roster) == [("removed", "1", ("2",), ()), ("removed", "1#2", ("1",), ())]
    assert roster.now("1") is None
    roster = MATCHER.update(roster, added=[one("1", "back")])
    assert ids(roster)["1"] == "1#3"


def test_after_a_merger_the_old_id_leads_to_the_new():
    roster = MATCHER.start(PEOPLE)
    roster = MATCHER.update(roster, changed=[one("4", "b")])
    assert told(roster) == [("merged", "3", ("4",), ("4",))]
    roster = MATCHER.update(roster, changed=[one("3", "a"), one("4", "a")])
    assert roster.retired == {"4": "3", "3": "1"}
    assert [roster.now(one) for one in "1234"] == ["1", "2", "1", "1"]
    assert json.loads(json.dumps(roster.as_dict(values=True)))["retired"] == roster.retired
    apart = MATCHER.update(roster, changed=[one("4", "c")])
    assert ids(apart)["4"] == "4#2"


def test_the_state_is_taken_up_from_what_was_stored():
    roster = MATCHER.update(MATCHER.start(PEOPLE), changed=[one("4", "b")])
    stored = json.loads(json.dumps({"table": roster.table, "retired": dict(roster.retired)}))
    again = MATCHER.update(Roster(**stored), added=[one("7", "b")])
    assert told(again) == [("joined", "3", ("7",), ())]
    assert MATCHER.update(again).events == ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_is_carried_on(kind):
    kinds = dict.fromkeys(PEOPLE[0], "text")
    roster = MATCHER.start(as_table(kind, PEOPLE, kinds))
    roster = MATCHER.update(
        roster,
        added=[one("6", "b", "13800138000")],
        changed=as_table(kind, [one("4", None, "138 0013 8000")], kinds),
        deleted=["2"],
    )
    assert ids(roster) == {"1": "1", "3": "3", "6": "3", "4": "3"}
    assert type(roster.table) is type(as_table(kind, PEOPLE, kinds))


def test_numbers_stay_numbers():
    table = pl.DataFrame({"id": [2, 1], "email": ["a@x.cn", "b@x.cn"], "phone": ["", ""]})
    roster = MATCHER.update(MATCHER.start(table), added=[{"id": 3, "email": "A@x.cn"}])
    assert roster.table["id"].to_list() == [2, 1, 3]
    assert roster.table["entity_id"].to_list() == ["2", "1", "2"]
    frame = pd.DataFrame({"id": [2, 1], "email": ["a@x.cn", "b@x.cn"], "phone": ["", ""]})
    roster = MATCHER.update(MATCHER.start(frame), deleted=[2], changed=frame.iloc[[1]])
    assert roster.table["id"].tolist() == [1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"added": [one("1", "x")]}, "as changed"),
        ({"changed": [one("8", "x")]}, "not there"),
        ({"deleted": ["8"]}, "not there"),
        ({"deleted": ["1", "1"]}, "twice"),
        ({"added": [one(None, "x")]}, "id of its own"),
    ],
)
def test_what_cannot_be_is_refused(wrong, said):
    with pytest.raises(DataError, match=said):
        MATCHER.update(MATCHER.start(PEOPLE), **wrong)


def test_columns_and_types_that_the_table_lacks_are_refused():
    roster = MATCHER.start(pl.DataFrame(PEOPLE))
    with pytest.raises(MissingColumnError):
        MATCHER.update(roster, added=[{"id": "8", "mail": "x"}])
    with pytest.raises(DataError):
        MATCHER.start([one("1", "a"), one(1, "b")])


def test_an_empty_start_is_a_start():
    roster = MATCHER.start([])
    assert (roster.table, roster.events) == ([], ())
    assert ids(MATCHER.update(roster, added=PEOPLE))["2"] == "1"
