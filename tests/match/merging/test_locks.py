"""A steward's word holds against every rule."""

import pytest

from custseg.errors import DataError
from custseg.match import FieldGroup, Lock, Longest, Lost, Merge, Sum

CARDS = [
    {"id": 1, "entity_id": 1, "name": "Li", "city": "Ulm", "points": 3},
    {"id": 2, "entity_id": 1, "name": "Li Lei", "city": "Bonn", "points": 4},
    {"id": 3, "entity_id": 3, "name": "Han", "city": None, "points": None},
]
MERGE = Merge({"name": Longest(), "points": Sum()})


def first(*locks, merge=MERGE):
    golden = merge.golden(CARDS, locks)
    return golden.table[0], {origin.field: origin for origin in golden.provenance.of(1)}, golden


def test_a_new_value_overrides_and_all_others_are_lost():
    row, origins, golden = first(Lock(2, "name", "Lily Li", at="2026-07-01", actor="anna"))
    assert row["name"] == "Lily Li"
    name = origins["name"]
    assert (name.rule, name.record, name.value, name.at) == (
        "steward",
        None,
        "Lily Li",
        "2026-07-01",
    )
    assert name.lost == (Lost(1, "Li"), Lost(2, "Li Lei"))
    assert (golden.report.locked, golden.report.idle_locks) == (1, 0)
    assert {line["rule"] for line in golden.provenance.table()} > {"steward"}


def test_a_value_that_a_record_holds_comes_from_there():
    row, origins, _ = first(Lock(2, "name", "Li"))
    assert (row["name"], origins["name"].record, origins["name"].rule) == ("Li", 1, "steward")
    assert origins["name"].lost == (Lost(2, "Li Lei"),)


def test_a_field_may_be_locked_empty():
    row, origins, _ = first(Lock(1, "city"))
    assert (row["city"], origins["city"].value) == (None, None)
    assert len(origins["city"].lost) == 2


def test_sums_and_groups_give_way():
    grouped = Merge(groups=(FieldGroup(("name", "city")),))
    assert first(Lock(1, "points", 9))[0]["points"] == 9
    row, *_ = first(Lock(1, "city", "Kiel"), merge=grouped)
    assert (row["name"], row["city"]) == ("Li", "Kiel")


@pytest.mark.parametrize("turn", [1, -1])
def test_the_later_lock_holds_and_then_the_smaller_id(turn):
    late, early = (
        Lock(1, "name", "late", at="2026-07-02"),
        Lock(2, "name", "early", at="2026-07-01"),
    )
    row, _, golden = first(*(late, early)[::turn])
    assert (row["name"], golden.report.idle_locks) == ("late", 1)
    row, *_ = first(*(Lock(2, "name", "two"), Lock(1, "name", "one"))[::turn])
    assert row["name"] == "one"


def test_locks_that_lock_nothing_are_counted():
    _, _, golden = first(Lock(9, "name", "x"), Lock(1, "nowhere", "x"))
    assert (golden.report.locked, golden.report.idle_locks) == (0, 2)
    assert "locks without effect: 2" in golden.text()


def test_consent_cannot_be_locked():
    with pytest.raises(DataError, match="strictest"):
        Lock(1, "do_not_contact", value=False)
