import json

import pytest

from custseg.allocate import MoveJournal, OwnerChange, end_covers
from custseg.errors import ConfigError, DataError, MissingColumnError

JOURNAL = MoveJournal(
    "customer_id", "owner", (OwnerChange("a", "R7", "R1"), OwnerChange("b", None, "R2"))
)


def rows(**owners):
    return [{"customer_id": name, "owner": owner} for name, owner in owners.items()]


def test_stored_as_json_and_read_back():
    stored = json.loads(json.dumps(JOURNAL.as_dict()))
    assert MoveJournal.of(stored) == JOURNAL
    assert MoveJournal.of(stored).undo(rows(a="R1", b="R2", c="R3")) == rows(a="R7", b=None, c="R3")


def test_half_done_plans_are_undone_too():
    assert JOURNAL.undo(rows(a="R1", b=None)) == rows(a="R7", b=None)


def test_owners_changed_meanwhile_are_refused_unless_told():
    now = rows(a="R5", b="R2")
    with pytest.raises(DataError, match="another owner since: 1"):
        JOURNAL.undo(now)
    assert JOURNAL.undo(now, meanwhile="keep") == rows(a="R5", b=None)
    assert JOURNAL.undo(now, meanwhile="restore") == rows(a="R7", b=None)


def test_customers_who_are_gone_are_refused_unless_told():
    with pytest.raises(DataError, match="not there: 1"):
        JOURNAL.undo(rows(a="R1"))
    assert JOURNAL.undo(rows(a="R1"), meanwhile="keep") == rows(a="R7")


def test_numbers_stay_numbers():
    journal = MoveJournal("customer_id", "owner", (OwnerChange(17, 1, 2),))
    stored = MoveJournal.of(json.loads(json.dumps(journal.as_dict())))
    assert stored.undo([{"customer_id": 17, "owner": 2}]) == [{"customer_id": 17, "owner": 1}]


def test_covers_go_with_it():
    now = [{"customer_id": "a", "owner": "R1", "cover_rep": "R3"}, *rows(b="R2")]
    assert [row.get("cover_rep") for row in JOURNAL.undo(now)] == [None, None]


def test_what_is_no_journal_is_refused():
    with pytest.raises(ConfigError, match="version"):
        MoveJournal.of({})
    with pytest.raises(ConfigError, match="as_dict"):
        MoveJournal.of({"version": 1})
    with pytest.raises(ConfigError, match="refuse, keep or restore"):
        JOURNAL.undo(rows(a="R1", b="R2"), meanwhile="perhaps")


def test_covers_end_with_their_last_day():
    cover = {"cover_rep": "R1", "cover_from": "2026-07-01"}
    people = [
        {"customer_id": 1, **cover, "cover_until": "2026-07-14"},
        {"customer_id": 2, **cover, "cover_until": None},
    ]
    assert [row["cover_rep"] for row in end_covers(people, "2026-07-14")] == ["R1", "R1"]
    assert [row["cover_rep"] for row in end_covers(people, "2026-07-15")] == [None, "R1"]
    with pytest.raises(MissingColumnError):
        end_covers([{"customer_id": 1}], "2026-07-14")
